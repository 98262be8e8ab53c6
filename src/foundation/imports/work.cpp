// What imports do beside the requests: check a whole file, load it slice by slice, take a run back.
#include "foundation/imports/service.hpp"
#include "platform/db/events.hpp"
#include "platform/digest/digest.hpp"
#include "platform/http/json_text.hpp"

#include <chrono>
#include <unordered_map>

namespace mandate::imports {
namespace {

constexpr auto slice = std::chrono::seconds(2);  // other jobs wait for so long
constexpr std::size_t check_rows = 200;           // whose keys are asked for in one statement
constexpr std::int64_t told_rows = 2'000;         // of a check, between two notes of how far it is

std::string args_json(const MessageArgs& args) {
  boost::json::array out;
  for (const auto& [name, value] : args) out.push_back(boost::json::array{boost::json::string(name), boost::json::string(value)});
  return boost::json::serialize(out);
}

// A row with its place among records.
struct Known {
  std::int64_t number = 0;
  Reading reading;
  std::string key;
  std::string hash;
};

Known known_row(const sheets::SourceRow& row, Reading reading) {
  Known known;
  known.number = row.number;
  std::string content;
  for (const auto& [column, value] : reading.values) content += column + "=" + value + "\x1f";
  known.hash = digest::sha256_hex(content).substr(0, 32);
  known.key = reading.key.empty() ? "c:" + known.hash : "k:" + reading.key;
  known.reading = std::move(reading);
  return known;
}

std::uint64_t short_of(const std::string& text) { return std::hash<std::string>{}(text); }

struct Remarks {
  std::vector<RemarkRecord> waiting;
  std::map<RemarkKind, std::int64_t> count;
  std::int64_t place = 0;

