#include "app/health.hpp"

#include "app/storage.hpp"
#include "platform/http/router.hpp"

namespace mandate::app {
namespace {

constexpr std::int64_t minute = 60;
constexpr std::int64_t hour = 3600;
constexpr std::int64_t day = 86'400;

std::int64_t seconds_since(Instant now, Instant then) { return std::max<std::int64_t>(0, (now.micros - then.micros) / 1'000'000); }

// The parts are asked one after the other; one that breaks is bad itself and hides no other.
class Look {
 public:
  Look(City& city, Language language) : city_(city), language_(language), now_(city.clock->now()) {}

  void ask(const char* key, const std::function<HealthItem()>& look) {
    HealthItem item;
    try {
      item = look();
    } catch (const std::exception&) {
      item.state = HealthState::bad;
      item.value = say("health.broken");
      item.cure = say("health.broken_cure");
    }
    item.key = key;
    item.name = say(std::string("health.") + key);
    items_.push_back(std::move(item));
  }
  std::string say(const std::string& key, const MessageArgs& args = {}) const { return i18n::text(key, language_, args); }
  std::string span(std::int64_t seconds) const {
    const auto text = [&](const char* key, std::int64_t count) { return say(key, {{"count", std::to_string(count)}}); };
    if (seconds < 2 * minute) return text("health.seconds", seconds);
    if (seconds < 2 * hour) return text("health.minutes", seconds / minute);
    if (seconds < 2 * day) return text("health.hours", seconds / hour);
    return text("health.days", seconds / day);
  }
  HealthItem item(HealthState state, std::string value, const char* cure) const { return {"", "", state, std::move(value), state == HealthState::good ? "" : say(cure)}; }
  template <class F>
  auto read(F&& body) {
    return city_.database->read(std::forward<F>(body));
  }
  Instant now() const { return now_; }
  City& city() { return city_; }
  std::vector<HealthItem> take() { return std::move(items_); }

