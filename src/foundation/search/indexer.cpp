// What was put is moved into the index by a thread, a few hundred records at a time, so that no writer waits long for it.
#include "foundation/search/folding.hpp"
#include "foundation/search/model.hpp"
#include "platform/log/log.hpp"

#include <atomic>

namespace mandate::search {
namespace {

constexpr int chunk = 250;
constexpr int chunk_anew = 1000;  // nobody waits for these, and larger runs are merged less often
constexpr int rows_at_once = 500;  // of a kind that has no entries yet
// Searches read one by one what is not in the index. When the indexer cannot follow, whoever puts more helps it along.
constexpr std::int64_t behind_most = 4000;
std::atomic<std::int64_t> behind{0};

}  // namespace

void put(db::Session& s, const Document& document) {
  SearchStore::put(s, document);
  if (++behind > behind_most && s.engine() == db::Engine::sqlite) {
    SearchStore::index(s, SearchStore::list_to_index(s, chunk, false));
    behind -= chunk;
  }
}

void remove(db::Session& s, const std::string& kind, std::int64_t record_id) { SearchStore::remove(s, kind, record_id); }

void index_now(db::Session& s) {
  Runs::only_one_writes(s);
  while (true) {
    const auto waiting = SearchStore::list_to_index(s, 1000, false);
    SearchStore::index(s, waiting);
    if (waiting.size() < 1000) break;
  }
  behind = 0;
}

bool Search::Parts::index_some() {
  const std::lock_guard lock(indexing);
  std::vector<Waiting> waiting;
  bool anew = false;
  database.read([&](db::Session& s) {
    waiting = SearchStore::list_to_index(s, chunk, false);
    if (waiting.empty()) {
      behind = 0;
      waiting = SearchStore::list_to_index(s, chunk_anew, true);
      anew = !waiting.empty();
    }
    return 0;
  });
  if (waiting.empty()) return false;
  const auto mine = database.write([&](db::Session& s) -> Result<bool> {
    // Of several processes on one database one at a time: the others would only wait for its rows.
    if (!Runs::may_write(s)) return false;
    SearchStore::index(s, waiting);
    return true;
  });
  if (!mine.ok() || !*mine) return false;  // somebody else is at it
  if (!anew) behind = std::max<std::int64_t>(0, behind - static_cast<std::int64_t>(waiting.size()));
  return true;
}

void Search::Parts::prepare() {
  const auto write = [&](const std::function<void(db::Session&)>& body) {
    const auto written = database.write([&](db::Session& s) -> Result<> {
      body(s);
      return done();
    });
    if (!written.ok()) log::error("search_not_prepared", {});
  };
  write([](db::Session& s) { Runs::abandon(s); });
  if (database.read([](db::Session& s) { return SearchStore::state(s, "fold_version"); }) != fold_version) {
    write([&](db::Session& s) {
      SearchStore::begin_anew(s);
      SearchStore::set_state(s, "incomplete", 1);
      SearchStore::set_state(s, "fold_version", fold_version);
    });
  }
  for (const auto& kind : kinds) {
    const auto name = filled_state(kind.name);
    if (database.read([&](db::Session& s) { return SearchStore::state(s, name); }) == filled) continue;
    while (!stopping) {
      bool more = false;
      write([&](db::Session& s) {
        const auto after = SearchStore::state(s, name).value_or(0);
        if (after == filled) return;
        const auto documents = kind.list(s, after, rows_at_once);
        if (!documents.empty()) SearchStore::set_state(s, "incomplete", 1);
        for (const auto& document : documents) SearchStore::add_missing(s, document);
        more = documents.size() == static_cast<std::size_t>(rows_at_once);
        SearchStore::set_state(s, name, more ? documents.back().record_id : filled);
      });
      if (!more) break;
    }
  }
}

void Search::Parts::work() {
  using namespace std::chrono_literals;
  bool prepared = false;
  bool merged_since = false;
  auto tidy_from = std::chrono::steady_clock::now();
  fold_for_search("");  // its table is made once: not while somebody waits
  while (true) {
    try {
      if (!prepared) prepare();
      prepared = true;
      while (!stopping) {
        const bool indexed = index_some();
        const bool merged = Runs::merge_some(database);
        merged_since = merged_since || merged;
        if (!indexed && !merged) break;
      }
      const auto now = std::chrono::steady_clock::now();
      if (merged_since && now >= tidy_from && !stopping) {
        Runs::tidy(database);
        merged_since = false;
        tidy_from = now + 1h;
      }
      const bool incomplete = database.read([](db::Session& s) { return SearchStore::state(s, "incomplete").value_or(0) != 0 && SearchStore::list_to_index(s, 1, true).empty(); });
      if (incomplete && !stopping) {
        const auto written = database.write([](db::Session& s) -> Result<> {
          if (SearchStore::list_to_index(s, 1, true).empty()) SearchStore::set_state(s, "incomplete", 0);
          return done();
        });
        if (!written.ok()) log::error("search_not_prepared", {});
      }
    } catch (const std::exception& e) {
      log::warning("search_indexing_failed", {{"reason", e.what()}});  // tried again below
    }
    std::unique_lock lock(mutex);
    changed.wait_for(lock, 5s, [&] { return stopping || woken; });
    if (stopping) return;
    const bool gathers = std::exchange(woken, false);
    if (gathers) changed.wait_for(lock, 200ms, [&] { return stopping.load(); });  // what comes at once goes in at once
  }
}

Search::Search(db::Database& database, const Clock& clock) : parts_(std::make_unique<Parts>(database, clock)) {}

Search::~Search() { stop(); }

void Search::add_kind(Kind kind) { parts_->kinds.push_back(std::move(kind)); }

void Search::set_surroundings(Surroundings surroundings) { parts_->around = std::move(surroundings); }

void Search::start() {
  if (parts_->thread.joinable()) return;
  parts_->stopping = false;
  parts_->thread = std::thread([this] { parts_->work(); });
}

bool Search::started() const { return parts_->thread.joinable(); }

void Search::stop() {
  {
    const std::lock_guard lock(parts_->mutex);
    parts_->stopping = true;
  }
  parts_->changed.notify_all();
  if (parts_->thread.joinable()) parts_->thread.join();
}

void Search::wake() {
  {
    const std::lock_guard lock(parts_->mutex);
    parts_->woken = true;
  }
  parts_->changed.notify_all();
}

std::int64_t Search::count_waiting(db::Session& session, std::int64_t cap) { return SearchStore::count_waiting(session, cap); }

void Search::index_all() {
  if (!parts_->thread.joinable()) parts_->stopping = false;
  parts_->prepare();
  while (parts_->index_some() || Runs::merge_some(parts_->database)) {
  }
  Runs::tidy(parts_->database);
  const auto written = parts_->database.write([](db::Session& s) -> Result<> {
    SearchStore::set_state(s, "incomplete", 0);
    return done();
  });
  if (!written.ok()) log::error("search_not_prepared", {});
}

}  // namespace mandate::search
