// The outgoing side: one conversation with the city's mail server by libcurl, kept open over the mails of a batch.
#pragma once

#include "platform/mail/rules.hpp"

#include <atomic>
#include <filesystem>
#include <memory>
#include <string>

namespace mandate::mail {

enum class Tls { none, starttls, tls };

struct SmtpSettings {
  std::string url;  // "smtp://host:587"
  Tls tls = Tls::starttls;
  std::filesystem::path ca_file;  // "" for the system's
  std::string user;               // "" for none
  std::string password;
  int connect_seconds = 20;
  int stall_seconds = 60;
};

class SmtpClient {
 public:
  // `domain` is how we greet. `stopping` ends a conversation in hand when it has been true for a few seconds.
  SmtpClient(const SmtpSettings& settings, std::string domain, const std::atomic<bool>& stopping);
  ~SmtpClient();
  SmtpClient(const SmtpClient&) = delete;
  SmtpClient& operator=(const SmtpClient&) = delete;

  // Never throws for what a server may do.
  Outcome send(const std::string& from, const std::string& to, const std::string& wire);

  struct Talk;  // with libcurl, in smtp.cpp

 private:
  void close();

  const SmtpSettings& settings_;
  std::string domain_;
  const std::atomic<bool>& stopping_;
  std::unique_ptr<Talk> talk_;
};

}  // namespace mandate::mail
