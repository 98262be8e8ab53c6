#include "foundation/agencies/api.hpp"
#include "foundation/agencies/rules.hpp"
#include "foundation/agencies/store.hpp"
#include "kernel/text.hpp"

namespace mandate::agencies {
namespace {

template <class Key, class Record, class F>
void index_by(std::unordered_map<Key, std::vector<std::size_t>>& index, const std::vector<Record>& records, F key) {
  for (std::size_t at = 0; at < records.size(); ++at) index[key(records[at])].push_back(at);
}

template <class Key, class Record>
const Record* find_in(const std::unordered_map<Key, std::vector<std::size_t>>& index, const std::vector<Record>& records, Key key, const Moment& moment) {
  const auto found = index.find(key);
  if (found == index.end()) return nullptr;
  for (const auto at : found->second) {
    if (records[at].holds(moment)) return &records[at];
  }
  return nullptr;
}

// The record as known now that covers the day, else the last one before it, else the first one after it.
template <class Key, class Record>
const Record* nearest_in(const std::unordered_map<Key, std::vector<std::size_t>>& index, const std::vector<Record>& records, Key key, Date on) {
  const auto found = index.find(key);
  if (found == index.end()) return nullptr;
  const Record* before = nullptr;
  const Record* after = nullptr;
  for (const auto at : found->second) {
    const auto& record = records[at];
    if (record.superseded_at) continue;
    if (record.covers(on)) return &record;
    if (record.valid_from <= on && (before == nullptr || record.valid_from > before->valid_from)) before = &record;
    if (record.valid_from > on && (after == nullptr || record.valid_from < after->valid_from)) after = &record;
  }
  return before != nullptr ? before : after;
}

}  // namespace

AgencySnapshot::AgencySnapshot(std::int64_t stamp, OrganisationRows rows) : stamp_(stamp), rows_(std::move(rows)) {
  index_by(by_agency_, rows_.agencies, [](const AgencyRecord& r) { return r.id; });
  index_by(units_, rows_.units, [](const UnitRecord& r) { return r.id; });
  index_by(posts_, rows_.posts, [](const PostRecord& r) { return r.id; });
  index_by(holders_, rows_.holders, [](const HolderRecord& r) { return r.post_id; });
  index_by(by_holder_, rows_.holders, [](const HolderRecord& r) { return r.person_id; });
  index_by(deputies_, rows_.deputies, [](const DeputyRecord& r) { return r.person_id; });
  index_by(by_deputy_, rows_.deputies, [](const DeputyRecord& r) { return r.deputy_id; });
  for (std::size_t at = 0; at < rows_.people.size(); ++at) {
    people_[rows_.people[at].id] = at;
    if (rows_.people[at].account_id != 0) accounts_[rows_.people[at].account_id] = at;
  }
  for (const auto& record : rows_.agencies) {
    if (record.kind == AgencyKind::city && !record.superseded_at) city_prefix_ = fold(record.name);
  }
  for (std::size_t at = 0; at < rows_.agencies.size(); ++at) {
    if (rows_.agencies[at].superseded_at) continue;
    for (auto& name : names_of(rows_.agencies[at], city_prefix_)) by_name_[std::move(name)].push_back(at);
  }
}

const AgencyRecord* AgencySnapshot::find(AgencyId id, const Moment& moment) const { return find_in(by_agency_, rows_.agencies, id, moment); }

std::vector<const AgencyRecord*> AgencySnapshot::list(const Moment& moment) const {
  std::vector<const AgencyRecord*> out;
  for (const auto& record : rows_.agencies) {
    if (record.holds(moment)) out.push_back(&record);
  }
  std::sort(out.begin(), out.end(), [](const AgencyRecord* a, const AgencyRecord* b) { return a->code < b->code; });
  return out;
}

std::vector<const AgencyRecord*> AgencySnapshot::history_of(AgencyId id) const {
  std::vector<const AgencyRecord*> out;
  if (const auto found = by_agency_.find(id); found != by_agency_.end()) {
    for (const auto at : found->second) out.push_back(&rows_.agencies[at]);
  }
  std::sort(out.begin(), out.end(), [](const AgencyRecord* a, const AgencyRecord* b) {
    return a->recorded_at != b->recorded_at ? a->recorded_at > b->recorded_at : a->valid_from > b->valid_from;
  });
  return out;
}

std::vector<AgencyId> AgencySnapshot::subtree(AgencyId id, const Moment& moment) const {
  std::vector<AgencyId> out{id};
  const auto all = list(moment);
  for (std::size_t at = 0; at < out.size(); ++at) {
    for (const auto* record : all) {
      if (record->parent_id == out[at] && std::find(out.begin(), out.end(), record->id) == out.end()) out.push_back(record->id);
    }
  }
  return out;
}

const AgencyRecord* AgencySnapshot::nearest(AgencyId id, Date on) const { return nearest_in(by_agency_, rows_.agencies, id, on); }

std::string AgencySnapshot::name_of(AgencyId id, Date on) const {
  const auto* record = nearest(id, on);
  return record == nullptr ? std::string{} : record->name;
}

std::string AgencySnapshot::short_name_of(AgencyId id, Date on) const {
  const auto* record = nearest(id, on);
  return record == nullptr ? std::string{} : record->short_name;
}

AgencyId AgencySnapshot::find_code(std::string_view code) const {
  for (const auto& record : rows_.agencies) {
    if (record.code == code) return record.id;
  }
  return {};
}

AgencyId AgencySnapshot::match_by_name(std::string_view text, Date on) const {
  const auto found = by_name_.find(lookup_name(text, city_prefix_));
  if (found == by_name_.end()) return {};
  AgencyId match;
  AgencyId other_day;  // an agency that bore the name on another day
  bool clear = true;
  for (const auto at : found->second) {
    const auto& record = rows_.agencies[at];
    if (record.covers(on)) {
      if (match && match != record.id) return {};
      match = record.id;
    } else if (other_day && other_day != record.id) {
      clear = false;
    } else {
      other_day = record.id;
    }
  }
  if (match) return match;
  return clear ? other_day : AgencyId{};
}

std::vector<const UnitRecord*> AgencySnapshot::units_of(AgencyId id, const Moment& moment) const {
  std::vector<const UnitRecord*> out;
  for (const auto& record : rows_.units) {
    if (record.agency_id == id && record.holds(moment)) out.push_back(&record);
  }
  std::sort(out.begin(), out.end(), [](const UnitRecord* a, const UnitRecord* b) { return a->id < b->id; });
  return out;
}

std::vector<const PostRecord*> AgencySnapshot::posts_of(AgencyId id, const Moment& moment) const {
  std::vector<const PostRecord*> out;
  for (const auto& record : rows_.posts) {
    if (record.agency_id == id && record.holds(moment)) out.push_back(&record);
  }
  std::sort(out.begin(), out.end(), [](const PostRecord* a, const PostRecord* b) { return a->id < b->id; });
  return out;
}

const PostRecord* AgencySnapshot::find_post(PostId id, const Moment& moment) const { return find_in(posts_, rows_.posts, id, moment); }

PostId AgencySnapshot::post_of_kind(AgencyId id, PostKind kind, const Moment& moment) const {
  for (const auto* post : posts_of(id, moment)) {
    if (post->kind == kind) return post->id;
  }
  return {};
}

std::string AgencySnapshot::unit_name(UnitId id, Date on) const {
  const auto* record = nearest_in(units_, rows_.units, id, on);
  return record == nullptr ? std::string{} : record->name;
}

std::string AgencySnapshot::post_name(PostId id, Date on) const {
  const auto* record = nearest_in(posts_, rows_.posts, id, on);
  return record == nullptr ? std::string{} : record->name;
}

const HolderRecord* AgencySnapshot::holding(PostId id, const Moment& moment) const { return find_in(holders_, rows_.holders, id, moment); }

const DeputyRecord* AgencySnapshot::standing_in(PersonId id, const Moment& moment) const { return find_in(deputies_, rows_.deputies, id, moment); }

PersonId AgencySnapshot::holder_of(PostId id, const Moment& moment) const {
  const auto* record = holding(id, moment);
  return record == nullptr ? PersonId{} : record->person_id;
}

PersonId AgencySnapshot::deputy_of(PersonId id, const Moment& moment) const {
  const auto* record = standing_in(id, moment);
  return record == nullptr ? PersonId{} : record->deputy_id;
}

std::string AgencySnapshot::person_name(PersonId id) const {
  const auto found = people_.find(id);
  return found == people_.end() ? std::string{} : rows_.people[found->second].name;
}

std::string AgencySnapshot::holder_name(PostId id, Date on) const { return person_name(holder_of(id, {on, {}})); }

PersonId AgencySnapshot::person_of_account(std::int64_t account_id) const {
  const auto found = accounts_.find(account_id);
  return found == accounts_.end() ? PersonId{} : rows_.people[found->second].id;
}

std::int64_t AgencySnapshot::account_of_person(PersonId id) const {
  const auto found = people_.find(id);
  return found == people_.end() ? 0 : rows_.people[found->second].account_id;
}

std::vector<PostId> AgencySnapshot::posts_of_person(PersonId id, Date on) const {
  std::vector<PostId> out;
  const auto found = by_holder_.find(id);
  if (found == by_holder_.end()) return out;
  for (const auto at : found->second) {
    if (rows_.holders[at].holds({on, {}})) out.push_back(rows_.holders[at].post_id);
  }
  return out;
}

std::vector<const DeputyRecord*> AgencySnapshot::standing_in_by(PersonId deputy, const Moment& moment) const {
  std::vector<const DeputyRecord*> out;
  const auto found = by_deputy_.find(deputy);
  if (found == by_deputy_.end()) return out;
  for (const auto at : found->second) {
    if (rows_.deputies[at].holds(moment)) out.push_back(&rows_.deputies[at]);
  }
  return out;
}

std::vector<std::int64_t> AgencySnapshot::deputies_of_account(std::int64_t account_id, Date on) const {
  const auto self = person_of_account(account_id);
  const auto deputy = self ? account_of_person(deputy_of(self, {on, {}})) : 0;
  return deputy == 0 ? std::vector<std::int64_t>{} : std::vector<std::int64_t>{deputy};
}

std::vector<PostId> AgencySnapshot::posts_of_account(std::int64_t account_id, Date on) const {
  const auto self = person_of_account(account_id);
  if (!self) return {};
  auto out = posts_of_person(self, on);
  for (const auto* period : standing_in_by(self, {on, {}})) {
    for (const auto post : posts_of_person(period->person_id, on)) out.push_back(post);
  }
  return out;
}

std::vector<const ContactRecord*> AgencySnapshot::contacts_of(AgencyId id, const std::optional<Instant>& known_at) const {
  std::vector<const ContactRecord*> out;
  for (const auto& contact : rows_.contacts) {
    if (contact.agency_id == id && contact.known(known_at)) out.push_back(&contact);
  }
  return out;
}

std::shared_ptr<const AgencySnapshot> Agencies::snapshot() const {
  return database_.read([&](db::Session& session) {
    const auto state = AgencyStore::state(session);
    {
      const std::lock_guard lock(mutex_);
      if (cached_ && cached_->stamp() == state.stamp) return cached_;
    }
    auto fresh = std::make_shared<const AgencySnapshot>(state.stamp, AgencyStore::all_rows(session));
    const std::lock_guard lock(mutex_);
    cached_ = fresh;
    return std::shared_ptr<const AgencySnapshot>(fresh);
  });
}

std::shared_ptr<const AgencySnapshot> Agencies::recent() const {
  {
    const std::lock_guard lock(mutex_);
    if (recent_ && std::chrono::steady_clock::now() - checked_ < std::chrono::milliseconds(250)) return recent_;
  }
  auto exact = snapshot();
  const std::lock_guard lock(mutex_);
  recent_ = exact;
  checked_ = std::chrono::steady_clock::now();
  return exact;
}

void Agencies::forget_recent() const {
  const std::lock_guard lock(mutex_);
  recent_ = nullptr;
}

}  // namespace mandate::agencies
