// A curve out of a table with the columns period, planned and actual (期別、預定、實際), cumulative: CSV, ODS or XLSX.
#pragma once

#include "foundation/tracking/curve.hpp"
#include "platform/i18n/messages.hpp"

#include <filesystem>

namespace mandate::tracking {

enum class CurveUnit { percent, amount };

struct CurveFile {
  Curve curve;
  CurveUnit unit = CurveUnit::percent;
};

// `total`: what the whole is; without it 100 where all values are per cent (none above 100, and the plan ends above 90), else where the plan ends. An empty
// cell of `actual` is nothing filed; of `planned` it is a fault. Faults name row and column.
Result<CurveFile> read_curve(const std::filesystem::path& file, std::optional<double> total);

const std::vector<i18n::Message>& curve_messages();

}  // namespace mandate::tracking
