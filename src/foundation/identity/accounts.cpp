// The accounts as others see them: who may act, with which roles, and whether a session still lasts.
#include "foundation/identity/api.hpp"

namespace mandate::identity {
namespace {

struct EntryRow {
  std::int64_t id = 0;
  std::string display_name;
  std::string language;
  std::string grants;
};
BOOST_DESCRIBE_STRUCT(EntryRow, (), (id, display_name, language, grants))

}  // namespace

AccountBook::AccountBook(std::vector<Entry> entries) : entries_(std::move(entries)) {
  for (std::size_t at = 0; at < entries_.size(); ++at) {
    by_id_.emplace(entries_[at].id, at);
    for (const auto& grant : entries_[at].grants) by_grant_[{grant.role, grant.agency_id, grant.unit_id}].push_back(entries_[at].id);
  }
}

const AccountBook::Entry* AccountBook::find(std::int64_t account_id) const {
  const auto found = by_id_.find(account_id);
  return found == by_id_.end() ? nullptr : &entries_[found->second];
}

std::vector<std::int64_t> AccountBook::holding(const std::string& role, std::int64_t agency_id, std::int64_t unit_id) const {
  const auto found = by_grant_.find({role, agency_id, unit_id});
  return found == by_grant_.end() ? std::vector<std::int64_t>{} : found->second;
}

Actor Identity::reader(const AccountBook& book, std::int64_t account_id, Instant now) const {
  Actor actor;
  actor.now = now;
  const auto* entry = book.find(account_id);
  if (entry == nullptr) return actor;
  actor.account_id = entry->id;
  actor.name = entry->name;
  actor.grants = entry->grants;
  actor.language = entry->language;
  if (!organisation_.stands_in_for) return actor;
  for (auto& one : organisation_.stands_in_for(account_id)) {
    const auto* principal = book.find(one.account_id);
    if (principal == nullptr) continue;
    one.name = principal->name;
    one.grants = principal->grants;
    actor.stands_in_for.push_back(std::move(one));
  }
  return actor;
}

std::shared_ptr<const AccountBook> Identity::accounts(db::Session& session) {
  const auto changes = account_changes_.still();
  if (changes) {
    const std::lock_guard lock(accounts_mutex_);
    if (accounts_ && accounts_read_at_ == changes) return accounts_;
  }
  std::vector<AccountBook::Entry> entries;
  for (auto& row : session.list<EntryRow>("SELECT id, display_name, language, grants FROM account WHERE state = 'active' ORDER BY id")) {
    entries.push_back({row.id, std::move(row.display_name), row.language == "en" ? Language::en : Language::zh_tw, grants_from_text(row.grants)});
  }
  auto book = std::make_shared<const AccountBook>(std::move(entries));
  if (changes && account_changes_.still() == changes) {
    const std::lock_guard lock(accounts_mutex_);
    accounts_ = book;
    accounts_read_at_ = changes;
  }
  return book;
}

bool Identity::session_lasts(std::int64_t session_id) {
  const Instant now = clock_.now();
  return database_.read([&](db::Session& s) {
    return s.value<std::int64_t>(
               "SELECT COUNT(*) FROM session s JOIN account a ON a.id = s.account_id WHERE s.id = ? AND s.revoked_at IS NULL AND s.expires_at > ? AND s.seen_at + s.idle_seconds * 1000000 > ? AND a.state = 'active'",
               session_id, now, now) == 1;
  });
}

}  // namespace mandate::identity
