// How the program is told of the city's mail server: options, the environment, and files for what nobody may read over a shoulder.
#pragma once

#include "platform/mail/post_office.hpp"

namespace CLI {
class App;
}

namespace mandate::app {

struct MailOptions {
  std::string smtp;
  std::string smtp_tls;
  std::string smtp_user;
  std::string smtp_password_file;
  std::string from;
  std::string domain;
  std::string public_url;
  std::string imap;
  std::string imap_user;
  std::string imap_password_file;
  std::string ca_file;
  std::int64_t attached_max = mail::MailSettings{}.attached_max;
  int connect_seconds = 20;
  int stall_seconds = 60;
};

void add_mail_options(CLI::App& command, MailOptions& options);
// Throws std::runtime_error that names the option and says what it takes.
mail::MailSettings mail_settings(const MailOptions& options);

}  // namespace mandate::app