  void add(RemarkKind what, std::int64_t row, const std::string& column, const std::string& key, const MessageArgs& args) {
    if (++count[what] <= remarks_max) waiting.push_back({++place, row, what, column, key, args_json(args)});
  }
  void add(RemarkKind what, std::int64_t row, const std::vector<Reading::Remark>& all) {
    for (const auto& one : all) add(what, row, one.column, one.key, one.args);
  }
};

void tell(db::Session& s, const RunRecord& run, const Clock& clock, const char* kind, boost::json::object data) {
  db::append_event(s, {clock.now(), run.account_id, kind, "import", run.id.value, boost::json::serialize(data), {}});
}

void count_account(RunRecord& run, const Reading& reading) { ++(reading.mends.empty() ? run.unchanged_count : run.mended_count); }

bool cancel_asked(db::Session& s, RunId id) { return s.value<std::int64_t>("SELECT cancel_asked FROM import_run WHERE id = ?", id) != 0; }

// Moves behind the header and what was read before. False: the file is not as it was.
Result<bool> skip_to(sheets::SheetReader& reader, std::int64_t header_row) {
  sheets::SourceRow row;
  while (true) {
    MANDATE_ASSIGN(const bool more, reader.next(row));
    if (!more) return false;
    if (row.number >= header_row) return true;
  }
}

}  // namespace

Result<> Imports::Parts::check_all(RunRecord& run, const Kind& kind) {
  MANDATE_ASSIGN(auto reader, sheets::open_sheet(path_of(run.id)));
  MANDATE_ASSIGN(const bool headed, skip_to(*reader, run.header_row));
  if (!headed) return field_fault("file", "sheet.no_rows");
  const auto titles = http::from_json_text<Titles>(run.columns);
  MANDATE_ASSIGN(const auto mapping, mapping_from(run.mapping));
  const auto actor = database.read([&](db::Session& s) -> Result<Actor> { return actor_of(s, run.account_id); });
  const auto target = kind.target(*actor);
  Remarks remarks;
  // Rows that were met, by what they say, and keys by their rows: hashes only, for there may be a million.
  std::unordered_map<std::uint64_t, std::int64_t> said;
  std::unordered_map<std::uint64_t, std::int64_t> keyed;
  std::vector<Known> batch;
  const auto settle = [&] {
    std::vector<std::string> keys;
    for (const auto& one : batch) keys.push_back(one.key);
    const auto known = database.read([&](db::Session& s) { return store.find_keys(s, run.kind, keys); });
    for (const auto& one : batch) {
      const auto found = known.find(one.key);
      if (found == known.end()) ++run.created_count;
      else ++(found->second.content_hash == one.hash ? run.same_count : run.changed_count);
    }
    batch.clear();
  };
  bool cancelled = false;
  const auto report = [&](bool last) -> Result<> {
    return database.write([&](db::Session& s) -> Result<> {
      store.add_remarks(s, run.id, remarks.waiting);
      remarks.waiting.clear();
      cancelled = cancel_asked(s, run.id);
      run.changed_at = clock.now();
      run.next_row = last ? 0 : static_cast<std::int64_t>(reader->progress() * 10'000);
      if (cancelled) run.state = RunState::cancelled;
      else if (last) run.state = RunState::checked;
      if (last && !cancelled) tell(s, run, clock, "import.checked", {{"rows", run.rows_total}, {"refused", run.refused_count}});
      store.update(s, run);
      return done();
    });
  };
  sheets::SourceRow row;
  while (!cancelled) {
    MANDATE_ASSIGN(const bool more, reader->next(row));
    if (!more) break;
    ++run.rows_total;
    auto reading = read_row(row, titles, mapping, kind);
    if (reading.refusals.empty()) target->check(reading);
    if (!reading.refusals.empty()) {
      ++run.refused_count;
      remarks.add(RemarkKind::refused, row.number, reading.refusals);
    } else {
      auto one = known_row(row, std::move(reading));
      const auto [before, first] = said.try_emplace(short_of(one.key + one.hash), row.number);
      const auto [same_key, new_key] = keyed.try_emplace(short_of(one.key), row.number);
      if (!first) {
        ++run.duplicate_count;
        remarks.add(RemarkKind::duplicate, row.number, "", "import.duplicate_of", {{"row", std::to_string(before->second)}});
      } else if (!new_key) {
        ++run.refused_count;
        remarks.add(RemarkKind::refused, row.number, "", "import.key_twice", {{"row", std::to_string(same_key->second)}});
      } else {
        count_account(run, one.reading);
        remarks.add(RemarkKind::mended, row.number, one.reading.mends);
        batch.push_back(std::move(one));
        if (batch.size() == check_rows) settle();
      }
    }
    run.rows_read = run.rows_total;
    if (run.rows_total % told_rows == 0) MANDATE_TRY(report(false));
  }
  if (!cancelled) {
    settle();
    MANDATE_TRY(report(true));
  }
  return done();
}

Result<bool> Imports::Parts::load_some(RunRecord& run, const Kind& kind) {
  const auto titles = http::from_json_text<Titles>(run.columns);
  MANDATE_ASSIGN(const auto mapping, mapping_from(run.mapping));
  if (!live || live->id != run.id || live->behind != run.next_row) {
    Live fresh;
    fresh.id = run.id;
    MANDATE_ASSIGN(fresh.reader, sheets::open_sheet(path_of(run.id)));
    MANDATE_ASSIGN(const bool headed, skip_to(*fresh.reader, run.header_row));
    if (!headed) return field_fault("file", "sheet.no_rows");
    sheets::SourceRow row;
    for (; fresh.behind < run.next_row; ++fresh.behind) {
      MANDATE_ASSIGN(const bool more, fresh.reader->next(row));
      if (!more) break;
    }
    live = std::move(fresh);
  }
  const auto actor = database.read([&](db::Session& s) -> Result<Actor> { return actor_of(s, run.account_id); });
  live->target = kind.target(*actor);
  const auto until = std::chrono::steady_clock::now() + slice;
  bool ended = false;
  while (!ended && std::chrono::steady_clock::now() < until) {
    std::vector<sheets::SourceRow> rows;
    sheets::SourceRow row;
    while (rows.size() < static_cast<std::size_t>(load_rows)) {
      auto more = live->reader->next(row);
      if (!more.ok()) return more.fault();
      if (!*more) {
        ended = true;
        break;
      }
      rows.push_back(row);
    }
    auto after = run;
    MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
      after = run;
      if (cancel_asked(s, run.id)) {
        after.state = RunState::undoing;
        after.failure = failure_json(fault(FaultKind::conflict, "import.cancelled"));
        store.update(s, after);
        return done();
      }
      Remarks remarks;
      remarks.place = s.value<std::int64_t>("SELECT COALESCE(MAX(place), 0) FROM import_remark WHERE run_id = ?", run.id);
      // Counts of what was kept before stand for the bound on what is kept.
      remarks.count = {{RemarkKind::refused, run.refused_count}, {RemarkKind::mended, run.mended_count}, {RemarkKind::duplicate, run.duplicate_count}};
      std::vector<Known> all;
      std::vector<std::string> keys;
      for (const auto& one : rows) {
        ++after.rows_read;
        auto reading = read_row(one, titles, mapping, kind);
        if (reading.refusals.empty()) live->target->check(reading);
        if (!reading.refusals.empty()) {
          ++after.refused_count;
          remarks.add(RemarkKind::refused, one.number, reading.refusals);
          continue;
        }
        all.push_back(known_row(one, std::move(reading)));
        keys.push_back(all.back().key);
      }
      auto known = store.find_keys(s, run.kind, keys);
      std::vector<MadeRecord> made;
      for (auto& one : all) {
        const auto found = known.find(one.key);
        if (found != known.end() && found->second.run_id == run.id.value) {
          const bool same = found->second.content_hash == one.hash;
          ++(same ? after.duplicate_count : after.refused_count);
          remarks.add(same ? RemarkKind::duplicate : RemarkKind::refused, one.number, "", same ? "import.duplicate" : "import.key_again", {});
          continue;
        }
        MadeRecord record{one.number, 0, Did::created, 0, 0, one.key, ""};
        if (found != known.end() && found->second.content_hash == one.hash) {
          record.did = Did::same;
          record.record_id = found->second.record_id;
          record.hash_before = found->second.content_hash;
          ++after.same_count;
        } else {
          const bool change = found != known.end();
          auto loaded = s.attempt([&] { return change ? live->target->change(s, found->second.record_id, one.reading) : live->target->create(s, one.reading); });
          if (!loaded.ok()) {
            ++after.refused_count;
            const auto& f = loaded.fault();
            if (f.fields.empty()) remarks.add(RemarkKind::refused, one.number, "", f.key, f.args);
            for (const auto& field : f.fields) remarks.add(RemarkKind::refused, one.number, field.path, field.key, field.args);
            continue;
          }
          record.record_id = loaded->record_id;
          record.revision_before = loaded->revision_before;
          record.revision_after = loaded->revision_after;
          record.did = change ? Did::changed : Did::created;
          if (change) record.hash_before = found->second.content_hash;
          ++(change ? after.changed_count : after.created_count);
        }
        const KnownKey key{one.key, record.record_id, one.hash, run.id.value};
        store.put_key(s, run.kind, key, found != known.end());
        known[one.key] = key;
        made.push_back(std::move(record));
        count_account(after, one.reading);
        remarks.add(RemarkKind::mended, one.number, one.reading.mends);
      }
      store.add_records(s, run.id, made);
      store.add_remarks(s, run.id, remarks.waiting);
      after.next_row += static_cast<std::int64_t>(rows.size());
      after.changed_at = clock.now();
      // Between the check and now something closed that the file names: nothing stays loaded unless the user wanted the good rows whatever happens.
      if (after.refused_count > 0 && run.skip_bad == 0) {
        after.state = RunState::undoing;
        after.failure = failure_json(fault(FaultKind::conflict, "import.refused_while_loading", {{"count", std::to_string(after.refused_count)}}));
      } else if (ended) {
        after.state = RunState::done;
        tell(s, run, clock, "import.done", {{"rows", after.rows_read}, {"created", after.created_count}, {"changed", after.changed_count}, {"same", after.same_count}, {"duplicate", after.duplicate_count}, {"refused", after.refused_count}});
      }
      store.update(s, after);
      return done();
    }));
    run = after;
    live->behind = run.next_row;
    if (run.state != RunState::loading) break;
  }
  if (run.state != RunState::loading) live.reset();
  return run.state == RunState::loading || run.state == RunState::undoing;
}