 private:
  City& city_;
  Language language_;
  Instant now_;
  std::vector<HealthItem> items_;
};

HealthItem database(Look& look) {
  const auto begun = std::chrono::steady_clock::now();
  look.read([](db::Session& s) { return s.value<std::int64_t>("SELECT 1"); });
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count();
  const char* name = look.city().database->engine() == db::Engine::sqlite ? "SQLite" : "PostgreSQL";
  // A read of nothing takes less than a millisecond; a quarter of a second is felt on every screen.
  return look.item(took < 250 ? HealthState::good : HealthState::warning, look.say("health.database_value", {{"name", name}, {"ms", std::to_string(took)}}), "health.database_cure");
}

HealthItem sequencer(Look& look) {
  struct Lag {
    std::int64_t count = 0;
    std::optional<Instant> oldest;
  };
  Lag lag;
  look.read([&](db::Session& s) {
    lag.count = s.value<std::int64_t>("SELECT COUNT(*) FROM (SELECT 1 FROM event WHERE position IS NULL LIMIT 10000) AS counted");
    if (lag.count > 0) lag.oldest = s.find<Instant>("SELECT at FROM event WHERE position IS NULL ORDER BY id LIMIT 1");
    return 0;
  });
  // Positions are given once a minute.
  const auto state = lag.oldest ? state_of_wait(seconds_since(look.now(), *lag.oldest), 5 * minute, 30 * minute) : HealthState::good;
  return look.item(state, look.say("health.sequencer_value", {{"count", std::to_string(lag.count)}}), "health.sequencer_cure");
}

HealthItem audit(Look& look) {
  struct Verification {
    Instant at;
    bool good = false;
  };
  std::optional<Verification> last;
  look.read([&](db::Session& s) {
    if (const auto at = s.find<Instant>("SELECT at FROM audit_verification ORDER BY at DESC LIMIT 1")) last = Verification{*at, s.value<std::int64_t>("SELECT good FROM audit_verification WHERE at = ?", *at) != 0};
    return 0;
  });
  if (!last) return look.item(HealthState::warning, look.say("health.audit_never"), "health.audit_cure");
  if (!last->good) return look.item(HealthState::bad, look.say("health.audit_bad"), "health.audit_bad_cure");
  const auto age = seconds_since(look.now(), last->at);
  return look.item(state_of_wait(age, 2 * day, 7 * day), look.say("health.audit_value", {{"age", look.span(age)}}), "health.audit_cure");
}

HealthItem waiting_jobs(Look& look) {
  const auto counts = look.read([&](db::Session& s) { return jobs::Jobs::count(s, look.now()); });
  const auto age = counts.oldest_due_at ? seconds_since(look.now(), *counts.oldest_due_at) : 0;
  return look.item(state_of_wait(age, 10 * minute, hour), look.say("health.jobs_value", {{"count", std::to_string(counts.waiting)}, {"age", look.span(age)}}), "health.jobs_cure");
}

HealthItem failed_jobs(Look& look) {
  std::int64_t failed = 0;
  std::int64_t schedules = 0;
  look.read([&](db::Session& s) {
    failed = jobs::Jobs::count(s, look.now()).failed;
    for (const auto& row : jobs::Jobs::list_schedules(s)) schedules += row.last_error.value_or("").empty() ? 0 : 1;
    return 0;
  });
  return look.item(failed + schedules == 0 ? HealthState::good : HealthState::warning, look.say("health.failed_value", {{"jobs", std::to_string(failed)}, {"schedules", std::to_string(schedules)}}), "health.failed_cure");
}

HealthItem search_index(Look& look) {
  constexpr std::int64_t cap = 100'000;
  const auto waiting = look.read([&](db::Session& s) { return search::Search::count_waiting(s, cap); });
  // A few hundred wait while much is written; thousands that stay are read one by one by every search.
  return look.item(waiting < 5'000 ? HealthState::good : HealthState::warning, look.say("health.search_value", {{"count", std::to_string(waiting)}}), "health.search_cure");
}

HealthItem mail_queue(Look& look) {
  if (!look.city().mail.settings().smtp) return look.item(HealthState::warning, look.say("health.mail_none"), "health.mail_none_cure");
  mail::MailCounts counts;
  mail::ServerState server;
  look.read([&](db::Session& s) {
    counts = mail::MailStore::count(s);
    server = mail::MailStore::server(s);
    return 0;
  });
  const MessageArgs args = {{"waiting", std::to_string(counts.waiting)}, {"failed", std::to_string(counts.failed)}};
  if (server.down_since) return look.item(state_of_wait(seconds_since(look.now(), *server.down_since), 0, hour), look.say("health.mail_down", args), "health.mail_down_cure");
  return look.item(counts.failed == 0 ? HealthState::good : HealthState::warning, look.say("health.mail_value", args), "health.mail_cure");
}

HealthItem disk(Look& look) {
  const auto space = std::filesystem::space(look.city().options.data);
  const auto gigabytes = [](std::uintmax_t bytes) { return fmt::format("{:.1f}", static_cast<double>(bytes) / 1e9); };
  return look.item(state_of_disk(static_cast<std::int64_t>(space.available), static_cast<std::int64_t>(space.capacity)),
                   look.say("health.disk_value", {{"free", gigabytes(space.available)}, {"total", gigabytes(space.capacity)}}), "health.disk_cure");
}

HealthItem keys(Look& look) {
  const auto folder = look.city().options.data / "keys";
  for (const char* name : {"master.key", "signing.key", "mail.key"}) {
    if (!std::filesystem::exists(folder / name)) return look.item(HealthState::bad, look.say("health.keys_missing", {{"name", name}}), "health.keys_missing_cure");
    const auto others = std::filesystem::perms::group_all | std::filesystem::perms::others_all;
    if ((std::filesystem::status(folder / name).permissions() & others) != std::filesystem::perms::none) return look.item(HealthState::warning, look.say("health.keys_open", {{"name", name}}), "health.keys_open_cure");
  }
  return look.item(HealthState::good, look.say("health.keys_value"), "health.keys_missing_cure");
}

}  // namespace

HealthState state_of_wait(std::int64_t seconds, std::int64_t warning_from, std::int64_t bad_from) {
  return seconds >= bad_from ? HealthState::bad : seconds >= warning_from ? HealthState::warning : HealthState::good;
}

// SQLite wants room for its log beside the database, and a full disk refuses every change: a tenth free is little, a gigabyte nothing.
HealthState state_of_disk(std::int64_t free, std::int64_t total) {
  constexpr std::int64_t least = 1'000'000'000;
  if (free < least) return HealthState::bad;
  return free * 10 < total && free < 20 * least ? HealthState::warning : HealthState::good;
}

Health read_health(City& city, Language language) {
  Look look(city, language);
  look.ask("database", [&] { return database(look); });
  look.ask("disk", [&] { return disk(look); });
  look.ask("keys", [&] { return keys(look); });
  look.ask("sequencer", [&] { return sequencer(look); });
  look.ask("audit", [&] { return audit(look); });
  look.ask("jobs", [&] { return waiting_jobs(look); });
  look.ask("failed", [&] { return failed_jobs(look); });
  look.ask("search", [&] { return search_index(look); });
  look.ask("mail", [&] { return mail_queue(look); });
  Health health{HealthState::good, look.now(), look.take()};
  for (const auto& item : health.items) health.state = std::max(health.state, item.state);
  return health;
}

void add_system_routes(http::Router& router, City& city) {
  router.get<http::Nothing, Health>("/api/system-health", {.permission = "system.health", .summary = "How each part of the system stands, and what to do", .tag = "app"},
                                    [&city](const Actor& actor, const http::Nothing&) -> Result<Health> { return read_health(city, actor.language); });
  router.get<http::Nothing, Storage>("/api/system-storage", {.permission = "system.health", .summary = "What the data takes, by parts and tables, and how it grows", .tag = "app"},
                                     [&city](const Actor&, const http::Nothing&) -> Result<Storage> { return read_storage(city); });
}

}  // namespace mandate::app
