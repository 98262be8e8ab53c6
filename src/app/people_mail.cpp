#include "app/people_mail.hpp"

#include "kernel/roc_date.hpp"
#include "platform/digest/secrets.hpp"

namespace mandate::app {
namespace {

std::string moment_text(Instant at, Language language) {
  const auto text = taipei_time_text(at);
  return language == Language::en ? text : roc_short(taipei_date(at)) + text.substr(text.find(' '));
}

}  // namespace

identity::Courier courier_of(mail::PostOffice& mail) {
  return [&mail](db::Session& session, const identity::Letter& letter) {
    const bool invites = letter.kind == identity::LinkKind::invitation;
    const std::string key = invites ? "link.mail.invitation" : "link.mail.reset";
    const auto text = [&](const std::string& part, MessageArgs args = {}) { return i18n::text(key + part, letter.language, std::move(args)); };
    mail::NewMail out;
    out.kind = invites ? "account.invitation" : "account.reset";
    out.account_id = letter.account_id.value;
    out.language = letter.language;
    out.letter.subject = text("_subject");
    out.letter.paragraphs = {text("_text", {{"name", letter.name}}), i18n::text("link.mail.ignore", letter.language)};
    out.letter.rows = {{i18n::text("link.mail.until", letter.language), moment_text(letter.expires_at, letter.language)}};
    out.letter.action_label = text("_action");
    out.letter.action_path = letter.path;
    out.record_kind = "account";
    out.record_id = letter.account_id.value;
    mail.queue(session, out);
  };
}

identity::Sealing sealing_of(const std::filesystem::path& keys) {
  const auto key = digest::key_file(keys / "accounts.key", digest::random_key);
  return {[key](std::string_view plain) { return digest::seal(plain, key); }, [key](std::string_view sealed) { return digest::unseal(sealed, key); }};
}

}  // namespace mandate::app
