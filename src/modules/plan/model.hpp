// Internal records of plans, as their tables hold them.
#pragma once

#include "foundation/duties/api.hpp"
#include "kernel/id.hpp"
#include "platform/http/json_text.hpp"

namespace mandate::plan {

using PlanId = Id<struct PlanTag>;
using NodeId = Id<struct PlanNodeTag>;
using SentenceId = Id<struct PlanSentenceTag>;
using ObligationId = Id<struct PlanObligationTag>;
using IndicatorId = Id<struct PlanIndicatorTag>;

BOOST_DEFINE_ENUM_CLASS(NodeKind, goal, strategy, work_plan, item)
BOOST_DEFINE_ENUM_CLASS(PlanPart, preface, strategy, work_plan)
BOOST_DEFINE_ENUM_CLASS(SentenceDecision, obligation, none, undecided)
BOOST_DEFINE_ENUM_CLASS(ObligationState, proposed, accepted, dropped)

struct PlanRecord {
  PlanId id;
  std::int64_t year_roc = 0;
  std::string agency_name;
  std::int64_t agency_id = 0;
  Instant created_at;
};
BOOST_DESCRIBE_STRUCT(PlanRecord, (), (id, year_roc, agency_name, agency_id, created_at))

struct NodeRecord {
  NodeId id;
  PlanId plan_id;
  NodeKind kind = NodeKind::item;
  NodeId parent_id;
  std::string title;
  std::int64_t place = 0;
};
BOOST_DESCRIBE_STRUCT(NodeRecord, (), (id, plan_id, kind, parent_id, title, place))

struct Goal {
  NodeId id;
  std::int64_t year_roc = 0;
  std::string title;
  std::int64_t past = 0;  // 1: a later text of its plan no longer has it
};
BOOST_DESCRIBE_STRUCT(Goal, (), (id, year_roc, title, past))

struct SentenceRecord {
  SentenceId id;
  PlanId plan_id;
  NodeId node_id;  // none: the preface
  std::int64_t line = 0;
  PlanPart part = PlanPart::preface;
  std::string text;
  std::string columns;  // JSON [{name,text}]: what the table had besides
  std::int64_t place = 0;
  SentenceDecision decision = SentenceDecision::undecided;
  std::int64_t decided_by = 0;  // 0: as the reader saw it
};
BOOST_DESCRIBE_STRUCT(SentenceRecord, (), (id, plan_id, node_id, line, part, text, columns, place, decision, decided_by))

struct ObligationRecord {
  ObligationId id;
  PlanId plan_id;
  SentenceId sentence_id;
  std::string what;
  std::optional<duties::Every> every;
  std::string months;                  // "1,7"
  std::optional<std::int64_t> day;     // 0: the last
  std::optional<std::int64_t> within_count;
  std::optional<std::string> within_unit;
  std::string amounts;                 // JSON [{bound,value,unit}]
  std::string responsible;             // JSON [names]
  std::string spans;                   // JSON [{begin,end,part}]
  ObligationState state = ObligationState::proposed;
  std::int64_t agency_id = 0;
  std::string found_by;                // "reader" or "controller"
  std::string reason;                  // of a drop
};
BOOST_DESCRIBE_STRUCT(ObligationRecord, (), (id, plan_id, sentence_id, what, every, months, day, within_count, within_unit, amounts, responsible, spans, state, agency_id, found_by, reason))

struct IndicatorRecord {
  IndicatorId id;
  ObligationId obligation_id;
  std::string what;  // of the obligation
  std::string bound;
  std::int64_t target_hundredths = 0;
  std::string unit;
  std::optional<std::int64_t> value_hundredths;  // none: nothing filed
  std::optional<Instant> filed_at;
};
BOOST_DESCRIBE_STRUCT(IndicatorRecord, (), (id, obligation_id, what, bound, target_hundredths, unit, value_hundredths, filed_at))

struct AmountView {
  std::string bound;
  double value = 0;
  std::string unit;
  friend bool operator==(const AmountView&, const AmountView&) = default;
};
BOOST_DESCRIBE_STRUCT(AmountView, (), (bound, value, unit))

struct SpanView {
  int begin = 0;  // code points of the sentence's text
  int end = 0;
  std::string part;
};
BOOST_DESCRIBE_STRUCT(SpanView, (), (begin, end, part))

struct WithinView {
  int count = 0;
  std::string unit;
};
BOOST_DESCRIBE_STRUCT(WithinView, (), (count, unit))

struct ColumnView {
  std::string name;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(ColumnView, (), (name, text))

// One sentence that differs between two texts of a plan.
struct DifferenceRow {
  std::string change;  // added | removed | changed
  std::int64_t line = 0;
  std::string before;
  std::string after;
};
BOOST_DESCRIBE_STRUCT(DifferenceRow, (), (change, line, before, after))

struct CoverageView {
  std::int64_t sentences = 0;
  std::int64_t obligation = 0;
  std::int64_t none = 0;
  std::int64_t undecided = 0;
  std::int64_t waiting = 0;  // undecided, or with an obligation that is neither accepted nor dropped
};
BOOST_DESCRIBE_STRUCT(CoverageView, (), (sentences, obligation, none, undecided, waiting))

using http::from_json_text;
using http::json_text;

}  // namespace mandate::plan
