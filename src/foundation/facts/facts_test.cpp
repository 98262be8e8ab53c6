#include "foundation/facts/api.hpp"

#include "platform/db/events.hpp"
#include "platform/db/store_test.hpp"

#include <doctest/doctest.h>
#include <map>
#include <random>

MANDATE_EMBEDDED(platform_db)

using namespace mandate;
using namespace mandate::facts;

namespace {

Schema schema(Keys keys = Keys::dense) {
  return {"things", keys, {{"kind", {{"colour", AttributeKind::text, {}}, {"size", AttributeKind::choice, {"small", "large"}}}}, {"owner", {{"agency", AttributeKind::number, {}}, {"unit", AttributeKind::number, {}}}}}, {"due"}, {}};
}

void put(Dataset& d, std::int64_t key, const std::string& colour, std::int64_t size, std::int64_t agency, std::int64_t unit, std::optional<Date> due) {
  const std::array<std::int64_t, 2> kind{d.intern_text(colour), size};
  const std::array<std::int64_t, 2> owner{agency, unit};
  const std::array<Code, 2> codes{d.intern(0, kind), d.intern(1, owner)};
  const std::array<std::uint16_t, 1> days{day_code(due)};
  d.put(key, codes, days);
}

Date day(const char* iso) { return *Date::parse(iso); }

std::map<std::vector<std::string>, std::int64_t> ask(const Dataset& d, const Question& q) {
  const auto groups = count_groups(d, q);
  REQUIRE(groups.ok());
  std::map<std::vector<std::string>, std::int64_t> out;
  for (const auto& g : *groups) {
    std::vector<std::string> key;
    for (std::size_t i = 0; i < q.by.size(); ++i) key.push_back(text_of(d, *find_dimension(d.schema(), q.by[i]), g.key[i]));
    CHECK(out.count(key) == 0);
    out[key] = g.count;
  }
  return out;
}

Question question(std::vector<std::string> by, Conditions where = {}) {
  Question q;
  q.by = std::move(by);
  q.where = std::move(where);
  return q;
}

using Counted = std::map<std::vector<std::string>, std::int64_t>;

}  // namespace

TEST_CASE("rows are counted by any of their dimensions, and replaced by their key") {
  Dataset d(schema());
  put(d, 1, "red", 0, 10, 1, day("2023-01-31"));
  put(d, 2, "red", 1, 10, 2, day("2023-02-01"));
  put(d, 5, "blue", 0, 11, 0, std::nullopt);  // 3 and 4 are holes
  CHECK(d.present() == 3);
  CHECK(ask(d, question({})) == Counted{{{}, 3}});
  CHECK(ask(d, question({"colour"})) == Counted{{{"red"}, 2}, {{"blue"}, 1}});
  CHECK(ask(d, question({"due_month"})) == Counted{{{"2023-01-01"}, 1}, {{"2023-02-01"}, 1}, {{""}, 1}});
  CHECK(ask(d, question({"agency", "size"})) == Counted{{{"10", "small"}, 1}, {{"10", "large"}, 1}, {{"11", "small"}, 1}});
  put(d, 2, "green", 1, 12, 9, day("2024-02-29"));
  CHECK(ask(d, question({"colour", "due_year"})) == Counted{{{"red", "2023-01-01"}, 1}, {{"green", "2024-01-01"}, 1}, {{"blue", ""}, 1}});
  d.remove(1);
  CHECK(ask(d, question({"colour"})) == Counted{{{"green"}, 1}, {{"blue"}, 1}});
  CHECK_FALSE(count_groups(d, question({"weight"})).ok());
  CHECK_FALSE(count_groups(d, question({}, {{"weight", {1}}})).ok());
}

TEST_CASE("periods begin where people begin them") {
  CHECK(first_of(Grain::week, day("2026-11-29")) == day("2026-11-23"));  // a Sunday belongs to the Monday before
  CHECK(first_of(Grain::week, day("2026-11-30")) == day("2026-11-30"));
  CHECK(first_of(Grain::quarter, day("2026-12-31")) == day("2026-10-01"));
  CHECK(last_of(Grain::quarter, day("2026-10-01")) == day("2026-12-31"));
  CHECK(last_of(Grain::year, day("2024-01-01")) == day("2024-12-31"));
  CHECK(last_of(Grain::month, day("2024-02-01")) == day("2024-02-29"));
  for (const char* iso : {"1970-01-01", "2000-02-29", "2149-06-01"}) CHECK(date_of(day_code(day(iso))) == day(iso));
  CHECK(day_code(std::nullopt) == 0);
  CHECK(day_code(day("1950-01-01")) == 1);
}

