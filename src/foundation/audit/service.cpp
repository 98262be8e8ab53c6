#include "foundation/audit/api.hpp"
#include "kernel/roc_date.hpp"
#include "platform/http/router.hpp"

MANDATE_EMBEDDED(foundation_audit)

namespace mandate::audit {

db::MigrationSet audit_migrations() { return db::migrations_of("foundation_audit", embedded::foundation_audit); }

std::vector<ChangeRow> Audit::in_words(db::Session& session, const std::vector<db::Event>& events, Language language) {
  // Titles of all records of a kind in one statement, however many rows there are.
  std::map<std::string, std::vector<std::int64_t>> by_kind;
  for (const auto& event : events) by_kind[event.record_kind].push_back(event.record_id);
  std::map<std::string, std::map<std::int64_t, std::string>> titles;
  for (auto& [kind, ids] : by_kind) {
    if (const auto known = titles_.find(kind); known != titles_.end()) titles[kind] = known->second(session, ids);
  }
  std::vector<ChangeRow> rows;
  for (const auto& event : events) {
    ChangeRow row;
    row.position = event.position;
    row.at = event.at;
    row.actor_name = account_name_ ? account_name_(session, event.actor_id) : std::to_string(event.actor_id);
    row.kind = event.kind;
    row.record_kind = event.record_kind;
    row.record_id = http::Number63{event.record_id};
    row.record_title = titles[event.record_kind][event.record_id];
    MessageArgs args;
    boost::json::error_code error;
    const auto data = boost::json::parse(event.data, error);
    if (!error && data.is_object()) {
      for (const auto& pair : data.get_object()) {
        if (pair.key() == "for" && pair.value().is_string() && account_name_) {  // done as somebody's deputy
          row.actor_name = i18n::text("audit.standing_in", language, {{"deputy", row.actor_name}, {"name", account_name_(session, std::atoll(pair.value().get_string().c_str()))}});
          continue;
        }
        std::string text = pair.value().is_string() ? std::string(pair.value().get_string().c_str()) : boost::json::serialize(pair.value());
        if (pair.value().is_null()) text = "—";
        if (const auto on = Date::parse(text); on && language == Language::zh_tw) text = roc_short(*on);
        if (auto words = words_ ? words_(event.kind, pair.key(), text, language) : std::nullopt) text = std::move(*words);
        args.emplace_back(std::string(pair.key()), std::move(text));
      }
    }
    row.text = i18n::text("event." + event.kind, language, args);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::vector<ChangeRow> Audit::history(db::Session& session, const std::string& record_kind, std::int64_t record_id, Language language, int limit) {
  const auto events = session.list<db::Event>(
      "SELECT COALESCE(position, 0), id, at, actor_id, kind, record_kind, record_id, data, salt, commitments FROM event WHERE record_kind = ? AND record_id = ? ORDER BY id DESC LIMIT ?", record_kind, record_id, limit);
  return in_words(session, events, language);
}

std::vector<ChangeRow> Audit::history_of(db::Session& session, const std::string& record_kind, const std::vector<std::int64_t>& record_ids, Language language, int limit) {
  if (record_ids.empty()) return {};
  std::vector<db::Value> values{db::to_value(record_kind)};
  std::string marks;
  for (std::size_t i = 0; i < std::min<std::size_t>(record_ids.size(), 500); ++i) {
    marks += marks.empty() ? "?" : ",?";
    values.push_back(db::to_value(record_ids[i]));
  }
  values.push_back(db::to_value(limit));
  const auto events = session.list_values<db::Event>(
      "SELECT COALESCE(position, 0), id, at, actor_id, kind, record_kind, record_id, data, salt, commitments FROM event WHERE record_kind = ? AND record_id IN (" + marks + ") ORDER BY id DESC LIMIT ?", values);
  return in_words(session, events, language);
}

struct AuditQuery {
  std::optional<std::string> record_kind;
  std::optional<http::Number63> record_id;
  std::optional<http::Number63> actor;
  std::optional<std::int64_t> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(AuditQuery, (), (record_kind, record_id, actor, cursor, limit))

struct ChangeList {
  std::vector<ChangeRow> rows;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(ChangeList, (), (rows, next))

struct CheckpointView {
  std::int64_t size = 0;
  std::string root;
  Instant at;
  std::string key_id;
};
BOOST_DESCRIBE_STRUCT(CheckpointView, (), (size, root, at, key_id))

struct VerificationRow {
  Instant at;
  std::int64_t size = 0;
  bool good = false;
  std::string report;
};
BOOST_DESCRIBE_STRUCT(VerificationRow, (), (at, size, good, report))

struct AuditStatus {
  std::int64_t size = 0;
  std::optional<CheckpointView> checkpoint;
  std::optional<VerificationRow> verification;
};
BOOST_DESCRIBE_STRUCT(AuditStatus, (), (size, checkpoint, verification))

void add_audit_routes(http::Router& router, Audit& audit) {
  auto& database = audit.database();
  router.get<AuditQuery, ChangeList>("/api/audit-events", {.permission = "audit.read", .summary = "Every change, newest first, in plain words", .tag = "audit"}, [&](const Actor& actor, const AuditQuery& in) -> Result<ChangeList> {
    const int limit = std::clamp(in.limit.value_or(50), 1, 200);
    std::string where = "position < ?";
    std::vector<db::Value> values{db::to_value(in.cursor.value_or(std::numeric_limits<std::int64_t>::max()))};
    if (in.record_kind) {
      where += " AND record_kind = ?";
      values.push_back(db::to_value(*in.record_kind));
    }
    if (in.record_id) {
      where += " AND record_id = ?";
      values.push_back(db::to_value(in.record_id->value));
    }
    if (in.actor) {
      where += " AND actor_id = ?";
      values.push_back(db::to_value(in.actor->value));
    }
    values.push_back(db::to_value(limit + 1));
    return database.read([&](db::Session& s) -> Result<ChangeList> {
      auto events = s.list_values<db::Event>("SELECT position, id, at, actor_id, kind, record_kind, record_id, data, salt, commitments FROM event WHERE " + where + " ORDER BY position DESC LIMIT ?", values);
      ChangeList list;
      if (static_cast<int>(events.size()) > limit) {
        events.pop_back();
        list.next = std::to_string(events.back().position);
      }
      list.rows = audit.in_words(s, events, actor.language);
      for (auto& row : list.rows) {
        if (!audit.hides(actor, row.record_kind)) continue;
        row.record_title.clear();
        row.text = i18n::text("audit.hidden", actor.language);
      }
      return list;
    });
  });
  router.get<http::Nothing, AuditStatus>("/api/audit-status", {.permission = "audit.read", .summary = "Size, last checkpoint and last verification of the audit log", .tag = "audit"}, [&](const Actor&, const http::Nothing&) -> Result<AuditStatus> {
    return database.read([](db::Session& s) -> Result<AuditStatus> {
      AuditStatus status;
      status.size = s.value<std::int64_t>("SELECT COALESCE(MAX(position), 0) FROM event");
      status.checkpoint = s.find<CheckpointView>("SELECT size, root, at, key_id FROM audit_checkpoint ORDER BY size DESC LIMIT 1");
      status.verification = s.find<VerificationRow>("SELECT at, size, good, report FROM audit_verification ORDER BY at DESC LIMIT 1");
      return status;
    });
  });
}

const std::vector<i18n::Message>& audit_messages() {
  static const std::vector<i18n::Message> messages = {
      {"audit.hidden", "（內容不在您的權責範圍）", "(not yours to read)"},
      {"audit.standing_in", "{deputy}（代理{name}）", "{deputy} (for {name})"},
      {"audit.no_person", "沒有這個人的資料金鑰。", "There is no key for this person."},
      {"event.person.erased", "銷毀個人資料金鑰", "Erased a person's data key"},
      {"event.session.created", "登入", "Signed in"},
      {"event.session.ended", "登出", "Signed out"},
      {"event.sign_in.locked", "連續登入失敗，暫停登入", "Sign-in suspended after repeated failures"},
      {"event.account.created", "建立帳號", "Created the account"},
      {"event.account.grants_set", "調整角色：{before} → {after}", "Roles set: {before} → {after}"},
      {"event.account.disabled", "停用帳號：{reason}", "Disabled the account: {reason}"},
      {"event.account.enabled", "恢復帳號", "Enabled the account"},
      {"event.token.created", "建立服務金鑰（{permissions}，{expires_on} 到期）", "Created a service token ({permissions}, until {expires_on})"},
      {"event.token.revoked", "廢止服務金鑰", "Revoked the service token"},
  };
  return messages;
}

}  // namespace mandate::audit
