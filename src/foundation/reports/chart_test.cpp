#include "foundation/reports/chart.hpp"
#include "foundation/reports/chart_style.hpp"
#include "foundation/reports/reports.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <sstream>

using namespace mandate;
using namespace mandate::reports;
using Look = ChartSeries::Look;

namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t out = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++out;
  return out;
}

// The number behind the n-th `name="` of elements of a class.
std::vector<double> numbers(const std::string& svg, const std::string& element, const std::string& name) {
  std::vector<double> out;
  for (auto at = svg.find(element); at != std::string::npos; at = svg.find(element, at + 1)) {
    const auto from = svg.find(" " + name + "=\"", at) + name.size() + 3;
    out.push_back(std::stod(svg.substr(from)));
  }
  return out;
}

Chart bars() {
  Chart chart;
  chart.title = "逾期 <件>";
  chart.description = "建設局最多。";
  chart.unit = "件";
  chart.categories = {"建設局", "交通局", "水利局", "文化局"};
  chart.series = {{"", Look::late, {ChartValue::of(40), ChartValue::of(10), ChartValue::missing(), ChartValue::not_yet_due()}}};
  return chart;
}

}  // namespace

TEST_CASE("bars are as long as their numbers, and what is not there is a word and no bar") {
  const auto svg = svg_of(bars(), "c");
  const auto widths = numbers(svg, "<rect class=\"chart-bar\"", "width");
  REQUIRE(widths.size() == 2);
  CHECK(widths[0] / widths[1] == doctest::Approx(4).epsilon(0.01));
  CHECK(svg.find(">40 件<") != std::string::npos);
  CHECK(svg.find("chart-missing\"") != std::string::npos);
  CHECK(svg.find(">未報<") != std::string::npos);
  CHECK(svg.find(">未到期<") != std::string::npos);
  CHECK(svg.find(">0 件<") == std::string::npos);
  auto zero = bars();
  zero.series[0].values[1] = ChartValue::of(0);
  CHECK(svg_of(zero, "c").find(">0 件<") != std::string::npos);  // a confirmed zero says so
}

TEST_CASE("a chart names itself to who does not see it, escapes, and has neither style nor script") {
  const auto svg = svg_of(bars(), "c");
  CHECK(svg.find("role=\"img\" aria-labelledby=\"c-title c-desc\"") != std::string::npos);
  CHECK(svg.find("<title id=\"c-title\">逾期 &lt;件&gt;</title><desc id=\"c-desc\">建設局最多。</desc>") != std::string::npos);
  for (const char* forbidden : {"style=", "<style", "<script", "onload", "href"}) CHECK(svg.find(forbidden) == std::string::npos);
  CHECK(svg_of(bars(), "c", {720, true}).find("<style>") != std::string::npos);
  CHECK(svg == svg_of(bars(), "c"));
}

TEST_CASE("parts of a stack lie end to end and are told apart without colour") {
  Chart chart;
  chart.kind = Chart::Kind::stacked_bars;
  chart.categories = {"甲"};
  chart.series = {{"完成", Look::done, {ChartValue::of(30)}}, {"逾期", Look::late, {ChartValue::of(20)}}, {"嚴重", Look::severe, {ChartValue::of(0)}}, {"未到期", Look::open, {ChartValue::of(50)}}};
  const auto svg = svg_of(chart, "s");
  auto x = numbers(svg, "<rect class=\"chart-bar\"", "x");
  auto width = numbers(svg, "<rect class=\"chart-bar\"", "width");
  REQUIRE(x.size() == 7);  // four of the legend, three parts: what is 0 has none
  x.erase(x.begin(), x.begin() + 4);
  width.erase(width.begin(), width.begin() + 4);
  CHECK(x[1] == doctest::Approx(x[0] + width[0]).epsilon(0.001));
  CHECK(x[2] == doctest::Approx(x[1] + width[1]).epsilon(0.001));
  CHECK(width[2] / width[1] == doctest::Approx(2.5).epsilon(0.01));
  CHECK(svg.find(">100<") != std::string::npos);
  // Each state has strokes of its own.
  std::set<std::string> strokes;
  for (auto at = svg.find("<pattern "); at != std::string::npos; at = svg.find("<pattern ", at + 1)) {
    const auto from = svg.find("/>", at) + 2;
    strokes.insert(svg.substr(from, svg.find("</pattern>", at) - from));
  }
  CHECK(strokes.size() == 4);
}

