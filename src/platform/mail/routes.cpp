#include "platform/mail/post_office.hpp"

namespace mandate::mail {

struct MailQuery {
  std::optional<MailFilter> state;
  std::optional<std::string> error;
  std::optional<std::int64_t> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(MailQuery, (), (state, error, cursor, limit))

struct MailRow {
  http::Number63 id;
  std::string kind;
  std::string kind_name;
  std::string to;       // the account's name, or "" when the mail goes to an address
  std::string address;  // masked
  MailState state = MailState::waiting;
  bool bounced = false;
  std::int64_t attempts = 0;
  Instant created_at;
  std::optional<Instant> next_at;  // of one that waits
  std::optional<Instant> sent_at;
  std::string error_key;
  std::string error;
  std::string cure;
  std::string record_kind;
  http::Number63 record_id;
};
BOOST_DESCRIBE_STRUCT(MailRow, (), (id, kind, kind_name, to, address, state, bounced, attempts, created_at, next_at, sent_at, error_key, error, cure, record_kind, record_id))

struct MailList {
  std::vector<MailRow> rows;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(MailList, (), (rows, next))

struct MailStatus {
  std::int64_t waiting = 0;
  std::int64_t failed = 0;
  std::int64_t bounced = 0;
  std::int64_t sent = 0;
  std::int64_t counted_max = mail::counted_max;
  bool configured = false;
  bool bounces_configured = false;
  std::optional<Instant> down_since;
  std::optional<Instant> next_try_at;
  std::string error;
  std::string cure;
  std::optional<Instant> last_sent_at;
  std::optional<Instant> bounces_read_at;
  std::string bounces_error;
};
BOOST_DESCRIBE_STRUCT(MailStatus, (), (waiting, failed, bounced, sent, counted_max, configured, bounces_configured, down_since, next_try_at, error, cure, last_sent_at, bounces_read_at, bounces_error))

struct MailStepView {
  Instant at;
  MailEvent what = MailEvent::sent;
  std::string text;
  std::string by;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(MailStepView, (), (at, what, text, by, reason))

struct MailView {
  MailRow mail;
  std::vector<MailStepView> steps;
  std::vector<std::string> actions;  // what the present reader may do: "resend", "mend", "give_up", "open"
};
BOOST_DESCRIBE_STRUCT(MailView, (), (mail, steps, actions))

struct MailById {
  http::Number63 id;
};
BOOST_DESCRIBE_STRUCT(MailById, (), (id))

struct MendMail {
  http::Number63 id;
  std::string address;
};
BOOST_DESCRIBE_STRUCT(MendMail, (), (id, address))

struct GiveUpMail {
  http::Number63 id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(GiveUpMail, (), (id, reason))

struct ResendAll {
  MailFilter state = MailFilter::failed;
  std::optional<std::string> error;
};
BOOST_DESCRIBE_STRUCT(ResendAll, (), (state, error))

struct TestMail {
  std::string address;
};
BOOST_DESCRIBE_STRUCT(TestMail, (), (address))

struct ResentCount {
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ResentCount, (), (count))

struct OpenedView {
  std::string address;
  std::string subject;
  std::vector<std::string> paragraphs;
  std::vector<LetterRow> rows;
};
BOOST_DESCRIBE_STRUCT(OpenedView, (), (address, subject, paragraphs, rows))

namespace {

std::string kind_name(const std::string& kind, Language language) {
  const auto key = "mail.kind." + kind;
  return i18n::known(key) ? i18n::text(key, language) : kind;
}

MailRow row_of(const PostOffice& office, const StoredMail& m, const std::string& address, Language language) {
  MailRow row;
  row.id = {m.id};
  row.kind = m.kind;
  row.kind_name = kind_name(m.kind, language);
  if (m.account_id != 0) row.to = office.surroundings().account_name(m.account_id);
  if (!address.empty()) row.address = masked(address);
  row.state = m.state;
  row.bounced = m.bounced_at.has_value();
  row.attempts = m.attempts;
  row.created_at = m.created_at;
  if (m.state == MailState::waiting) row.next_at = m.next_at;
  row.sent_at = m.sent_at;
  row.error_key = m.error_key;
  row.error = error_text(m.error(), language);
  row.cure = cure_text(m.error(), language);
  row.record_kind = m.record_kind;
  row.record_id = {m.record_id};
  return row;
}

std::vector<std::string> actions_of(const StoredMail& m) {
  std::vector<std::string> actions;
  if (m.state == MailState::waiting || m.state == MailState::failed) actions = {"resend", "mend", "give_up", "open"};
  if (m.state == MailState::cancelled) actions = {"resend", "mend", "open"};
  if (m.state == MailState::sending || m.state == MailState::sent) actions = {"open"};
  if (m.record_kind == "account") std::erase(actions, "mend");
  return actions;
}

}  // namespace

void PostOffice::add_routes(http::Router& router) {
  const std::string tag = "mail";
  const auto view = [this](const Actor& actor, std::int64_t id) -> Result<MailView> {
    std::optional<StoredMail> mail;
    std::vector<MailStep> steps;
    database_.read([&](db::Session& s) {
      mail = MailStore::find(s, id);
      if (mail) steps = MailStore::history(s, id);
      return 0;
    });
    if (!mail) return fault(FaultKind::not_found, "mail.not_found");
    MailView out{row_of(*this, *mail, address_of(*mail), actor.language), {}, {}};
    for (const auto& step : steps) {
      const MailError error{step.error_key, step.error_step, step.error_code};
      out.steps.push_back({step.at, step.what, error_text(error, actor.language), step.actor_id == 0 ? "" : surroundings_.account_name(step.actor_id), step.reason});
    }
    if (surroundings_.may_edit(actor)) out.actions = actions_of(*mail);
    return out;
  };

  router.get<MailQuery, MailList>("/api/mail", {.permission = "mail.read", .summary = "Mail by its state, newest first; addresses are masked", .tag = tag}, [this](const Actor& actor, const MailQuery& in) -> Result<MailList> {
    const int limit = std::clamp(in.limit.value_or(50), 1, 200);
    MailList list;
    auto found = database_.read([&](db::Session& s) {
      return MailStore::list(s, in.state.value_or(MailFilter::failed), in.error.value_or(""), in.cursor.value_or(std::numeric_limits<std::int64_t>::max()), limit + 1);
    });
    if (static_cast<int>(found.size()) > limit) {
      found.pop_back();
      list.next = std::to_string(found.back().id);
    }
    auto addresses = addresses_of(found);
    for (const auto& mail : found) list.rows.push_back(row_of(*this, mail, addresses[mail.id], actor.language));
    return list;
  });
  router.get<http::Nothing, MailStatus>("/api/mail-status", {.permission = "mail.read", .summary = "How much mail waits, failed, came back and left, and how the mail server stands", .tag = tag},
                                        [this](const Actor& actor, const http::Nothing&) -> Result<MailStatus> {
                                          MailCounts counts;
                                          ServerState server;
                                          database_.read([&](db::Session& s) {
                                            counts = MailStore::count(s);
                                            server = MailStore::server(s);
                                            return 0;
                                          });
                                          MailStatus status;
                                          status.waiting = counts.waiting;
                                          status.failed = counts.failed;
                                          status.bounced = counts.bounced;
                                          status.sent = counts.sent;
                                          status.configured = settings_.smtp.has_value();
                                          status.bounces_configured = settings_.imap.has_value();
                                          status.down_since = server.down_since;
                                          if (server.down_since) status.next_try_at = server.down_until;
                                          status.error = error_text(server.error(), actor.language);
                                          status.cure = cure_text(server.error(), actor.language);
                                          status.last_sent_at = server.last_sent_at;
                                          status.bounces_read_at = server.bounces_read_at;
                                          if (!server.bounces_error.empty()) status.bounces_error = i18n::text("mail." + server.bounces_error, actor.language);
                                          return status;
                                        });
  router.get<MailById, MailView>("/api/mail/{id}", {.permission = "mail.read", .summary = "One mail with everything that happened to it; the address is masked", .tag = tag},
                                 [view](const Actor& actor, const MailById& in) -> Result<MailView> { return view(actor, in.id.value); });
  router.post<MailById, OpenedView>("/api/mail/{id}/opening", {.permission = "mail.edit", .summary = "Shows a mail's address and content, and notes who looked", .tag = tag, .once = http::Once::secret},
                                    [this](const Actor& actor, const MailById& in) -> Result<OpenedView> {
                                      MANDATE_ASSIGN(const auto opened, open(actor, in.id.value));
                                      return OpenedView{opened.address, opened.letter.subject, opened.letter.paragraphs, opened.letter.rows};
                                    });
  router.put<MendMail, MailView>("/api/mail/{id}/address", {.permission = "mail.edit", .summary = "Gives this mail another address and sends it again", .tag = tag}, [this, view](const Actor& actor, const MendMail& in) -> Result<MailView> {
    MANDATE_TRY(mend(actor, in.id.value, in.address));
    return view(actor, in.id.value);
  });
  router.post<MailById, MailView>("/api/mail/{id}/resending", {.permission = "mail.edit", .summary = "Sends a mail again, at once", .tag = tag}, [this, view](const Actor& actor, const MailById& in) -> Result<MailView> {
    MANDATE_TRY(resend(actor, in.id.value));
    return view(actor, in.id.value);
  });
  router.post<GiveUpMail, MailView>("/api/mail/{id}/giving-up", {.permission = "mail.edit", .summary = "Gives a mail up, with the reason", .tag = tag}, [this, view](const Actor& actor, const GiveUpMail& in) -> Result<MailView> {
    MANDATE_TRY(give_up(actor, in.id.value, in.reason));
    return view(actor, in.id.value);
  });
  router.post<ResendAll, ResentCount>("/api/mail-resendings", {.permission = "mail.edit", .summary = "Sends every mail of a filter again", .tag = tag}, [this](const Actor& actor, const ResendAll& in) -> Result<ResentCount> {
    MANDATE_ASSIGN(const auto count, resend_all(actor, in.state, in.error.value_or("")));
    return ResentCount{count};
  });
  router.post<TestMail, MailView>("/api/mail-tests", {.permission = "mail.edit", .summary = "Queues a test mail to an address", .tag = tag}, [this, view](const Actor& actor, const TestMail& in) -> Result<MailView> {
    MANDATE_ASSIGN(const auto id, test(actor, in.address));
    return view(actor, id);
  });
  add_pages(router);
}

}  // namespace mandate::mail
