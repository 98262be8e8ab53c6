#include "platform/mail/post_office.hpp"

#include "platform/db/events.hpp"
#include "platform/digest/secrets.hpp"

MANDATE_EMBEDDED(platform_mail)

namespace mandate::mail {
namespace {

constexpr std::size_t address_max = 254;
constexpr std::size_t reason_max = 900;  // bytes: some 300 Chinese characters

Language language_of(const std::string& code) { return code == "en" ? Language::en : Language::zh_tw; }
std::string code_of(Language language) { return language == Language::en ? "en" : "zh-TW"; }

}  // namespace

db::MigrationSet mail_migrations() { return db::migrations_of("platform_mail", embedded::platform_mail); }

PostOffice::PostOffice(db::Database& database, const Clock& clock, const std::filesystem::path& keys, MailSettings settings)
    : database_(database), clock_(clock), key_(digest::key_file(keys / "mail.key", digest::random_key)), settings_(std::move(settings)), owner_(next_id()) {}
PostOffice::~PostOffice() { stop(); }

// ---- queueing

std::int64_t PostOffice::queue(db::Session& session, const NewMail& mail) { return queue(session, std::vector<NewMail>{mail}).front(); }

std::vector<std::int64_t> PostOffice::queue(db::Session& session, const std::vector<NewMail>& mails) {
  const Instant now = clock_.now();
  std::vector<StoredMail> rows;
  std::vector<std::int64_t> ids;
  for (const auto& mail : mails) {
    if (mail.account_id == 0 && !mail.address) throw std::invalid_argument("a mail of the kind " + mail.kind + " goes to nobody");
    StoredMail row;
    row.id = next_id();
    row.kind = mail.kind;
    row.account_id = mail.account_id;
    if (mail.address) row.recipient = digest::seal(*mail.address, key_);
    row.language = code_of(mail.language);
    row.content = digest::seal(letter_text(mail.letter), key_);
    row.notice = mail.notice && mail.account_id != 0;
    row.next_at = row.created_at = row.queued_at = now;
    row.record_kind = mail.record_kind;
    row.record_id = mail.record_id;
    ids.push_back(row.id);
    rows.push_back(std::move(row));
  }
  MailStore::insert(session, rows);
  return ids;
}

void PostOffice::stop_notices(db::Session& session, std::int64_t account_id) {
  MailStore::stop_notices(session, account_id, clock_.now());
  if (surroundings_.on_unsubscribe) surroundings_.on_unsubscribe(session, account_id);
}

// ---- marks that only we can make

std::string PostOffice::message_id(std::int64_t id) const {
  const auto text = std::to_string(id);
  return text + "." + digest::keyed_hash("message", text, key_) + "@" + settings_.domain;
}

std::optional<std::int64_t> PostOffice::mail_of_message_id(std::string_view given) const {
  std::int64_t id = 0;
  if (!http::read_int64(given.substr(0, given.find('.')), id)) return std::nullopt;
  return digest::same_text(given, message_id(id)) ? std::optional(id) : std::nullopt;
}

std::string PostOffice::unsubscribe_token(std::int64_t account_id) const {
  const auto text = std::to_string(account_id);
  return text + "." + digest::keyed_hash("unsubscribe", text, key_);
}

std::optional<std::int64_t> PostOffice::account_of_token(std::string_view token) const {
  std::int64_t id = 0;
  if (!http::read_int64(token.substr(0, token.find('.')), id)) return std::nullopt;
  return digest::same_text(token, unsubscribe_token(id)) ? std::optional(id) : std::nullopt;
}

std::string PostOffice::key_of(std::string_view address) const {
  std::string folded(address);
  for (char& c : folded) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return digest::keyed_hash("address", folded, key_);
}

Addresses PostOffice::addresses_of(const std::vector<StoredMail>& mails) const {
  Addresses out;
  std::vector<std::int64_t> accounts;
  for (const auto& mail : mails) {
    if (mail.recipient) {
      out[mail.id] = digest::unseal(*mail.recipient, key_).value_or("");
    } else {
      accounts.push_back(mail.account_id);
    }
  }
  if (accounts.empty()) return out;
  const auto known = surroundings_.addresses_of(accounts);
  for (const auto& mail : mails) {
    const auto found = known.find(mail.account_id);
    if (!mail.recipient && found != known.end()) out[mail.id] = found->second;
  }
  return out;
}

// ---- making it ready

PostOffice::Prepared PostOffice::prepare(const StoredMail& mail) {
  Prepared out;
  const auto refused = [&](const char* key) {
    out.refusal = MailError{key, Step::none, 0};
    return out;
  };
  const auto content = digest::unseal(mail.content, key_);
  const auto letter = content ? letter_from_text(*content) : std::nullopt;
  if (!letter) return refused("unreadable");
  out.to = address_of(mail);
  if (out.to.empty()) return refused("no_address");
  if (!is_address(out.to)) return refused("bad_address");
  out.recipient_key = key_of(out.to);
  bool doubtful = false;
  database_.read([&](db::Session& s) {
    doubtful = MailStore::doubtful(s, out.recipient_key);
    out.stopped = mail.notice && MailStore::notices_stopped(s, mail.account_id);
    return 0;
  });
  if (out.stopped) return out;
  if (doubtful) return refused("address_bounced");
  LetterFrame frame;
  frame.language = language_of(mail.language);
  frame.public_url = settings_.public_url;
  if (mail.notice && !settings_.public_url.empty()) frame.unsubscribe_url = settings_.public_url + "/mail/unsubscribe?t=" + unsubscribe_token(mail.account_id);
  Message message;
  message.from = settings_.from;
  message.to = out.to;
  message.subject = letter->subject;
  message.message_id = message_id(mail.id);
  message.date = mail.created_at;
  message.text = text_of(*letter, frame);
  message.html = html_of(*letter, frame);
  message.unsubscribe_url = frame.unsubscribe_url;
  message.boundary = "=_" + digest::keyed_hash("boundary", std::to_string(mail.id), key_);  // "=_" stands in no quoted-printable text
  for (const auto& file : letter->files) {
    auto bytes = surroundings_.file(file.key);
    if (!bytes) return refused("no_file");
    message.files.push_back({file.name, file.type, std::move(*bytes)});
  }
  out.wire = to_wire(message);
  return out;
}

// ---- what a person does

namespace {

Result<> check_address(const std::string& address) {
  if (address.empty()) return field_fault("address", "input.required");
  if (address.size() > address_max) return field_fault("address", "input.too_long", {{"max", std::to_string(address_max)}});
  if (!is_address(address)) return field_fault("address", "mail.not_an_address");
  return done();
}

std::string one_of(const char* name, const std::string& value) { return boost::json::serialize(boost::json::object{{name, value}}); }

}  // namespace

Result<> PostOffice::resend(const Actor& actor, std::int64_t id) {
  return database_.write([&](db::Session& s) -> Result<> {
    const auto mail = MailStore::find(s, id);
    if (!mail) return fault(FaultKind::not_found, "mail.not_found");
    if (!MailStore::resend(s, id, actor.now, actor.account_id)) return fault(FaultKind::conflict, mail->state == MailState::sent ? "mail.sent_already" : "mail.in_hand");
    MailStore::probe_now(s);
    db::append_event(s, {actor.now, actor.account_id, "mail.resent", "mail", id, "{}", {}});
    return done();
  });
}

Result<std::int64_t> PostOffice::resend_all(const Actor& actor, MailFilter filter, const std::string& error_key) {
  if (filter == MailFilter::sent || filter == MailFilter::cancelled) return field_fault("state", "mail.not_resendable");
  return database_.write([&](db::Session& s) -> Result<std::int64_t> {
    const auto count = MailStore::resend_all(s, filter, error_key, actor.now, actor.account_id);
    if (count == 0) return fault(FaultKind::conflict, "mail.none_to_resend");
    MailStore::probe_now(s);
    db::append_event(s, {actor.now, actor.account_id, "mail.all_resent", "mail", 0, one_of("count", std::to_string(count)), {}});
    return count;
  });
}

Result<> PostOffice::mend(const Actor& actor, std::int64_t id, const std::string& address) {
  MANDATE_TRY(check_address(address));
  const auto sealed = digest::seal(address, key_);
  return database_.write([&](db::Session& s) -> Result<> {
    const auto mail = MailStore::find(s, id);
    if (!mail) return fault(FaultKind::not_found, "mail.not_found");
    // A one-time link is for the account's owner alone: turned to another address it would let somebody in as them.
    if (mail->record_kind == "account") return fault(FaultKind::forbidden, "mail.link_stays");
    if (!MailStore::mend(s, id, sealed, actor.now, actor.account_id)) return fault(FaultKind::conflict, mail->state == MailState::sent ? "mail.sent_already" : "mail.in_hand");
    MailStore::resend(s, id, actor.now, actor.account_id);
    MailStore::probe_now(s);
    db::append_event(s, {actor.now, actor.account_id, "mail.mended", "mail", id, "{}", {}});
    return done();
  });
}

Result<std::int64_t> PostOffice::test(const Actor& actor, const std::string& address) {
  MANDATE_TRY(check_address(address));
  NewMail mail;
  mail.kind = "mail.test";
  mail.address = address;
  mail.language = actor.language;
  mail.letter.subject = i18n::text("mail.test_subject", actor.language);
  mail.letter.paragraphs = {i18n::text("mail.test_body", actor.language)};
  return database_.write([&](db::Session& s) -> Result<std::int64_t> {
    const auto id = queue(s, mail);
    MailStore::probe_now(s);
    db::append_event(s, {actor.now, actor.account_id, "mail.tested", "mail", id, "{}", {}});
    return id;
  });
}

Result<> PostOffice::give_up(const Actor& actor, std::int64_t id, const std::string& reason) {
  if (reason.empty()) return field_fault("reason", "input.required");
  if (reason.size() > reason_max) return field_fault("reason", "input.too_long", {{"max", "300"}});
  return database_.write([&](db::Session& s) -> Result<> {
    const auto mail = MailStore::find(s, id);
    if (!mail) return fault(FaultKind::not_found, "mail.not_found");
    if (!MailStore::give_up(s, id, actor.now, actor.account_id, reason)) return fault(FaultKind::conflict, mail->state == MailState::sending ? "mail.in_hand" : "mail.ended_already");
    db::append_event(s, {actor.now, actor.account_id, "mail.given_up", "mail", id, one_of("reason", reason), {}});
    return done();
  });
}

Result<OpenedMail> PostOffice::open(const Actor& actor, std::int64_t id) {
  return database_.write([&](db::Session& s) -> Result<OpenedMail> {
    const auto mail = MailStore::find(s, id);
    if (!mail) return fault(FaultKind::not_found, "mail.not_found");
    const auto content = digest::unseal(mail->content, key_);
    const auto letter = content ? letter_from_text(*content) : std::nullopt;
    if (!letter) return fault(FaultKind::conflict, "mail.unreadable");
    db::append_event(s, {actor.now, actor.account_id, "mail.opened", "mail", id, "{}", {}});
    return OpenedMail{address_of(*mail), *letter};
  });
}

}  // namespace mandate::mail