TEST_CASE("lines break where a value is missing; planned is dashed, the lag shaded only where there is one") {
  Chart chart;
  chart.kind = Chart::Kind::lines;
  chart.percent = true;
  chart.categories = {"1月", "2月", "3月", "4月", "5月"};
  chart.series = {{"預定", Look::planned, {ChartValue::of(1000), ChartValue::of(3000), ChartValue::of(5000), ChartValue::of(7000), ChartValue::of(9000)}},
                  {"實際", Look::actual, {ChartValue::of(2000), ChartValue::of(2000), ChartValue::missing(), ChartValue::of(7000), ChartValue::not_yet_due()}}};
  const auto svg = svg_of(chart, "l");
  const auto at = svg.find("chart-line chart-actual");
  const auto path = svg.substr(svg.find("d=\"", at) + 3, svg.find("\"/>", at) - svg.find("d=\"", at) - 3);
  CHECK(count(path, "M") == 2);
  CHECK(count(path, "L") == 1);
  CHECK(count(svg, "chart-lag") == 1);  // January crosses into February; nothing else has both values
  const auto lag = svg.substr(svg.find("chart-lag"), 200);
  // It begins where the lines cross, a third of the way (1000 ahead, then 1000 behind: the middle).
  const auto dots = numbers(svg, "<circle class=\"chart-dot chart-planned\"", "cx");
  const double crossing = std::stod(lag.substr(lag.find("d=\"M") + 4));
  CHECK(crossing == doctest::Approx((dots[0] + dots[1]) / 2).epsilon(0.001));
  CHECK(svg.find(">未報<") != std::string::npos);
  CHECK(svg.find(">未到期<") != std::string::npos);
  CHECK(svg.find(">預定<") != std::string::npos);
  CHECK(svg.find("100%") != std::string::npos);
  CHECK(standalone_chart_style().find(".chart-planned.chart-line{stroke-dasharray") != std::string::npos);
}

TEST_CASE("an axis has round steps and reaches its largest value") {
  for (const auto& [largest, step, top] : std::vector<std::tuple<std::int64_t, std::int64_t, std::int64_t>>{{0, 1, 1}, {1, 1, 1}, {5, 1, 5}, {6, 2, 6}, {7, 2, 8}, {11, 5, 15}, {100, 20, 100}, {101, 50, 150}, {9999, 2000, 10000}}) {
    const auto axis = axis_for(largest);
    CHECK(axis.step == step);
    CHECK(axis.top == top);
  }
}

TEST_CASE("charts that leave as files have the colours of the tokens, and the pages' style knows the same classes") {
  const auto read = [](const char* name) {
    std::ifstream in(std::string(MANDATE_SOURCE_DIR) + "/web/public/" + name);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  };
  const auto tokens = read("tokens.css");
  const auto light = tokens.substr(0, tokens.find("@media"));
  for (const auto& [name, value] : chart_tokens()) CHECK_MESSAGE(light.find(std::string("--") + name + ": " + value + ";") != std::string::npos, name);
  const auto style = read("chart.css");
  for (const char* look : {"plain", "on-time", "at-risk", "late", "severe", "done", "open", "planned", "actual"}) {
    CHECK_MESSAGE(style.find(std::string(".chart-") + look) != std::string::npos, look);
    CHECK_MESSAGE(standalone_chart_style().find(std::string(".chart-") + look + ">rect") != std::string::npos, look);
  }
}

TEST_CASE("who reaches everything that a report was made from, and only they, see it") {
  using identity::Confidentiality;
  using identity::Scope;
  using identity::ScopePart;
  const auto whole = [](Confidentiality up_to) {
    ScopePart part;
    part.everything = true;
    part.up_to = up_to;
    return Scope{{part}};
  };
  const auto of = [](std::set<std::int64_t> agencies, std::set<std::int64_t> units = {}) {
    ScopePart part;
    part.agencies = std::move(agencies);
    part.units = std::move(units);
    return Scope{{part}};
  };
  CHECK(covers(whole(Confidentiality::internal), whole(Confidentiality::internal)));
  CHECK_FALSE(covers(whole(Confidentiality::internal), whole(Confidentiality::confidential)));
  CHECK(covers(whole(Confidentiality::internal), of({1, 2})));
  CHECK_FALSE(covers(of({1, 2}), whole(Confidentiality::internal)));
  CHECK(covers(of({1, 2}), of({2})));
  CHECK_FALSE(covers(of({1}), of({1, 2})));
  CHECK_FALSE(covers(of({1}, {7}), of({1})));
  CHECK(covers(of({1}), of({1}, {7})));
  CHECK(covers(of({1}, {7, 8}), of({1}, {7})));
  auto origin = whole(Confidentiality::internal);
  origin.parts[0].origins = {"council"};
  CHECK_FALSE(covers(origin, whole(Confidentiality::internal)));
  CHECK(covers(whole(Confidentiality::internal), origin));
  CHECK_FALSE(covers(Scope{}, of({1})));
  const auto text = scope_to_text(origin);
  CHECK(scope_to_text(scope_from_text(text)) == text);
}

TEST_CASE("figures have one digest, and any difference another") {
  const std::vector<Row> rows = {{Cell::of(std::string("甲")), Cell::of(std::int64_t{1})}, {Cell::of(std::string("乙")), Cell::none()}};
  auto other = rows;
  CHECK(figures_of(rows) == figures_of(other));
  other[1][1] = Cell::of(std::int64_t{0});
  CHECK(figures_of(rows) != figures_of(other));
  other = {rows[1], rows[0]};
  CHECK(figures_of(rows) != figures_of(other));
}
