// Readers of the event log that make something of it: each event once, in order, in one transaction with the cursor's step.
#pragma once

#include "platform/clock/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/db/events.hpp"
#include "platform/db/migrations.hpp"

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace mandate::followers {

class Followers {
 public:
  // Events in order of position. Writes through the session it is given, and may be run twice: no effects but statements.
  using Handler = std::function<Result<>(db::Session&, const std::vector<db::Event>&)>;

  Followers(db::Database& database, const Clock& clock);
  ~Followers();
  void add(const std::string& name, Handler handler);
  // Called after a step that handed events over, from the following thread: for whoever shows what was made of them.
  void on_step(std::function<void()> call) { on_step_ = std::move(call); }

  void start();
  void stop();
  void wake();  // from any thread; quick
  // All that is in the log, in this thread; returns how many events were handed over. Tests and commands use it instead of start().
  std::int64_t run();
  // What is in the log so far is handed to nobody: a city that was filled from a file begins with clean desks.
  Result<> skip_to_end();

  struct State {
    std::string name;
    std::int64_t position = 0;
    std::int64_t behind = 0;  // events that wait
  };
  std::vector<State> states(db::Session& session) const;

 private:
  std::int64_t step(const std::string& name, const Handler& handler);
  bool hand_over(const std::string& name, const Handler& handler, int limit, std::int64_t& count, std::string& fault);

  db::Database& database_;
  const Clock& clock_;
  std::map<std::string, Handler> handlers_;
  std::map<std::string, int> tries_;  // of the event that a follower stands at, since it first failed
  std::function<void()> on_step_;
  std::mutex running_;  // one run at a time in this process
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  bool woken_ = false;
  std::thread thread_;
};

db::MigrationSet followers_migrations();

}  // namespace mandate::followers
