#include "app/mail_options.hpp"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <fstream>

namespace mandate::app {
namespace {

bool begins(const std::string& text, std::string_view with) { return text.compare(0, with.size(), with) == 0; }

// Never on the command line, which every user of the machine can list.
std::string password_of(const std::string& file, const char* option, const char* variable) {
  if (!file.empty()) {
    std::ifstream in(file);
    std::string line;
    if (!std::getline(in, line)) throw std::runtime_error(std::string(option) + ": cannot read a password from " + file);
    return line;
  }
  const char* value = std::getenv(variable);
  return value == nullptr ? "" : value;
}

}  // namespace

void add_mail_options(CLI::App& command, MailOptions& o) {
  command.add_option("--smtp", o.smtp, "mail server: smtp://host:587, or smtps://host:465; without one mails wait and a screen says so")->envname("MANDATE_SMTP");
  command.add_option("--smtp-tls", o.smtp_tls, "starttls (demanded unless said otherwise), tls (with smtps://), or none for a server on this machine")->envname("MANDATE_SMTP_TLS");
  command.add_option("--smtp-user", o.smtp_user, "who signs in to send; the password stands in MANDATE_SMTP_PASSWORD or in a file")->envname("MANDATE_SMTP_USER");
  command.add_option("--smtp-password-file", o.smtp_password_file, "file whose first line is that password")->envname("MANDATE_SMTP_PASSWORD_FILE");
  command.add_option("--mail-from", o.from, "sender: name@example.gov.tw, or \"Name <name@example.gov.tw>\"; bounces come back to it")->envname("MANDATE_MAIL_FROM");
  command.add_option("--mail-domain", o.domain, "domain of Message-IDs and of our greeting; else that of --mail-from")->envname("MANDATE_MAIL_DOMAIN");
  command.add_option("--public-url", o.public_url, "where readers of mails reach this server: https://duties.example.gov.tw")->envname("MANDATE_PUBLIC_URL");
  command.add_option("--imap", o.imap, "mailbox that bounces come back to: imaps://host/INBOX, or imap:// with STARTTLS")->envname("MANDATE_IMAP");
  command.add_option("--imap-user", o.imap_user, "who reads it; the password stands in MANDATE_IMAP_PASSWORD or in a file")->envname("MANDATE_IMAP_USER");
  command.add_option("--imap-password-file", o.imap_password_file, "file whose first line is that password")->envname("MANDATE_IMAP_PASSWORD_FILE");
  command.add_option("--mail-ca", o.ca_file, "certificates that both servers' certificates are checked against; else the system's")->envname("MANDATE_MAIL_CA");
  command.add_option("--mail-attached-max", o.attached_max, "largest report that goes with a mail, in bytes; of a larger one the mail holds the link alone")->capture_default_str()->check(CLI::Range(0, 1 << 30));
  command.add_option("--mail-connect-seconds", o.connect_seconds, "longest wait for a connection")->capture_default_str()->check(CLI::Range(1, 300));
  command.add_option("--mail-stall-seconds", o.stall_seconds, "longest wait for an answer")->capture_default_str()->check(CLI::Range(1, 600));
}

mail::MailSettings mail_settings(const MailOptions& o) {
  mail::MailSettings settings;
  std::string url = o.public_url;
  while (!url.empty() && url.back() == '/') url.pop_back();
  if (!url.empty() && !begins(url, "https://") && !begins(url, "http://")) throw std::runtime_error("--public-url takes an address such as https://duties.example.gov.tw");
  settings.public_url = url;
  settings.attached_max = o.attached_max;
  if (!o.from.empty()) {
    const auto from = mail::parse_mailbox(o.from);
    if (!from) throw std::runtime_error("--mail-from takes an address such as name@example.gov.tw, or \"Name <name@example.gov.tw>\"");
    settings.from = *from;
  }
  settings.domain = !o.domain.empty() ? o.domain : settings.from.address.empty() ? "localhost" : mail::domain_of(settings.from.address);
  if (!mail::is_address("a@" + settings.domain)) throw std::runtime_error("--mail-domain takes a domain such as example.gov.tw");
  if (!o.smtp.empty()) {
    const bool wrapped = begins(o.smtp, "smtps://");
    if (!wrapped && !begins(o.smtp, "smtp://")) throw std::runtime_error("--smtp takes smtp://host:port or smtps://host:port");
    if (settings.from.address.empty() || url.empty()) throw std::runtime_error("--smtp needs --mail-from and --public-url: a mail has a sender, and its links lead somewhere");
    mail::SmtpSettings smtp;
    smtp.url = o.smtp;
    while (smtp.url.back() == '/') smtp.url.pop_back();
    const std::string tls = o.smtp_tls.empty() ? (wrapped ? "tls" : "starttls") : o.smtp_tls;
    if (tls != "none" && tls != "starttls" && tls != "tls") throw std::runtime_error("--smtp-tls takes starttls, tls or none");
    if (wrapped != (tls == "tls")) throw std::runtime_error("--smtp-tls tls goes with smtps://, and smtps:// with nothing else");
    smtp.tls = tls == "none" ? mail::Tls::none : wrapped ? mail::Tls::tls : mail::Tls::starttls;
    smtp.ca_file = o.ca_file;
    smtp.user = o.smtp_user;
    smtp.password = password_of(o.smtp_password_file, "--smtp-password-file", "MANDATE_SMTP_PASSWORD");
    if (!smtp.user.empty() && smtp.password.empty()) throw std::runtime_error("--smtp-user needs a password in MANDATE_SMTP_PASSWORD or --smtp-password-file");
    smtp.connect_seconds = o.connect_seconds;
    smtp.stall_seconds = o.stall_seconds;
    settings.smtp = std::move(smtp);
  }
  if (!o.imap.empty()) {
    const auto host = o.imap.find("://") + 3;
    if ((!begins(o.imap, "imaps://") && !begins(o.imap, "imap://")) || o.imap.find('/', host) == std::string::npos) throw std::runtime_error("--imap takes imaps://host/INBOX or imap://host/INBOX");
    mail::ImapSettings imap;
    imap.url = o.imap;
    imap.ca_file = o.ca_file;
    imap.user = o.imap_user;
    imap.password = password_of(o.imap_password_file, "--imap-password-file", "MANDATE_IMAP_PASSWORD");
    if (imap.user.empty() || imap.password.empty()) throw std::runtime_error("--imap needs --imap-user and its password in MANDATE_IMAP_PASSWORD or --imap-password-file");
    imap.connect_seconds = o.connect_seconds;
    imap.stall_seconds = o.stall_seconds;
    settings.imap = std::move(imap);
  }
  return settings;
}

}  // namespace mandate::app
