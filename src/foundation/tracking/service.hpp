// The use cases of control: may the actor? load, apply the rules, save, record the event, write the duty; one transaction each.
#pragma once

#include "foundation/tracking/filing_rules.hpp"
#include "foundation/tracking/store.hpp"
#include "foundation/tracking/views.hpp"

#include <mutex>

namespace mandate::tracking {

struct ItemEdit {
  std::string title;
  std::int64_t agency_id = 0, unit_id = 0, post_id = 0;
  std::string district, tier;
  ItemId parent_id;
  std::int64_t weight_bp = 0;
};

struct CheckpointInput {
  std::optional<CheckpointId> id;  // none: a new one
  std::string name;
  std::int64_t weight_bp = 0;
  std::optional<Date> planned_start;
  Date planned_finish;
  std::optional<CheckpointFlag> flag;
  std::optional<bool> control_point;
};
BOOST_DESCRIBE_STRUCT(CheckpointInput, (), (id, name, weight_bp, planned_start, planned_finish, flag, control_point))

// A curve as people give it: its values, or the two dates it is to be made from.
struct CurveInput {
  std::string measure;
  std::optional<Date> first_period;
  std::vector<std::int64_t> planned;
  std::optional<Date> starts_on;
  std::optional<Date> finishes_on;
};
BOOST_DESCRIBE_STRUCT(CurveInput, (), (measure, first_period, planned, starts_on, finishes_on))

struct BaselineInput {
  std::string approval_number;
  std::string reason;
  std::int64_t granted_days = 0;
  std::optional<std::vector<CheckpointInput>> checkpoints;  // none: as they stand
  std::vector<CurveInput> curves;                           // measures left out keep the curve they have
};

struct RequestInput {
  RequestKind kind = RequestKind::data;
  std::string reason;
  std::optional<std::string> title;
  std::optional<http::Number63> agency_id, unit_id, post_id;
  std::optional<std::string> district;
  std::vector<CheckpointInput> checkpoints;
  std::vector<CurveInput> curves;
  std::optional<ReleaseReason> release_reason;
};
struct RequestDecision {
  bool approve = false;
  std::string comment, approval_number;
  std::int64_t granted_days = 0;
};

// A baseline's place in time: the first that knows a measure, and the one in force.
struct Curves {
  std::map<std::string, PlannedCurve> first;
  std::map<std::string, PlannedCurve> current;
  std::optional<Instant> current_since;
};

struct Tracking::Parts {
  db::Database& database;
  const Clock& clock;
  identity::Identity& identity;
  audit::Audit& audit;
  calendar::Calendar& calendar;
  policy::Policies& policies;
  duties::Duties& duties;
  duties::Directory directory;
  std::vector<std::unique_ptr<Kind>> kinds;
  TrackingStore store;
  std::mutex calibrations_mutex;
  std::map<std::string, std::pair<Date, std::shared_ptr<const Calibration>>> calibrations;

  Parts(db::Database& db, const Clock& c, identity::Identity& i, audit::Audit& a, calendar::Calendar& days, policy::Policies& p, duties::Duties& d, duties::Directory names)
      : database(db), clock(c), identity(i), audit(a), calendar(days), policies(p), duties(d), directory(std::move(names)) {}

  // what all of them need (service.cpp)
  const Kind* find_kind(std::string_view name) const;
  const Kind& kind_of(const ItemCore& item) const;
  TrackingPolicy policy(const policy::PolicyMoment& moment) const;
  TrackingPolicy policy() const { return policy({clock.today(), {}}); }
  WarningPolicy warning_policy(const policy::PolicyMoment& moment) const;
  // The thresholds in force on the last day of a period; of a measure without one there is none.
  std::map<std::string, std::int64_t> severe_thresholds(const Kind& kind, Date on) const;
  identity::Scope scope(const Actor& actor, std::string_view permission) const { return identity.scope(actor, permission, "tracking"); }
  bool may(const Actor& actor, const ItemCore& item, std::string_view permission) const { return identity::reaches(scope(actor, permission), item.facts()); }
  Result<ItemCore> reach(db::Session& s, const Actor& actor, ItemId id, std::string_view permission);
  void note(db::Session& s, const Actor& actor, const char* kind, const ItemCore& item, boost::json::object data);
  std::optional<TierRecord> tier_of(db::Session& s, const ItemCore& item, Date on);
  CycleDates moved(const CycleDates& dates) const;
  CyclePhase phase(const CycleRecord& cycle) const;
  Curves curves_of(db::Session& s, ItemId id, std::optional<Instant> known_at = {});

  // items (item_service.cpp)
  Result<ItemCore> create(db::Session& s, const Actor& actor, const NewItem& item);
  Result<TrackedView> edit(const Actor& actor, ItemId id, const ItemEdit& edit, std::int64_t revision);
  Result<TrackedView> set_checkpoints(const Actor& actor, ItemId id, const std::vector<CheckpointInput>& checkpoints, std::int64_t revision);
  Result<TrackedView> set_curves(const Actor& actor, ItemId id, const std::vector<CurveInput>& curves, std::int64_t revision);
  Result<TrackedView> submit_set_up(const Actor& actor, ItemId id);
  Result<TrackedView> decide_set_up(const Actor& actor, ItemId id, bool approve, const std::string& note, const std::string& approval_number);
  Result<TrackedView> add_baseline(const Actor& actor, ItemId id, const BaselineInput& baseline, std::int64_t revision);
  Result<TrackedView> ask_closing(const Actor& actor, ItemId id, const std::string& note);
  Result<TrackedView> decide_closing(const Actor& actor, ItemId id, bool approve, const std::string& note);
  Result<ItemCore> take(db::Session& s, const Actor& actor, const ItemCore& before, Step step, boost::json::object data);

