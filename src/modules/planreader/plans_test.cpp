// Reads the plans of tests/plans and compares with their marks; see tests/plans/README.md for the conventions.
#include "kernel/text.hpp"
#include "modules/planreader/plan_json.hpp"
#include "modules/planreader/reader.hpp"

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

using namespace mandate;
using namespace mandate::plan_reader;
namespace json = boost::json;

namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

const json::value& field(const json::object& o, std::string_view name) {
  static const json::value missing;
  const auto* found = o.if_contains(name);
  return found ? *found : missing;
}

// The five fields that count, in one comparable text.
std::string marked_fields(const json::object& m) {
  const auto list = [](const json::value& v) { return v.is_null() ? std::string{"[]"} : json::serialize(v); };
  std::vector<std::string> amounts;
  if (const auto& a = field(m, "amounts"); a.is_array()) {
    for (const auto& x : a.as_array()) amounts.push_back(json::serialize(json::array{x.as_array()[0], x.as_array()[1].to_number<double>(), x.as_array()[2]}));
  }
  std::sort(amounts.begin(), amounts.end());
  std::string out = json::serialize(field(m, "every")) + " months " + list(field(m, "months")) + " day " + json::serialize(field(m, "day")) + " within " + json::serialize(field(m, "within"));
  for (const auto& a : amounts) out += " " + a;
  return out;
}

std::string bare(std::string_view text) {
  std::string out;
  for (const char c : nfkc(text)) {
    if (c != ' ') out.push_back(c);
  }
  return out;
}

struct Score {
  std::size_t marked = 0;
  std::size_t found = 0;
  std::size_t matched = 0;
  double recall() const { return marked == 0 ? 1 : static_cast<double>(matched) / static_cast<double>(marked); }
  double precision() const { return found == 0 ? 1 : static_cast<double>(matched) / static_cast<double>(found); }
};

Score score(const std::string& name, const json::object& plan, const json::object& marks) {
  Score out;
  struct Found {
    const json::object* sentence;
    const json::object* obligation;
    bool used = false;
  };
  std::vector<Found> found;
  for (const auto& s : plan.at("sentences").as_array()) {
    for (const auto& o : s.at("obligations").as_array()) found.push_back({&s.as_object(), &o.as_object()});
  }
  const auto& marked = marks.at("obligations").as_array();
  out.marked = marked.size();
  out.found = found.size();
  for (const auto& value : marked) {
    const auto& mark = value.as_object();
    const auto part = bare(mark.at("in").as_string());
    const auto wanted = marked_fields(mark);
    const auto it = std::find_if(found.begin(), found.end(), [&](const Found& f) {
      return !f.used && marked_fields(*f.obligation) == wanted && bare(f.sentence->at("text").as_string()).find(part) != std::string::npos &&
             (!mark.contains("line") || mark.at("line") == f.sentence->at("line"));
    });
    if (it != found.end()) {
      it->used = true;
      ++out.matched;
    } else {
      std::cout << "  " << name << " missed: " << part << "  " << wanted << "\n";
    }
  }
  for (const auto& f : found) {
    if (!f.used) {
      std::cout << "  " << name << " untrue: line " << f.sentence->at("line") << " " << f.obligation->at("what").as_string() << "  " << marked_fields(*f.obligation) << "\n    in "
                << f.sentence->at("text").as_string() << "\n";
    }
  }
  return out;
}

}  // namespace

TEST_CASE("the plans of tests/plans are read as marked by hand") {
  const std::filesystem::path folder = std::filesystem::path{MANDATE_SOURCE_DIR} / "tests" / "plans";
  std::vector<std::filesystem::path> plans;
  for (const auto& entry : std::filesystem::directory_iterator{folder}) {
    if (entry.path().extension() == ".txt") plans.push_back(entry.path());
  }
  std::sort(plans.begin(), plans.end());
  REQUIRE(plans.size() >= 6);
  for (const auto& path : plans) {
    const auto name = path.stem().string();
    CAPTURE(name);
    const auto read = read_plan(read_file(path));
    REQUIRE(read.ok());
    const auto plan = json::parse(to_json(*read)).as_object();
    const auto marks = json::parse(read_file(folder / (name + ".marks.json"))).as_object();
    CHECK(plan.at("year_roc") == marks.at("year_roc"));
    CHECK(plan.at("agency") == marks.at("agency"));
    if (marks.contains("work_plans")) {
      json::array titles;
      for (const auto& w : plan.at("work_plans").as_array()) {
        json::array items;
        for (const auto& i : w.at("items").as_array()) items.push_back(i.at("title"));
        titles.push_back(json::object{{"title", w.at("title")}, {"items", std::move(items)}});
      }
      CHECK(json::serialize(titles) == json::serialize(marks.at("work_plans")));
    }
    const auto result = score(name, plan, marks);
    std::cout << fmt::format("{}: {} marked, {} found, recall {:.3f}, precision {:.3f}\n", name, result.marked, result.found, result.recall(), result.precision());
    CHECK(result.recall() >= 0.95);
    CHECK(result.precision() >= 0.95);
    if (const auto* none = marks.if_contains("none")) {
      for (const auto& part : none->as_array()) {
        const auto wanted = bare(part.as_string());
        bool seen = false;
        for (const auto& s : read->sentences) {
          if (bare(s.text).find(wanted) == std::string::npos) continue;
          seen = true;
          CAPTURE(s.text);
          // Part of a longer sentence may be a duty; the words themselves must not be.
          for (const auto& o : s.obligations) CHECK(bare(o.what).find(wanted) == std::string::npos);
        }
        CAPTURE(wanted);
        CHECK(seen);
      }
    }
    const auto& c = read->coverage;
    CHECK(c.sentences == c.obligation + c.none + c.undecided);
    CHECK(c.sentences == static_cast<int>(read->sentences.size()));
  }
}

TEST_CASE("a plan given by the environment is printed") {
  const char* path = std::getenv("MANDATE_SHOW_PLAN");
  if (path == nullptr) return;
  const auto read = read_plan(read_file(path));
  REQUIRE(read.ok());
  std::cout << to_json(*read) << "\n";
}
