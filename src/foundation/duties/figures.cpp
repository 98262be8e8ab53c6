// What can be counted of duties, in words: dimensions, figures, rates and their definitions.
#include "foundation/duties/facts.hpp"
#include "foundation/duties/service.hpp"
#include "foundation/places/api.hpp"
#include "foundation/statistics/api.hpp"

namespace mandate::duties {
namespace {

using statistics::Choice;
using statistics::DimensionWords;
using statistics::Measure;

std::vector<Choice> named(const std::vector<std::string>& values, const std::string& prefix, Language language) {
  std::vector<Choice> out;
  for (const auto& value : values) out.push_back({value, i18n::text(prefix + value, language)});
  return out;
}

DimensionWords chosen(const char* name, std::vector<std::string> values, std::string prefix) {
  return {name, [values = std::move(values), prefix = std::move(prefix)](Language language) { return named(values, prefix, language); }};
}

std::string none_or(const std::string& name, Language language) { return name.empty() ? i18n::text("statistics.none", language) : name; }

std::vector<DimensionWords> common(Duties::Parts& p) {
  std::vector<DimensionWords> out;
  out.push_back({"agency", [&p](Language) {
                   std::vector<Choice> all;
                   if (!p.directory.agencies_in_order) return all;
                   for (const auto id : p.directory.agencies_in_order()) all.push_back({std::to_string(id), p.directory.agency_name(id)});
                   return all;
                 },
                 [&p](const std::string& id, Language) { return p.directory.agency_name(std::stoll(id)); }});
  out.push_back({"unit", {}, [&p](const std::string& id, Language language) { return none_or(id == "0" || !p.directory.unit_name ? "" : p.directory.unit_name(std::stoll(id)), language); }});
  out.push_back({"post", {}, [&p](const std::string& id, Language language) { return none_or(id == "0" ? "" : p.directory.post_name(std::stoll(id)), language); }});
  out.push_back(chosen("origin", {"plan", "pledge", "tender", "council", "petition", "contact", "document", "inspection", "youth_council", "meeting", "own"}, "origin."));
  out.push_back(chosen("severity", {"critical", "high", "normal"}, "severity."));
  out.push_back(chosen("confidentiality", {"open", "internal", "confidential"}, "confidentiality."));
  out.push_back({"district", [](Language language) {
                   std::vector<Choice> all;
                   for (const auto& district : places::districts()) all.push_back({district.code, language == Language::en ? district.english : district.name});
                   return all;
                 },
                 [](const std::string&, Language language) { return i18n::text("dimension.district.none", language); }});
  out.push_back({"goal", [&p](Language) {
                   std::vector<Choice> all;
                   if (!p.directory.goal_names) return all;
                   for (const auto& [id, name] : p.directory.goal_names()) all.push_back({std::to_string(id), name});
                   return all;
                 },
                 [](const std::string&, Language language) { return i18n::text("dimension.goal.none", language); }});
  return out;
}

statistics::Subject duties_subject(Duties::Parts& p) {
  statistics::Subject s;
  s.dataset = "duties";
  s.permission = "duty.read";
  s.record_kind = "duty";
  s.measured = "lateness";
  s.due = {"late", "severe", "done", "done_late"};
  s.period = "due";
  s.personal_dimension = "origin";
  s.personal_values = {"petition", "contact"};
  s.list = "duties";
  s.dimensions = common(p);
  s.dimensions.push_back(chosen("lateness", {"severe", "late", "at_risk", "on_time", "done", "done_late", "cancelled"}, "lateness."));
  s.dimensions.push_back(chosen("state", {"open", "done", "cancelled"}, "state."));
  s.dimensions.push_back(chosen("recurring", {"yes", "no"}, "dimension.recurring."));
  s.dimensions.push_back(chosen("extended", {"yes", "no"}, "dimension.extended."));
  const std::vector<std::string> kept = {"done"};
  const std::vector<std::string> all_done = {"done", "done_late"};
  const std::vector<std::string> overdue = {"late", "severe"};
  const std::vector<std::string> was_due = {"done", "done_late", "late", "severe"};
  const std::vector<std::string> owed = {"on_time", "at_risk", "late", "severe", "done", "done_late"};
  s.measures = {{"count", {}},
                {"owed", owed},
                {"open", {"on_time", "at_risk", "late", "severe"}},
                {"on_time", {"on_time"}},
                {"at_risk", {"at_risk"}},
                {"late", overdue, {}, true},
                {"severe", {"severe"}, {}, true},
                {"done", all_done, {}, true},
                {"done_late", {"done_late"}, {}, true},
                {"cancelled", {"cancelled"}},
                {"on_time_rate", kept, was_due, true, 1, "unsourced"},
                {"in_time_rate", kept, all_done, true, 1, "document_rules"},
                {"overdue_rate", {"done_late", "late", "severe"}, owed, true, 1, "document_rules"},
                {"closed_rate", all_done, owed, true, 1, "unsourced"}};
  return s;
}

statistics::Subject steps_subject(Duties::Parts& p) {
  statistics::Subject s;
  s.dataset = "steps";
  s.permission = "duty.read";
  s.record_kind = "duty";
  s.measured = "what";
  s.period = "at";
  s.personal_dimension = "origin";
  s.personal_values = {"petition", "contact"};
  s.dimensions = common(p);
  s.dimensions.push_back(chosen("what", {"created", "done", "reopened", "cancelled", "reassigned", "extension_asked", "extension_approved", "extension_refused", "edited", "calendar_moved", "undone", "other"}, "step."));
  s.measures = {{"step_count", {}}, {"created_steps", {"created"}}, {"done_steps", {"done"}}, {"extension_steps", {"extension_approved"}}, {"extension_rate", {"extension_approved"}, {"extension_approved", "extension_refused"}, false, 1, "unsourced"}};
  return s;
}

}  // namespace

void add_duty_statistics(statistics::Statistics& statistics, Duties& duties) {
  duties.parts().condition_words = [&statistics](const std::vector<statistics::WrittenCondition>& conditions, Language language) { return statistics.in_words("duties", conditions, language); };
  statistics.add(duties_subject(duties.parts()), duty_facts());
  statistics.add(steps_subject(duties.parts()), step_facts());
}

}  // namespace mandate::duties