  // That such a plan could be approved.
  Result<> check_plan(db::Session& s, const ItemCore& item, const std::vector<CheckpointInput>& checkpoints, const std::vector<CurveInput>& curves);

  // release, requests, forecasts, warnings (later_service.cpp)
  Result<> release(db::Session& s, const Actor& actor, const ItemCore& item, ReleaseReason reason, const std::string& evidence);
  Result<TrackedView> ask(const Actor& actor, ItemId id, const RequestInput& request);
  Result<TrackedView> decide_request(const Actor& actor, RequestId id, const RequestDecision& decision);
  Result<DisagreementList> list_disagreements(const Actor& actor, const std::string& kind, Date period, ItemId after, int limit);
  Result<WarningQuality> warning_quality(const std::string& kind);
  std::shared_ptr<const Calibration> calibration_of(db::Session& s, const Kind& kind);
  std::optional<ForecastView> forecast(db::Session& s, const ItemCore& item, PeriodType every, std::optional<Instant> known_at, Language language);

  // parts (part_service.cpp)
  Result<TrackedView> add_part(const Actor& actor, ItemId id, const PartRecord& part);
  Result<TrackedView> ask_part(const Actor& actor, PartId id, const std::string& report, std::int64_t revision);
  Result<TrackedView> decide_part(const Actor& actor, PartId id, bool agree, const std::string& answer, std::int64_t revision);

  // reading (view_service.cpp)
  Result<TrackedView> view(const Actor& actor, ItemId id, std::optional<Date> known_on = {});
  Result<TrackedList> list(const Actor& actor, const ListQuestion& question);
  std::vector<TrackedRow> rows_of(db::Session& s, const std::vector<ListedItem>& listed, std::optional<Instant> known_at, Date today);

  // filings (filing_service.cpp)
  Result<FilingForm> form(const Actor& actor, ItemId id, Date period);
  Result<FilingForm> save(const Actor& actor, ItemId id, Date period, const FilingInput& input, std::int64_t revision, bool submit);
  Result<FilingForm> decide(const Actor& actor, ItemId id, Date period, bool accept, const std::string& note, std::optional<Rating> rating, std::int64_t revision);
  Result<FilingForm> waive_lateness(const Actor& actor, ItemId id, Date period, const std::string& reason);

  // cycles (cycle_service.cpp)
  Result<> run_cycles(const Actor& actor);
  // A period before the item came under control, or one that nobody was asked for: the controller asks for it now.
  Result<FilingForm> owe_period(const Actor& actor, ItemId id, Date period);
  Result<> owe(db::Session& s, const Actor& actor, const CycleRecord& cycle, const ItemCore& item);
  Result<int> open_slice(const Actor& actor, const Kind& kind, const TierRecord& tier, Date period);
  Result<CycleList> list_cycles(const Actor& actor, const std::string& kind);
  Result<CycleList> lock(const Actor& actor, CycleId id, bool locked, const std::string& reason);
  Result<ExceptionList> list_exceptions(const std::string& kind, Date period);
  Result<ExceptionList> grant(const Actor& actor, const ExceptionRecord& exception);
  Result<ExceptionList> end_exception(const Actor& actor, ExceptionId id);
  Result<TierList> list_tiers();
  Result<TierList> put_tier(const Actor& actor, TierRecord tier);

  // within (filing_service.cpp, form_service.cpp)
  struct Loaded;
  Result<Loaded> load(db::Session& s, const Actor& actor, ItemId id, Date period, std::string_view permission);
  Result<> may_write(db::Session& s, const Actor& actor, const Loaded& l);
  void weigh(Loaded& l, const FilingInput& input, const std::vector<CheckpointRecord>& checkpoints) const;
  Result<> take_over(db::Session& s, const Actor& actor, Loaded& l, const FilingInput& input, const ActualChange& change);
  void refresh_standing(db::Session& s, const ItemCore& item);
  // Weighs the newest filed period anew, unless it is closed: a baseline was approved since.
  Result<> weigh_newest(db::Session& s, const Actor& actor, const ItemCore& item);
  FilingForm form_of(db::Session& s, const Actor& actor, const Loaded& l, const FilingInput& input, const std::vector<CheckpointRecord>& checkpoints, const std::vector<FieldFault>& faults);
  // Every period owed or filed, with its four-valued figures.
  std::vector<PeriodView> periods_of(db::Session& s, const Kind& kind, ItemId id, std::optional<Instant> known_at, Date today);
};

Result<> check_text(const char* field, const std::string& text, std::size_t max_bytes);
Result<> as_result(std::vector<FieldFault> faults);
std::vector<ReviewLevel> reviewers_of(const TierRecord& tier);

}  // namespace mandate::tracking
