// The tables of control; each statement stands beside the function that runs it.
#pragma once

#include "foundation/tracking/later_views.hpp"

namespace mandate::tracking {

BOOST_DEFINE_ENUM_CLASS(ItemSort, newest, number, lag, months)

// What a list shows of an item: the newest figures of one measure beside its own row.
struct ListedItem {
  ItemId id;
  std::string kind, number, title;
  std::int64_t agency_id = 0;
  std::string district, tier;
  ItemState state = ItemState::filing;
  identity::Confidentiality confidentiality = identity::Confidentiality::internal;
  std::int64_t baseline_number = 0;
  std::optional<Date> period_on;
  std::optional<std::int64_t> planned_first, planned_current, actual, lag_first, lag_current, months_first, months_current, graded;
  std::optional<LagKind> lag_kind;
  std::optional<std::int64_t> lag_run;
  std::optional<Rating> computed;
};
BOOST_DESCRIBE_STRUCT(ListedItem, (), (id, kind, number, title, agency_id, district, tier, state, confidentiality, baseline_number, period_on, planned_first, planned_current, actual, lag_first, lag_current, months_first, months_current, graded, lag_kind, lag_run, computed))

struct SevereAt {
  std::string measure;
  std::int64_t threshold_bp = 0;
};

struct ItemFilter {
  identity::Scope scope;
  std::string kind;
  std::string measure;                    // whose figures are shown and sorted by
  std::optional<ItemState> state;
  bool open_only = false;                 // under control
  std::optional<std::int64_t> agency_id;
  std::optional<std::string> district;
  std::optional<std::int64_t> parent_id;
  bool lagging = false;
  std::vector<SevereAt> severe;           // any of them; empty: not asked
  std::optional<Date> missing_on;         // nothing submitted for this period although it is owed
  std::optional<std::vector<std::int64_t>> among;
  ItemSort sort = ItemSort::newest;
  std::optional<std::pair<std::string, std::int64_t>> after;  // the last row's sort value and id
  std::optional<Instant> known_at;
};

struct MeasureFigure {
  ItemId item_id;
  std::string measure;
  Date period_on;
  std::int64_t planned_first = 0, planned_current = 0, actual = 0, lag_first = 0, lag_current = 0, months_first = 0, months_current = 0, graded = 1;
};
BOOST_DESCRIBE_STRUCT(MeasureFigure, (), (item_id, measure, period_on, planned_first, planned_current, actual, lag_first, lag_current, months_first, months_current, graded))

struct ChildRow {
  ItemId id;
  ItemId parent_id;
  std::int64_t weight_bp = 0;
  std::optional<std::int64_t> actual;
  std::optional<Date> period_on;
};
BOOST_DESCRIBE_STRUCT(ChildRow, (), (id, parent_id, weight_bp, actual, period_on))

struct CycleCount {
  CycleId id;
  std::int64_t owed = 0, submitted = 0, late = 0, accepted = 0;
};
BOOST_DESCRIBE_STRUCT(CycleCount, (), (id, owed, submitted, late, accepted))

struct WarningRow {
  ItemId item_id;
  Date period_on;
  WarningRule rule = WarningRule::worsening;
  std::string measure;
  std::int64_t detail = 0;
};
BOOST_DESCRIBE_STRUCT(WarningRow, (), (item_id, period_on, rule, measure, detail))
struct ClosedPlanRow {
  ItemId item_id;
  Date first_period;
  std::string planned;
};
BOOST_DESCRIBE_STRUCT(ClosedPlanRow, (), (item_id, first_period, planned))
struct ClosedActualRow {
  ItemId item_id;
  Date period_on;
  std::int64_t actual = 0;
};
BOOST_DESCRIBE_STRUCT(ClosedActualRow, (), (item_id, period_on, actual))
struct DisagreeingRow {
  ItemId id;
  std::string number, title;
  std::int64_t agency_id = 0;
  std::optional<Rating> own, reviewer;
  Rating computed = Rating::on_track;
};
BOOST_DESCRIBE_STRUCT(DisagreeingRow, (), (id, number, title, agency_id, own, reviewer, computed))

class TrackingStore {
 public:
  // items (item_store.cpp)
  void insert(db::Session& s, const ItemCore& item);
  std::optional<ItemCore> find(db::Session& s, ItemId id);
  std::optional<ItemCore> find_known(db::Session& s, ItemId id, Instant at);
  std::optional<ItemCore> find_number(db::Session& s, const std::string& kind, const std::string& number);
  bool replace(db::Session& s, const ItemCore& before, ItemCore& after, Instant now);  // false: somebody was first
  std::vector<ItemCore> list_cores(db::Session& s, const std::vector<std::int64_t>& ids);
  std::vector<ListedItem> list(db::Session& s, const ItemFilter& filter, int limit);
  std::int64_t count(db::Session& s, const ItemFilter& filter, std::int64_t cap);
  std::vector<ItemCore> list_owing(db::Session& s, CycleId cycle, const std::string& kind, const std::string& tier, Instant controlled_before, int limit);
  // The subtree below an item, at most `limit` rows, with what each reported last of a measure.
  std::vector<ChildRow> list_below(db::Session& s, ItemId id, const std::string& measure, int limit);
  std::int64_t child_weight(db::Session& s, ItemId parent, ItemId except);

