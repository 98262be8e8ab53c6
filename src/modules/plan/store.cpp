#include "modules/plan/store.hpp"

namespace mandate::plan {
namespace {

constexpr auto plan_columns = "id, year_roc, agency_name, agency_id, created_at";
constexpr auto node_columns = "id, plan_id, kind, parent_id, title, place";
constexpr auto sentence_columns = "id, plan_id, node_id, line, part, text, columns, place, decision, decided_by";
constexpr auto obligation_columns = "id, plan_id, sentence_id, what, every, months, day, within_count, within_unit, amounts, responsible, spans, state, agency_id, found_by, reason";

// Rows that were current at a moment.
template <class Row, class Key>
std::vector<Row> list_known(db::Session& s, const std::string& select, const Key& key, std::optional<Instant> known_at, const std::string& order) {
  if (!known_at) return s.list<Row>(select + " AND superseded_at IS NULL ORDER BY " + order, key);
  return s.list<Row>(select + " AND recorded_at <= ? AND (superseded_at IS NULL OR superseded_at > ?) ORDER BY " + order, key, *known_at, *known_at);
}

}  // namespace

std::optional<PlanRecord> PlanStore::find(db::Session& s, PlanId id) { return s.find<PlanRecord>(std::string("SELECT ") + plan_columns + " FROM plan WHERE id = ?", id); }

std::optional<PlanRecord> PlanStore::find_by_year(db::Session& s, std::int64_t year_roc, const std::string& agency_name) {
  return s.find<PlanRecord>(std::string("SELECT ") + plan_columns + " FROM plan WHERE year_roc = ? AND agency_name = ?", year_roc, agency_name);
}

std::vector<PlanRecord> PlanStore::list(db::Session& s) { return s.list<PlanRecord>(std::string("SELECT ") + plan_columns + " FROM plan ORDER BY year_roc DESC, agency_name LIMIT 500"); }

void PlanStore::insert(db::Session& s, const PlanRecord& p) {
  s.execute("INSERT INTO plan (id, year_roc, agency_name, agency_id, created_at) VALUES (?, ?, ?, ?, ?)", p.id, p.year_roc, p.agency_name, p.agency_id, p.created_at);
}

std::optional<TextRecord> PlanStore::find_text(db::Session& s, PlanId id) {
  return s.find<TextRecord>("SELECT id, file_name, content_hash, difference, recorded_at FROM plan_text WHERE plan_id = ? AND superseded_at IS NULL", id);
}

std::map<std::int64_t, TextOfPlan> PlanStore::list_texts(db::Session& s) {
  std::map<std::int64_t, TextOfPlan> out;
  for (const auto& text : s.list<TextOfPlan>("SELECT plan_id, file_name, recorded_at FROM plan_text WHERE superseded_at IS NULL")) out[text.plan_id.value] = text;
  return out;
}

std::vector<AcceptedRow> PlanStore::list_accepted(db::Session& s) {
  return s.list<AcceptedRow>("SELECT id, plan_id FROM plan_obligation WHERE superseded_at IS NULL AND state = 'accepted' ORDER BY id");
}

void PlanStore::replace_text(db::Session& s, PlanId id, const TextRecord& t, const std::string& content, std::int64_t by) {
  s.execute("UPDATE plan_text SET superseded_at = ? WHERE plan_id = ? AND superseded_at IS NULL", t.recorded_at, id);
  s.execute("INSERT INTO plan_text (id, plan_id, file_name, content_hash, content, difference, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", t.id, id, t.file_name, t.content_hash, content, t.difference, t.recorded_at, by);
}

std::vector<NodeRecord> PlanStore::list_nodes(db::Session& s, PlanId id, std::optional<Instant> known_at) {
  return list_known<NodeRecord>(s, std::string("SELECT ") + node_columns + " FROM plan_node WHERE plan_id = ?", id, known_at, "place, row_id");
}

std::optional<NodeRecord> PlanStore::find_node(db::Session& s, NodeId id) { return s.find<NodeRecord>(std::string("SELECT ") + node_columns + " FROM plan_node WHERE id = ? AND superseded_at IS NULL", id); }

std::vector<Goal> PlanStore::list_goals(db::Session& s) {
  return s.list<Goal>(
      "SELECT n.id, p.year_roc, n.title, CASE WHEN n.superseded_at IS NULL THEN 0 ELSE 1 END FROM plan_node n JOIN plan p ON p.id = n.plan_id WHERE n.kind = 'goal' AND NOT EXISTS (SELECT 1 FROM plan_node later WHERE later.id = n.id "
      "AND later.row_id > n.row_id) ORDER BY p.year_roc DESC, n.place, n.id");
}

void PlanStore::put_node(db::Session& s, const NodeRecord& n, Instant now) {
  end_node(s, n.id, now);
  s.execute("INSERT INTO plan_node (row_id, id, plan_id, kind, parent_id, title, place, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", next_id(), n.id, n.plan_id, n.kind, n.parent_id, n.title, n.place, now);
}

void PlanStore::end_node(db::Session& s, NodeId id, Instant now) { s.execute("UPDATE plan_node SET superseded_at = ? WHERE id = ? AND superseded_at IS NULL", now, id); }

std::vector<SentenceRecord> PlanStore::list_sentences(db::Session& s, PlanId id, std::optional<Instant> known_at) {
  return list_known<SentenceRecord>(s, std::string("SELECT ") + sentence_columns + " FROM plan_sentence WHERE plan_id = ?", id, known_at, "place, row_id");
}

std::vector<SentenceRecord> PlanStore::list_sentences_of_node(db::Session& s, NodeId id) {
  return s.list<SentenceRecord>(std::string("SELECT ") + sentence_columns + " FROM plan_sentence WHERE node_id = ? AND superseded_at IS NULL ORDER BY place", id);
}

std::optional<SentenceRecord> PlanStore::find_sentence(db::Session& s, SentenceId id) {
  return s.find<SentenceRecord>(std::string("SELECT ") + sentence_columns + " FROM plan_sentence WHERE id = ? AND superseded_at IS NULL", id);
}

void PlanStore::put_sentence(db::Session& s, const SentenceRecord& r, Instant now) {
  end_sentence(s, r.id, now);
  s.execute("INSERT INTO plan_sentence (row_id, id, plan_id, node_id, line, part, text, columns, place, decision, decided_by, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", next_id(), r.id, r.plan_id, r.node_id, r.line, r.part,
            r.text, r.columns, r.place, r.decision, r.decided_by, now);
}

void PlanStore::end_sentence(db::Session& s, SentenceId id, Instant now) { s.execute("UPDATE plan_sentence SET superseded_at = ? WHERE id = ? AND superseded_at IS NULL", now, id); }

std::vector<ObligationRecord> PlanStore::list_obligations(db::Session& s, PlanId id, std::optional<Instant> known_at) {
  return list_known<ObligationRecord>(s, std::string("SELECT ") + obligation_columns + " FROM plan_obligation WHERE plan_id = ?", id, known_at, "id");
}

std::vector<ObligationRecord> PlanStore::list_obligations_of(db::Session& s, const std::vector<SentenceId>& sentences) {
  std::vector<ObligationRecord> out;
  for (std::size_t at = 0; at < sentences.size(); at += 500) {
    std::string marks;
    std::vector<db::Value> values;
    for (std::size_t i = at; i < std::min(sentences.size(), at + 500); ++i) {
      marks += marks.empty() ? "?" : ",?";
      values.push_back(db::to_value(sentences[i]));
    }
    auto rows = s.list_values<ObligationRecord>(std::string("SELECT ") + obligation_columns + " FROM plan_obligation WHERE sentence_id IN (" + marks + ") AND superseded_at IS NULL ORDER BY id", values);
    out.insert(out.end(), rows.begin(), rows.end());
  }
  return out;
}

std::optional<ObligationRecord> PlanStore::find_obligation(db::Session& s, ObligationId id) {
  return s.find<ObligationRecord>(std::string("SELECT ") + obligation_columns + " FROM plan_obligation WHERE id = ? AND superseded_at IS NULL", id);
}

void PlanStore::put_obligation(db::Session& s, const ObligationRecord& o, Instant now, std::int64_t by) {
  end_obligation(s, o.id, now);
  s.execute("INSERT INTO plan_obligation (row_id, id, plan_id, sentence_id, what, every, months, day, within_count, within_unit, amounts, responsible, spans, state, agency_id, found_by, reason, recorded_at, recorded_by) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            next_id(), o.id, o.plan_id, o.sentence_id, o.what, o.every, o.months, o.day, o.within_count, o.within_unit, o.amounts, o.responsible, o.spans, o.state, o.agency_id, o.found_by, o.reason, now, by);
}

void PlanStore::end_obligation(db::Session& s, ObligationId id, Instant now) { s.execute("UPDATE plan_obligation SET superseded_at = ? WHERE id = ? AND superseded_at IS NULL", now, id); }

void PlanStore::add_indicator(db::Session& s, PlanId plan, ObligationId obligation, const AmountView& a, Instant now) {
  s.execute("INSERT INTO plan_indicator (id, plan_id, obligation_id, bound, target_hundredths, unit, recorded_at) VALUES (?, ?, ?, ?, ?, ?, ?)", next_id(), plan, obligation, a.bound, static_cast<std::int64_t>(a.value * 100 + 0.5), a.unit, now);
}

void PlanStore::end_indicators(db::Session& s, ObligationId obligation, Instant now) { s.execute("UPDATE plan_indicator SET superseded_at = ? WHERE obligation_id = ? AND superseded_at IS NULL", now, obligation); }

std::vector<IndicatorRecord> PlanStore::list_indicators(db::Session& s, PlanId id) {
  return s.list<IndicatorRecord>(
      "SELECT i.id, i.obligation_id, o.what, i.bound, i.target_hundredths, i.unit, v.value_hundredths, v.recorded_at FROM plan_indicator i JOIN plan_obligation o ON o.id = i.obligation_id AND o.superseded_at IS NULL "
      "LEFT JOIN plan_indicator_value v ON v.indicator_id = i.id AND v.superseded_at IS NULL WHERE i.plan_id = ? AND i.superseded_at IS NULL ORDER BY i.id",
      id);
}

std::optional<PlanId> PlanStore::find_plan_of_indicator(db::Session& s, IndicatorId id) { return s.find<PlanId>("SELECT plan_id FROM plan_indicator WHERE id = ? AND superseded_at IS NULL", id); }

void PlanStore::file_value(db::Session& s, IndicatorId id, std::int64_t hundredths, const std::string& note, Instant now, std::int64_t by) {
  s.execute("UPDATE plan_indicator_value SET superseded_at = ? WHERE indicator_id = ? AND superseded_at IS NULL", now, id);
  s.execute("INSERT INTO plan_indicator_value (id, indicator_id, value_hundredths, note, recorded_at, recorded_by) VALUES (?, ?, ?, ?, ?, ?)", next_id(), id, hundredths, note, now, by);
}

struct CoverageRow {
  std::int64_t plan_id = 0;
  std::int64_t sentences = 0, obligation = 0, none = 0, undecided = 0;
};
BOOST_DESCRIBE_STRUCT(CoverageRow, (), (plan_id, sentences, obligation, none, undecided))
struct WaitingRow {
  std::int64_t plan_id = 0;
  std::int64_t waiting = 0;
};
BOOST_DESCRIBE_STRUCT(WaitingRow, (), (plan_id, waiting))

std::map<std::int64_t, CoverageView> PlanStore::coverage(db::Session& s) {
  std::map<std::int64_t, CoverageView> out;
  for (const auto& r : s.list<CoverageRow>("SELECT plan_id, COUNT(*), SUM(CASE WHEN decision = 'obligation' THEN 1 ELSE 0 END), SUM(CASE WHEN decision = 'none' THEN 1 ELSE 0 END), SUM(CASE WHEN decision = 'undecided' THEN 1 ELSE 0 END) "
                                           "FROM plan_sentence WHERE superseded_at IS NULL GROUP BY plan_id")) {
    out[r.plan_id] = {r.sentences, r.obligation, r.none, r.undecided, r.undecided};
  }
  for (const auto& r : s.list<WaitingRow>("SELECT o.plan_id, COUNT(DISTINCT o.sentence_id) FROM plan_obligation o JOIN plan_sentence x ON x.id = o.sentence_id AND x.superseded_at IS NULL "
                                          "WHERE o.superseded_at IS NULL AND o.state = 'proposed' AND x.decision <> 'undecided' GROUP BY o.plan_id")) {
    out[r.plan_id].waiting += r.waiting;
  }
  return out;
}

}  // namespace mandate::plan
