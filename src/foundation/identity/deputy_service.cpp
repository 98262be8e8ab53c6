// Standing in for another: what a deputy acts with, and under which name.
#include "foundation/identity/secrets.hpp"

namespace mandate::identity {
namespace {

struct HeldRow {
  std::string display_name;
  std::string state;
  std::string grants;
};
BOOST_DESCRIBE_STRUCT(HeldRow, (), (display_name, state, grants))

struct PrincipalRow {
  std::int64_t id = 0;
  std::string display_name;
  std::string grants;
};
BOOST_DESCRIBE_STRUCT(PrincipalRow, (), (id, display_name, grants))

}  // namespace

void Identity::add_deputyships(Actor& actor) {
  if (!organisation_.stands_in_for) return;
  auto found = organisation_.stands_in_for(actor.account_id);
  if (found.empty()) return;
  std::vector<db::Value> values;
  std::string marks;
  for (const auto& one : found) {
    values.push_back(db::to_value(one.account_id));
    marks += marks.empty() ? "?" : ",?";
  }
  // Only what the principals hold themselves: what they hold as deputies goes no further. A disabled account gives nothing.
  const auto rows = database_.read([&](db::Session& s) { return s.list_values<PrincipalRow>("SELECT id, display_name, grants FROM account WHERE state = 'active' AND id IN (" + marks + ")", values); });
  for (auto& one : found) {
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const PrincipalRow& r) { return r.id == one.account_id; });
    if (row == rows.end()) continue;
    one.name = row->display_name;
    one.grants = grants_from_text(row->grants);
    actor.stands_in_for.push_back(std::move(one));
  }
}

std::optional<Holdings> Identity::holdings_of(AccountId id) {
  const auto row = database_.read([&](db::Session& s) { return s.find<HeldRow>("SELECT display_name, state, grants FROM account WHERE id = ?", id); });
  if (!row) return std::nullopt;
  Actor deputy;
  deputy.account_id = id.value;
  if (row->state == "active") add_deputyships(deputy);
  return Holdings{row->display_name, row->state == "active", grants_from_text(row->grants), std::move(deputy.stands_in_for)};
}

std::int64_t Identity::standing_for(const Actor& actor, std::string_view permission, std::string_view record_kind, const RecordFacts& record) const {
  const auto* deputyship = deputyship_for(actor, permission, record_kind, record, subtree_);
  return deputyship == nullptr ? 0 : deputyship->account_id;
}

std::vector<AccountId> Identity::deputies_of(AccountId id, Date on) const {
  std::vector<AccountId> out;
  if (!organisation_.deputies_of) return out;
  for (const auto account : organisation_.deputies_of(id.value, on)) out.emplace_back(account);
  return out;
}

std::string Identity::name_of(db::Session& session, std::int64_t account_id, std::int64_t standing_for, Language language) {
  if (standing_for == 0) return name_of(session, account_id);
  return i18n::text("account.standing_in", language, {{"deputy", name_of(session, account_id)}, {"name", name_of(session, standing_for)}});
}

}  // namespace mandate::identity
