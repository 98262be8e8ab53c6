#include "foundation/facts/api.hpp"

#include "platform/log/log.hpp"

#include <algorithm>
#include <malloc.h>

namespace mandate::facts {
namespace {

constexpr int batch = 2000;  // events taken in at once
// A burst of changes is taken in together; a question does not wait for this.
constexpr auto gather = std::chrono::milliseconds(500);
constexpr auto look_again = std::chrono::seconds(5);  // on PostgreSQL another process may have written
constexpr auto keep_past = std::chrono::minutes(10);
constexpr auto log_wait_max = std::chrono::seconds(3);

struct EventHead {
  std::int64_t position = 0;
  std::string kind;
  std::string record_kind;
  std::int64_t record_id = 0;
};
BOOST_DESCRIBE_STRUCT(EventHead, (), (position, kind, record_kind, record_id))

}  // namespace

std::shared_lock<std::shared_mutex> Facts::Gate::read() {
  const std::lock_guard door(door_);
  return std::shared_lock(inside_);
}

std::unique_lock<std::shared_mutex> Facts::Gate::write() {
  const std::lock_guard door(door_);
  return std::unique_lock(inside_);
}

Facts::Facts(db::Database& database, const Clock& clock) : database_(database), clock_(clock) {}
Facts::~Facts() { stop(); }

void Facts::add(std::unique_ptr<Source> source) {
  auto entry = std::make_unique<Entry>();
  entry->data = std::make_unique<Dataset>(source->schema());
  entry->source = std::move(source);
  entries_.push_back(std::move(entry));
}

const Schema& Facts::schema(const std::string& dataset) const {
  for (const auto& entry : entries_) {
    if (entry->data->schema().name == dataset) return entry->data->schema();
  }
  throw std::out_of_range("facts: no data set " + dataset);
}

Facts::Entry* Facts::find(const std::string& dataset) {
  for (const auto& entry : entries_) {
    if (entry->data->schema().name == dataset) return entry.get();
  }
  return nullptr;
}

void Facts::start() {
  {
    const std::lock_guard lock(mutex_);
    if (started_) return;
    started_ = true;
    stopping_ = false;
  }
  thread_ = std::thread([this] { run(); });
}

void Facts::run() {
  while (true) {
    try {
      if (!loaded_) load_all();
      catch_up();
      {
        const std::lock_guard one(past_mutex_);
        if (past_ && std::chrono::steady_clock::now() - past_->used > keep_past) past_.reset();
      }
      for (const auto& entry : entries_) {
        if (!entry->ready && loaded_) load_all();
      }
      // What long answers and the reading at start were made in goes back to the system; the allocator would keep the most it ever needed.
      if (used_.exchange(false)) malloc_trim(0);
    } catch (const std::exception& e) {
      log::error("facts_fault", {{"reason", e.what()}});
    }
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, look_again, [&] { return stopping_ || woken_; });
    if (woken_ && !stopping_) changed_.wait_for(lock, gather, [&] { return stopping_; });
    woken_ = false;
    if (stopping_) return;
  }
}

void Facts::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
  const std::lock_guard lock(mutex_);
  started_ = false;
}

void Facts::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_all();
}

void Facts::load_all() {
  const std::lock_guard one(following_);
  const auto begun = std::chrono::steady_clock::now();
  // What is committed while the columns are read has a position beyond this one, and is taken in afterwards: reading a record again is harmless.
  database_.sequence_events();
  if (!loaded_) position_ = database_.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COALESCE(MAX(position), 0) FROM event"); });
  for (const auto& entry : entries_) {
    if (!entry->ready) load(*entry);
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
  }
  if (!loaded_) {
    std::size_t count = 0;
    for (const auto& entry : entries_) count += entry->data->present();
    log::info("facts_ready", {{"facts", std::to_string(count)}, {"ms", std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun).count())}});
  }
  loaded_ = true;
}

void Facts::load(Entry& entry) {
  {
    const auto alone = gate_.write();  // nobody reads a set that is not ready, but somebody may still be within
    entry.data->clear();
  }
  entry.percent = 0;
  bool whole = true;
  entry.source->load(database_, position_, *entry.data, [&](double part) {
    entry.percent = static_cast<int>(std::clamp(part, 0.0, 0.99) * 100);
    const std::lock_guard lock(mutex_);
    whole = !stopping_;
    return whole;
  });
  if (!whole) return;
  entry.percent = 100;
  entry.ready = true;
  used_ = true;
  malloc_trim(0);
}

