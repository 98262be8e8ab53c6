// The use cases of feeds.
#pragma once

#include "foundation/feeds/api.hpp"

#include <deque>

namespace mandate::feeds {

constexpr std::int64_t feeds_max = 20;          // of one account
constexpr std::int64_t alarm_days_max = 30;
constexpr int changes_max = 50;
constexpr std::int64_t reads_max = 30;          // of one link, or of one address with links that are none, in ten minutes
constexpr std::int64_t reads_seconds = 600;
constexpr std::int64_t used_seconds = 600;      // how exact "last used" is: a program that asks often is no reason to write often
constexpr std::int64_t changes_seconds = 60;    // how long the public feed may be behind

struct FeedRecord {
  FeedId id;
  std::int64_t account_id = 0;
  std::string kind;
  std::int64_t record_id = 0;
  std::string name;
  std::string language;
  std::optional<std::int64_t> alarm_days;
  Instant created_at;
  std::optional<Instant> last_used_at;
};
BOOST_DESCRIBE_STRUCT(FeedRecord, (), (id, account_id, kind, record_id, name, language, alarm_days, created_at, last_used_at))

struct FeedView {
  FeedId id;
  std::string kind;
  std::optional<http::Number63> record_id;
  std::string name;
  std::optional<std::int64_t> alarm_days;
  Instant created_at;
  std::optional<Instant> last_used_at;
};
BOOST_DESCRIBE_STRUCT(FeedView, (), (id, kind, record_id, name, alarm_days, created_at, last_used_at))

struct FeedMade {
  FeedView feed;
  std::string path;  // secret, shown once
};
BOOST_DESCRIBE_STRUCT(FeedMade, (), (feed, path))

// So many in a while and no more, by subject. Counts of this process alone: enough to keep a program that runs wild from taking the server's time.
class Throttle {
 public:
  bool take(const std::string& subject, Instant now);

 private:
  std::mutex mutex_;
  std::map<std::string, std::pair<Instant, std::int64_t>> windows_;
};

struct Feeds::Parts {
  db::Database& database;
  const Clock& clock;
  identity::Identity& identity;
  std::map<std::string, CalendarKind> kinds;
  std::vector<PublicChanges> publics;
  Throttle throttle;
  std::mutex changes_mutex;
  std::map<Language, std::pair<Instant, std::vector<PublicChange>>> changes;

  Result<std::vector<FeedView>> list(const Actor& actor);
  Result<FeedMade> create(const Actor& actor, const std::string& kind, std::int64_t record_id, const std::string& name, std::optional<std::int64_t> alarm_days);
  Result<> revoke(const Actor& actor, FeedId id);
  // The calendar behind a secret, with its owner's rights of this moment.
  Result<std::string> read(const std::string& secret, const std::string& address, const std::string& base);
  std::vector<PublicChange> public_changes(Language language);
};

}  // namespace mandate::feeds
