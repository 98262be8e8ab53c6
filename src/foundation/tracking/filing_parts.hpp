// One period of one item with everything that bears on it, read once for a use case.
#pragma once

#include "foundation/tracking/service.hpp"

namespace mandate::tracking {

struct Tracking::Parts::Loaded {
  ItemCore item;
  const Kind* kind = nullptr;
  PeriodType every = PeriodType::month;
  Date period;
  std::optional<OwedRecord> owed;
  CycleRecord cycle;
  CycleDates dates;
  CyclePhase phase = CyclePhase::planned;
  TierRecord tier;
  TrackingPolicy policy;
  std::vector<CheckpointRecord> checkpoints;
  Curves curves;
  std::vector<FilingRecord> filings;
  std::vector<FigureRecord> figures;
  std::vector<GradeRecord> grades;
  std::optional<FilingRecord> filing;  // of this period
  std::optional<LagRecord> lag;
  // What the filing amounts to; see weigh.
  std::vector<FigureRecord> weighed;
  std::optional<LagKind> lag_kind;
  std::vector<Warning> warnings;
  GradeRecord grade;
};

std::vector<TrackedCheckpoint> checkpoint_views(const std::vector<CheckpointRecord>& checkpoints, Date today);

}  // namespace mandate::tracking