Result<bool> Imports::Parts::undo_some(RunRecord& run, const Kind& kind, RunState then) {
  const auto actor = database.read([&](db::Session& s) -> Result<Actor> { return actor_of(s, run.account_id); });
  const auto target = kind.target(*actor);
  const auto until = std::chrono::steady_clock::now() + slice;
  const bool at_once = run.created_count + run.changed_count <= undo_at_once_max;
  while (run.state == RunState::undoing && std::chrono::steady_clock::now() < until) {
    auto after = run;
    auto result = database.write([&](db::Session& s) -> Result<> {
      after = run;
      std::int64_t from = -1;
      while (true) {
        const auto records = store.list_records(s, run.id, from, at_once ? 500 : load_rows);
        if (records.empty()) {
          after.state = then;
          tell(s, run, clock, then == RunState::undone ? "import.undone" : "import.cancelled", {{"kept", after.kept_count}});
          break;
        }
        std::vector<Loaded> loaded;
        for (const auto& r : records) {
          if (r.did != Did::same) loaded.push_back({r.record_id, r.revision_before, r.revision_after});
        }
        const auto touched = target->touched(s, loaded);
        if (at_once && then == RunState::undone && !touched.empty()) return fault(FaultKind::conflict, "import.depended_on", {{"count", std::to_string(touched.size())}});
        for (const auto& r : records) {
          from = r.row_number;
          if (std::find(touched.begin(), touched.end(), r.record_id) != touched.end()) {
            ++after.kept_count;
          } else if (r.did != Did::same) {
            MANDATE_TRY(target->take_back(s, {r.record_id, r.revision_before, r.revision_after}));
            if (r.did == Did::created) store.forget_key(s, run.kind, r.record_key);
            else store.set_key_hash(s, run.kind, r.record_key, r.hash_before);
          }
          store.forget_record(s, run.id, r.row_number);
        }
        if (!at_once) break;
      }
      after.changed_at = clock.now();
      store.update(s, after);
      return done();
    });
    if (!result.ok()) {
      // Somebody was quicker: everything stays as it was.
      return database.write([&](db::Session& s) -> Result<bool> {
        run.state = RunState::done;
        run.failure = failure_json(result.fault());
        store.update(s, run);
        return false;
      });
    }
    run = after;
  }
  return run.state == RunState::undoing;
}

