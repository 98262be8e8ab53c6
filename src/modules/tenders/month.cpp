#include "modules/tenders/month.hpp"

namespace mandate::tenders {
namespace {

struct OwnRow {
  ItemId item_id;
  WorksKind works_kind = WorksKind::other;
  std::int64_t central_share = 0;
  std::int64_t contract = 0;
};
BOOST_DESCRIBE_STRUCT(OwnRow, (), (item_id, works_kind, central_share, contract))

std::map<std::int64_t, OwnRow> own_rows(db::Session& s, Instant at) {
  std::map<std::int64_t, OwnRow> out;
  constexpr auto columns = "item_id, works_kind, central_share, COALESCE(contract_price, award_price, 0)";
  for (auto& row : s.list<OwnRow>(std::string("SELECT ") + columns + " FROM tender WHERE recorded_at <= ? UNION ALL SELECT " + columns + " FROM tender_version WHERE recorded_at <= ? AND superseded_at > ?", at, at, at)) out[row.item_id.value] = row;
  return out;
}

MonthState state_of(tracking::ItemState state) {
  return state == tracking::ItemState::closed ? MonthState::closed : state == tracking::ItemState::cancelled ? MonthState::cancelled : MonthState::open;
}

MonthLag lag_of(const std::optional<tracking::LagKind>& kind) {
  if (!kind) return MonthLag::none;
  switch (*kind) {
    case tracking::LagKind::before_start: return MonthLag::before_start;
    case tracking::LagKind::behind_plan: return MonthLag::behind_plan;
    case tracking::LagKind::after_completion: return MonthLag::after_completion;
  }
  return MonthLag::none;
}

}  // namespace

std::vector<MonthTender> list_month(db::Session& s, const MonthQuestion& q) {
  tracking::StoodQuestion asked{"tender", q.scope, q.month.first_of_month(), taipei_end_of_day(q.month.last_of_month()), q.known_at};
  const auto own = own_rows(s, q.known_at);
  std::vector<MonthTender> out;
  std::map<std::int64_t, std::size_t> at;
  for (auto& item : tracking::list_stood(s, asked)) {
    MonthTender one;
    one.entry.agency_id = item.agency_id;
    one.entry.district = item.district;
    one.entry.state = state_of(item.state);
    one.entry.lag = lag_of(item.lag_kind);
    one.entry.lag_months = item.lag_run.value_or(0);
    one.entry.filed = item.period_on == asked.period_on;
    if (const auto found = own.find(item.id.value); found != own.end()) {
      one.entry.works_kind = found->second.works_kind;
      one.entry.central_money = found->second.central_share > 0;
      one.entry.contract = found->second.contract;
    }
    at[item.id.value] = out.size();
    one.item = std::move(item);
    out.push_back(std::move(one));
  }
  for (const auto& figure : tracking::list_stood_figures(s, asked)) {
    const auto place = at.find(figure.item_id.value);
    if (place == at.end() || figure.graded == 0) continue;  // by a plan made from two dates nobody is graded
    auto& one = out[place->second];
    if (figure.measure == "overall") {
      one.overall = figure.lag_current;
      one.months = figure.months_current;
      one.entry.planned = figure.planned_current;
      one.entry.actual = figure.actual;
    } else if (figure.measure == "construction") {
      one.construction = figure.lag_current;
    }
  }
  return out;
}

std::vector<MonthEntry> entries_of(const std::vector<MonthTender>& tenders) {
  std::vector<MonthEntry> out;
  out.reserve(tenders.size());
  for (const auto& one : tenders) out.push_back(one.entry);
  return out;
}

bool is_severe(const MonthTender& tender, const SevereFrom& from) {
  if (tender.entry.state != MonthState::open) return false;
  // Who files nothing does not get away from what the last filing said.
  if (!tender.entry.filed) return tender.item.computed == tracking::Rating::severe;
  return (tender.overall && *tender.overall >= from.overall) || (tender.construction && *tender.construction >= from.construction);
}

}  // namespace mandate::tenders
