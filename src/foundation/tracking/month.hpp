// All work of one kind as it stood at the end of a period: what monthly snapshots, packs and exports of every programme count.
#pragma once

#include "foundation/tracking/model.hpp"

namespace mandate::tracking {

// One item under control, closed or cancelled by then. What was closed later counts as it stood at the end of the period.
struct StoodItem {
  ItemId id;
  std::string number, title;
  std::int64_t agency_id = 0, unit_id = 0, post_id = 0;
  std::string origin, district;
  ItemState state = ItemState::executing;
  identity::Confidentiality confidentiality = identity::Confidentiality::internal;
  std::optional<Date> period_on;     // of the newest period graded by then; none: nothing was ever filed
  std::optional<LagKind> lag_kind;   // in that period; none: conforming
  std::optional<std::int64_t> lag_run;
  std::optional<Rating> computed;
};
BOOST_DESCRIBE_STRUCT(StoodItem, (), (id, number, title, agency_id, unit_id, post_id, origin, district, state, confidentiality, period_on, lag_kind, lag_run, computed))

// What was filed of this very period; an item that filed nothing has none.
struct StoodFigure {
  ItemId item_id;
  std::string measure;
  std::int64_t planned_current = 0, actual = 0, lag_first = 0, lag_current = 0, months_current = 0, graded = 1;
};
BOOST_DESCRIBE_STRUCT(StoodFigure, (), (item_id, measure, planned_current, actual, lag_first, lag_current, months_current, graded))

struct StoodQuestion {
  std::string kind;
  identity::Scope scope;
  Date period_on;   // the period's first day
  Instant ended_at; // the last moment of the period
  Instant known_at; // what was filed and decided by then
};

std::vector<StoodItem> list_stood(db::Session& s, const StoodQuestion& question);  // by id
std::vector<StoodFigure> list_stood_figures(db::Session& s, const StoodQuestion& question);  // by item and measure

}  // namespace mandate::tracking
