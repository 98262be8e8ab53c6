#include "foundation/duties/conditions.hpp"

#include "foundation/facts/question.hpp"

namespace mandate::duties {
namespace {

using statistics::WrittenCondition;

Fault bad_value(const WrittenCondition& c, const std::string& value) { return field_fault("where", "statistics.unknown_value", {{"name", c.dimension}, {"value", value.substr(0, 40)}}); }

// "column IN (?, ?)", or not.
SqlCondition in(const std::string& column, std::vector<db::Value> values, bool except) {
  std::string marks;
  for (std::size_t i = 0; i < values.size(); ++i) marks += i == 0 ? "?" : ",?";
  return {column + (except ? " NOT IN (" : " IN (") + marks + ")", std::move(values)};
}

template <class E>
Result<SqlCondition> one_of_names(const WrittenCondition& c, const char* column) {
  std::vector<db::Value> values;
  for (const auto& value : c.values) {
    E one{};
    if (!boost::describe::enum_from_string(value.c_str(), one)) return bad_value(c, value);
    values.push_back(db::to_value(one));
  }
  return in(column, std::move(values), c.except);
}

Result<SqlCondition> one_of_ids(const WrittenCondition& c, const char* column) {
  std::vector<db::Value> values;
  for (const auto& value : c.values) {
    std::int64_t id = 0;
    if (!http::read_int64(value, id)) return bad_value(c, value);
    values.push_back(db::to_value(id));
  }
  return in(column, std::move(values), c.except);
}

Result<SqlCondition> one_of_texts(const WrittenCondition& c, const char* column) {
  std::vector<db::Value> values;
  for (const auto& value : c.values) values.push_back(db::to_value(value));
  return in(column, std::move(values), c.except);
}

Result<SqlCondition> yes_or_no(const WrittenCondition& c, const std::string& yes) {
  bool wants_yes = false;
  bool wants_no = false;
  for (const auto& value : c.values) {
    if (value != "yes" && value != "no") return bad_value(c, value);
    (value == "yes" ? wants_yes : wants_no) = true;
  }
  if (c.except) {
    wants_yes = !wants_yes;
    wants_no = !wants_no;
  }
  return SqlCondition{wants_yes && wants_no ? "1=1" : wants_yes ? yes : wants_no ? "NOT (" + yes + ")" : "1=0", {}};
}

Result<SqlCondition> one_of_latenesses(const WrittenCondition& c, Date today, const DutyPolicy& policy) {
  SqlCondition out;
  for (const auto& value : c.values) {
    Lateness one{};
    if (!boost::describe::enum_from_string(value.c_str(), one)) return bad_value(c, value);
    out.sql += out.sql.empty() ? "" : " OR ";
    switch (one) {
      case Lateness::cancelled: out.sql += "d.state = 'cancelled'"; break;
      case Lateness::done: out.sql += "(d.state = 'done' AND COALESCE(d.done_on, '') <= d.due_on)"; break;
      case Lateness::done_late: out.sql += "(d.state = 'done' AND COALESCE(d.done_on, '') > d.due_on)"; break;
      default: {
        const auto range = due_range_of(one, today, policy);
        out.sql += "(d.state = 'open'";
        if (range.from) {
          out.sql += " AND d.due_on >= ?";
          out.values.push_back(db::to_value(*range.from));
        }
        if (range.to) {
          out.sql += " AND d.due_on <= ?";
          out.values.push_back(db::to_value(*range.to));
        }
        out.sql += ")";
      }
    }
  }
  out.sql = c.except ? "NOT (" + out.sql + ")" : "(" + out.sql + ")";
  return out;
}

// Days from the first to the last, both included; none where the row has no such day.
struct Days {
  std::optional<Date> from;
  std::optional<Date> to;
};

SqlCondition within(const std::string& day, const Days& days) {
  SqlCondition out;
  // An instant of creation is compared by the first moments of its days in Taipei.
  const bool instant = day == "created";
  const std::string column = instant ? "d.created_at" : day == "due" ? "d.due_on" : "COALESCE(d.done_on, '')";
  if (days.from) {
    out.sql = column + " >= ?";
    out.values.push_back(instant ? db::to_value(taipei_midnight(*days.from)) : db::to_value(*days.from));
  } else if (day == "done") {
    out.sql = column + " <> ''";
  }
  if (days.to) {
    out.sql += (out.sql.empty() ? "" : " AND ") + column + (instant ? " < ?" : " <= ?");
    out.values.push_back(instant ? db::to_value(taipei_midnight(days.to->plus_days(1))) : db::to_value(*days.to));
  }
  return out;
}

Result<SqlCondition> one_of_periods(const WrittenCondition& c, const std::string& day, facts::Grain grain) {
  SqlCondition out;
  for (const auto& value : c.values) {
    out.sql += out.sql.empty() ? "" : " OR ";
    if (value.empty()) {
      out.sql += day == "done" ? "d.done_on IS NULL" : "1=0";
      continue;
    }
    const auto on = Date::parse(value.size() == 7 ? value + "-01" : value.size() == 4 ? value + "-01-01" : value);
    if (!on) return bad_value(c, value);
    const Date first = facts::first_of(grain, *on);
    auto one = within(day, {first, facts::last_of(grain, first)});
    out.sql += "(" + one.sql + ")";
    out.values.insert(out.values.end(), one.values.begin(), one.values.end());
  }
  out.sql = c.except ? "NOT (" + out.sql + ")" : "(" + out.sql + ")";
  return out;
}

Result<SqlCondition> one(const WrittenCondition& c, Date today, const DutyPolicy& policy) {
  static const std::map<std::string, const char*> ids = {{"agency", "d.agency_id"}, {"unit", "d.unit_id"}, {"post", "d.post_id"}, {"goal", "d.goal_id"}};
  static const std::map<std::string, const char*> texts = {{"origin", "d.origin"}, {"district", "d.district"}};
  static const std::map<std::string, facts::Grain> grains = {{"", facts::Grain::day}, {"_day", facts::Grain::day}, {"_week", facts::Grain::week}, {"_month", facts::Grain::month}, {"_quarter", facts::Grain::quarter}, {"_year", facts::Grain::year}};
  if (c.dimension == "granted" && (c.from || c.to)) {  // more time was granted on one of these days
    SqlCondition out{"EXISTS (SELECT 1 FROM duty_extension e WHERE e.duty_id = d.id AND e.state = 'approved'", {}};
    if (c.from) {
      out.sql += " AND e.decided_at >= ?";
      out.values.push_back(db::to_value(taipei_midnight(*c.from)));
    }
    if (c.to) {
      out.sql += " AND e.decided_at < ?";
      out.values.push_back(db::to_value(taipei_midnight(c.to->plus_days(1))));
    }
    out.sql += ")";
    return out;
  }
  for (const std::string day : {"due", "done", "created"}) {
    if (c.dimension.rfind(day, 0) != 0) continue;
    if ((c.from || c.to) && c.dimension == day) return within(day, {c.from, c.to});
    const auto grain = grains.find(c.dimension.substr(day.size()));
    if (grain != grains.end() && !c.from && !c.to) return one_of_periods(c, day, grain->second);
  }
  if (c.from || c.to) return field_fault("where", "statistics.not_a_day", {{"name", c.dimension}});
  if (const auto id = ids.find(c.dimension); id != ids.end()) return one_of_ids(c, id->second);
  if (const auto text = texts.find(c.dimension); text != texts.end()) return one_of_texts(c, text->second);
  if (c.dimension == "severity") return one_of_names<Severity>(c, "d.severity");
  if (c.dimension == "confidentiality") return one_of_names<Confidentiality>(c, "d.confidentiality");
  if (c.dimension == "state") return one_of_names<DutyState>(c, "d.state");
  if (c.dimension == "recurring") return yes_or_no(c, "d.series_id <> 0");
  if (c.dimension == "extended") return yes_or_no(c, "d.due_on > d.first_due_on");
  if (c.dimension == "lateness") return one_of_latenesses(c, today, policy);
  return field_fault("where", "facts.unknown_dimension", {{"name", c.dimension.substr(0, 40)}});
}

}  // namespace

Result<std::vector<SqlCondition>> sql_of(const std::vector<WrittenCondition>& conditions, Date today, const DutyPolicy& policy) {
  std::vector<SqlCondition> out;
  for (const auto& c : conditions) {
    MANDATE_ASSIGN(auto condition, one(c, today, policy));
    out.push_back(std::move(condition));
  }
  return out;
}

}  // namespace mandate::duties
