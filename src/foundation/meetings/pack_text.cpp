// A pack as people read it: ODT and a page to print, from the frozen content alone, so that it reads the same in ten years.
#include "foundation/meetings/pack.hpp"
#include "foundation/reports/print_document.hpp"
#include "foundation/reports/text_document.hpp"
#include "kernel/roc_date.hpp"
#include "platform/i18n/messages.hpp"

namespace mandate::meetings {
namespace {

using reports::Cell;
using reports::ColumnType;

// The two documents take the same steps under different names.
class OdtPage {
 public:
  OdtPage(std::string& out, const std::string& title, const std::vector<std::pair<std::string, std::string>>& facts, Language language)
      : document_([&out](std::string_view piece) { out += piece; }, title, title, true) {
    document_.heading(title);
    for (const auto& [label, value] : facts) document_.paragraph(label + (language == Language::en ? ": " : "：") + value, reports::TextDocument::Look::small);
  }
  void heading(const std::string& text, int level) { document_.heading(text, level); }
  void body(const std::string& text) { document_.paragraph(text); }
  void small(const std::string& text) { document_.paragraph(text, reports::TextDocument::Look::small); }
  void strong(const std::string& text) { document_.paragraph(text, reports::TextDocument::Look::strong); }
  void table(const std::string&, const FigureTable& table) {
    document_.begin_table(table.columns);
    for (const auto& row : table.rows) document_.row(row);
    document_.end_table();
  }
  void chart(const reports::Chart& chart) { document_.chart(chart); }
  void finish() { document_.finish(); }

 private:
  reports::TextDocument document_;
};

class PrintPage {
 public:
  PrintPage(std::string& out, const std::string& title, const std::vector<std::pair<std::string, std::string>>& facts, Language language)
      : document_([&out](std::string_view piece) { out += piece; }, title, facts, language) {}
  void heading(const std::string& text, int level) { document_.heading(text, level); }
  void body(const std::string& text) { document_.paragraph(text); }
  void small(const std::string& text) { document_.paragraph(text, reports::PrintDocument::Look::small); }
  void strong(const std::string& text) { document_.paragraph(text, reports::PrintDocument::Look::strong); }
  void table(const std::string& title, const FigureTable& table) {
    document_.begin_table(title, table.columns);
    for (const auto& row : table.rows) document_.row(row);
    document_.end_table();
  }
  void chart(const reports::Chart& chart) { document_.chart(chart); }
  void finish() { document_.finish(); }

