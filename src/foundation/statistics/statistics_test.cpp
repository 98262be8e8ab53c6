#include "foundation/statistics/suppression.hpp"
#include "foundation/statistics/where.hpp"
#include "foundation/statistics/words.hpp"

#include <doctest/doctest.h>
#include <numeric>
#include <random>

using namespace mandate;
using namespace mandate::statistics;

TEST_CASE("conditions are read as people write them, and written so that they are read alike") {
  const auto read = read_where(" origin = plan|council ;severity!=normal; due>=115/01/01;due<=民國115年12月31日;district=;");
  REQUIRE(read.ok());
  REQUIRE(read->size() == 5);
  CHECK((*read)[0].values == std::vector<std::string>{"plan", "council"});
  CHECK((*read)[1].except);
  CHECK((*read)[2].from == Date::parse("2026-01-01"));
  CHECK((*read)[3].to == Date::parse("2026-12-31"));
  CHECK((*read)[4].values == std::vector<std::string>{""});
  CHECK(write_where(*read) == "origin=plan|council;severity!=normal;due>=2026-01-01;due<=2026-12-31;district=");
  CHECK(write_where({{"due", {}, false, Date::parse("2026-01-01"), Date::parse("2026-02-01")}}) == "due>=2026-01-01;due<=2026-02-01");
  CHECK(read_where("")->empty());
  for (const char* bad : {"origin", "=plan", "due>2026-01-01", "due>=tomorrow", "!", "due<", "origin!plan"}) {
    CAPTURE(bad);
    CHECK_FALSE(read_where(bad).ok());
  }
  std::string many;
  for (int i = 0; i < 31; ++i) many += "a=b;";
  CHECK_FALSE(read_where(many).ok());
  std::string values = "a=b";
  for (int i = 0; i < 200; ++i) values += "|b";
  CHECK_FALSE(read_where(values).ok());
}

TEST_CASE("a cell is left out below the least count, not at it, and only when it is about persons") {
  CHECK(suppressed_cells({{{"a"}, 2, true}, {{"b"}, 3, true}, {{"c"}, 9, true}}, 3) == std::vector<bool>{true, true, false});  // b: else the total would tell a
  CHECK(suppressed_cells({{{"a"}, 3, true}, {{"b"}, 4, true}}, 3) == std::vector<bool>{false, false});
  CHECK(suppressed_cells({{{"a"}, 1, false}, {{"b"}, 4, true}}, 3) == std::vector<bool>{false, false});
  CHECK(suppressed_cells({{{"a"}, 0, true}, {{"b"}, 4, true}}, 3) == std::vector<bool>{false, false});
  CHECK(suppressed_cells({{{"a"}, 1, true}}, 3) == std::vector<bool>{true});
  CHECK(suppressed_cells({}, 3).empty());
}

TEST_CASE("no sum of a line gives a cell away that was left out") {
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    std::vector<CountedCell> cells;
    const int rows = 2 + static_cast<int>(random() % 4);
    const int columns = 2 + static_cast<int>(random() % 4);
    for (int r = 0; r < rows; ++r) {
      for (int c = 0; c < columns; ++c) cells.push_back({{std::to_string(r), std::to_string(c)}, static_cast<std::int64_t>(random() % 9), random() % 2 == 0});
    }
    const auto hidden = suppressed_cells(cells, 3);
    const auto check = [&](const std::function<bool(const CountedCell&)>& in_line) {
      int out = 0;
      int others = 0;
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < cells.size(); ++i) {
        if (!in_line(cells[i])) continue;
        if (hidden[i]) {
          ++out;
          sum += cells[i].count;
        } else if (cells[i].count > 0) {
          ++others;
        }
      }
      if (out > 0 && others > 0) {
        CHECK(out > 1);
        CHECK(sum >= 3);
      }
    };
    for (int r = 0; r < rows; ++r) check([&](const CountedCell& one) { return one.key[0] == std::to_string(r); });
    for (int c = 0; c < columns; ++c) check([&](const CountedCell& one) { return one.key[1] == std::to_string(c); });
    check([](const CountedCell&) { return true; });
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].personal && cells[i].count > 0 && cells[i].count < 3) CHECK(hidden[i]);
    }
  }
}

TEST_CASE("periods have the names people give them") {
  using facts::Grain;
  const auto on = [](const char* iso) { return *Date::parse(iso); };
  CHECK(period_label(Grain::month, on("2026-03-01"), Language::zh_tw) == "115年3月");
  CHECK(period_label(Grain::quarter, on("2026-10-01"), Language::zh_tw) == "115年第4季");
  CHECK(period_label(Grain::year, on("2026-01-01"), Language::zh_tw) == "115年");
  CHECK(period_label(Grain::week, on("2026-11-23"), Language::zh_tw) == "115/11/23 起一週");
  CHECK(period_label(Grain::quarter, on("2026-10-01"), Language::en) == "2026 Q4");
  CHECK(period_label(Grain::month, on("2026-03-01"), Language::en) == "2026-03");
}