TEST_CASE("conditions: any of, none of, ranges, and alternatives over several columns") {
  Dataset d(schema());
  for (int i = 0; i < 4000; ++i) put(d, i + 1, i % 3 == 0 ? "red" : "blue", i % 2, 10 + i % 5, i % 7, i % 11 == 0 ? std::nullopt : std::optional(day("2023-01-01").plus_days(i % 400)));
  const auto count = [&](const Conditions& where, const std::optional<std::vector<Conditions>>& any, const std::function<bool(int)>& expected) {
    auto q = question({}, where);
    q.any = any;
    std::int64_t wanted = 0;
    for (int i = 0; i < 4000; ++i) wanted += expected(i) ? 1 : 0;
    const auto found = ask(d, q);
    CHECK((found.empty() ? 0 : found.begin()->second) == wanted);
  };
  const auto red = d.intern_text("red");
  count({{"colour", {red}}}, {}, [](int i) { return i % 3 == 0; });
  count({{"agency", {11, 13}, true}}, {}, [](int i) { return i % 5 != 1 && i % 5 != 3; });
  count({{"colour", {}}}, {}, [](int) { return false; });
  count({{"colour", {}, true}}, {}, [](int) { return true; });
  count({{"due", {}, false, day("2023-02-01"), day("2023-02-28")}}, {}, [](int i) { return i % 11 != 0 && i % 400 >= 31 && i % 400 <= 58; });
  count({{"due_month", {no_value}}}, {}, [](int i) { return i % 11 == 0; });
  count({}, std::vector<Conditions>{}, [](int) { return false; });
  count({}, std::vector<Conditions>{{}}, [](int) { return true; });
  // What a scope is made of: pairs of conditions, any of which is enough.
  count({}, std::vector<Conditions>{{{"colour", {red}}, {"agency", {10}}}, {{"size", {1}}, {"unit", {2, 3}}}}, [](int i) { return (i % 3 == 0 && i % 5 == 0) || (i % 2 == 1 && (i % 7 == 2 || i % 7 == 3)); });
  count({{"colour", {red}, true}}, std::vector<Conditions>{{{"agency", {10}}}, {{"agency", {12}}, {"unit", {0}}}, {{"due", {}, false, day("2023-12-01"), {}}}},
        [](int i) { return i % 3 != 0 && (i % 5 == 0 || (i % 5 == 2 && i % 7 == 0) || (i % 11 != 0 && i % 400 >= 334)); });
  std::vector<Conditions> many;
  for (std::int64_t unit = 0; unit < 7; ++unit) {
    for (std::int64_t agency = 10; agency < 15; ++agency) many.push_back({{"agency", {agency}}, {"unit", {unit}}, {"size", {unit % 2}}});
  }
  count({}, many, [](int i) { return i % 7 % 2 == i % 2; });
}