Result<bool> Imports::Parts::work(RunId id) {
  const std::lock_guard lock(working);
  auto run = database.read([&](db::Session& s) { return store.find(s, id); });
  if (!run) return false;
  const auto kind = kinds.find(run->kind);
  if (kind == kinds.end()) return false;
  Result<bool> more = false;
  switch (run->state) {
    case RunState::checking: {
      // Begun anew when a process died over it: it writes nothing but its remarks.
      run->rows_total = run->rows_read = run->unchanged_count = run->mended_count = run->duplicate_count = run->refused_count = run->created_count = run->changed_count = run->same_count = 0;
      database.write([&](db::Session& s) -> Result<> {
        store.forget_remarks(s, id);
        return done();
      }).ok();
      auto checked = check_all(*run, kind->second);
      if (!checked.ok()) more = checked.fault();
      break;
    }
    case RunState::loading: more = load_some(*run, kind->second); break;
    case RunState::undoing: {
      const bool wanted = run->failure.empty();
      const bool cancelled = run->failure.find("import.cancelled") != std::string::npos;
      more = undo_some(*run, kind->second, wanted ? RunState::undone : cancelled ? RunState::cancelled : RunState::failed);
      break;
    }
    default: break;
  }
  if (more.ok()) return more;
  // The file is broken further down, or gone: what was loaded of it is taken back.
  live.reset();
  const bool loading = run->state == RunState::loading;
  return database.write([&](db::Session& s) -> Result<bool> {
    auto now = store.find(s, id);
    if (!now) return false;
    now->state = loading ? RunState::undoing : RunState::failed;
    now->failure = failure_json(more.fault());
    now->changed_at = clock.now();
    store.update(s, *now);
    return loading;
  });
}

