#include "platform/mail/mime.hpp"

#include <openssl/evp.h>

namespace mandate::mail {
namespace {

constexpr std::size_t line_max = 76;  // RFC 2045 6.7 rule 5

bool is_ascii_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

std::string base64(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const auto length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(length));
  return out;
}

// Nothing in a header may begin another one.
std::string one_line(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return out;
}

// RFC 2231: a name of any script in a parameter.
std::string percent_encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || c == '-' || c == '.' || c == '_') {
      out += c;
    } else {
      out += fmt::format("%{:02X}", byte);
    }
  }
  return out;
}

std::string in_brackets(const Mailbox& box) { return box.name.empty() ? box.address : encoded_text(box.name) + " <" + box.address + ">"; }

}  // namespace

bool is_address(std::string_view text) {
  const auto at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || text.size() - at < 2 || text.size() > 254) return false;  // RFC 5321 4.5.3.1
  if (text.find('@') != at) return false;
  const auto host = text.substr(at + 1);
  if (host.front() == '.' || host.back() == '.' || host.find("..") != std::string_view::npos) return false;
  const auto plain = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
  if (!std::all_of(host.begin(), host.end(), [&](char c) { return plain(c) || c == '.' || c == '-'; })) return false;
  return std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), [&](char c) { return plain(c) || std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos; });
}

std::optional<Mailbox> parse_mailbox(std::string_view text) {
  Mailbox box;
  const auto open = text.rfind('<');
  if (open != std::string_view::npos && text.back() == '>') {
    box.address = text.substr(open + 1, text.size() - open - 2);
    box.name = text.substr(0, open);
    while (!box.name.empty() && (box.name.back() == ' ' || box.name.back() == '"')) box.name.pop_back();
    while (!box.name.empty() && (box.name.front() == ' ' || box.name.front() == '"')) box.name.erase(0, 1);
  } else {
    box.address = text;
  }
  return is_address(box.address) ? std::optional(box) : std::nullopt;
}

std::string domain_of(std::string_view address) { return std::string(address.substr(address.rfind('@') + 1)); }

std::string masked(std::string_view address) {
  const auto at = address.rfind('@');
  if (at == std::string_view::npos) return "***";
  return std::string(address.substr(0, std::min<std::size_t>(at / 2, 2))) + "***" + std::string(address.substr(at));
}

std::string encoded_text(std::string_view utf8) {
  const std::string text = one_line(utf8);
  // A text that looks like an encoded word itself has to be one.
  if (is_ascii_text(text) && text.find("=?") == std::string::npos && text.size() <= 60) return text;
  constexpr std::size_t bytes_max = 45;  // 60 characters of base64 and 12 around them
  std::string out;
  std::size_t from = 0;
  while (from < text.size()) {
    std::size_t end = std::min(text.size(), from + bytes_max);
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    out += (out.empty() ? "" : "\r\n ") + ("=?UTF-8?B?" + base64(std::string_view(text).substr(from, end - from)) + "?=");
    from = end;
  }
  return out;
}

std::string quoted_printable(std::string_view utf8) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  std::size_t column = 0;
  const auto put = [&](std::string_view piece) {
    if (column + piece.size() > line_max - 1) {
      out += "=\r\n";
      column = 0;
    }
    out += piece;
    column += piece.size();
  };
  for (std::size_t i = 0; i < utf8.size(); ++i) {
    const char c = utf8[i];
    if (c == '\r') continue;
    if (c == '\n') {
      out += "\r\n";
      column = 0;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    const bool at_end = i + 1 == utf8.size() || utf8[i + 1] == '\n' || utf8[i + 1] == '\r';
    if ((byte > 0x20 && byte < 0x7f && c != '=') || ((c == ' ' || c == '\t') && !at_end)) {
      put(std::string_view(&c, 1));
    } else {
      const char coded[3] = {'=', digits[byte >> 4], digits[byte & 15]};
      put(std::string_view(coded, 3));
    }
  }
  return out;
}

std::string message_date(Instant at) {
  static constexpr const char* days[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  static constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Date on = taipei_date(at);
  const auto second = (at.micros - taipei_midnight(on).micros) / 1'000'000;
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0800", days[on.weekday() - 1], on.day(), months[on.month() - 1], on.year(), second / 3600, second / 60 % 60, second % 60);
}

std::string to_wire(const Message& m) {
  std::string out;
  const auto header = [&](const char* name, const std::string& value) { out += std::string(name) + ": " + value + "\r\n"; };
  header("Date", message_date(m.date));
  header("From", in_brackets(m.from));
  header("To", one_line(m.to));
  header("Subject", encoded_text(m.subject));
  header("Message-ID", "<" + m.message_id + ">");
  header("MIME-Version", "1.0");
  header("Auto-Submitted", "auto-generated");  // RFC 3834: no out-of-office answers
  if (!m.unsubscribe_url.empty()) {
    header("List-Unsubscribe", "<" + m.unsubscribe_url + ">");
    header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");  // RFC 8058
  }
  // With files the texts are one part among others.
  const std::string outer = m.boundary + "_files";
  if (!m.files.empty()) {
    header("Content-Type", "multipart/mixed; boundary=\"" + outer + "\"");
    out += "\r\n--" + outer + "\r\n";
  }
  header("Content-Type", "multipart/alternative; boundary=\"" + m.boundary + "\"");
  const auto part = [&](const char* type, const std::string& content) {
    out += "\r\n--" + m.boundary + "\r\nContent-Type: " + type + "; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quoted_printable(content);
  };
  part("text/plain", m.text);
  part("text/html", m.html);
  out += "\r\n--" + m.boundary + "--\r\n";
  if (m.files.empty()) return out;
  for (const auto& file : m.files) {
    out += "\r\n--" + outer + "\r\nContent-Type: " + one_line(file.type) + "\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename*=UTF-8''" + percent_encoded(file.name) + "\r\n\r\n";
    constexpr std::size_t bytes_a_line = 57;  // 76 characters
    for (std::size_t at = 0; at < file.bytes.size(); at += bytes_a_line) out += base64(std::string_view(file.bytes).substr(at, bytes_a_line)) + "\r\n";
  }
  return out + "\r\n--" + outer + "--\r\n";
}

}  // namespace mandate::mail
