#include "foundation/feeds/service.hpp"

#include "platform/db/events.hpp"
#include "platform/digest/digest.hpp"

#include <algorithm>

MANDATE_EMBEDDED(foundation_feeds)

namespace mandate::feeds {
namespace {

constexpr auto columns = "id, account_id, kind, record_id, name, language, alarm_days, created_at, last_used_at";
constexpr std::size_t secret_bytes = 32;
constexpr std::size_t subjects_max = 10'000;

FeedView view_of(const FeedRecord& r) { return {r.id, r.kind, r.record_id == 0 ? std::nullopt : std::optional(http::Number63{r.record_id}), r.name, r.alarm_days, r.created_at, r.last_used_at}; }

}  // namespace

db::MigrationSet feed_migrations() { return db::migrations_of("foundation_feeds", embedded::foundation_feeds); }

Feeds::Feeds(db::Database& database, const Clock& clock, identity::Identity& identity) : parts_(new Parts{database, clock, identity, {}, {}, {}, {}, {}}) {}
Feeds::~Feeds() = default;

void Feeds::add_kind(const std::string& kind, CalendarKind calendar) { parts_->kinds[kind] = std::move(calendar); }
void Feeds::add_public(PublicChanges changes) { parts_->publics.push_back(std::move(changes)); }

bool Throttle::take(const std::string& subject, Instant now) {
  const std::lock_guard lock(mutex_);
  if (windows_.size() > subjects_max) windows_.clear();
  auto& [since, count] = windows_[subject];
  if (count == 0 || now >= since.plus_seconds(reads_seconds) || now < since) {
    since = now;
    count = 0;
  }
  return ++count <= reads_max;
}

Result<std::vector<FeedView>> Feeds::Parts::list(const Actor& actor) {
  return database.read([&](db::Session& s) -> Result<std::vector<FeedView>> {
    std::vector<FeedView> out;
    for (const auto& r : s.list<FeedRecord>(std::string("SELECT ") + columns + " FROM feed WHERE account_id = ? AND revoked_at IS NULL ORDER BY id LIMIT ?", actor.account_id, feeds_max)) out.push_back(view_of(r));
    return out;
  });
}

Result<FeedMade> Feeds::Parts::create(const Actor& actor, const std::string& kind, std::int64_t record_id, const std::string& name, std::optional<std::int64_t> alarm_days) {
  // A key that may do a few things must not make itself a link that reads more.
  if (actor.is_token || actor.account_id == 0) return fault(FaultKind::forbidden, "feed.people_only");
  const auto known = kinds.find(kind);
  if (known == kinds.end()) return field_fault("kind", "feed.unknown_kind");
  if (known->second.record == CalendarKind::Record::required && record_id == 0) return field_fault("record_id", "input.required");
  if (known->second.record == CalendarKind::Record::none && record_id != 0) return field_fault("record_id", "input.unknown");
  if (name.size() > 300) return field_fault("name", "input.too_long", {{"max", "100"}});
  if (alarm_days && (*alarm_days < 0 || *alarm_days > alarm_days_max)) return field_fault("alarm_days", "input.out_of_range", {{"min", "0"}, {"max", std::to_string(alarm_days_max)}});
  const auto secret = digest::random_hex(secret_bytes);
  return database.write([&](db::Session& s) -> Result<FeedMade> {
    MANDATE_ASSIGN(const auto title, known->second.title(s, actor, record_id));
    if (s.value<std::int64_t>("SELECT COUNT(*) FROM feed WHERE account_id = ? AND revoked_at IS NULL", actor.account_id) >= feeds_max) return fault(FaultKind::conflict, "feed.too_many", {{"max", std::to_string(feeds_max)}});
    const FeedRecord r{new_id<FeedId>(), actor.account_id, kind, record_id, name.empty() ? title : name, actor.language == Language::en ? "en" : "zh_tw", alarm_days, actor.now, std::nullopt};
    s.execute("INSERT INTO feed (id, account_id, kind, record_id, name, language, alarm_days, token_hash, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", r.id, r.account_id, r.kind, r.record_id, r.name, r.language, r.alarm_days,
              digest::sha256_hex(secret), r.created_at);
    db::append_event(s, {actor.now, actor.account_id, "feed.created", "feed", r.id.value, boost::json::serialize(boost::json::object{{"kind", kind}}), {}});
    return FeedMade{view_of(r), "/feeds/calendar/" + secret + ".ics"};
  });
}

Result<> Feeds::Parts::revoke(const Actor& actor, FeedId id) {
  return database.write([&](db::Session& s) -> Result<> {
    if (s.execute("UPDATE feed SET revoked_at = ? WHERE id = ? AND account_id = ? AND revoked_at IS NULL", actor.now, id, actor.account_id) != 1) return fault(FaultKind::not_found, "feed.not_found");
    db::append_event(s, {actor.now, actor.account_id, "feed.revoked", "feed", id.value, "{}", {}});
    return done();
  });
}

Result<std::string> Feeds::Parts::read(const std::string& secret, const std::string& address, const std::string& base) {
  const Instant now = clock.now();
  const auto throttled = [&](const std::string& subject) -> Result<> {
    if (throttle.take(subject, now)) return done();
    Fault f = fault(FaultKind::too_many, "feed.too_often");
    f.retry_after_seconds = static_cast<int>(reads_seconds);
    return f;
  };
  const auto feed = database.read([&](db::Session& s) { return s.find<FeedRecord>(std::string("SELECT ") + columns + " FROM feed WHERE token_hash = ? AND revoked_at IS NULL", digest::sha256_hex(secret)); });
  if (!feed) {
    MANDATE_TRY(throttled("address " + address));
    return fault(FaultKind::not_found, "feed.no_such_link");
  }
  MANDATE_TRY(throttled(feed->id.text()));
  auto owner = database.read([&](db::Session& s) { return identity.actor_of(s, identity::AccountId{feed->account_id}); });
  const auto kind = kinds.find(feed->kind);
  if (!owner || kind == kinds.end()) return fault(FaultKind::not_found, "feed.no_such_link");
  owner->language = feed->language == "en" ? Language::en : Language::zh_tw;
  owner->now = now;
  auto text = database.read([&](db::Session& s) -> Result<std::string> {
    MANDATE_ASSIGN(const auto entries, kind->second.entries(s, *owner, feed->record_id));
    CalendarHead head{feed->name, owner->language, base, feed->alarm_days, i18n::text("feed.alarm", owner->language)};
    return calendar_text(head, entries);
  });
  if (!text.ok()) return fault(FaultKind::not_found, "feed.no_such_link");  // the right to it has gone
  if (!feed->last_used_at || feed->last_used_at->plus_seconds(used_seconds) <= now) {
    (void)database.write([&](db::Session& s) -> Result<> {
      s.execute("UPDATE feed SET last_used_at = ? WHERE id = ?", now, feed->id);
      return done();
    }).ok();
  }
  return text;
}

std::vector<PublicChange> Feeds::Parts::public_changes(Language language) {
  const Instant now = clock.now();
  {
    const std::lock_guard lock(changes_mutex);
    const auto kept = changes.find(language);
    if (kept != changes.end() && now >= kept->second.first && now < kept->second.first.plus_seconds(changes_seconds)) return kept->second.second;
  }
  std::vector<PublicChange> all;
  database.read([&](db::Session& s) {
    for (const auto& list_changes : publics) {
      auto some = list_changes(s, language, changes_max);
      all.insert(all.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
    }
    return 0;
  });
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return std::pair(a.at, a.id) > std::pair(b.at, b.id); });
  if (all.size() > static_cast<std::size_t>(changes_max)) all.resize(changes_max);
  const std::lock_guard lock(changes_mutex);
  changes[language] = {now, all};
  return all;
}

}  // namespace mandate::feeds