bool Facts::catch_up() {
  if (database_.engine() == db::Engine::postgres) {
    // Events get their positions after their commit, in one process at a time. Those that have none now must have one before they can be followed.
    const auto begun = std::chrono::steady_clock::now();
    std::int64_t last = 0;
    while (true) {
      database_.sequence_events();
      const auto waiting = database_.read([&](db::Session& s) { return s.list<std::int64_t>("SELECT id FROM event WHERE position IS NULL ORDER BY id LIMIT 1"); });
      // Ids rise with time: when the oldest that waits is younger than all that waited at first, those have theirs.
      if (waiting.empty()) break;
      if (last == 0) last = database_.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COALESCE(MAX(id), 0) FROM event WHERE position IS NULL"); });
      if (waiting.front() > last) break;
      if (std::chrono::steady_clock::now() - begun > log_wait_max) return false;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }
  const std::lock_guard one(following_);
  while (take_in(batch) == batch) {
  }
  return true;
}

std::int64_t Facts::take_in(int limit) {
  std::int64_t count = 0;
  // The events and what they touched are read in one state, so a record is never older than the last event taken in.
  database_.read([&](db::Session& s) {
    const auto events = s.list<EventHead>("SELECT position, kind, record_kind, record_id FROM event WHERE position > ? ORDER BY position LIMIT ?", position_.load(), limit);
    count = static_cast<std::int64_t>(events.size());
    if (events.empty()) return 0;
    for (const auto& entry : entries_) {
      const auto kind = entry->source->record_kind();
      const auto fills = entry->source->fill_kinds();
      std::vector<std::int64_t> records;
      for (const auto& event : events) {
        if (event.record_kind == kind) records.push_back(event.record_id);
        if (fills.count(event.kind) != 0) entry->ready = false;  // many at once, without an event each: read anew
      }
      std::sort(records.begin(), records.end());
      records.erase(std::unique(records.begin(), records.end()), records.end());
      if (records.empty() || !entry->ready) continue;
      const auto alone = gate_.write();
      entry->source->read_again(s, records, events.back().position, *entry->data);
    }
    position_ = events.back().position;
    return 0;
  });
  return count;
}

Result<> Facts::with(const std::string& dataset, const std::function<Result<>(const Dataset&)>& body) {
  Entry* entry = find(dataset);
  if (entry == nullptr) return fault(FaultKind::not_found, "facts.unknown_dataset", {{"name", dataset}});
  bool started = false;
  {
    const std::lock_guard lock(mutex_);
    started = started_;
  }
  if (!started && !loaded_) load_all();
  const auto being_read = [&] {
    auto f = fault(FaultKind::unavailable, "facts.being_read", {{"percent", std::to_string(entry->percent)}});
    f.retry_after_seconds = 1;
    return f;
  };
  if (!entry->ready) return being_read();
  if (!catch_up()) {
    auto f = fault(FaultKind::unavailable, "facts.log_busy");
    f.retry_after_seconds = 1;
    return f;
  }
  if (!entry->ready) {
    if (started) {
      wake();
      return being_read();
    }
    load_all();
  }
  used_ = true;
  const auto shared = gate_.read();
  if (!entry->ready) return being_read();
  return body(*entry->data);
}

Result<> Facts::with_known(const std::string& dataset, Instant known_at, const std::function<Result<>(const Dataset&)>& body) {
  Entry* entry = find(dataset);
  if (entry == nullptr) return fault(FaultKind::not_found, "facts.unknown_dataset", {{"name", dataset}});
  const std::lock_guard one(past_mutex_);
  if (!past_ || past_->dataset != dataset || past_->known_at != known_at) {
    past_.reset();
    auto data = std::make_unique<Dataset>(entry->source->schema());
    if (!database_.read([&](db::Session& s) { return entry->source->load_known(s, known_at, *data); })) return fault(FaultKind::invalid, "facts.no_past", {{"name", dataset}});
    past_ = Past{dataset, known_at, std::move(data), {}};
  }
  past_->used = std::chrono::steady_clock::now();
  // A moment that is still to come is known anew with each question.
  const bool over = known_at < clock_.now();
  const auto answer = body(*past_->data);
  if (!over) past_.reset();
  return answer;
}

std::vector<State> Facts::states() const {
  const auto shared = gate_.read();
  std::vector<State> out;
  for (const auto& entry : entries_) {
    const bool ready = entry->ready;
    out.push_back({entry->data->schema().name, ready, entry->percent, ready ? entry->data->present() : 0, ready ? entry->data->bytes() : 0});
  }
  return out;
}

}  // namespace mandate::facts
