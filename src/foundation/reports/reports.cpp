#include "foundation/reports/reports.hpp"

#include "kernel/roc_date.hpp"

namespace mandate::reports {

void Reports::add(ReportKind kind) {
  if (find(kind.name) != nullptr) throw std::logic_error("two reports with the name " + kind.name);
  kinds_.push_back(std::move(kind));
}

const ReportKind* Reports::find(const std::string& name) const {
  for (const auto& kind : kinds_) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

std::string Reports::title_of(const std::string& name, const Query& parameters, Language language) const {
  const auto* kind = find(name);
  if (kind == nullptr) return name;
  const auto own = kind->free ? parameters.find("title") : parameters.end();
  return own == parameters.end() || own->second.empty() ? i18n::text(kind->title, language) : own->second;
}

Result<Table> Reports::ask(const std::string& name, Question question) const {
  const auto* kind = find(name);
  if (kind == nullptr) return fault(FaultKind::not_found, "report.unknown");
  const auto t = [&](const std::string& key, const MessageArgs& args = {}) { return i18n::text(key, question.language, args); };
  std::string asked;
  for (const auto& [parameter, value] : question.parameters) {
    const auto known = std::find_if(kind->parameters.begin(), kind->parameters.end(), [&](const auto& one) { return one.name == parameter; });
    if (known == kind->parameters.end()) return field_fault(parameter, "input.unknown");
    std::string shown = value;
    if (known->kind == ListFilter::Kind::agency) {
      std::int64_t id = 0;
      if (!http::read_int64(value, id)) return field_fault(parameter, "input.expected_id");
      if (agency_name_) shown = agency_name_(id, question.as_of, question.known_at);
    }
    asked += (asked.empty() ? "" : question.language == Language::en ? "; " : "；") + t(known->title) + (question.language == Language::en ? ": " : "：") + shown;
  }
  if (agency_name_) {
    question.agency_name = [name_at = agency_name_, as_of = question.as_of, known_at = question.known_at](std::int64_t id) { return name_at(id, as_of, known_at); };
  } else {
    question.agency_name = [](std::int64_t id) { return std::to_string(id); };
  }
  MANDATE_ASSIGN(auto table, kind->open(question));
  table.title = title_of(name, question.parameters, question.language);
  const auto day = [&](Date on) { return question.language == Language::en ? on.iso() : roc_long(on); };
  table.file_name = table.title + "-" + question.as_of.iso();
  const std::string known = day(taipei_date(question.known_at)) + taipei_time_text(question.known_at).substr(10);
  std::vector<std::pair<std::string, std::string>> above = {{t("list.as_of"), day(question.as_of)}, {t("report.known_at"), known}};
  if (!kind->free) above.emplace_back(t("list.filter"), asked.empty() ? t("list.no_filter") : asked);
  table.facts.insert(table.facts.begin(), above.begin(), above.end());
  return table;
}

void Figures::add(const Row& row) {
  std::string text;
  for (const auto& cell : row) text += std::to_string(static_cast<int>(cell.kind)) + ":" + std::to_string(cell.number) + ":" + std::to_string(cell.text.size()) + ":" + cell.text + "\n";
  hash_.add(text + "--\n");
  ++rows_;
}

std::string Figures::finish() { return hash_.finish_hex(); }

std::string figures_of(const std::vector<Row>& rows) {
  Figures figures;
  for (const auto& row : rows) figures.add(row);
  return figures.finish();
}

std::string scope_to_text(const identity::Scope& scope) {
  boost::json::array parts;
  const auto ids = [](const std::set<std::int64_t>& set) {
    boost::json::array out;
    for (const auto id : set) out.push_back(id);
    return out;
  };
  for (const auto& part : scope.parts) {
    boost::json::array origins;
    for (const auto& origin : part.origins) origins.emplace_back(origin);
    parts.push_back(boost::json::object{{"everything", part.everything}, {"agencies", ids(part.agencies)}, {"units", ids(part.units)}, {"posts", ids(part.posts)}, {"origins", origins}, {"up_to", static_cast<int>(part.up_to)}, {"with_detail", part.with_detail}});
  }
  return boost::json::serialize(parts);
}

identity::Scope scope_from_text(const std::string& text) {
  identity::Scope scope;
  const auto read = boost::json::parse(text);
  for (const auto& one : read.as_array()) {
    const auto& object = one.as_object();
    identity::ScopePart part;
    part.everything = object.at("everything").as_bool();
    const auto ids = [&](const char* name, std::set<std::int64_t>& set) {
      for (const auto& id : object.at(name).as_array()) set.insert(id.as_int64());
    };
    ids("agencies", part.agencies);
    ids("units", part.units);
    ids("posts", part.posts);
    for (const auto& origin : object.at("origins").as_array()) part.origins.insert(std::string(origin.as_string()));
    part.up_to = static_cast<identity::Confidentiality>(object.at("up_to").as_int64());
    part.with_detail = object.at("with_detail").as_bool();
    scope.parts.push_back(std::move(part));
  }
  return scope;
}

bool covers(const identity::Scope& reader, const identity::Scope& made_under) {
  const auto within = [](const auto& narrow, const auto& wide) { return wide.empty() || (!narrow.empty() && std::includes(wide.begin(), wide.end(), narrow.begin(), narrow.end())); };
  return std::all_of(made_under.parts.begin(), made_under.parts.end(), [&](const identity::ScopePart& made) {
    return std::any_of(reader.parts.begin(), reader.parts.end(), [&](const identity::ScopePart& part) {
      const bool place = part.everything || (!made.everything && std::includes(part.agencies.begin(), part.agencies.end(), made.agencies.begin(), made.agencies.end()));
      return place && part.up_to >= made.up_to && (part.with_detail || !made.with_detail) && within(made.units, part.units) && within(made.posts, part.posts) && within(made.origins, part.origins);
    });
  });
}

}  // namespace mandate::reports
