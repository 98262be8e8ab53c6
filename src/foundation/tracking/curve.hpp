// Progress against a plan, in points and in time. A lag of some points means little by itself: near the end of a plan every lag shrinks to nothing. Earned
// schedule says how far behind in periods a work is: the moment at which its plan wanted what has been done.
//
// Sources: lag in percentage points is the yearly plan's own measure (planned minus actual, section "標案管考"); earned schedule after Lipke, interpolated
// within the period; the choice between the two forecasts after AACE (2021): once late, the pace so far is the better guide.
#pragma once

#include "kernel/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mandate::tracking {

// A curve: cumulative values at the end of each period, all in the same unit (per cent or an amount).
struct CurvePoint {
  std::string period;             // what people call it: "112-07", "43"
  double planned = 0;
  std::optional<double> actual;   // none: not filed, or not yet due
  std::int64_t row = 0;           // of the file, for faults
};

struct Curve {
  std::vector<CurvePoint> points;
  double total = 100;             // what the whole work is
};

enum class CurveNote {
  actual_falls,        // less has been done than a period before: a correction, or an error
  actual_missing,      // nothing was filed for this period though something was for a later one
  actual_above_total,  // more than the whole
  plan_flat,           // the plan stands still: any moment of it is on time for what it wants
  plan_below_total,    // the plan ends before the whole is done: what lies beyond it has no planned time
  actual_beyond_plan   // more was done than the plan ever wants: ahead by more than can be said
};

enum class ForecastMethod {
  rest_as_planned,  // what is left takes as long as planned: AT + (PD - ES)
  pace_so_far,      // what is left goes as the whole has gone: PD / SPI(t)
  recent_pace       // what is left goes as the last three periods went
};

struct Forecast {
  ForecastMethod method = ForecastMethod::rest_as_planned;
  double finish = 0;       // in periods from the beginning
  double late = 0;         // periods after the planned end; less than 0: before it
  bool chosen = false;     // the one to go by: rest_as_planned when on time, pace_so_far once late
};

// One period with something filed. Times are in periods from the beginning: 0 is the beginning of the first, 1 its end.
struct CurveState {
  std::size_t at = 0;           // of Curve::points
  double lag_points = 0;        // planned minus actual, in hundredths of the total: points
  double earned_schedule = 0;
  double lag_periods = 0;       // periods gone minus earned schedule
  std::optional<double> spi;    // actual by planned; none where nothing was planned yet
  std::optional<double> spi_t;  // earned schedule by periods gone
  bool done = false;            // the whole is done
  std::vector<Forecast> forecasts;  // none when done, or when nothing has been done
  std::vector<CurveNote> notes;
};

// When the plan wants its last work done: the first period in which it reaches its highest value. What stands behind that is no plan.
double planned_duration(const Curve& curve);

// The moment at which the plan wanted `value`, interpolated. Where the plan stands still at that very value, the moment nearest to `now`: who has done what
// is wanted is neither early nor late. Nothing beyond the plan's end.
double earned_schedule(const Curve& curve, double value, double now);

// One state for each period with something filed, in order.
std::vector<CurveState> states_of(const Curve& curve);

// Faults by row: no periods, a plan that falls, values that are negative.
Result<> check_curve(const Curve& curve);

const char* name_of(CurveNote note);
const char* name_of(ForecastMethod method);

}  // namespace mandate::tracking
