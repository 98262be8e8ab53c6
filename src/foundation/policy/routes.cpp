#include "foundation/policy/module.hpp"

#include "foundation/policy/rules.hpp"
#include "kernel/roc_date.hpp"

namespace mandate::policy {
namespace {

struct PolicyListQuery {
  std::optional<Date> as_of;
  std::optional<Date> as_known_on;  // as it was known at the end of that day
};
BOOST_DESCRIBE_STRUCT(PolicyListQuery, (), (as_of, as_known_on))

struct PolicyHistoryQuery {
  std::string key;
};
BOOST_DESCRIBE_STRUCT(PolicyHistoryQuery, (), (key))

struct PolicyHistoryRow {
  std::string value;
  Date valid_from;
  std::optional<Date> valid_to;
  std::string source;
  Instant recorded_at;
  std::string changed_by_name;
  std::optional<Instant> superseded_at;
};
BOOST_DESCRIBE_STRUCT(PolicyHistoryRow, (), (value, valid_from, valid_to, source, recorded_at, changed_by_name, superseded_at))

struct PolicyListRow {
  std::string key;
  PolicyKind kind = PolicyKind::integer;
  std::string title;
  std::string value;
  std::string unit;
  Date valid_from;
  std::optional<Date> valid_to;
  std::string source;
  std::string changed_by_name;
  Instant recorded_at;
  std::string explanation;
  std::optional<std::string> least;
  std::optional<std::string> most;
  std::vector<std::string> choices;
  std::vector<PolicyHistoryRow> history;  // every other value, newest recording first: superseded ones and those to come among them
};
BOOST_DESCRIBE_STRUCT(PolicyListRow, (), (key, kind, title, value, unit, valid_from, valid_to, source, changed_by_name, recorded_at, explanation, least, most, choices, history))

struct PolicyList {
  std::vector<PolicyListRow> rows;
};
BOOST_DESCRIBE_STRUCT(PolicyList, (), (rows))

struct PolicyHistory {
  std::vector<PolicyHistoryRow> rows;
};
BOOST_DESCRIBE_STRUCT(PolicyHistory, (), (rows))

// The value may come as text, as a number, or as a list of texts.
struct PolicyValueInput {
  std::string key;
  http::Json value;
  Date valid_from;
  std::string source;
};
BOOST_DESCRIBE_STRUCT(PolicyValueInput, (), (key, value, valid_from, source))

struct PreviewQuery {
  std::string key;
  std::string value;
  Date valid_from;
};
BOOST_DESCRIBE_STRUCT(PreviewQuery, (), (key, value, valid_from))

struct PolicyEffectView {
  std::string text;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(PolicyEffectView, (), (text, count))

struct PolicyPreviewView {
  std::string summary;  // one sentence: how much moves, or why nothing does
  std::string before;
  std::string after;
  std::int64_t moved = 0;
  std::vector<PolicyEffectView> effects;
};
BOOST_DESCRIBE_STRUCT(PolicyPreviewView, (), (summary, before, after, moved, effects))

std::optional<std::string> text_of(const http::Json& value) {
  if (value.is_string()) return std::string(value.get_string().data(), value.get_string().size());
  if (value.is_int64()) return std::to_string(value.get_int64());
  if (value.is_double()) return fmt::format("{}", value.get_double());
  if (!value.is_array()) return std::nullopt;
  std::string out;
  for (const auto& item : value.get_array()) {
    if (item.is_array()) return std::nullopt;
    const auto text = text_of(item);
    if (!text) return std::nullopt;
    out += *text + "\n";
  }
  return out;
}

struct Names {
  const AccountName& name;
  Language language;
  std::map<std::int64_t, std::string> known;
  std::string of(std::int64_t account) {
    if (account == 0 || !name) return i18n::text("policy.system_account", language);
    auto& text = known[account];
    if (text.empty()) text = name(account);
    return text;
  }
};

// A list's items stand on one line.
std::string shown(std::string value, Language language) {
  for (auto at = value.find('\n'); at != std::string::npos; at = value.find('\n', at)) value.replace(at, 1, language == Language::en ? ", " : "、");
  return value;
}

std::string day_text(Date on, Language language) { return language == Language::en ? on.iso() : roc_short(on); }

std::string summary_of(const PolicyPreview& p, Language language) {
  const auto say = [&](const char* key, const MessageArgs& args = {}) { return i18n::text(key, language, args); };
  if (p.superseded_from) return say("policy.preview_superseded", {{"date", day_text(*p.superseded_from, language)}});
  if (p.before == p.after) return say("policy.preview_same");
  if (!p.counted) return say("policy.preview_uncounted");
  const MessageArgs args = {{"count", std::to_string(p.moved)}, {"date", p.starts_on ? day_text(*p.starts_on, language) : ""}};
  if (p.moved == 0) return say(p.starts_on ? "policy.preview_none_later" : "policy.preview_none", args);
  return say(p.starts_on ? "policy.preview_moves_later" : "policy.preview_moves", args);
}

// The day before the next value that was known with this one.
std::optional<Date> last_day(const std::vector<PolicyRow>& rows, const PolicyRow& row, std::optional<Instant> known_at) {
  for (const auto& later : known_rows(rows, known_at)) {
    if (later.valid_from > row.valid_from) return later.valid_from.plus_days(-1);
  }
  return std::nullopt;
}

// As it was known at the instant (none: now): what was recorded later is left out, and a row superseded later stands as it stood.
std::vector<PolicyHistoryRow> history_of(const std::vector<PolicyRow>& rows, const PolicyRow* without, std::optional<Instant> known_at, Names& names) {
  std::vector<PolicyHistoryRow> out;
  for (auto at = rows.rbegin(); at != rows.rend(); ++at) {
    if (&*at == without || (known_at && at->recorded_at > *known_at)) continue;
    const auto superseded_at = at->superseded_at && (!known_at || *at->superseded_at <= *known_at) ? at->superseded_at : std::nullopt;
    const auto among = superseded_at ? std::optional(at->recorded_at) : known_at;
    out.push_back({shown(at->value, names.language), at->valid_from, last_day(rows, *at, among), at->source, at->recorded_at, names.of(at->recorded_by), superseded_at});
  }
  return out;
}

PolicyListRow row_of(const PolicyDefinition& definition, const PolicySnapshot& snapshot, const PolicyMoment& moment, Names& names) {
  const bool english = names.language == Language::en;
  PolicyListRow row;
  row.key = definition.key;
  row.kind = definition.kind;
  row.title = english ? definition.title_en : definition.title_zh;
  row.explanation = english ? definition.explanation_en : definition.explanation_zh;
  if (!definition.unit.empty()) row.unit = i18n::text("policy.unit." + definition.unit, names.language);
  row.choices = definition.choices;
  if (definition.kind == PolicyKind::integer || (definition.kind == PolicyKind::list && definition.most != 0)) {
    row.least = std::to_string(definition.least);
    row.most = std::to_string(definition.most);
  } else if (definition.kind == PolicyKind::percent) {
    row.least = Percent{definition.least}.text();
    row.most = Percent{definition.most}.text();
  }
  const auto& rows = snapshot.rows_of(definition.key);
  const auto* found = row_in_force(rows, moment);
  if (found != nullptr) {
    row.value = shown(found->value, names.language);
    row.valid_from = found->valid_from;
    row.source = found->source;
    row.recorded_at = found->recorded_at;
    row.changed_by_name = names.of(found->recorded_by);
    row.valid_to = last_day(rows, *found, moment.known_at);
  }
  row.history = history_of(rows, found, moment.known_at, names);
  return row;
}

}  // namespace

void PolicyModule::add_routes(http::Router& router) {
  const std::string tag = "policy";
  router.get<PolicyListQuery, PolicyList>("/api/policies", {.permission = "policy.read", .summary = "Policy values in force on a day, with their history", .tag = tag},
                                          [this](const Actor& actor, const PolicyListQuery& in) -> Result<PolicyList> {
                                            const auto snapshot = policies_.snapshot();
                                            const PolicyMoment moment{in.as_of.value_or(clock_.today()), in.as_known_on ? std::optional(taipei_end_of_day(*in.as_known_on)) : std::nullopt};
                                            Names names{account_name_, actor.language, {}};
                                            PolicyList list;
                                            for (const auto& key : policies_.keys()) list.rows.push_back(row_of(*policies_.find_definition(key), *snapshot, moment, names));
                                            return list;
                                          });
  router.get<PolicyHistoryQuery, PolicyHistory>("/api/policies/{key}/values", {.permission = "policy.read", .summary = "Every value a policy was ever given", .tag = tag},
                                                [this](const Actor& actor, const PolicyHistoryQuery& in) -> Result<PolicyHistory> {
                                                  if (policies_.find_definition(in.key) == nullptr) return fault(FaultKind::not_found, "policy.not_found");
                                                  Names names{account_name_, actor.language, {}};
                                                  const auto snapshot = policies_.snapshot();
                                                  return PolicyHistory{history_of(snapshot->rows_of(in.key), nullptr, {}, names)};
                                                });
  router.get<PreviewQuery, PolicyPreviewView>("/api/policies/{key}/preview", {.permission = "policy.edit", .summary = "What a new value would move, as things stand today; nothing is changed", .tag = tag},
                                        [this](const Actor& actor, const PreviewQuery& in) -> Result<PolicyPreviewView> {
                                          MANDATE_ASSIGN(const auto preview_now, preview(actor, in.key, in.value, in.valid_from));
                                          PolicyPreviewView view{summary_of(preview_now, actor.language), shown(preview_now.before, actor.language), shown(preview_now.after, actor.language), preview_now.moved, {}};
                                          for (const auto& effect : preview_now.effects) view.effects.push_back({effect.text, effect.count});
                                          return view;
                                        });
  router.post<PolicyValueInput, PolicyListRow>("/api/policies/{key}/values", {.permission = "policy.edit", .summary = "Gives a policy a value from a day on", .tag = tag},
                                               [this](const Actor& actor, const PolicyValueInput& in) -> Result<PolicyListRow> {
                                                 const auto value = text_of(in.value);
                                                 if (!value) return field_fault("value", "input.expected_text");
                                                 MANDATE_TRY(service_.set(actor, in.key, *value, in.valid_from, in.source));
                                                 Names names{account_name_, actor.language, {}};
                                                 return row_of(*policies_.find_definition(in.key), *policies_.snapshot(), {clock_.today(), {}}, names);
                                               });
}

}  // namespace mandate::policy
