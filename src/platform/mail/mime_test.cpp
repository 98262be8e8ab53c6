#include "platform/mail/bounce.hpp"
#include "platform/mail/letter.hpp"
#include "platform/mail/mime.hpp"
#include "platform/mail/post_office.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::mail;

namespace {

void say_messages() {
  static const bool once = [] {
    i18n::add(mail_messages());
    return true;
  }();
  (void)once;
}

Message message() {
  Message m;
  m.from = {"市政承諾簿", "duties@example.gov.tw"};
  m.to = "a@example.org";
  m.subject = "列管事項即將到期";
  m.message_id = "7.abc@example.gov.tw";
  m.date = *Instant::parse("2026-11-24T02:00:00Z");
  m.text = "請於期限內辦理。\n";
  m.html = "<p>請於期限內辦理。</p>\n";
  m.boundary = "=_mark";
  return m;
}

}  // namespace

TEST_CASE("a header holds any text in words of at most 75 characters and cuts no character in two") {
  CHECK(encoded_text("Reminder") == "Reminder");
  CHECK(encoded_text("期限") == "=?UTF-8?B?5pyf6ZmQ?=");
  CHECK(encoded_text("=?UTF-8?Q?no?=").find("=?UTF-8?B?") == 0);
  std::string long_text;
  for (int i = 0; i < 60; ++i) long_text += "稽催";
  const auto encoded = encoded_text(long_text);
  for (std::size_t at = 0; at < encoded.size();) {
    const auto end = std::min(encoded.find("\r\n", at), encoded.size());
    CHECK(end - at <= 76);  // the folded line begins with a space
    at = end + 2;
  }
  // 45 bytes are fifteen characters of three: every word begins and ends at one.
  CHECK(encoded.substr(0, encoded.find("\r\n")).size() == 10 + 60 + 2);
}

TEST_CASE("a header cannot begin another header") {
  auto m = message();
  m.subject = "Due\r\nBcc: everybody@example.org";
  m.to = "a@example.org\r\nX-Evil: 1";
  const auto wire = to_wire(m);
  CHECK(wire.find("\r\nBcc:") == std::string::npos);
  CHECK(wire.find("\r\nX-Evil:") == std::string::npos);
}

TEST_CASE("quoted-printable keeps lines short, ends of lines as they are and spaces at the end visible") {
  CHECK(quoted_printable("a=b\n") == "a=3Db\r\n");
  CHECK(quoted_printable("end \nnext") == "end=20\r\nnext");
  CHECK(quoted_printable("期") == "=E6=9C=9F");
  const auto out = quoted_printable(std::string(200, 'x') + "期限期限期限期限期限期限");
  for (std::size_t at = 0; at < out.size();) {
    const auto end = std::min(out.find("\r\n", at), out.size());
    CHECK(end - at <= 76);
    at = end + 2;
  }
}

TEST_CASE("a message names date, sender and reader, is marked as automatic, and says how to stop it only where it can be stopped") {
  auto m = message();
  auto wire = to_wire(m);
  CHECK(wire.find("Date: Tue, 24 Nov 2026 10:00:00 +0800\r\n") == 0);
  CHECK(wire.find("From: =?UTF-8?B?5biC5pS/5om/6Ku+57C/?= <duties@example.gov.tw>\r\n") != std::string::npos);
  CHECK(wire.find("Message-ID: <7.abc@example.gov.tw>\r\n") != std::string::npos);
  CHECK(wire.find("Auto-Submitted: auto-generated\r\n") != std::string::npos);
  CHECK(wire.find("List-Unsubscribe") == std::string::npos);
  m.unsubscribe_url = "https://x.example/mail/unsubscribe?t=1.a";
  wire = to_wire(m);
  CHECK(wire.find("List-Unsubscribe: <https://x.example/mail/unsubscribe?t=1.a>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n") != std::string::npos);
  CHECK(wire.find("\r\n--=_mark--\r\n") == wire.size() - 14);
  for (std::size_t at = wire.find('\n'); at != std::string::npos; at = wire.find('\n', at + 1)) CHECK(wire[at - 1] == '\r');
}

