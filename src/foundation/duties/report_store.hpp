// What the reports of duties read: the ledger as known at a moment, about a day. What was done after that day counts as open.
#pragma once

#include "foundation/duties/store.hpp"

namespace mandate::duties {

struct MonthRow {
  std::int64_t agency_id = 0;
  std::int64_t owed = 0;
  std::int64_t done_in_time = 0;
  std::int64_t done_late = 0;
  std::int64_t late = 0;    // open on the day, severe ones among them
  std::int64_t severe = 0;
};
BOOST_DESCRIBE_STRUCT(MonthRow, (), (agency_id, owed, done_in_time, done_late, late, severe))

struct LateRow {
  DutyId id;
  std::string number;
  std::string title;
  std::string origin;
  std::int64_t agency_id = 0;
  Date due_on;
  Severity severity = Severity::normal;
  Confidentiality confidentiality = Confidentiality::internal;
};
BOOST_DESCRIBE_STRUCT(LateRow, (), (id, number, title, origin, agency_id, due_on, severity, confidentiality))

struct LateTally {
  std::int64_t agency_id = 0;
  bool confidential = false;
  std::int64_t open = 0;  // on the day, late and severe ones among them
  std::int64_t late = 0;
  std::int64_t severe = 0;
};
BOOST_DESCRIBE_STRUCT(LateTally, (), (agency_id, confidential, open, late, severe))

struct ReportQuestion {
  identity::Scope scope;
  Date as_of;
  Instant known_at;
  std::optional<std::int64_t> agency_id;
  int severe_days = 30;
};

// By agency, of the duties due between two days.
std::vector<MonthRow> list_month(db::Session& s, const ReportQuestion& question, Date from, Date to);
// What was open, late and severe on the day, by agency, confidential ones apart.
std::vector<LateTally> tally_late(db::Session& s, const ReportQuestion& question);
// What was late on the day, by due date and id, behind the last of the page before.
std::vector<LateRow> list_late(db::Session& s, const ReportQuestion& question, const std::optional<std::pair<Date, DutyId>>& after, int limit);

}  // namespace mandate::duties
