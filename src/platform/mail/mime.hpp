// A message as it goes over the wire (RFC 5322, 2045, 2047): pure functions of their arguments.
#pragma once

#include "kernel/date.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::mail {

struct Mailbox {
  std::string name;  // "" for none
  std::string address;
};
// "市政府 <a@b.c>" or "a@b.c".
std::optional<Mailbox> parse_mailbox(std::string_view text);
// An address that a mail can go to: one @, a dotless or dotted host, printable ASCII without anything that ends a command or a header. Why not
// more: what lies left of the @ is the host's own affair.
bool is_address(std::string_view text);
std::string domain_of(std::string_view address);
// "wa***@example.org": enough to see which, too little to write to.
std::string masked(std::string_view address);

// A header's text: ASCII as it is, anything else in encoded words of at most 75 characters that cut no character in two. Line ends become spaces.
std::string encoded_text(std::string_view utf8);
std::string quoted_printable(std::string_view utf8);
std::string message_date(Instant at);  // "Tue, 24 Nov 2026 10:00:00 +0800"

struct MessageFile {
  std::string name;
  std::string type;
  std::string bytes;
};

struct Message {
  Mailbox from;
  std::string to;
  std::string subject;
  std::string message_id;  // without the brackets
  Instant date;
  std::string text;
  std::string html;
  std::string unsubscribe_url;  // "" for none
  std::string boundary;         // stands in none of the parts
  std::vector<MessageFile> files = {};
};
std::string to_wire(const Message& message);

}  // namespace mandate::mail
