#include "app/curve_command.hpp"

#include "app/command.hpp"
#include "foundation/tracking/curve_file.hpp"

#include <cmath>
#include <iostream>

namespace mandate::app {
namespace {

using tracking::CurveState;

// Six decimals are more than the values that came in; nobody wants 0.30000000000000004.
double rounded(double x) {
  const double out = std::round(x * 1e6) / 1e6;
  return out == 0 ? 0 : out;  // not -0
}
boost::json::value number(double x) { return rounded(x); }
boost::json::value number(const std::optional<double>& x) { return x ? boost::json::value(rounded(*x)) : boost::json::value(nullptr); }

boost::json::object object_of(const tracking::Curve& curve, const CurveState& state) {
  const auto& point = curve.points[state.at];
  boost::json::array forecasts;
  for (const auto& one : state.forecasts) {
    forecasts.push_back(boost::json::object{{"method", tracking::name_of(one.method)}, {"finish", number(one.finish)}, {"periods_late", number(one.late)}, {"chosen", one.chosen}});
  }
  boost::json::array notes;
  for (const auto note : state.notes) notes.push_back(boost::json::string(tracking::name_of(note)));
  return boost::json::object{{"period", point.period}, {"planned", number(point.planned)}, {"actual", number(point.actual)}, {"lag_points", number(state.lag_points)}, {"earned_schedule", number(state.earned_schedule)},
                             {"lag_periods", number(state.lag_periods)}, {"spi", number(state.spi)}, {"spi_t", number(state.spi_t)}, {"done", state.done}, {"forecasts", forecasts}, {"notes", notes}};
}

std::string shown(const std::optional<double>& x, int decimals = 2) { return x ? fmt::format("{:.{}f}", *x + 0.0, decimals) : "-"; }

}  // namespace

int curve_command(const std::filesystem::path& file, std::optional<double> total, bool json) {
  const auto read = tracking::read_curve(file, total);
  if (!read.ok()) {
    std::cerr << file.string() << ": " << fault_text(read.fault());
    return 1;
  }
  const auto states = tracking::states_of(read->curve);
  if (json) {
    boost::json::array out;
    for (const auto& state : states) out.push_back(object_of(read->curve, state));
    std::cout << boost::json::serialize(out) << "\n";
    return 0;
  }
  std::cout << fmt::format("total {}, planned to take {} periods\n", shown(read->curve.total), tracking::planned_duration(read->curve));
  std::cout << fmt::format("{:>12} {:>12} {:>12} {:>8} {:>8} {:>8} {:>6} {:>6} {:>8}\n", "period", "planned", "actual", "points", "earned", "periods", "SPI", "SPI(t)", "finish");
  for (const auto& state : states) {
    const auto& point = read->curve.points[state.at];
    std::optional<double> finish;
    std::string words;
    for (const auto& one : state.forecasts) {
      if (one.chosen) finish = one.finish;
    }
    for (const auto note : state.notes) words += (words.empty() ? "  " : "; ") + i18n::text(std::string("curve.note.") + tracking::name_of(note), Language::en);
    std::cout << fmt::format("{:>12} {:>12} {:>12} {:>8} {:>8} {:>8} {:>6} {:>6} {:>8}{}\n", point.period, shown(point.planned), shown(point.actual), shown(state.lag_points), shown(state.earned_schedule), shown(state.lag_periods),
                             shown(state.spi), shown(state.spi_t), shown(finish), words);
  }
  return 0;
}

}  // namespace mandate::app
