#include "foundation/reports/chart_style.hpp"

namespace mandate::reports {

const std::vector<std::pair<const char*, const char*>>& chart_tokens() {
  static const std::vector<std::pair<const char*, const char*>> tokens = {
      {"surface", "#ffffff"}, {"ink", "#24211d"},         {"ink-soft", "#5b544a"}, {"line", "#dcd6cc"}, {"accent-fill", "#17495c"}, {"on-time", "#1c6839"},
      {"at-risk", "#775000"}, {"late", "#a03c08"},        {"late-soft", "#fce5d7"}, {"severe-bar", "#9b1b1e"}, {"done", "#34506b"}, {"not-yet-due", "#5b544a"}, {"missing", "#68437f"},
  };
  return tokens;
}

namespace {

std::string token(const std::string& name) {
  for (const auto& [key, value] : chart_tokens()) {
    if (key == name) return value;
  }
  return "#000000";
}

}  // namespace

// The same rules as web/public/chart.css, with values for names: programs that draw files know no custom properties.
std::string standalone_chart_style() {
  std::string out = ".chart-ground{fill:" + token("surface") + "}.chart-text{font:12px 'Noto Sans TC','Microsoft JhengHei','Noto Sans CJK TC',sans-serif;fill:" + token("ink") + "}.chart-value{font-weight:bold}";
  out += ".chart-missing{fill:" + token("missing") + "}.chart-not-yet-due{fill:" + token("not-yet-due") + "}.chart-grid{stroke:" + token("line") + ";fill:none}.chart-plate{fill:" + token("surface") + "}";
  out += ".chart-bar{stroke:" + token("surface") + ";stroke-width:1}.chart-pattern path{stroke:" + token("surface") + ";stroke-width:1.2;fill:none}.chart-pattern circle{fill:" + token("surface") + "}";
  out += ".chart-line{fill:none;stroke-width:2}.chart-lag{fill:" + token("late-soft") + "}";
  const std::pair<const char*, const char*> looks[] = {{"plain", "accent-fill"}, {"on-time", "on-time"}, {"at-risk", "at-risk"}, {"late", "late"}, {"severe", "severe-bar"}, {"done", "done"}, {"open", "ink-soft"}, {"planned", "ink-soft"}, {"actual", "accent-fill"}};
  for (const auto& [look, name] : looks) {
    const std::string of = std::string(".chart-") + look;
    out += of + ">rect," + of + ".chart-dot{fill:" + token(name) + "}" + of + ".chart-line{stroke:" + token(name) + "}";
  }
  return out + ".chart-planned.chart-line{stroke-dasharray:6 4}";
}

}  // namespace mandate::reports
