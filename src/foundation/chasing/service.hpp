#pragma once

#include "foundation/chasing/store.hpp"

namespace mandate::chasing {

struct ChaseView {
  ChaseId id;
  Channel channel = Channel::notice;
  Date due_on;
  Rung rung;
  bool by_ladder = true;
  Instant chased_at;
  std::string chased_by_name;
  std::int64_t told_count = 0;
  std::string note;
  std::optional<Instant> answered_at;
  std::optional<std::string> answered_by_name;
  std::optional<AnswerKind> answer_kind;
  std::optional<std::string> answer;
  std::optional<std::int64_t> answer_days;
};
BOOST_DESCRIBE_STRUCT(ChaseView, (), (id, channel, due_on, rung, by_ladder, chased_at, chased_by_name, told_count, note, answered_at, answered_by_name, answer_kind, answer, answer_days))

struct NewChases {
  std::vector<std::int64_t> duty_ids;
  Channel channel = Channel::phone;
  Audience audience = Audience::owner;
  std::string note;  // what was said, or the text of mail and letter
  std::optional<Date> reply_by;
  bool dry_run = false;
};
struct RefusedChase {
  http::Number63 duty_id;
  std::string number;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(RefusedChase, (), (duty_id, number, reason))
struct ChasedNow {
  std::optional<BatchId> batch_id;  // none: a dry run, or nothing was left to chase
  std::int64_t chased = 0;
  std::int64_t told = 0;  // people who get a notice or a mail
  std::vector<RefusedChase> refused;
};
BOOST_DESCRIBE_STRUCT(ChasedNow, (), (batch_id, chased, told, refused))

struct Chasing::Parts {
  db::Database& database;
  const Clock& clock;
  identity::Identity& identity;
  calendar::Calendar& calendar;
  notices::Notices& notices;
  duties::Duties& duties;
  notices::Directory directory;
  notices::Mailer mailer;
  std::function<Window(std::int64_t)> windows;
  ChaseStore store;

  std::vector<Ladder> ladders(db::Session& s);
  // Sets a ladder from a day on; one for the same duties and the same day is superseded.
  Result<> set_ladder(const Actor& actor, const Ladder& ladder);
  // How many open duties would be chased today for the first time by such a ladder, of those that it is for.
  Result<std::int64_t> count_due(const Ladder& ladder);

  Result<ChasedNow> chase(const Actor& actor, const NewChases& in);
  Result<std::vector<ChaseView>> list_of_duty(const Actor& actor, duties::DutyId id);
  Result<std::vector<ChaseView>> answer(const Actor& actor, duties::DutyId id, const std::string& text);
  ChaseView view(db::Session& s, const ChaseRecord& chase);

 private:
  friend class Chasing;
  struct Due {
    duties::DutyCore duty;
    std::vector<DueRung> rungs;
  };
  std::vector<Due> due_of(db::Session& s, const std::vector<duties::DutyCore>& duties, const std::vector<Ladder>& ladders, const calendar::CalendarDays& days, Date today);
  // Who of an audience may know of the duty.
  std::vector<std::int64_t> people(const identity::AccountBook& book, Audience audience, const duties::DutyCore& duty, Instant now);
};

// The ladders of a city that has set none.
std::vector<Ladder> first_ladders();

}  // namespace mandate::chasing
