#include "foundation/identity/review.hpp"

#include "foundation/identity/secrets.hpp"

namespace mandate::identity {
namespace {

struct ActiveRow {
  std::int64_t id = 0;
  Instant created_at;
  std::optional<Instant> last_sign_in_at;
  std::string grants;
};
BOOST_DESCRIBE_STRUCT(ActiveRow, (), (id, created_at, last_sign_in_at, grants))

struct KeptRow {
  std::int64_t account_id = 0;
  std::string reasons;
};
BOOST_DESCRIBE_STRUCT(KeptRow, (), (account_id, reasons))

struct OpenItem {
  std::optional<Instant> closed_at;
  std::optional<Instant> decided_at;
};
BOOST_DESCRIBE_STRUCT(OpenItem, (), (closed_at, decided_at))

constexpr auto review_columns =
    "r.id, r.started_at, r.started_by, r.closed_at, r.closed_by, r.note, (SELECT COUNT(*) FROM account_review_item i WHERE i.review_id = r.id), "
    "(SELECT COUNT(*) FROM account_review_item i WHERE i.review_id = r.id AND i.decided_at IS NULL)";

}  // namespace

std::map<std::int64_t, std::vector<Found>> AccountReviews::found_now(db::Session& s, Instant now) {
  const auto policy = policy_();
  const auto person_of = identity_.organisation().people ? identity_.organisation().people() : Organisation::PersonOf{};
  std::map<std::int64_t, std::vector<Found>> kept;
  for (const auto& row : s.list<KeptRow>("SELECT account_id, reasons FROM account_review_item WHERE decision = 'keep' AND keep_until >= ? ORDER BY decided_at", taipei_date(now))) kept[row.account_id] = reasons_from_text(row.reasons);
  std::map<std::int64_t, std::vector<Found>> out;
  for (const auto& row : s.list<ActiveRow>("SELECT id, created_at, last_sign_in_at, grants FROM account WHERE state = 'active'")) {
    ReviewFacts facts{row.created_at, row.last_sign_in_at, grants_from_text(row.grants), false, {}};
    if (const auto person = person_of ? person_of(row.id) : std::nullopt) {
      facts.has_person = true;
      facts.agencies = person->agencies;
    }
    auto found = findings_of(facts, policy, now, subtree_);
    if (found.empty()) continue;
    const auto before = kept.find(row.id);
    if (before != kept.end() && nothing_new(found, before->second)) continue;
    out.emplace(row.id, std::move(found));
  }
  return out;
}

Result<ReviewId> AccountReviews::start(const Actor& actor) {
  const auto id = new_id<ReviewId>();
  return identity_.database().write([&](db::Session& s) -> Result<ReviewId> {
    if (s.find<std::int64_t>("SELECT id FROM account_review WHERE is_open = 1")) return fault(FaultKind::conflict, "review.open_already");
    const auto found = found_now(s, actor.now);
    if (found.empty()) return fault(FaultKind::conflict, "review.nothing_found");
    s.execute("INSERT INTO account_review (id, started_at, started_by, note, is_open) VALUES (?, ?, ?, '', 1)", id, actor.now, actor.account_id);
    for (const auto& [account, reasons] : found) s.execute("INSERT INTO account_review_item (review_id, account_id, reasons, detail, note) VALUES (?, ?, ?, '', '')", id, account, reasons_text(reasons));
    db::append_event(s, event_of(actor, "review.started", "account_review", id.value, boost::json::serialize(boost::json::object{{"count", found.size()}})));
    return id;
  });
}

Result<> AccountReviews::decide(const Actor& actor, ReviewId id, AccountId account, const Verdict& v) {
  if (v.note.empty()) return field_fault("note", "input.required");
  if (v.note.size() > 3'000) return field_fault("note", "input.too_long", {{"max", "1000"}});
  const Date today = taipei_date(actor.now);
  const int keep_days_max = policy_().keep_days_max;
  if (v.decision == Decision::keep && (!v.keep_until || *v.keep_until <= today || *v.keep_until > today.plus_days(keep_days_max))) {
    return field_fault("keep_until", "review.bad_keep_until", {{"days", std::to_string(keep_days_max)}});
  }
  return identity_.database().write([&](db::Session& s) -> Result<> {
    const auto item = s.find<OpenItem>("SELECT r.closed_at, i.decided_at FROM account_review_item i JOIN account_review r ON r.id = i.review_id WHERE i.review_id = ? AND i.account_id = ?", id, account);
    if (!item) return fault(FaultKind::not_found, "review.no_item");
    if (item->closed_at) return fault(FaultKind::conflict, "review.closed");
    if (item->decided_at) return fault(FaultKind::conflict, "review.decided");
    std::string detail;
    if (v.decision == Decision::disable) {
      MANDATE_TRY(identity_.set_disabled(actor, account, true, v.note));
    } else if (v.decision == Decision::take_role) {
      auto grants = grants_from_text(s.value<std::string>("SELECT grants FROM account WHERE id = ?", account));
      const auto found = std::find_if(grants.begin(), grants.end(), [&](const Grant& g) { return g.role == v.role.role && g.agency_id == v.role.agency_id && g.unit_id == v.role.unit_id; });
      if (found == grants.end()) return field_fault("role", "review.no_such_role");
      detail = grants_text({*found});
      grants.erase(found);
      MANDATE_TRY(identity_.set_grants(actor, account, grants));
    }
    s.execute("UPDATE account_review_item SET decision = ?, detail = ?, keep_until = ?, note = ?, decided_at = ?, decided_by = ? WHERE review_id = ? AND account_id = ? AND decided_at IS NULL", v.decision, detail,
              v.decision == Decision::keep ? v.keep_until : std::nullopt, v.note, actor.now, actor.account_id, id, account);
    db::append_event(s, event_of(actor, v.decision == Decision::disable ? "review.disabled" : v.decision == Decision::take_role ? "review.role_taken" : "review.kept", "account", account.value,
                                 boost::json::serialize(boost::json::object{{"note", v.note}, {"keep_until", v.keep_until ? v.keep_until->iso() : ""}})));
    return done();
  });
}

Result<> AccountReviews::close(const Actor& actor, ReviewId id, const std::string& note) {
  if (note.size() > 3'000) return field_fault("note", "input.too_long", {{"max", "1000"}});
  return identity_.database().write([&](db::Session& s) -> Result<> {
    const auto record = s.find<ReviewRecord>(std::string("SELECT ") + review_columns + " FROM account_review r WHERE r.id = ?", id);
    if (!record) return fault(FaultKind::not_found, "review.not_found");
    if (record->closed_at) return fault(FaultKind::conflict, "review.closed");
    if (record->undecided > 0) return fault(FaultKind::conflict, "review.undecided", {{"count", std::to_string(record->undecided)}});
    s.execute("UPDATE account_review SET closed_at = ?, closed_by = ?, note = ?, is_open = NULL WHERE id = ?", actor.now, actor.account_id, note, id);
    db::append_event(s, event_of(actor, "review.ended", "account_review", id.value, boost::json::serialize(boost::json::object{{"count", record->items}})));
    return done();
  });
}

std::int64_t AccountReviews::count_found(Instant now) {
  return identity_.database().read([&](db::Session& s) { return static_cast<std::int64_t>(found_now(s, now).size()); });
}

std::vector<ReviewRecord> AccountReviews::list(std::optional<ReviewId> before, int limit) {
  return identity_.database().read([&](db::Session& s) {
    const auto after = before ? before->value : std::numeric_limits<std::int64_t>::max();
    return s.list<ReviewRecord>(std::string("SELECT ") + review_columns + " FROM account_review r WHERE r.id < ? ORDER BY r.id DESC LIMIT ?", after, limit);
  });
}

Result<ReviewRecord> AccountReviews::find(ReviewId id) {
  const auto record = identity_.database().read([&](db::Session& s) { return s.find<ReviewRecord>(std::string("SELECT ") + review_columns + " FROM account_review r WHERE r.id = ?", id); });
  if (!record) return fault(FaultKind::not_found, "review.not_found");
  return *record;
}

std::vector<ReviewItem> AccountReviews::items(ReviewId id, std::optional<bool> decided, const std::string& after, int limit) {
  const std::string state = !decided ? "" : *decided ? " AND i.decided_at IS NOT NULL" : " AND i.decided_at IS NULL";
  return identity_.database().read([&](db::Session& s) {
    return s.list<ReviewItem>("SELECT a.id, a.login_name, a.display_name, a.state, a.grants, a.last_sign_in_at, i.reasons, i.decision, i.detail, i.keep_until, i.note, i.decided_at, i.decided_by "
                              "FROM account_review_item i JOIN account a ON a.id = i.account_id WHERE i.review_id = ? AND a.login_name > ?" + state + " ORDER BY a.login_name LIMIT ?",
                              id, after, limit);
  });
}

}  // namespace mandate::identity
