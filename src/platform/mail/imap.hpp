// The mailbox that bounces come back to, read by libcurl.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace mandate::mail {

struct ImapSettings {
  std::string url;  // "imaps://host/INBOX"; with imap:// STARTTLS is demanded
  std::filesystem::path ca_file;
  std::string user;
  std::string password;
  int connect_seconds = 20;
  int stall_seconds = 60;
};

class ImapClient {
 public:
  explicit ImapClient(const ImapSettings& settings);
  ~ImapClient();
  ImapClient(const ImapClient&) = delete;
  ImapClient& operator=(const ImapClient&) = delete;

  // The UIDs of mails that were not read by us yet: those without \Answered, which no person and no other reader of a bounce mailbox sets, while
  // \Seen is set by whoever looks in. None when the mailbox cannot be read.
  std::optional<std::vector<std::string>> list_new();
  // The mail's beginning: reports stand there, and no mail may fill the memory.
  std::optional<std::string> fetch(const std::string& uid);
  bool mark_read(const std::string& uid);

 private:
  std::optional<std::string> ask(const std::string& url, const std::string& request);
  const ImapSettings& settings_;
  void* handle_;
};

}  // namespace mandate::mail
