// The live streams of this process: one connection a browser, looked after by one thread. What they show comes from the tables alone, so that a notice
// written by another process, and one written while the line was broken, arrive in the same way.
#include "foundation/notices/service.hpp"

#include "platform/http/json.hpp"
#include "platform/log/log.hpp"

namespace mandate::notices {
namespace {

constexpr int catch_up_max = 100;                  // more than that is fetched as a list
constexpr std::size_t streams_per_account_max = 20;  // windows of one person
constexpr auto look_every = std::chrono::milliseconds(250);
constexpr auto gather = std::chrono::milliseconds(10);  // a burst of changes is one look
constexpr std::int64_t overlap_seconds = 10;         // a transaction of another process may commit so late

std::string event_text(const NoticeRow& row, std::int64_t unread) {
  auto json = http::to_json(row);
  json.get_object()["unread"] = unread;
  return "id: " + std::to_string(row.seq) + "\nevent: notice\ndata: " + boost::json::serialize(json) + "\n\n";
}

std::string count_text(const Counter& counter) {
  return "event: count\ndata: " + boost::json::serialize(boost::json::object{{"last_seq", counter.last_seq}, {"unread", counter.unread}}) + "\n\n";
}

}  // namespace

struct Notices::Stream {
  std::int64_t account_id = 0;
  std::int64_t sent_seq = 0;
  std::int64_t sent_unread = 0;
  Language language = Language::zh_tw;
  std::shared_ptr<http::EventStream> out;
};

Result<std::shared_ptr<http::EventStream>> Notices::open_stream(const Actor& actor, std::optional<std::int64_t> after) {
  auto& p = *parts_;
  if (actor.session_id == 0) return fault(FaultKind::forbidden, "notice.stream_needs_session");
  auto stream = std::make_shared<Stream>();
  stream->account_id = actor.account_id;
  stream->language = actor.language;
  stream->out = std::make_shared<http::EventStream>();
  stream->out->still_allowed = [&identity = p.identity, session = actor.session_id] { return identity.session_lasts(session); };
  std::string first = "retry: 3000\n\n";
  p.database.read([&](db::Session& s) {
    const auto counter = p.store.counter(s, actor.account_id);
    stream->sent_seq = counter.last_seq;
    stream->sent_unread = counter.unread;
    first += count_text(counter);
    if (after && *after >= 0 && *after < counter.last_seq) {
      const auto missed = p.store.list_after(s, actor.account_id, *after, catch_up_max + 1);
      if (missed.size() <= static_cast<std::size_t>(catch_up_max)) {
        for (const auto& row : p.in_words(s, actor, missed)) first += event_text(row, counter.unread);
      } else {
        first += "id: " + std::to_string(counter.last_seq) + "\nevent: reload\ndata: {}\n\n";
      }
    } else {
      first += "id: " + std::to_string(counter.last_seq) + "\nevent: ready\ndata: {}\n\n";
    }
    return 0;
  });
  stream->out->send(first);
  const std::lock_guard lock(streams_mutex_);
  std::erase_if(streams_, [](const auto& one) { return one->out->ended(); });
  const auto mine = std::count_if(streams_.begin(), streams_.end(), [&](const auto& one) { return one->account_id == actor.account_id; });
  if (static_cast<std::size_t>(mine) >= streams_per_account_max) {
    // The oldest window gives way; it comes back by itself when it is looked at.
    const auto oldest = std::find_if(streams_.begin(), streams_.end(), [&](const auto& one) { return one->account_id == actor.account_id; });
    (*oldest)->out->end();
    streams_.erase(oldest);
  }
  streams_.push_back(stream);
  return stream->out;
}

int Notices::look() {
  auto& p = *parts_;
  const std::lock_guard one(looking_);
  std::unordered_map<std::int64_t, std::vector<std::shared_ptr<Stream>>> open;
  {
    const std::lock_guard lock(streams_mutex_);
    std::erase_if(streams_, [](const auto& stream) { return stream->out->ended(); });
    for (const auto& stream : streams_) open[stream->account_id].push_back(stream);
  }
  if (open.empty()) return 0;
  const Instant begun = p.clock.now();
  int told = 0;
  p.database.read([&](db::Session& s) {
    std::vector<std::pair<std::int64_t, std::int64_t>> wanted;
    std::map<std::int64_t, Counter> counters;
    for (const auto& counter : p.store.list_counters_changed(s, looked_until_.plus_seconds(-overlap_seconds))) {
      const auto streams = open.find(counter.account_id);
      if (streams == open.end()) continue;
      std::int64_t least = counter.last_seq;
      bool stale = false;
      for (const auto& stream : streams->second) {
        least = std::min(least, stream->sent_seq);
        stale = stale || stream->sent_unread != counter.unread || stream->sent_seq < counter.last_seq;
      }
      if (!stale) continue;
      counters.emplace(counter.account_id, counter);
      if (least < counter.last_seq) wanted.emplace_back(counter.account_id, least);
    }
    if (counters.empty()) return 0;
    const auto rows = p.store.list_after(s, wanted);
    const auto lines = p.lines_of(s, rows);
    const auto book = p.identity.accounts(s);
    for (const auto& [account, counter] : counters) {
      const auto begin = std::lower_bound(rows.begin(), rows.end(), account, [](const StoredNotice& row, std::int64_t id) { return row.account_id < id; });
      for (const auto& stream : open.at(account)) {
        auto reader = p.identity.reader(*book, account, begun);
        reader.language = stream->language;
        std::string text;
        for (auto row = begin; row != rows.end() && row->account_id == account; ++row) {
          if (row->seq > stream->sent_seq) text += event_text(p.in_words(s, reader, *row, lines), counter.unread);
        }
        text += count_text(counter);
        stream->sent_seq = std::max(stream->sent_seq, counter.last_seq);
        stream->sent_unread = counter.unread;
        if (stream->out->send(text)) ++told;
      }
    }
    return 0;
  });
  looked_until_ = begun;
  return told;
}

void Notices::start() {
  thread_ = std::thread([this] { run_streams(); });
}

void Notices::run_streams() {
  while (true) {
    try {
      look();
    } catch (const std::exception& e) {
      log::error("notices_fault", {{"reason", e.what()}});
    }
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, look_every, [&] { return stopping_ || woken_; });
    if (woken_ && !stopping_) changed_.wait_for(lock, gather, [&] { return stopping_; });
    woken_ = false;
    if (stopping_) return;
  }
}

void Notices::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Notices::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_all();
}

}  // namespace mandate::notices