TEST_CASE("a letter reads the same as text and as HTML, in both languages, and holds no markup of its writer") {
  say_messages();
  Letter letter{"期限 <b>明日</b>", {"請辦理 & 回報"}, {{"期限", "112/03/07"}}, "開啟事項", "/console/duties/7"};
  const LetterFrame zh{Language::zh_tw, "https://x.example", "https://x.example/mail/unsubscribe?t=1.a"};
  const LetterFrame en{Language::en, "", ""};
  const auto text = text_of(letter, zh);
  CHECK(text.find("請辦理 & 回報") != std::string::npos);
  CHECK(text.find("期限：112/03/07") != std::string::npos);
  CHECK(text.find("開啟事項：https://x.example/console/duties/7") != std::string::npos);
  CHECK(text.find("t=1.a") != std::string::npos);
  const auto html = html_of(letter, zh);
  CHECK(html.find("期限 &lt;b&gt;明日&lt;/b&gt;") != std::string::npos);
  CHECK(html.find("<b>") == std::string::npos);
  CHECK(html.find("請辦理 &amp; 回報") != std::string::npos);
  CHECK(html.find("lang=\"zh-Hant-TW\"") != std::string::npos);
  CHECK(html.find("href=\"https://x.example/console/duties/7\"") != std::string::npos);
  CHECK(html_of(letter, en).find("lang=\"en\"") != std::string::npos);
  CHECK(html_of(letter, en).find("href=") == std::string::npos);  // no address of ours is known
  CHECK(text_of(letter, en).find("please do not reply") != std::string::npos);
  CHECK(letter_from_text(letter_text(letter))->rows.at(0).value == "112/03/07");
}

TEST_CASE("an address is one a mail can go to, and nothing that ends a command") {
  for (const char* good : {"a@b", "a.b+c@example.org", "x_y@mail.example.gov.tw"}) CHECK_MESSAGE(is_address(good), good);
  for (const char* bad : {"", "a", "@b", "a@", "a@b@c", "a b@c", "a@b c", "a@b>\r\nDATA", "<a@b>", "a@.b", "a@b.", "a@b..c", "王@例.tw"}) CHECK_MESSAGE(!is_address(bad), bad);
  CHECK(!is_address(std::string(65, 'a') + "@b"));
  CHECK(is_address(std::string(64, 'a') + "@b"));
  CHECK(parse_mailbox("研考會 <a@b.c>")->name == "研考會");
  CHECK(parse_mailbox("a@b.c")->address == "a@b.c");
  CHECK(!parse_mailbox("研考會 <a@b.c"));
  CHECK(masked("wang@example.org") == "wa***@example.org");
  CHECK(masked("a@example.org") == "***@example.org");
}

namespace {

std::string report(const char* action, const char* status, const std::string& returned) {
  return std::string("From: MAILER-DAEMON@mx.example.org\r\nSubject: Undelivered\r\nContent-Type: multipart/report; report-type=delivery-status;\r\n\tboundary=\"b1\"\r\n\r\n"
                     "This is a MIME message.\r\n--b1\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--b1\r\nContent-Type: message/delivery-status\r\n\r\n"
                     "Reporting-MTA: dns; mx.example.org\r\n\r\nFinal-Recipient: rfc822; a@example.org\r\nAction: ") +
         action + "\r\nStatus: " + status + "\r\nDiagnostic-Code: smtp; 550 no such user\r\n\r\n--b1\r\nContent-Type: text/rfc822-headers\r\n\r\n" + returned + "\r\n--b1--\r\n";
}

}  // namespace

TEST_CASE("a report of delivery is read: what failed for good, what is only late, and which mail it was") {
  const auto failed = read_bounce(report("failed", "5.1.1", "Message-ID: <7.abc@example.gov.tw>\r\n"));
  REQUIRE(failed);
  CHECK(failed->permanent);
  CHECK(failed->code == 511);
  CHECK(failed->message_ids == std::vector<std::string>{"7.abc@example.gov.tw"});
  const auto late = read_bounce(report("delayed", "4.4.7", "Message-ID:\r\n <8.x@y>\r\n"));
  REQUIRE(late);
  CHECK(!late->permanent);
  CHECK(late->code == 447);
  CHECK(late->message_ids == std::vector<std::string>{"8.x@y"});
  CHECK(!read_bounce(report("failed", "4.2.2", ""))->permanent);
  CHECK(!read_bounce(report("delivered", "2.0.0", "")));
  CHECK(!read_bounce("From: a@b\r\nSubject: hello\r\n\r\nMessage-ID: <7.abc@example.gov.tw>\r\n"));
  CHECK(!read_bounce(""));
  // Hostile ones end, whatever they say.
  CHECK(!read_bounce("Content-Type: multipart/report; report-type=delivery-status; boundary=\"\"\r\n\r\n--\r\n"));
  std::string many = "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n";
  for (int i = 0; i < 5000; ++i) many += "--b\r\nContent-Type: message/delivery-status\r\n\r\n";
  CHECK(!read_bounce(many));
  CHECK(!read_bounce(std::string(300'000, '\n')));
}
