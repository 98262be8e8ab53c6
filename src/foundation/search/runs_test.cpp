// The index's own tests: pages give back what was written, and runs hold what a set of tokens a record would.
#include "foundation/search/fixture_test.hpp"
#include "foundation/search/runs.hpp"

#include <random>

using namespace mandate;
using namespace mandate::search;
using namespace mandate::search::testing;

TEST_CASE("pages give back what was written, hold no zero byte, and are never longer than they may be") {
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    std::map<std::string, Postings> written;
    for (int i = 0; i < 120; ++i) {
      std::string token;
      for (std::uint32_t n = 1 + random() % 3; n > 0; --n) token += std::array{"a", "b", "臺", "道", "路", "é", "𠀋", "1"}[random() % 8];
      // Nothing, single ones, dense ones, clusters far from each other.
      std::set<std::uint32_t> places;
      const auto kind = random() % 6;
      const std::uint32_t many = kind == 0 ? 1 : kind < 4 ? 1 + random() % 40 : 1 + random() % 9000;
      const auto from = static_cast<std::uint32_t>(random() % block_size);
      for (std::uint32_t n = 0; n < many; ++n) places.insert(kind % 2 == 0 ? random() % block_size : (from + n + (n % 50 == 0 ? random() % 5000 : 0)) % block_size);
      if (kind == 5) places.insert(block_size - 1);
      auto& list = written[token];
      list.clear();
      for (const auto place : places) list.push_back(round % 2 == 0 && random() % 5 == 0 ? taken_from(place) : given_to(place));
    }
    std::map<std::string, Postings> read;
    std::string before;
    PageWriter writer([&](const std::string& first, const std::string& data) {
      CHECK(data.size() <= page_size);
      CHECK(data.find('\0') == std::string::npos);
      CHECK(before < first);
      before = first;
      const auto entries = read_page(data);
      CHECK(entries.front().token == first.substr(0, first.find(piece_mark)));
      for (const auto& entry : entries) {
        auto& list = read[entry.token];
        list.insert(list.end(), entry.postings.begin(), entry.postings.end());
      }
      const auto& some = entries[random() % entries.size()];
      const auto alone = read_page(data, some.token, some.token + "\x03");
      REQUIRE(alone.size() == 1);
      CHECK(alone.front().postings == some.postings);
    });
    for (const auto& [token, list] : written) writer.add(token, list);
    writer.finish();
    CHECK(read == written);
  }
  CHECK_THROWS(read_page("\x09x"));
}