  std::vector<CheckpointRecord> list_checkpoints(db::Session& s, ItemId id, std::optional<Instant> known_at = {});
  void put_checkpoints(db::Session& s, ItemId id, const std::vector<CheckpointRecord>& checkpoints, Instant now, std::int64_t by);
  std::vector<PartRecord> list_parts(db::Session& s, ItemId id, std::optional<Instant> known_at = {});
  std::optional<PartRecord> find_part(db::Session& s, PartId id);
  void put_part(db::Session& s, const PartRecord& part, Instant now, std::int64_t by);

  std::vector<PlannedCurve> list_draft(db::Session& s, ItemId id);
  void put_draft(db::Session& s, ItemId id, const std::vector<PlannedCurve>& curves);
  std::vector<BaselineRecord> list_baselines(db::Session& s, ItemId id, std::optional<Instant> known_at = {});
  std::vector<PlannedCurve> list_curves(db::Session& s, BaselineId id);
  void insert_baseline(db::Session& s, const BaselineRecord& baseline, const std::vector<PlannedCurve>& curves);

  // cycles and filings (filing_store.cpp)
  std::vector<TierRecord> list_tiers(db::Session& s, std::optional<Instant> known_at = {});
  void put_tier(db::Session& s, const TierRecord& tier, Instant now);
  std::optional<CycleRecord> find_cycle(db::Session& s, const std::string& kind, const std::string& tier, Date period);
  std::optional<CycleRecord> find_cycle(db::Session& s, CycleId id);
  bool insert_cycle(db::Session& s, const CycleRecord& cycle);
  std::vector<CycleRecord> list_cycles(db::Session& s, const std::string& kind, int limit);
  std::vector<CycleCount> count_cycles(db::Session& s, const std::vector<std::int64_t>& ids);
  void lock_cycle(db::Session& s, CycleId id, std::optional<Instant> at, std::int64_t by);
  bool insert_owed(db::Session& s, const OwedRecord& owed, Instant now);
  std::optional<OwedRecord> find_owed(db::Session& s, ItemId id, Date period);
  std::optional<OwedRecord> find_owed(db::Session& s, OwedId id);
  std::vector<OwedRecord> list_owed(db::Session& s, ItemId id, std::optional<Instant> known_at = {});
  std::vector<CycleRecord> list_cycles_of(db::Session& s, ItemId id);

  std::optional<FilingRecord> find_filing(db::Session& s, ItemId id, Date period, std::optional<Instant> known_at = {});
  std::vector<FilingRecord> list_filings(db::Session& s, ItemId id, std::optional<Instant> known_at = {});
  void put_filing(db::Session& s, const FilingRecord& filing);
  std::optional<LagRecord> find_lag(db::Session& s, ItemId id, Date period, std::optional<Instant> known_at = {});
  std::vector<LagRecord> list_lags(db::Session& s, ItemId id, std::optional<Instant> known_at = {});
  void put_lag(db::Session& s, const LagRecord& lag, Instant now, std::int64_t by);
  void end_lag(db::Session& s, ItemId id, Date period, Instant now);
  std::vector<FigureRecord> list_figures(db::Session& s, ItemId id, std::optional<Instant> known_at = {});
  std::vector<GradeRecord> list_grades(db::Session& s, ItemId id, std::optional<Instant> known_at = {});
  void put_figures(db::Session& s, ItemId id, Date period, const std::vector<FigureRecord>& figures, const std::optional<GradeRecord>& grade, Instant now);
  void put_standing(db::Session& s, const std::string& kind, const std::vector<FigureRecord>& figures, const GradeRecord& grade);
  void end_standing(db::Session& s, ItemId id);
  std::vector<MeasureFigure> list_standing(db::Session& s, const std::vector<std::int64_t>& items);
  std::vector<MeasureFigure> list_standing_known(db::Session& s, const std::vector<std::int64_t>& items, Instant known_at);

  void insert_exception(db::Session& s, const ExceptionRecord& exception);
  void end_exception(db::Session& s, ExceptionId id, Instant now);
  std::optional<ExceptionRecord> find_exception(db::Session& s, ExceptionId id);
  std::vector<ExceptionRecord> list_exceptions(db::Session& s, const std::string& kind, Date period);
  // One that lasts and lets this item be filed.
  bool excepted(db::Session& s, const ItemCore& item, Date period, Instant now);

  // release, requests, warnings, forecasts (later_store.cpp)
  void insert_release(db::Session& s, const ReleaseRecord& release);
  std::optional<ReleaseRecord> find_release(db::Session& s, ItemId id, Instant known_at);
  void insert_request(db::Session& s, const RequestRecord& request);
  std::optional<RequestRecord> find_request(db::Session& s, RequestId id);
  std::vector<RequestRecord> list_requests(db::Session& s, ItemId id);
  bool decide_request(db::Session& s, const RequestRecord& request);  // false: decided already
  void put_warnings(db::Session& s, ItemId id, Date period, const std::vector<Warning>& warnings, Instant now);
  std::vector<WarningRow> list_warnings(db::Session& s, ItemId id, std::optional<Instant> known_at = {});
  std::vector<WarningRow> list_warnings_of_kind(db::Session& s, const std::string& kind);
  std::vector<GradeRecord> list_grades_of_kind(db::Session& s, const std::string& kind);
  std::vector<ClosedPlanRow> list_closed_plans(db::Session& s, const std::string& kind, const std::string& measure);
  std::vector<ClosedActualRow> list_closed_actuals(db::Session& s, const std::string& kind, const std::string& measure);
  std::vector<DisagreeingRow> list_disagreements(db::Session& s, const identity::Scope& scope, const std::string& kind, Date period, ItemId after, int limit);
};

}  // namespace mandate::tracking
