// The tables of chasing. Each statement stands beside the function that runs it.
#pragma once

#include "foundation/chasing/api.hpp"

namespace mandate::chasing {

using ChaseId = Id<struct ChaseTag>;
using BatchId = Id<struct ChaseBatchTag>;

BOOST_DEFINE_ENUM_CLASS(Channel, notice, phone, mail, letter)
// How a chase was answered; closed: the duty was cancelled, nothing is left to answer.
BOOST_DEFINE_ENUM_CLASS(AnswerKind, reply, done, extension, closed)

struct ChaseRecord {
  ChaseId id;
  duties::DutyId duty_id;
  Date due_on;
  std::string rung_key;
  Date rung_on;
  std::int64_t offset_days = 0;
  DayCount day_kind = DayCount::calendar_day;
  Audience audience = Audience::owner;
  Channel channel = Channel::notice;
  BatchId batch_id;
  Instant chased_at;
  Date chased_on;
  std::int64_t chased_by = 0;
  std::int64_t agency_id = 0;
  std::int64_t unit_id = 0;
  std::string origin;
  duties::Confidentiality confidentiality = duties::Confidentiality::internal;
  std::int64_t told_count = 0;
  std::string note;
  std::optional<Instant> answered_at;
  std::optional<std::int64_t> answered_by;
  std::optional<AnswerKind> answer_kind;
  std::optional<std::string> answer;
  std::optional<std::int64_t> answer_days;
};
BOOST_DESCRIBE_STRUCT(ChaseRecord, (), (id, duty_id, due_on, rung_key, rung_on, offset_days, day_kind, audience, channel, batch_id, chased_at, chased_on, chased_by, agency_id, unit_id, origin, confidentiality, told_count, note,
                                        answered_at, answered_by, answer_kind, answer, answer_days))

struct DoneRow {
  duties::DutyId duty_id;
  Date due_on;
  std::string rung_key;
  Audience audience = Audience::owner;
  Date rung_on;
};
BOOST_DESCRIBE_STRUCT(DoneRow, (), (duty_id, due_on, rung_key, audience, rung_on))

struct StandingRow {
  duties::DutyId duty_id;
  std::int64_t chase_count = 0;
  std::int64_t waiting_count = 0;
  Channel last_channel = Channel::notice;
  Date last_on;
};
BOOST_DESCRIBE_STRUCT(StandingRow, (), (duty_id, chase_count, waiting_count, last_channel, last_on))

struct BatchRecord {
  BatchId id;
  std::string number;
  Channel channel = Channel::phone;
  Instant made_at;
  std::int64_t made_by = 0;
  std::string note;
  std::optional<Date> reply_by;
  std::int64_t chase_count = 0;
};
BOOST_DESCRIBE_STRUCT(BatchRecord, (), (id, number, channel, made_at, made_by, note, reply_by, chase_count))

struct EffectRow {  // chases of one kind that were answered after so many days, or were not
  std::int64_t agency_id = 0;
  std::int64_t offset_days = 0;
  DayCount day_kind = DayCount::calendar_day;
  Audience audience = Audience::owner;
  Channel channel = Channel::notice;
  std::optional<AnswerKind> answer_kind;
  std::optional<std::int64_t> answer_days;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(EffectRow, (), (agency_id, offset_days, day_kind, audience, channel, answer_kind, answer_days, count))

struct LadderRow {
  LadderId id;
  std::string origin;
  std::string severity;
  std::string confidentiality;
  Date valid_from;
  std::string source;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::optional<Instant> superseded_at;
};
BOOST_DESCRIBE_STRUCT(LadderRow, (), (id, origin, severity, confidentiality, valid_from, source, recorded_at, recorded_by, superseded_at))

class ChaseStore {
 public:
  void insert(db::Session& s, const std::vector<ChaseRecord>& chases);
  std::vector<DoneRow> list_done(db::Session& s, const std::vector<duties::DutyId>& duties);
  std::vector<ChaseRecord> list_of_duty(db::Session& s, duties::DutyId duty, int limit);
  std::vector<ChaseRecord> list_waiting(db::Session& s, const std::vector<duties::DutyId>& duties, Instant until);
  std::vector<StandingRow> list_standings(db::Session& s, const std::vector<duties::DutyId>& duties);
  // Answers what was chased up to `at` and still waits; returns how many chases.
  std::int64_t answer(db::Session& s, duties::DutyId duty, Instant at, std::int64_t by, AnswerKind kind, const std::string& text);
  // What an action answered that was undone waits again.
  void take_back_answers(db::Session& s, duties::DutyId duty, Instant answered_at);
  std::vector<EffectRow> tally(db::Session& s, const identity::Scope& scope, Date from, Date to);

  void insert_batch(db::Session& s, const BatchRecord& batch);
  std::optional<BatchRecord> find_batch(db::Session& s, BatchId id);
  std::vector<BatchRecord> list_batches(db::Session& s, std::optional<std::int64_t> made_by, std::int64_t before, int limit);
  std::vector<ChaseRecord> list_of_batch(db::Session& s, BatchId id);

  void insert_ladder(db::Session& s, const Ladder& ladder, Instant at, std::int64_t by);
  void supersede_ladder(db::Session& s, const LadderMatch& match, Date valid_from, Instant at);
  bool any_ladder(db::Session& s);
  // With every ladder ever set, newest recording first, or those that stand.
  std::vector<std::pair<LadderRow, std::vector<Rung>>> list_ladders(db::Session& s, bool all);
};

Ladder ladder_of(const LadderRow& row, std::vector<Rung> rungs);

}  // namespace mandate::chasing
