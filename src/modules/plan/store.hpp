// The plan tables. Each statement stands beside the function that runs it. `known_at` none means the present.
#pragma once

#include "modules/plan/model.hpp"

namespace mandate::plan {

struct TextRecord {
  std::int64_t id = 0;
  std::string file_name;
  std::string content_hash;
  std::string difference;  // JSON [DifferenceRow]
  Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(TextRecord, (), (id, file_name, content_hash, difference, recorded_at))

struct AcceptedRow {
  ObligationId id;
  PlanId plan_id;
};
BOOST_DESCRIBE_STRUCT(AcceptedRow, (), (id, plan_id))

struct TextOfPlan {
  PlanId plan_id;
  std::string file_name;
  Instant recorded_at;
};
BOOST_DESCRIBE_STRUCT(TextOfPlan, (), (plan_id, file_name, recorded_at))

class PlanStore {
 public:
  std::optional<PlanRecord> find(db::Session& s, PlanId id);
  std::optional<PlanRecord> find_by_year(db::Session& s, std::int64_t year_roc, const std::string& agency_name);
  std::vector<PlanRecord> list(db::Session& s);
  void insert(db::Session& s, const PlanRecord& plan);

  std::optional<TextRecord> find_text(db::Session& s, PlanId id);
  std::map<std::int64_t, TextOfPlan> list_texts(db::Session& s);  // by plan
  std::vector<AcceptedRow> list_accepted(db::Session& s);         // of all plans
  void replace_text(db::Session& s, PlanId id, const TextRecord& text, const std::string& content, std::int64_t by);

  std::vector<NodeRecord> list_nodes(db::Session& s, PlanId id, std::optional<Instant> known_at);
  std::optional<NodeRecord> find_node(db::Session& s, NodeId id);
  std::vector<Goal> list_goals(db::Session& s);  // of all plans, with those of the past; newest year first
  void put_node(db::Session& s, const NodeRecord& node, Instant now);
  void end_node(db::Session& s, NodeId id, Instant now);

  // The plan as it stands now, after its nodes and sentences have changed.
  void put_into_search(db::Session& s, const PlanRecord& plan, const std::vector<NodeRecord>& nodes_before);

  std::vector<SentenceRecord> list_sentences(db::Session& s, PlanId id, std::optional<Instant> known_at);
  std::vector<SentenceRecord> list_sentences_of_node(db::Session& s, NodeId id);
  std::optional<SentenceRecord> find_sentence(db::Session& s, SentenceId id);
  void put_sentence(db::Session& s, const SentenceRecord& sentence, Instant now);  // supersedes the present row of the same id
  void end_sentence(db::Session& s, SentenceId id, Instant now);

  std::vector<ObligationRecord> list_obligations(db::Session& s, PlanId id, std::optional<Instant> known_at);
  std::vector<ObligationRecord> list_obligations_of(db::Session& s, const std::vector<SentenceId>& sentences);
  std::optional<ObligationRecord> find_obligation(db::Session& s, ObligationId id);
  void put_obligation(db::Session& s, const ObligationRecord& obligation, Instant now, std::int64_t by);
  void end_obligation(db::Session& s, ObligationId id, Instant now);

  void add_indicator(db::Session& s, PlanId plan, ObligationId obligation, const AmountView& amount, Instant now);
  void end_indicators(db::Session& s, ObligationId obligation, Instant now);
  std::vector<IndicatorRecord> list_indicators(db::Session& s, PlanId id);
  std::optional<PlanId> find_plan_of_indicator(db::Session& s, IndicatorId id);
  void file_value(db::Session& s, IndicatorId id, std::int64_t hundredths, const std::string& note, Instant now, std::int64_t by);

  // Counts of sentences by decision and of those that wait, for all plans in one statement each.
  std::map<std::int64_t, CoverageView> coverage(db::Session& s);
};

}  // namespace mandate::plan
