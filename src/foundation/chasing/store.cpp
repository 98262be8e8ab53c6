#include "foundation/chasing/store.hpp"

#include "platform/db/lists.hpp"

namespace mandate::chasing {
namespace {

using db::in_chunks;
using db::marks;

constexpr auto chase_columns =
    "id, duty_id, due_on, rung_key, rung_on, offset_days, day_kind, audience, channel, batch_id, chased_at, chased_on, chased_by, agency_id, unit_id, origin, confidentiality, told_count, note, answered_at, answered_by, answer_kind, answer, "
    "answer_days";

struct RungRow {
  LadderId ladder_id;
  std::int64_t position = 0;
  std::int64_t offset_days = 0;
  DayCount day_kind = DayCount::calendar_day;
  Audience audience = Audience::owner;
  std::int64_t repeat_days = 0;
};
BOOST_DESCRIBE_STRUCT(RungRow, (), (ladder_id, position, offset_days, day_kind, audience, repeat_days))

// The rows of a statement that ends in "IN (", for many ids.
template <class Row>
std::vector<Row> list_in(db::Session& s, const std::string& sql, const std::vector<duties::DutyId>& ids, const std::string& rest = "", const std::vector<db::Value>& more = {}) {
  std::vector<Row> out;
  in_chunks(ids, [&](const std::vector<duties::DutyId>& some) {
    std::vector<db::Value> values;
    for (const auto id : some) values.push_back(db::to_value(id));
    values.insert(values.end(), more.begin(), more.end());
    auto rows = s.list_values<Row>(sql + marks(some.size()) + ")" + rest, values);
    out.insert(out.end(), std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end()));
  });
  return out;
}

std::string text_of(const std::optional<std::string>& one) { return one.value_or(""); }
template <class E>
std::string name_of(const std::optional<E>& one) {
  return one ? boost::describe::enum_to_string(*one, "") : "";
}

}  // namespace

void ChaseStore::insert(db::Session& s, const std::vector<ChaseRecord>& chases) {
  in_chunks(chases, [&](const std::vector<ChaseRecord>& some) {
    std::vector<db::Value> values;
    for (const auto& c : some) {
      for (auto& value : {db::to_value(c.id), db::to_value(c.duty_id), db::to_value(c.due_on), db::to_value(c.rung_key), db::to_value(c.rung_on), db::to_value(c.offset_days), db::to_value(c.day_kind), db::to_value(c.audience),
                          db::to_value(c.channel), db::to_value(c.batch_id), db::to_value(c.chased_at), db::to_value(c.chased_on), db::to_value(c.chased_by), db::to_value(c.agency_id), db::to_value(c.unit_id), db::to_value(c.origin),
                          db::to_value(c.confidentiality), db::to_value(c.told_count), db::to_value(c.note)}) {
        values.push_back(value);
      }
    }
    s.execute_values("INSERT INTO chase (id, duty_id, due_on, rung_key, rung_on, offset_days, day_kind, audience, channel, batch_id, chased_at, chased_on, chased_by, agency_id, unit_id, origin, confidentiality, told_count, note) VALUES " +
                         marks(some.size(), "(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"),
                     values);
  });
  std::map<duties::DutyId, StandingRow> standings;
  for (const auto& c : chases) {
    auto& one = standings[c.duty_id];
    one = {c.duty_id, one.chase_count + 1, one.waiting_count + 1, c.channel, c.chased_on};
  }
  std::vector<StandingRow> rows;
  for (const auto& [duty, row] : standings) rows.push_back(row);
  in_chunks(rows, [&](const std::vector<StandingRow>& some) {
    std::vector<db::Value> values;
    for (const auto& r : some) {
      for (auto& value : {db::to_value(r.duty_id), db::to_value(r.chase_count), db::to_value(r.waiting_count), db::to_value(r.last_channel), db::to_value(r.last_on)}) values.push_back(value);
    }
    s.execute_values("INSERT INTO chase_standing (duty_id, chase_count, waiting_count, last_channel, last_on) VALUES " + marks(some.size(), "(?,?,?,?,?)") +
                         " ON CONFLICT (duty_id) DO UPDATE SET chase_count = chase_standing.chase_count + excluded.chase_count, waiting_count = chase_standing.waiting_count + excluded.waiting_count, last_channel = excluded.last_channel, last_on = excluded.last_on",
                     values);
  });
}