TEST_CASE("a dictionary that outgrows 16 bits is widened, and nothing is lost") {
  Dataset d(schema());
  constexpr int count = 70'000;
  for (int i = 0; i < count; ++i) put(d, i, i % 2 == 0 ? "red" : "blue", 0, i, 0, day("2023-01-01"));
  CHECK(d.width(1) == 4);
  CHECK(d.width(0) == 2);
  CHECK(ask(d, question({"colour"})) == Counted{{{"red"}, count / 2}, {{"blue"}, count / 2}});
  CHECK(ask(d, question({"agency"}, {{"agency", {69'999, 3}}})) == Counted{{{"69999"}, 1}, {{"3"}, 1}});
  // Far more combinations than an array of counters would hold.
  auto q = question({"agency", "due_day", "colour"}, {{"agency", {1, 2, 3, 4}}});
  CHECK(ask(d, q).size() == 4);
  q = question({"agency", "due_day", "colour"});
  q.groups_max = 1000;
  CHECK(count_groups(d, q).fault().key == "facts.too_many_groups");
  q.groups_max = 100'000;
  CHECK(ask(d, q).size() == count);
}

TEST_CASE("rising keys may have gaps: a row is found by its key, a new one comes behind the last") {
  Dataset d(schema(Keys::rising));
  std::mt19937 random(7);
  std::vector<std::int64_t> keys;
  std::int64_t key = 0;
  for (int i = 0; i < 5000; ++i) {
    key += 1 + static_cast<std::int64_t>(random() % (i % 100 == 0 ? 5000 : 4));
    keys.push_back(key);
    put(d, key, "red", 0, i, 0, day("2023-01-01"));
  }
  CHECK(d.rows() == 5000);
  for (std::size_t i = 0; i < keys.size(); i += 7) put(d, keys[i], "blue", 0, static_cast<std::int64_t>(i), 0, day("2023-01-01"));
  CHECK(d.rows() == 5000);
  CHECK(ask(d, question({"colour"}))[{"blue"}] == 715);
  CHECK(ask(d, question({"agency"}, {{"agency", {700}}})) == Counted{{{"700"}, 1}});
  CHECK_THROWS_AS(put(d, key - 1, "red", 0, 1, 0, std::nullopt), std::logic_error);
  CHECK_THROWS_AS(put(d, 1'000'000'000'000, "red", 0, 1, 0, std::nullopt), std::exception);
}

// ---- in step with a database

namespace {

class ThingSource final : public Source {
 public:
  explicit ThingSource(int pause_ms = 0) : pause_ms_(pause_ms) {}
  Schema schema() const override { return ::schema(); }
  std::string record_kind() const override { return "thing"; }
  void load(db::Database& database, std::int64_t, Dataset& into, const std::function<bool(double)>& progress) override {
    for (int piece = 0; piece < 10; ++piece) {
      std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms_));
      if (!progress(piece / 10.0)) return;
    }
    database.read([&](db::Session& s) {
      read(s, "", {}, into);
      return 0;
    });
  }
  void read_again(db::Session& s, const std::vector<std::int64_t>& records, std::int64_t, Dataset& into) override {
    std::string marks;
    std::vector<db::Value> values;
    for (const auto id : records) {
      marks += marks.empty() ? "?" : ",?";
      values.push_back(db::to_value(id));
    }
    read(s, " WHERE id IN (" + marks + ")", values, into);
  }

 private:
  static void read(db::Session& s, const std::string& where, const std::vector<db::Value>& values, Dataset& into) {
    for (const auto id : s.list_values<std::int64_t>("SELECT id FROM thing" + where, values)) put(into, id, "red", 0, s.value<std::int64_t>("SELECT agency FROM thing WHERE id = ?", id), 0, std::nullopt);
  }
  int pause_ms_;
};

std::vector<db::MigrationSet> sets() {
  static const db::EmbeddedFile things{"0001_things.sql", "CREATE TABLE thing (id $ID PRIMARY KEY, agency $INT NOT NULL);"};
  return {db::migrations_of("platform_db", embedded::platform_db), {"test", {things}}};
}

void make(db::Database& database, std::int64_t id, std::int64_t agency) {
  REQUIRE(database.write([&](db::Session& s) -> Result<> {
    s.execute("INSERT INTO thing (id, agency) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET agency = ?", id, agency, agency);
    db::append_event(s, {Instant{1}, 0, "thing.made", "thing", id, "{}", {}});
    return done();
  }).ok());
}

std::int64_t sum_of(Facts& facts, std::int64_t agency) {
  std::int64_t count = -1;
  REQUIRE(facts.with("things", [&](const Dataset& d) -> Result<> {
    const auto found = ask(d, question({}, {{"agency", {agency}}}));
    count = found.empty() ? 0 : found.begin()->second;
    return done();
  }).ok());
  return count;
}

}  // namespace

TEST_CASE("a question holds what was committed before it, in every process, while several write") {
  db::testing::on_both(sets(), [](db::Database& database) {
    FakeClock clock(Instant{1});
    Facts here(database, clock);
    Facts there(database, clock);
    here.add(std::make_unique<ThingSource>());
    there.add(std::make_unique<ThingSource>());
    there.start();
    std::atomic<std::int64_t> next{0};
    std::vector<std::thread> writers;
    std::atomic<int> wrong{0};
    for (int w = 0; w < 3; ++w) {
      writers.emplace_back([&, w] {
        for (int i = 0; i < 40; ++i) {
          make(database, ++next, 100 + w);
          Facts& facts = i % 2 == 0 ? here : there;
          std::int64_t count = -1;
          const auto asked = [&] {
            return facts.with("things", [&](const Dataset& d) -> Result<> {
              const auto groups = count_groups(d, question({}, {{"agency", {100 + w}}}));
              count = groups->empty() ? 0 : groups->front().count;
              return done();
            });
          };
          auto answer = asked();
          while (!answer.ok() && answer.fault().kind == FaultKind::unavailable) answer = asked();
          if (!answer.ok() || count != i + 1) ++wrong;
        }
      });
    }
    for (auto& one : writers) one.join();
    CHECK(wrong == 0);
    make(database, 1, 900);
    CHECK(sum_of(here, 900) == 1);
    CHECK(sum_of(there, 900) == 1);
  });
}

TEST_CASE("while everything is read a question is told how far it is, and a stop does not wait for the end") {
  db::testing::on_both(sets(), [](db::Database& database) {
    FakeClock clock(Instant{1});
    make(database, 1, 5);
    Facts facts(database, clock);
    facts.add(std::make_unique<ThingSource>(30));
    CHECK_FALSE(facts.states().front().ready);
    facts.start();
    std::set<std::string> told;
    for (int i = 0; i < 500; ++i) {
      const auto answer = facts.with("things", [](const Dataset&) -> Result<> { return done(); });
      if (answer.ok()) break;
      REQUIRE(answer.fault().kind == FaultKind::unavailable);
      CHECK(answer.fault().retry_after_seconds == 1);
      told.insert(answer.fault().args.front().second);
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    CHECK(told.size() > 3);
    CHECK(sum_of(facts, 5) == 1);
    CHECK(facts.with("nothing", [](const Dataset&) -> Result<> { return done(); }).fault().kind == FaultKind::not_found);
    Facts slow(database, clock);
    slow.add(std::make_unique<ThingSource>(200));
    slow.start();
    const auto begun = std::chrono::steady_clock::now();
    slow.stop();
    CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(1));
  });
}