TEST_CASE("runs hold what a set of tokens a record would, whatever is given and taken in whatever portions") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f(database);
    std::mt19937 random(11);
    std::map<std::int64_t, std::set<std::string>> truth;
    const std::vector<std::string> tokens = {"道路", "道橋", "道", "路燈", "1", "12", "A1", "A2", "Sdone", "Sopen", "臺中"};
    for (int round = 0; round < 120; ++round) {
      std::map<std::int64_t, std::set<std::string>> now;
      const std::size_t many = round % 20 == 19 ? 700 : 1 + random() % 12;
      for (std::size_t i = 0; i < many; ++i) {
        const auto id = static_cast<std::int64_t>(random() % 3 == 0 ? random() % 900 : block_size * (1 + round / 40) + random() % 300);
        auto& set = now[id];
        set.clear();
        if (random() % 9 == 0) continue;  // gone
        for (const auto& token : tokens) {
          if (random() % 3 == 0) set.insert(token);
        }
      }
      std::vector<TokenChange> changes;
      for (const auto& [id, set] : now) {
        TokenChange change{id, {}, {}};
        std::set_difference(set.begin(), set.end(), truth[id].begin(), truth[id].end(), std::back_inserter(change.added));
        std::set_difference(truth[id].begin(), truth[id].end(), set.begin(), set.end(), std::back_inserter(change.removed));
        changes.push_back(std::move(change));
        truth[id] = set;
      }
      f.write([&](db::Session& s) { Runs::add(s, changes); });
      if (round % 10 != 9) continue;
      const auto check = [&](const Condition& condition, const std::vector<std::string>& none_of, const std::function<bool(const std::set<std::string>&)>& holds) {
        std::vector<std::int64_t> expected;
        for (const auto& [id, set] : truth) {
          if (holds(set)) expected.push_back(id);
        }
        std::vector<std::int64_t> found;
        database.read([&](db::Session& s) {
          auto blocks = Runs::list_blocks(s);
          std::reverse(blocks.begin(), blocks.end());
          for (const auto block : blocks) {
            for (const auto id : Runs::find(s, block, condition, none_of)) found.push_back(id);
          }
          return 0;
        });
        CHECK(found == expected);
      };
      for (const auto& token : tokens) {
        if (display_characters(token) == 1) continue;
        check(Condition::one(token), {}, [&](const auto& set) { return set.count(token) != 0; });
        check(Condition::all_of({Condition::one(token), Condition::one("Sdone")}), {"臺中"}, [&](const auto& set) { return set.count(token) != 0 && set.count("Sdone") != 0 && set.count("臺中") == 0; });
      }
      const auto begins = [](const std::set<std::string>& set, const std::string& with) { return std::any_of(set.begin(), set.end(), [&](const std::string& one) { return one.rfind(with, 0) == 0; }); };
      check(Condition::one("道"), {}, [&](const auto& set) { return begins(set, "道"); });
      check(Condition::any_of({Condition::one("1"), Condition::all_of({Condition::one("A1"), Condition::one("A2")})}), {"道"},
            [&](const auto& set) { return (begins(set, "1") || (set.count("A1") != 0 && set.count("A2") != 0)) && !begins(set, "道"); });
      check(Condition::one("沒有"), {}, [](const auto&) { return false; });
      const auto most = database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) AS n FROM search_run GROUP BY block ORDER BY n DESC"); });
      CHECK(most <= 30);
    }
  });
}

TEST_CASE("large runs are merged beside the index and take their place at once; what a killed process left is swept") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f(database);
    std::mt19937 random(5);
    std::map<std::string, std::set<std::int64_t>> truth;
    const auto token = [](std::uint32_t n) { return "臺" + std::to_string(n); };
    const auto add = [&](std::int64_t from, std::int64_t many) {
      std::vector<TokenChange> changes;
      for (std::int64_t id = from; id < from + many; ++id) {
        std::set<std::string> set;
        for (int i = 0; i < 12; ++i) set.insert(token(random() % 4000));
        for (const auto& one : set) truth[one].insert(id);
        changes.push_back({id, {set.begin(), set.end()}, {}});
      }
      f.write([&](db::Session& s) { Runs::add(s, changes); });
    };
    const auto check = [&] {
      database.read([&](db::Session& s) {
        for (std::uint32_t n = 0; n < 4000; n += 97) {
          std::set<std::int64_t> found;
          for (const auto block : Runs::list_blocks(s)) {
            for (const auto id : Runs::find(s, block, Condition::one(token(n)), {})) found.insert(id);
          }
          CHECK(found == truth[token(n)]);
        }
        return 0;
      });
    };
    const auto runs = [&] { return database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM search_run WHERE block >= 0"); }); };
    for (int i = 0; i < 8; ++i) add(1 + i * 4096, 4096);
    const auto before = runs();
    CHECK(before >= 8);  // too much to be merged while somebody waits
    check();
    CHECK(Runs::merge_some(database));
    CHECK(runs() < before);
    check();
    while (Runs::merge_some(database)) {
    }
    CHECK(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM search_run WHERE block < 0"); }) == 0);
    const auto pages = [&] { return database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM search_page"); }); };
    const auto whole = pages();
    // A merge that was killed before its end: its pages are nobody's.
    f.write([&](db::Session& s) {
      const auto heir = s.value<std::int64_t>("INSERT INTO search_run (block, level, bytes) VALUES (-1, 5, 0) RETURNING id");
      for (int i = 0; i < 700; ++i) s.execute("INSERT INTO search_page (run, first, data) VALUES (?, ?, 'x')", heir, token(static_cast<std::uint32_t>(100000 + i)));
    });
    check();
    f.write([](db::Session& s) { Runs::abandon(s); });
    int parts = 0;
    while (Runs::merge_some(database)) ++parts;
    CHECK(parts >= 3);  // not all of it in one transaction
    CHECK(pages() == whole);
    check();
    // A block that is closed becomes one run.
    add(block_size, 300);
    while (Runs::merge_some(database)) {
    }
    CHECK(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM search_run WHERE block = 0"); }) == 1);
    check();
  });
}

// What was merged leaves room behind that PostgreSQL would keep for ever.
TEST_CASE("the room of what was merged is given back, and nothing is lost with it") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f(database);
    const std::string filler(1500, 'x');
    f.write([&](db::Session& s) { Runs::add(s, {{7, {"臺中", "道路"}, {}}, {9, {"道路"}, {}}}); });
    // A run that is given up, as large as a merge of many leaves it.
    f.write([&](db::Session& s) {
      const auto old = s.value<std::int64_t>("INSERT INTO search_run (block, level, bytes) VALUES (-2, 5, 0) RETURNING id");
      for (int i = 0; i < 16'000; ++i) s.execute("INSERT INTO search_page (run, first, data) VALUES (?, ?, ?)", old, std::to_string(100'000 + i), filler);
    });
    while (Runs::merge_some(database)) {
    }
    const auto taken = [&] {
      return database.read([](db::Session& s) {
        return s.engine() == db::Engine::postgres ? s.value<std::int64_t>("SELECT CAST(pg_total_relation_size('search_page') AS BIGINT)") : s.value<std::int64_t>("SELECT SUM(pgsize) FROM dbstat WHERE name LIKE 'search_page%'");
      });
    };
    if (database.engine() == db::Engine::postgres) CHECK(taken() > 20'000'000);
    Runs::tidy(database);
    CHECK(taken() < 200'000);
    database.read([](db::Session& s) {
      CHECK(Runs::find(s, 0, Condition::one("道路"), {}) == std::vector<std::int64_t>{7, 9});
      CHECK(Runs::find(s, 0, Condition::one("臺中"), {}) == std::vector<std::int64_t>{7});
      return 0;
    });
  });
}

