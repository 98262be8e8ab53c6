// Reports that go out by mail by themselves: weekly or monthly, once a period for each reader, whatever crashes. Each reader gets the report as they may
// see it themselves at that moment: what is sent to somebody can never be more than what they could ask for.
#pragma once

#include "foundation/calendar/api.hpp"
#include "foundation/reports/issues.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/post_office.hpp"

namespace mandate::reports {

using ScheduleId = Id<struct ReportScheduleTag>;

BOOST_DEFINE_ENUM_CLASS(Rhythm, weekly, monthly)
// Which day a sent report is about: the day of sending, or the last of the month before.
BOOST_DEFINE_ENUM_CLASS(About, day, month_before)
BOOST_DEFINE_ENUM_CLASS(ScheduleState, active, paused, stopped)
BOOST_DEFINE_ENUM_CLASS(RunOutcome, queued, no_address, no_permission, failed)

struct ScheduleRecord {
  ScheduleId id;
  std::int64_t owner_id = 0;
  std::string report;
  std::string parameters;
  FileFormat format = FileFormat::ods;
  Rhythm rhythm = Rhythm::monthly;
  int day = 1;  // 1..7 of the week; 1..31 of the month, or its last
  About about = About::day;
  ScheduleState state = ScheduleState::active;
  std::string reason;  // why it was stopped: a message key
  Date next_on;
  Instant created_at;
  std::int64_t revision = 1;
};
BOOST_DESCRIBE_STRUCT(ScheduleRecord, (), (id, owner_id, report, parameters, format, rhythm, day, about, state, reason, next_on, created_at, revision))

struct RunRecord {
  ScheduleId schedule_id;
  Date period;
  std::int64_t account_id = 0;
  Instant at;
  RunOutcome outcome = RunOutcome::queued;
  std::int64_t issue_id = 0;
};
BOOST_DESCRIBE_STRUCT(RunRecord, (), (schedule_id, period, account_id, at, outcome, issue_id))

// The first sending day after `after`: the day of the rhythm, or the next on which the offices are open.
Date next_sending(Rhythm rhythm, int day, Date after, const std::function<bool(Date)>& open_day);

class Schedules {
 public:
  Schedules(db::Database& database, const Clock& clock, identity::Identity& identity, Issues& issues, mail::PostOffice& mail, std::function<bool(Date)> open_day);

  Result<ScheduleId> create(const Actor& actor, ScheduleRecord wanted, const std::vector<std::int64_t>& readers);
  Result<> change(const Actor& actor, ScheduleId id, std::int64_t revision, ScheduleState state);
  Result<> remove(const Actor& actor, ScheduleId id);
  // Of the actor; those who may read all accounts see everybody's.
  Result<ScheduleRecord> find(db::Session& session, const Actor& actor, ScheduleId id);
  std::vector<ScheduleRecord> list(db::Session& session, const Actor& actor, std::int64_t before, int limit);
  std::vector<std::int64_t> readers(db::Session& session, ScheduleId id);
  std::vector<RunRecord> runs(db::Session& session, ScheduleId id, int limit);

  // Sends what is due; each reader in a transaction of their own. Returns how many were queued.
  int send_due(Instant now);

  Issues& issues() { return issues_; }
  identity::Identity& identity() { return identity_; }
  db::Database& database() { return database_; }
  // Called between the steps of a sending: a test may end the process there.
  std::function<void(const char*)> at_step;

 private:
  Result<bool> send_to(const ScheduleRecord& schedule, std::int64_t account, Instant now);
  void stop(const ScheduleRecord& schedule, const std::string& reason, Instant now);

  db::Database& database_;
  const Clock& clock_;
  identity::Identity& identity_;
  Issues& issues_;
  mail::PostOffice& mail_;
  std::function<bool(Date)> open_day_;
};

void add_schedule_routes(http::Router& router, Schedules& schedules);
const std::vector<i18n::Message>& schedule_messages();

}  // namespace mandate::reports