std::vector<DoneRow> ChaseStore::list_done(db::Session& s, const std::vector<duties::DutyId>& duties) {
  return list_in<DoneRow>(s, "SELECT duty_id, due_on, rung_key, audience, rung_on FROM chase WHERE duty_id IN (", duties, " AND batch_id = 0");
}

std::vector<ChaseRecord> ChaseStore::list_of_duty(db::Session& s, duties::DutyId duty, int limit) {
  return s.list<ChaseRecord>(std::string("SELECT ") + chase_columns + " FROM chase WHERE duty_id = ? ORDER BY chased_at DESC, id DESC LIMIT ?", duty, limit);
}

std::vector<StandingRow> ChaseStore::list_standings(db::Session& s, const std::vector<duties::DutyId>& duties) {
  return list_in<StandingRow>(s, "SELECT duty_id, chase_count, waiting_count, last_channel, last_on FROM chase_standing WHERE duty_id IN (", duties);
}

std::int64_t ChaseStore::answer(db::Session& s, duties::DutyId duty, Instant at, std::int64_t by, AnswerKind kind, const std::string& text) {
  // Day differences are counted here: the engines count days of a text differently.
  const Date on = taipei_date(at);
  std::int64_t answered = 0;
  for (const auto chased_on : s.list<Date>("SELECT DISTINCT chased_on FROM chase WHERE duty_id = ? AND answered_at IS NULL AND chased_at <= ?", duty, at)) {
    answered += s.execute("UPDATE chase SET answered_at = ?, answered_by = ?, answer_kind = ?, answer = ?, answer_days = ? WHERE duty_id = ? AND answered_at IS NULL AND chased_at <= ? AND chased_on = ?", at, by, kind, text,
                          on - chased_on, duty, at, chased_on);
  }
  if (answered > 0) s.execute("UPDATE chase_standing SET waiting_count = waiting_count - ? WHERE duty_id = ?", answered, duty);
  return answered;
}

void ChaseStore::take_back_answers(db::Session& s, duties::DutyId duty, Instant answered_at) {
  const auto waiting = s.execute("UPDATE chase SET answered_at = NULL, answered_by = NULL, answer_kind = NULL, answer = NULL, answer_days = NULL WHERE duty_id = ? AND answered_at = ? AND answer_kind <> 'reply'", duty, answered_at);
  if (waiting > 0) s.execute("UPDATE chase_standing SET waiting_count = waiting_count + ? WHERE duty_id = ?", waiting, duty);
}

std::vector<ChaseRecord> ChaseStore::list_waiting(db::Session& s, const std::vector<duties::DutyId>& duties, Instant until) {
  return list_in<ChaseRecord>(s, std::string("SELECT ") + chase_columns + " FROM chase WHERE duty_id IN (", duties, " AND answered_at IS NULL AND chased_at <= ?", {db::to_value(until)});
}

std::vector<EffectRow> ChaseStore::tally(db::Session& s, const identity::Scope& scope, Date from, Date to) {
  const auto condition = identity::condition_of(scope, "c");
  std::vector<db::Value> values{db::to_value(from), db::to_value(to)};
  values.insert(values.end(), condition.values.begin(), condition.values.end());
  return s.list_values<EffectRow>(
      "SELECT c.agency_id, c.offset_days, c.day_kind, c.audience, c.channel, c.answer_kind, c.answer_days, COUNT(*) FROM chase c WHERE c.chased_on >= ? AND c.chased_on <= ? AND " + condition.where +
          " GROUP BY c.agency_id, c.offset_days, c.day_kind, c.audience, c.channel, c.answer_kind, c.answer_days",
      values);
}

void ChaseStore::insert_batch(db::Session& s, const BatchRecord& b) {
  s.execute("INSERT INTO chase_batch (id, number, channel, made_at, made_by, note, reply_by, chase_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", b.id, b.number, b.channel, b.made_at, b.made_by, b.note, b.reply_by, b.chase_count);
}

