#include "platform/followers/followers.hpp"

#include "platform/log/log.hpp"

MANDATE_EMBEDDED(platform_followers)

namespace mandate::followers {
namespace {

constexpr int batch = 500;
constexpr int tries_max = 5;
// After a wake a moment is waited, so that a burst of changes costs one more commit and not one each.
constexpr auto gather = std::chrono::milliseconds(40);

struct FollowerRow {
  std::string name;
  std::int64_t position = 0;
};
BOOST_DESCRIBE_STRUCT(FollowerRow, (), (name, position))

std::int64_t end_of_log(db::Session& s) { return s.value<std::int64_t>("SELECT COALESCE(MAX(position), 0) FROM event"); }

}  // namespace

db::MigrationSet followers_migrations() { return db::migrations_of("platform_followers", embedded::platform_followers); }

Followers::Followers(db::Database& database, const Clock& clock) : database_(database), clock_(clock) {}
Followers::~Followers() { stop(); }

void Followers::add(const std::string& name, Handler handler) {
  (void)database_.write([&](db::Session& s) -> Result<> {
    s.execute("INSERT INTO follower (name, position) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", name, end_of_log(s));
    return done();
  }).ok();
  handlers_[name] = std::move(handler);
}

void Followers::start() {
  thread_ = std::thread([this] {
    while (true) {
      try {
        run();
      } catch (const std::exception& e) {
        log::error("followers_fault", {{"reason", e.what()}});
      }
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, std::chrono::milliseconds(500), [&] { return stopping_ || woken_; });
      if (woken_ && !stopping_) changed_.wait_for(lock, gather, [&] { return stopping_; });
      woken_ = false;
      if (stopping_) return;
    }
  });
}

void Followers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Followers::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_all();
}

std::int64_t Followers::run() {
  const std::lock_guard one(running_);
  database_.sequence_events();
  std::int64_t count = 0;
  for (const auto& [name, handler] : handlers_) {
    for (auto handed = step(name, handler); handed > 0; handed = step(name, handler)) {
      count += handed;
      if (on_step_) on_step_();
    }
  }
  return count;
}

std::int64_t Followers::step(const std::string& name, const Handler& handler) {
  // A look first: most of the time there is nothing, and a read costs no commit.
  const bool waiting = database_.read([&](db::Session& s) { return s.value<std::int64_t>("SELECT position FROM follower WHERE name = ?", name) < end_of_log(s); });
  if (!waiting) return 0;
  std::int64_t count = 0;
  std::string fault;
  if (hand_over(name, handler, batch, count, fault)) {
    tries_.erase(name);
    return count;
  }
  if (hand_over(name, handler, 1, count, fault)) {  // the bad one stands further back: go up to it one by one
    tries_.erase(name);
    return count;
  }
  log::warning("follower_failed", {{"follower", name}, {"reason", fault}});
  if (++tries_[name] < tries_max) return 0;  // again at the next look
  tries_.erase(name);
  const auto passed = database_.write([&](db::Session& s) -> Result<std::int64_t> {
    const auto position = s.value<std::int64_t>("SELECT position FROM follower WHERE name = ?", name);
    const auto events = db::list_events(s, position, 1);
    if (events.empty()) return std::int64_t{0};
    s.execute("UPDATE follower SET position = ? WHERE name = ?", events.front().position, name);
    s.execute("INSERT INTO follower_fault (id, name, position, reason, at) VALUES (?, ?, ?, ?, ?)", next_id(), name, events.front().position, fault.substr(0, 500), clock_.now());
    return std::int64_t{1};
  });
  return passed.ok() ? passed.value() : 0;
}

bool Followers::hand_over(const std::string& name, const Handler& handler, int limit, std::int64_t& count, std::string& fault) {
  try {
    const auto result = database_.write([&](db::Session& s) -> Result<std::int64_t> {
      const auto position = s.value<std::int64_t>("SELECT position FROM follower WHERE name = ?", name);
      const auto events = db::list_events(s, position, limit);
      if (events.empty()) return std::int64_t{0};
      s.execute("UPDATE follower SET position = ? WHERE name = ?", events.back().position, name);
      MANDATE_TRY(handler(s, events));
      return static_cast<std::int64_t>(events.size());
    });
    if (result.ok()) {
      count = result.value();
      return true;
    }
    fault = result.fault().key;
  } catch (const std::exception& e) {
    fault = e.what();
  }
  return false;
}

Result<> Followers::skip_to_end() {
  database_.sequence_events();
  const std::lock_guard one(running_);
  return database_.write([&](db::Session& s) -> Result<> {
    s.execute("UPDATE follower SET position = ? WHERE position >= 0", end_of_log(s));
    return done();
  });
}

std::vector<Followers::State> Followers::states(db::Session& session) const {
  const auto end = end_of_log(session);
  std::vector<State> out;
  for (const auto& row : session.list<FollowerRow>("SELECT name, position FROM follower ORDER BY name")) {
    if (handlers_.count(row.name) == 1) out.push_back({row.name, row.position, end - row.position});
  }
  return out;
}

}  // namespace mandate::followers