void Imports::add_jobs(jobs::Jobs& jobs) {
  jobs.on("imports.work", [this](const jobs::Job& job) -> Result<> {
    const RunId id{std::atoll(job.payload.c_str())};
    MANDATE_ASSIGN(const bool more, parts_->work(id));
    if (!more) return done();
    return parts_->database.write([&](db::Session& s) -> Result<> {
      parts_->queue(s, id);
      return done();
    });
  }, true);
  jobs.every("imports.forget", 86'400, [this](Instant now) -> Result<> {
    parts_->forget_old(now);
    return done();
  }, true);
}

void Imports::Parts::forget_old(Instant now) {
  // Files are for checking and loading; the account of what became of their rows stays.
  const auto old = database.read([&](db::Session& s) { return store.list_before(s, now.plus_seconds(-keep_file_days * 86'400), 1'000); });
  for (const auto& run : old) {
    if (run.state == RunState::loading || run.state == RunState::undoing) continue;
    std::error_code ignored;
    std::filesystem::remove(path_of(run.id), ignored);
  }
}

Result<Imports::Outcome> Imports::run_file(const Actor& actor, const std::string& kind_name, const std::string& file_name, const std::filesystem::path& file, bool dry_run, bool skip_bad, const std::string& mapping_json) {
  auto& p = *parts_;
  const auto* kind = p.find_kind(actor, kind_name);
  if (kind == nullptr) {
    std::string names;
    for (const auto& [name, one] : p.kinds) names += (names.empty() ? "" : ", ") + name;
    return field_fault("kind", "import.no_kind", {{"kinds", names}});
  }
  const auto id = new_id<RunId>();
  std::filesystem::create_directories(p.folder);
  std::filesystem::copy_file(file, p.path_of(id));
  auto begun = p.begin(actor, *kind, id, file_name);
  if (!begun.ok()) {
    std::filesystem::remove(p.path_of(id));
    return begun.fault();
  }
  auto mapping = mapping_from(mapping_json.empty() ? begun->mapping : mapping_json);
  if (!mapping.ok()) return mapping.fault();
  const auto work_out = [&]() -> Result<RunRecord> {
    while (true) {
      MANDATE_ASSIGN(const bool more, p.work(id));
      if (!more) break;
    }
    return p.database.read([&](db::Session& s) -> Result<RunRecord> { return *p.store.find(s, id); });
  };
  MANDATE_TRY(p.database.write([&](db::Session& s) -> Result<> {
    auto run = *p.store.find(s, id);
    return p.start_check(s, actor, run, *kind, *mapping, std::nullopt);
  }));
  MANDATE_ASSIGN(auto run, work_out());
  if (!dry_run && run.state == RunState::checked && (run.refused_count == 0 || skip_bad)) {
    MANDATE_TRY(p.database.write([&](db::Session& s) -> Result<> {
      auto present = *p.store.find(s, id);
      return p.start_load(s, actor, present, skip_bad);
    }));
    MANDATE_ASSIGN(run, work_out());
  }
  Outcome out;
  out.id = id;
  out.progress = progress_of(run);
  out.failure = p.failure_text(run, actor.language);
  p.database.read([&](db::Session& s) {
    out.refused = p.remarks(s, run, RemarkKind::refused, 0, 200, actor.language);
    out.mended = p.remarks(s, run, RemarkKind::mended, 0, 200, actor.language);
    out.duplicates = p.remarks(s, run, RemarkKind::duplicate, 0, 200, actor.language);
    return 0;
  });
  return out;
}

}  // namespace mandate::imports