// Another process may do the same merge at the same time: only one of them counts, and the pages of the other are swept.
TEST_CASE("a merge that another process was faster with leaves the index as that one made it") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f(database);
    std::mt19937 random(13);
    std::map<std::string, std::set<std::int64_t>> truth;
    const auto token = [](std::uint32_t n) { return "路" + std::to_string(n); };
    for (int round = 0; round < 8; ++round) {
      std::vector<TokenChange> changes;
      for (std::int64_t id = 1 + round * 4096; id < 1 + (round + 1) * 4096; ++id) {
        std::set<std::string> set;
        for (int i = 0; i < 12; ++i) set.insert(token(random() % 4000));
        for (const auto& one : set) truth[one].insert(id);
        changes.push_back({id, {set.begin(), set.end()}, {}});
      }
      f.write([&](db::Session& s) { Runs::add(s, changes); });
    }
    int asked = 0;
    // The other process comes between what was read and what is put in its place.
    const bool merged = Runs::merge_some(database, [&] {
      ++asked;
      CHECK(Runs::merge_some(database));
    });
    CHECK(merged);
    CHECK(asked == 1);
    while (Runs::merge_some(database)) {
    }
    database.read([&](db::Session& s) {
      CHECK(s.value<std::int64_t>("SELECT COUNT(*) FROM search_run WHERE block < 0") == 0);
      CHECK(s.value<std::int64_t>("SELECT COUNT(*) FROM search_page p WHERE NOT EXISTS (SELECT 1 FROM search_run r WHERE r.id = p.run)") == 0);
      for (std::uint32_t n = 0; n < 4000; n += 97) {
        std::set<std::int64_t> found;
        for (const auto block : Runs::list_blocks(s)) {
          for (const auto id : Runs::find(s, block, Condition::one(token(n)), {})) found.insert(id);
        }
        CHECK(found == truth[token(n)]);
      }
      return 0;
    });
  });
}
