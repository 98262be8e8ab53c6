// What of work under control everybody may read: items that are open and have an approved plan, with plans, checkpoints and the figures of accepted
// filings. What people wrote for colleagues stays inside: narratives, causes, countermeasures, reasons of baselines, names of staff.
#pragma once

#include "foundation/tracking/service.hpp"

namespace mandate::tracking {

// Of a period that was owed. in_review: handed in, not accepted yet, and so not published.
BOOST_DEFINE_ENUM_CLASS(ReportState, filed, in_review, missing, not_yet_due)

// Percentages in basis points, a lag is planned minus actual, months in hundredths.
struct PublishedFigure {
  std::string measure;
  std::int64_t planned_first = 0, planned_current = 0, actual = 0, lag_first = 0, lag_current = 0, months_current = 0;
  bool graded = true;  // false: the plan was made from two dates
};

struct PublishedPeriod {
  Date period_on;
  PeriodType every = PeriodType::month;
  Date due_on;
  ReportState state = ReportState::not_yet_due;
  std::vector<PublishedFigure> figures;  // in the kind's order; empty unless filed
  std::string reason;                    // the category of the policy tracking.lag_categories; "": it did not lag
  const PublishedFigure* find(std::string_view measure) const;
};

struct PublishedCheckpoint {
  std::string name;
  Date planned_finish;
  std::optional<Date> actual_finish;
  CheckpointFlag flag = CheckpointFlag::none;
};

struct PublishedItem {
  ItemCore core;
  std::string agency_name;
  Date starts_on, first_finishes_on, finishes_on;  // of the first baseline, and the end by the present one
  std::int64_t baseline_count = 0;
  std::int64_t granted_days = 0;                   // of all baselines
  std::vector<PlannedCurve> first, current;
  std::vector<PublishedCheckpoint> checkpoints;
  std::vector<PublishedPeriod> periods;            // by time
  Instant changed_at;                              // the newest of what is published here

  const PublishedPeriod* newest_filed() const;     // nullptr: nothing was accepted yet
  const PublishedPeriod* newest_missing() const;   // behind the newest filed one; nullptr: none is missing there
};

struct PublishedQuestion {
  std::string kind;
  std::optional<std::string> district;  // "": of the whole city
  std::optional<bool> open;             // under control, or over
  std::optional<ItemId> only;
  std::optional<Date> since;            // periods from here on; none: all
  ItemId after;                         // the last id of the page before
  bool newest_first = false;
  int limit = 100;
};
// One page: a fixed number of statements, whatever it holds.
std::vector<PublishedItem> list_published(Tracking& tracking, db::Session& s, const PublishedQuestion& question);

struct PublishedCount {
  std::string district;
  std::int64_t open = 0, late = 0, missing = 0, over = 0;
};
BOOST_DESCRIBE_STRUCT(PublishedCount, (), (district, open, late, missing, over))
// By district. Late: the newest accepted figure of `measure` lags by more than the policy lets pass. Missing: the period owed last, its day past, was not handed in.
std::vector<PublishedCount> count_published(Tracking& tracking, db::Session& s, const std::string& kind, const std::string& measure, const std::optional<std::string>& district = {});

// A lag that counts as one, and one that is severe, by the policy of the period.
bool is_late(Tracking& tracking, const PublishedPeriod& period);
bool is_severe(Tracking& tracking, const PublishedItem& item, const PublishedPeriod& period);

}  // namespace mandate::tracking
