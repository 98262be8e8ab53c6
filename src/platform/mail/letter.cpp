#include "platform/mail/letter.hpp"

#include "platform/i18n/messages.hpp"

namespace mandate::mail {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      case '\n': out += "<br>"; break;
      default: out += c;
    }
  }
  return out;
}

std::string say(const LetterFrame& frame, const char* key) { return i18n::text(key, frame.language); }
std::string action_url(const Letter& letter, const LetterFrame& frame) { return letter.action_label.empty() || frame.public_url.empty() ? "" : frame.public_url + letter.action_path; }

}  // namespace

std::string letter_text(const Letter& letter) { return boost::json::serialize(http::to_json(letter)); }

std::optional<Letter> letter_from_text(const std::string& text) {
  boost::json::error_code error;
  const auto value = boost::json::parse(text, error);
  if (error) return std::nullopt;
  Letter letter;
  http::FieldFaults faults;
  http::from_json(value, letter, "", faults);
  return faults.empty() ? std::optional(std::move(letter)) : std::nullopt;
}

std::string text_of(const Letter& letter, const LetterFrame& frame) {
  const std::string colon = frame.language == Language::en ? ": " : "：";
  std::string out = letter.subject + "\n";
  for (const auto& paragraph : letter.paragraphs) out += "\n" + paragraph + "\n";
  if (!letter.rows.empty()) out += "\n";
  for (const auto& row : letter.rows) out += row.label + colon + row.value + "\n";
  if (const auto url = action_url(letter, frame); !url.empty()) out += "\n" + letter.action_label + colon + url + "\n";
  out += "\n-- \n" + say(frame, "mail.site") + "\n" + say(frame, "mail.automatic") + "\n";
  if (!frame.unsubscribe_url.empty()) out += say(frame, "mail.stop") + colon + frame.unsubscribe_url + "\n";
  return out;
}

// Styles stand on the elements: mail readers drop style sheets. The colours hold 4.5 to 1 on white and are left to the reader on dark.
std::string html_of(const Letter& letter, const LetterFrame& frame) {
  std::string out = fmt::format("<!doctype html>\n<html lang=\"{}\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{}</title></head>\n",
                                frame.language == Language::en ? "en" : "zh-Hant-TW", escaped(letter.subject));
  out += "<body style=\"margin:0;padding:24px;font-family:'Noto Sans TC','PingFang TC','Microsoft JhengHei',sans-serif;font-size:16px;line-height:1.7\">\n<div style=\"max-width:600px;margin:0 auto\">\n";
  out += "<h1 style=\"font-size:20px;line-height:1.4;margin:0 0 16px\">" + escaped(letter.subject) + "</h1>\n";
  for (const auto& paragraph : letter.paragraphs) out += "<p style=\"margin:0 0 16px\">" + escaped(paragraph) + "</p>\n";
  if (!letter.rows.empty()) {
    out += "<table style=\"border-collapse:collapse;margin:0 0 16px\">\n";
    for (const auto& row : letter.rows) {
      out += "<tr><th scope=\"row\" style=\"text-align:left;font-weight:normal;vertical-align:top;padding:4px 16px 4px 0;color:#5c5850\">" + escaped(row.label) + "</th><td style=\"padding:4px 0;vertical-align:top\">" + escaped(row.value) + "</td></tr>\n";
    }
    out += "</table>\n";
  }
  if (const auto url = action_url(letter, frame); !url.empty()) {
    out += "<p style=\"margin:0 0 24px\"><a href=\"" + escaped(url) + "\" style=\"display:inline-block;padding:8px 20px;background:#1f4e79;color:#ffffff;text-decoration:none;border-radius:4px\">" + escaped(letter.action_label) + "</a></p>\n";
  }
  out += "<p style=\"margin:0;padding-top:16px;border-top:1px solid #d8d4cc;font-size:14px;color:#5c5850\">" + escaped(say(frame, "mail.site")) + "<br>" + escaped(say(frame, "mail.automatic"));
  if (!frame.unsubscribe_url.empty()) out += "<br><a href=\"" + escaped(frame.unsubscribe_url) + "\" style=\"color:#1f4e79\">" + escaped(say(frame, "mail.stop")) + "</a>";
  return out + "</p>\n</div>\n</body>\n</html>\n";
}

}  // namespace mandate::mail
