// Facts of all modules in memory, as columns: any statistic is counted here. They follow the log of events: a question first takes in what was
// committed before it, in whichever process. At start they are read in the background; until then a question is told how far that is.
#pragma once

#include "foundation/facts/question.hpp"
#include "platform/clock/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/i18n/messages.hpp"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <thread>

namespace mandate::facts {

// Whoever owns records of a kind gives their facts. Reading again is harmless: it replaces what was there.
class Source {
 public:
  virtual ~Source() = default;
  virtual Schema schema() const = 0;
  virtual std::string record_kind() const = 0;  // of the events that touch them
  virtual std::set<std::string> fill_kinds() const { return {}; }  // events after which everything is read anew
  // Everything, in pieces of a read each, in the order of its keys; of events only those up to this position. Says after each piece how far it is (0..1);
  // false: stop.
  virtual void load(db::Database& database, std::int64_t until, Dataset& into, const std::function<bool(double)>& progress) = 0;
  // What belongs to these records; of events only those up to this position.
  virtual void read_again(db::Session& session, const std::vector<std::int64_t>& records, std::int64_t until, Dataset& into) = 0;
  // Into an empty set: the facts as they were known at a moment. False: this source has no past but the present one.
  virtual bool load_known(db::Session&, Instant, Dataset&) { return false; }
};

struct State {
  std::string dataset;
  bool ready = false;
  int percent = 0;        // of the reading at start
  std::size_t facts = 0;
  std::size_t bytes = 0;
};

class Facts {
 public:
  Facts(db::Database& database, const Clock& clock);
  ~Facts();
  void add(std::unique_ptr<Source> source);
  const Schema& schema(const std::string& dataset) const;  // throws std::out_of_range for a set that nobody gave

  // Reads everything in a thread of its own, and then follows; a question does so itself when nobody did.
  void start();
  void stop();
  void wake();  // from any thread; quick

  // Calls body with a set that holds everything committed before the call. Fault `unavailable` while it is being read.
  Result<> with(const std::string& dataset, const std::function<Result<>(const Dataset&)>& body);
  // The same with what was known at a moment. The last such set is kept for a while: what was known then does not change any more.
  Result<> with_known(const std::string& dataset, Instant known_at, const std::function<Result<>(const Dataset&)>& body);

  std::vector<State> states() const;
  std::int64_t position() const { return position_; }

 private:
  struct Entry {
    std::unique_ptr<Source> source;
    std::unique_ptr<Dataset> data;
    std::atomic<bool> ready{false};
    std::atomic<int> percent{0};
  };
  void run();
  void load_all();
  void load(Entry& entry);
  // What was committed before this call; false when others kept the log too long.
  bool catch_up();
  std::int64_t take_in(int limit);
  Entry* find(const std::string& dataset);

  // Readers share; who changes the columns waits for those inside and lets no further ones in before.
  class Gate {
   public:
    std::shared_lock<std::shared_mutex> read();
    std::unique_lock<std::shared_mutex> write();

   private:
    std::mutex door_;
    std::shared_mutex inside_;
  };

  db::Database& database_;
  const Clock& clock_;
  std::vector<std::unique_ptr<Entry>> entries_;
  mutable Gate gate_;
  std::mutex following_;  // one at a time takes events in
  std::atomic<std::int64_t> position_{0};
  std::atomic<bool> loaded_{false};
  std::atomic<bool> used_{false};  // since memory was last given back
  struct Past {
    std::string dataset;
    Instant known_at;
    std::unique_ptr<Dataset> data;
    std::chrono::steady_clock::time_point used;
  };
  std::mutex past_mutex_;  // one past at a time is held in memory
  std::optional<Past> past_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  bool woken_ = false;
  bool started_ = false;
  std::thread thread_;
};

const std::vector<i18n::Message>& fact_messages();

}  // namespace mandate::facts
