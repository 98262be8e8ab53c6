// Control of long work against a plan: what a programme registers and may ask. The records, rules and routes of control itself are the engine's own; a
// programme keeps its records in its own table under the item's id.
#pragma once

#include "foundation/audit/api.hpp"
#include "foundation/calendar/api.hpp"
#include "foundation/duties/api.hpp"
#include "foundation/identity/api.hpp"
#include "foundation/policy/api.hpp"
#include "platform/http/json.hpp"

namespace mandate::tracking {

using ItemId = Id<struct TrackedItemTag>;

BOOST_DEFINE_ENUM_CLASS(PeriodType, month, quarter, year)
// Codes 1 to 8 of the neighbouring city's system: rules, section 2.6.
BOOST_DEFINE_ENUM_CLASS(ItemState, filing, set_up_review, set_up_returned, executing, closing_review, closing_returned, closed, cancelled)
// A, B and C of section 2.2; work without flags has none of their behaviours.
BOOST_DEFINE_ENUM_CLASS(CheckpointFlag, none, start, completion, acceptance)
// Who looks at a filing before it counts as accepted, in this order.
BOOST_DEFINE_ENUM_CLASS(ReviewLevel, agency, controller)

// A cumulative percentage that is filed each period and has a planned curve of its own.
struct Measure {
  std::string name;           // "overall"; people read the message tracking.measure.<name>
  std::string severe_policy;  // the percent policy from which on its lag is severe, inclusive; "": none
  CheckpointFlag asked_from = CheckpointFlag::none;    // not asked for before this checkpoint is done
  CheckpointFlag complete_by = CheckpointFlag::none;   // whole exactly when this checkpoint is done
};

struct TierSeed {
  std::string code;  // "city"
  std::string name_zh;
  std::string name_en;
  PeriodType every = PeriodType::month;
  std::vector<ReviewLevel> reviewers;
  std::string meeting_zh;  // where it is reviewed, as printed
  std::string source;      // of the rule, or "unsourced"
};

// What a programme says about its items. Hooks run inside the transaction of the change; a refusal undoes all of it.
struct Kind {
  std::string name;    // "tender"; people read tracking.kind.<name>
  std::string origin;  // of its duties, and what roles for one origin reach
  std::string page;    // of a record in the console: "/tenders/"
  std::vector<Measure> measures;  // the first is the one lists show when there is room for one
  std::vector<TierSeed> tiers;    // the first is the default
  bool closes_with_parts = false;  // the item closes when the last of its parts is closed
  // A flagged checkpoint was done, or its date taken away again (none).
  std::function<Result<>(db::Session&, const Actor&, ItemId, CheckpointFlag, std::optional<Date>)> flag_changed = nullptr;
  // What the programme still wants before the set-up is handed in, and before closing is asked for.
  std::function<Result<>(db::Session&, ItemId)> may_set_up = nullptr;
  std::function<Result<>(db::Session&, ItemId)> may_close = nullptr;
};

struct NewItem {
  std::string kind;
  std::string number;  // unique within the kind; "": the next of the engine's own
  std::string title;
  std::int64_t agency_id = 0;
  std::int64_t unit_id = 0;
  std::int64_t post_id = 0;
  std::string district = {};
  std::string tier = {};  // "": the kind's first
  ItemId parent_id = {};
  std::int64_t weight_bp = 0;  // of the parent, in basis points
  identity::Confidentiality confidentiality = identity::Confidentiality::internal;
};

// An item as programmes see it.
struct ItemCore {
  ItemId id;
  std::string kind, number, title;
  std::int64_t agency_id = 0, unit_id = 0, post_id = 0;
  std::string origin, district, tier;
  ItemId parent_id;
  std::int64_t weight_bp = 0;
  ItemState state = ItemState::filing;
  identity::Confidentiality confidentiality = identity::Confidentiality::internal;
  std::int64_t baseline_number = 0;  // 0: none approved yet
  Instant created_at;
  std::int64_t created_by = 0;
  Instant recorded_at;
  std::int64_t revision = 1;

  identity::RecordFacts facts() const { return {agency_id, unit_id, origin, confidentiality, post_id}; }
};
BOOST_DESCRIBE_STRUCT(ItemCore, (), (id, kind, number, title, agency_id, unit_id, post_id, origin, district, tier, parent_id, weight_bp, state, confidentiality, baseline_number, created_at, created_by, recorded_at, revision))

class Tracking {
 public:
  Tracking(db::Database& database, const Clock& clock, identity::Identity& identity, audit::Audit& audit, calendar::Calendar& calendar, policy::Policies& policies, duties::Duties& duties, duties::Directory directory);
  ~Tracking();

  void add_kind(Kind kind);  // at start; a name given twice throws std::logic_error
  void install(Instant at);  // writes the tiers of kinds that have none yet
  // Within the programme's transaction, after it has checked that the actor may.
  Result<ItemId> create(const Actor& actor, const NewItem& item);
  // not_found when the actor may not even read it, forbidden when not this.
  Result<ItemCore> reach(db::Session& session, const Actor& actor, ItemId id, std::string_view permission);
  std::vector<ItemCore> list_cores(db::Session& session, const std::vector<std::int64_t>& ids);
  std::optional<Date> flag_done_on(db::Session& session, ItemId id, CheckpointFlag flag);  // none: not done
  // Opens the cycles whose day has come and makes the duties to file; the daily job.
  Result<> run_cycles(const Actor& actor);

  struct Parts;  // what the routes need
  Parts& parts() { return *parts_; }

 private:
  std::unique_ptr<Parts> parts_;
};

void add_tracking_routes(http::Router& router, Tracking& tracking);
std::vector<policy::PolicyDefinition> policy_definitions();
db::MigrationSet tracking_migrations();
std::vector<i18n::Message> tracking_messages();

}  // namespace mandate::tracking
