#include "modules/tenders/work_words.hpp"

#include "kernel/roc_date.hpp"

namespace mandate::tenders {
namespace {

using tracking::ItemState;

// Hundredths of a month, to one decimal: more would sound more exact than it is.
std::string months_text(std::int64_t hundredths) {
  const auto tenths = (hundredths + 5) / 10;
  return tenths % 10 == 0 ? std::to_string(tenths / 10) : fmt::format("{}.{}", tenths / 10, tenths % 10);
}

std::string points_text(std::int64_t basis_points) { return Percent{basis_points}.text(); }

}  // namespace

std::string month_name(Date period, tracking::PeriodType every, Language language) {
  if (every != tracking::PeriodType::month) return tracking::period_label(period, every);
  return i18n::text("works.month_name", language, {{"year", std::to_string(language == Language::en ? period.year() : roc_year(period.year()))}, {"month", std::to_string(period.month())}});
}

std::string lag_words(const tracking::PublishedFigure& f, Language language) {
  if (f.lag_current < 0) return i18n::text("works.ahead_points", language, {{"points", points_text(-f.lag_current)}});
  if (f.lag_current == 0) return i18n::text("works.no_lag", language);
  // Under a twentieth of a month there is nothing to say in months.
  if (f.months_current < 5) return i18n::text("works.points", language, {{"points", points_text(f.lag_current)}});
  return i18n::text("works.points_months", language, {{"points", points_text(f.lag_current)}, {"months", months_text(f.months_current)}});
}

std::string dollars(std::int64_t amount, Language language) {
  std::string digits = std::to_string(amount);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return i18n::text("works.dollars", language, {{"amount", digits}});
}

WorkStanding standing_of(const tracking::PublishedItem& item, bool late, bool severe, Language language) {
  const auto t = [&](const char* key, const MessageArgs& args = {}) { return i18n::text(key, language, args); };
  WorkStanding out;
  out.lag = t("works.unknown_value");
  const auto* filed = item.newest_filed();
  // By the measure that is behind most: construction may lag where the whole does not.
  const tracking::PublishedFigure* figure = nullptr;
  if (filed != nullptr) {
    figure = &filed->figures.front();
    if (late && figure->lag_current <= 0) {
      for (const auto& one : filed->figures) {
        if (one.lag_current > figure->lag_current) figure = &one;
      }
    }
    out.lag = lag_words(*figure, language);
  }
  if (item.core.state == ItemState::closed || item.core.state == ItemState::cancelled) {
    const bool closed = item.core.state == ItemState::closed;
    out.code = closed ? "done" : "cancelled";
    out.status = t(closed ? "works.is_closed" : "works.is_cancelled");
    out.lead = t(closed ? "works.say_closed" : "works.say_cancelled");
    return out;
  }
  const auto* missing = item.newest_missing();
  if (figure == nullptr) {
    out.code = missing != nullptr ? "missing" : "not_yet_due";
    out.status = t(missing != nullptr ? "works.is_missing" : "works.is_unknown");
    out.lead = t("works.say_nothing");
  } else {
    const auto month = month_name(filed->period_on, filed->every, language);
    MessageArgs args{{"month", month}, {"planned", points_text(figure->planned_current)}, {"actual", points_text(figure->actual)}, {"points", points_text(figure->lag_current)}, {"months", months_text(figure->months_current)}};
    out.lead = t(!late ? "works.say_on_time" : figure->months_current < 5 ? "works.say_late_points" : "works.say_late", args);
    out.code = severe ? "severe" : late ? "late" : "on_time";
    out.status = t(severe ? "works.is_severe" : late ? "works.is_late" : "works.is_on_time");
    // What was known is no longer what is: the missing report is the news.
    if (missing != nullptr && !late) {
      out.code = "missing";
      out.status = t("works.is_missing");
    }
  }
  if (missing != nullptr) out.note = t("works.say_missing", {{"month", month_name(missing->period_on, missing->every, language)}});
  for (const auto& period : item.periods) {
    if (period.state == tracking::ReportState::in_review && (filed == nullptr || period.period_on > filed->period_on)) out.note += (out.note.empty() ? "" : " ") + t("works.say_in_review", {{"month", month_name(period.period_on, period.every, language)}});
  }
  return out;
}

}  // namespace mandate::tenders
