// Periods laid over periods, trees without circles, names as people write them, and what an agency's fields may hold: pure functions.
#pragma once

#include "foundation/agencies/api.hpp"
#include "platform/csv/csv.hpp"

#include <algorithm>

namespace mandate::agencies {

// What changes when `added` takes effect among the current periods of one thing: those it touches are superseded, their parts outside of it are
// recorded again. Without an end it lasts to the end of the period that covers its first day, else to the day before the next one.
template <class R>
struct Overlay {
  std::vector<std::int64_t> superseded;  // row ids
  std::vector<R> inserted;
};

template <class R>
std::optional<Date> natural_end(const std::vector<R>& current, Date from) {
  std::optional<Date> end;
  for (const auto& row : current) {
    if (row.covers(from)) return row.valid_to;
    if (row.valid_from > from && (!end || row.valid_from.plus_days(-1) < *end)) end = row.valid_from.plus_days(-1);
  }
  return end;
}

template <class R>
Overlay<R> overlay(const std::vector<R>& current, const R& added) {
  Overlay<R> out;
  for (const auto& row : current) {
    if (added.valid_to && row.valid_from > *added.valid_to) continue;
    if (row.valid_to && *row.valid_to < added.valid_from) continue;
    out.superseded.push_back(row.row_id);
    if (row.valid_from < added.valid_from) {
      out.inserted.push_back(row);
      out.inserted.back().valid_to = added.valid_from.plus_days(-1);
    }
    if (added.valid_to && (!row.valid_to || *row.valid_to > *added.valid_to)) {
      out.inserted.push_back(row);
      out.inserted.back().valid_from = added.valid_to->plus_days(1);
    }
  }
  out.inserted.push_back(added);
  return out;
}

// What changes when a thing ends with that day.
template <class R>
Overlay<R> closed_after(const std::vector<R>& current, Date last) {
  Overlay<R> out;
  for (const auto& row : current) {
    if (row.valid_to && *row.valid_to <= last) continue;
    out.superseded.push_back(row.row_id);
    if (row.valid_from <= last) {
      out.inserted.push_back(row);
      out.inserted.back().valid_to = last;
    }
  }
  return out;
}

bool overlap(const Dated& a, const Dated& b);

// Agencies that stand above themselves on some day of the records' periods, in the order of the records. Only current records are given.
std::vector<AgencyId> circles(const std::vector<AgencyRecord>& records);

// Every folded text that names the agency; `city` is the folded name of the city's government.
std::vector<std::string> names_of(const AgencyRecord& record, const std::string& city);
// A text as it is looked up: folded, without the city's name in front.
std::string lookup_name(std::string_view text, const std::string& city);

// What a user gives of an agency. Faults name the column; the line is the caller's.
struct AgencyFields {
  std::string code;
  std::string name;
  std::string short_name;
  std::string aliases;
  AgencyKind kind = AgencyKind::first_level;
  bool self_governing = false;
  Date valid_from;
  std::optional<Date> valid_to;
};
std::vector<csv::LineFault> check_fields(const AgencyFields& fields);
std::vector<csv::LineFault> check_contact(const std::string& name, const std::string& phone, const std::string& email);
bool date_in_range(Date on);  // 1900 to 2150
bool check_title(std::string_view title);  // of units, posts and people: 1 to 60 characters, no control characters

}  // namespace mandate::agencies