 private:
  reports::PrintDocument document_;
};

struct Words {
  Language language;
  std::string operator()(const char* key, const MessageArgs& args = {}) const { return i18n::text(key, language, args); }
  std::string day(Date on) const { return language == Language::en ? on.iso() : roc_long(on); }
  std::string moment(Instant at) const { return day(taipei_date(at)) + taipei_time_text(at).substr(10); }
  std::string of(const std::string& prefix, const std::string& name) const { return i18n::text(prefix + name, language); }
};

std::string period_text(const PackMeeting& m, const Words& t) {
  return m.period_from == m.period_to ? t.day(m.period_from) : t("meeting.pack.from_to", {{"from", t.day(m.period_from)}, {"to", t.day(m.period_to)}});
}

std::vector<std::pair<std::string, std::string>> facts_of(const Pack& pack, const std::string& hash, bool extract, const Words& t) {
  const auto& m = pack.meeting;
  std::vector<std::pair<std::string, std::string>> facts;
  if (pack.part == PackPart::closed) facts.emplace_back(t("meeting.pack.confidentiality"), t("meeting.pack.closed"));
  facts.emplace_back(t("column.number"), m.number);
  facts.emplace_back(t("meeting.pack.owner"), m.agency);
  facts.emplace_back(t("meeting.pack.period"), period_text(m, t));
  facts.emplace_back(t("meeting.pack.date"), t.day(m.planned_on) + (m.begins_at.empty() ? "" : " " + m.begins_at));
  if (!m.place.empty()) facts.emplace_back(t("meeting.pack.place"), m.place);
  if (!m.chair.empty()) facts.emplace_back(t("meeting.pack.chair"), m.chair);
  facts.emplace_back(t("list.as_of"), t.day(pack.as_of));
  facts.emplace_back(t("report.known_at"), t.moment(pack.known_at));
  facts.emplace_back(t("meeting.pack.frozen"), t("meeting.pack.frozen_by", {{"at", t.moment(pack.frozen_at)}, {"by", pack.frozen_by}}));
  facts.emplace_back("SHA-256", hash);
  if (extract) facts.emplace_back(t("meeting.pack.extract"), t("meeting.pack.extract_about"));
  return facts;
}

template <class Page>
void write_gates(Page& page, const Pack& pack, const Words& t) {
  if (pack.gates.empty()) return;
  page.heading(t("meeting.pack.gates"), 2);
  FigureTable table;
  table.columns = {{t("column.agency"), ColumnType::text}, {t("meeting.pack.series"), ColumnType::text}, {t("meeting.pack.first_stage"), ColumnType::long_text}};
  for (const auto& gate : pack.gates) {
    const auto state = gate.approved_at ? t("meeting.pack.gate_done", {{"number", gate.meeting_number.value_or("")}, {"at", t.moment(*gate.approved_at)}})
                                        : t("meeting.pack.gate_waived", {{"reason", gate.waived.value_or("")}, {"by", gate.waived_by.value_or("")}, {"at", gate.waived_at ? t.moment(*gate.waived_at) : ""}});
    table.rows.push_back({Cell::of(gate.agency), Cell::of(gate.series), Cell::of(state)});
  }
  page.table(t("meeting.pack.gates"), table);
}

template <class Page>
void write_decisions(Page& page, const Pack& pack, const Words& t) {
  page.heading(t("meeting.pack.decisions"), 2);
  if (pack.decisions.empty()) {
    page.body(t("meeting.pack.no_decisions"));
    return;
  }
  page.strong(t("meeting.pack.decisions_count", {{"count", std::to_string(pack.decisions.size())}}));
  FigureTable table;
  table.columns = {{t("column.number"), ColumnType::text}, {t("meeting.pack.decision"), ColumnType::long_text}, {t("column.agency"), ColumnType::text}, {t("column.due_on"), ColumnType::date}, {t("column.state"), ColumnType::text}, {t("meeting.pack.duty"), ColumnType::text}};
  for (const auto& one : pack.decisions) {
    table.rows.push_back({Cell::of(one.number), Cell::of(one.text), Cell::of(one.agency), Cell::of(one.due_on), Cell::of(t.of("lateness.", one.lateness)), Cell::of(one.duty_number)});
  }
  page.table(t("meeting.pack.decisions"), table);
}

template <class Page>
void write_table(Page& page, const std::string& title, const PackTable& packed, const Words& t) {
  page.table(title, figure_table(packed));
  if (packed.rows_left_out > 0) page.small(t("meeting.pack.left_out", {{"count", std::to_string(packed.rows_left_out)}}));
}

template <class Page>
void write_section(Page& page, const PackSection& section, const Words& t) {
  page.heading(section.title, 2);
  page.small(section.key == "manual" ? t("meeting.pack.manual_about") : t("meeting.pack.rule", {{"key", section.key}, {"version", std::to_string(section.version)}, {"about", section.about}}));
  if (!section.finding.empty()) page.strong(section.finding);
  if (section.chart) page.chart(chart_of(*section.chart));
  if (section.table) write_table(page, section.title, *section.table, t);
  int number = 0;
  for (const auto& entry : section.entries) {
    if (entry.struck) continue;
    page.heading(std::to_string(++number) + ". " + entry.title, 3);
    page.small(t("meeting.pack.reason", {{"agency", entry.agency.empty() ? t("meeting.pack.no_agency") : entry.agency}, {"reason", entry.reason}}));
    if (entry.added_by) page.small(t("meeting.pack.added_by", {{"by", *entry.added_by}}));
    if (entry.table) write_table(page, entry.title, *entry.table, t);
  }
  if (number == 0) page.body(t("meeting.pack.no_entries"));
  for (const auto& entry : section.entries) {
    if (entry.struck) page.small(t("meeting.pack.struck", {{"title", entry.title}, {"reason", *entry.struck}}));
  }
  for (const auto& definition : section.definitions) page.small(t("meeting.pack.definition", {{"name", definition.name}, {"text", definition.text}}));
}

template <class Page>
std::string written(const Pack& pack, const std::string& hash, bool extract, Language language) {
  const Words t{language};
  std::string out;
  Page page(out, t(extract ? "meeting.pack.extract_title" : "meeting.pack.title", {{"series", pack.meeting.series}, {"period", period_text(pack.meeting, t)}}), facts_of(pack, hash, extract, t), language);
  if (!extract) write_gates(page, pack, t);
  if (!extract || !pack.decisions.empty()) write_decisions(page, pack, t);
  for (const auto& section : pack.sections) write_section(page, section, t);
  page.finish();
  return out;
}

}  // namespace

std::string pack_odt(const Pack& pack, const std::string& hash, bool extract, Language language) { return written<OdtPage>(pack, hash, extract, language); }
std::string pack_html(const Pack& pack, const std::string& hash, bool extract, Language language) { return written<PrintPage>(pack, hash, extract, language); }

}  // namespace mandate::meetings