std::optional<BatchRecord> ChaseStore::find_batch(db::Session& s, BatchId id) {
  return s.find<BatchRecord>("SELECT id, number, channel, made_at, made_by, note, reply_by, chase_count FROM chase_batch WHERE id = ?", id);
}

std::vector<BatchRecord> ChaseStore::list_batches(db::Session& s, std::optional<std::int64_t> made_by, std::int64_t before, int limit) {
  std::string sql = "SELECT id, number, channel, made_at, made_by, note, reply_by, chase_count FROM chase_batch WHERE 1 = 1";
  std::vector<db::Value> values;
  if (made_by) {
    sql += " AND made_by = ?";
    values.push_back(db::to_value(*made_by));
  }
  if (before != 0) {
    sql += " AND id < ?";
    values.push_back(db::to_value(before));
  }
  values.push_back(db::to_value(limit));
  return s.list_values<BatchRecord>(sql + " ORDER BY id DESC LIMIT ?", values);
}

std::vector<ChaseRecord> ChaseStore::list_of_batch(db::Session& s, BatchId id) {
  return s.list<ChaseRecord>(std::string("SELECT ") + chase_columns + " FROM chase WHERE batch_id = ? AND batch_id <> 0 ORDER BY agency_id, id", id);
}

void ChaseStore::insert_ladder(db::Session& s, const Ladder& ladder, Instant at, std::int64_t by) {
  s.execute("INSERT INTO ladder (id, origin, severity, confidentiality, valid_from, source, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", ladder.id, text_of(ladder.match.origin), name_of(ladder.match.severity),
            name_of(ladder.match.confidentiality), ladder.valid_from, ladder.source, at, by);
  std::int64_t position = 0;
  for (const auto& rung : ladder.rungs) {
    s.execute("INSERT INTO ladder_rung (ladder_id, position, offset_days, day_kind, audience, repeat_days) VALUES (?, ?, ?, ?, ?, ?)", ladder.id, position++, rung.offset_days, rung.day_kind, rung.audience, rung.repeat_days);
  }
}

void ChaseStore::supersede_ladder(db::Session& s, const LadderMatch& match, Date valid_from, Instant at) {
  s.execute("UPDATE ladder SET superseded_at = ? WHERE origin = ? AND severity = ? AND confidentiality = ? AND valid_from = ? AND superseded_at IS NULL", at, text_of(match.origin), name_of(match.severity), name_of(match.confidentiality),
            valid_from);
}

bool ChaseStore::any_ladder(db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM (SELECT 1 FROM ladder LIMIT 1) AS any_ladder") != 0; }

std::vector<std::pair<LadderRow, std::vector<Rung>>> ChaseStore::list_ladders(db::Session& s, bool all) {
  std::map<LadderId, std::vector<Rung>> rungs;
  for (const auto& row : s.list<RungRow>("SELECT ladder_id, position, offset_days, day_kind, audience, repeat_days FROM ladder_rung ORDER BY ladder_id, position")) {
    rungs[row.ladder_id].push_back({static_cast<int>(row.offset_days), row.day_kind, row.audience, static_cast<int>(row.repeat_days)});
  }
  std::vector<std::pair<LadderRow, std::vector<Rung>>> out;
  for (const auto& row : s.list<LadderRow>("SELECT id, origin, severity, confidentiality, valid_from, source, recorded_at, recorded_by, superseded_at FROM ladder ORDER BY origin, severity, confidentiality, valid_from DESC, recorded_at DESC")) {
    if (all || !row.superseded_at) out.emplace_back(row, rungs[row.id]);
  }
  return out;
}

Ladder ladder_of(const LadderRow& row, std::vector<Rung> rungs) {
  Ladder ladder{row.id, {}, row.valid_from, row.source, std::move(rungs)};
  if (!row.origin.empty()) ladder.match.origin = row.origin;
  duties::Severity severity{};
  if (boost::describe::enum_from_string(row.severity.c_str(), severity)) ladder.match.severity = severity;
  duties::Confidentiality confidentiality{};
  if (boost::describe::enum_from_string(row.confidentiality.c_str(), confidentiality)) ladder.match.confidentiality = confidentiality;
  return ladder;
}

}  // namespace mandate::chasing
