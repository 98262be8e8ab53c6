#include "foundation/search/fixture_test.hpp"
#include "foundation/search/folding.hpp"

#include <thread>

using namespace mandate;
using namespace mandate::search;
using namespace mandate::search::testing;

TEST_CASE("a record is found before it is in the index, in it, changed, and no more when it is gone") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f(database);
    const auto all = f.all();
    const auto both_ways = [&](const std::string& q, const std::string& expected) {
      INFO(q);
      CHECK(f.ids(all, q) == expected);
      f.search.index_all();
      CHECK(f.ids(all, q) == expected);
    };
    f.put(duty(1, "台中市道路積水改善", "路燈與號誌"));
    both_ways("積水", "1/1");
    f.put(duty(2, "臺中市人行道鋪面改善"));
    both_ways("臺中 改善", "2 1/2");
    both_ways("台中 -積水", "2/1");
    both_ways("-積水", "2/1");
    both_ways("\"道路積水\"", "1/1");
    both_ways("道路鋪面", "/0");
    both_ways("燈", "1/1");
    both_ways("路燈與", "1/1");
    both_ways("100002", "2/1");
    both_ways("１１２－１００００１", "1/1");
    both_ways("号志", "1/1");
    f.put(duty(1, "台中市公園照明", "路燈與號誌"));
    both_ways("積水", "/0");
    both_ways("公園", "1/1");
    both_ways("台中", "2 1/2");
    auto moved = duty(1, "台中市公園照明", "路燈與號誌");
    moved.state = "done";
    f.put(moved);
    both_ways("號誌", "1/1");
    const auto open = [](SearchQuery& in) { in.state = "open"; };
    CHECK(f.ids(all, "台中", open) == "2/1");
    f.put(duty(1, "台中市道路積水改善", "路燈與號誌"));  // back again before it was moved
    CHECK(f.ids(all, "積水", open) == "1/1");
    f.search.index_all();
    CHECK(f.ids(all, "台中", open) == "2 1/2");
    f.write([](db::Session& s) { remove(s, "duty", 1); });
    both_ways("台中", "2/1");
    f.write([](db::Session& s) { remove(s, "duty", 77); });  // never was there
    f.put(duty(1, "台中市道路再改善"));
    both_ways("台中", "1 2/2");  // a new record: the newest
    f.put(duty(3, "不曾進入索引"));
    f.write([](db::Session& s) { remove(s, "duty", 3); });
    both_ways("不曾", "/0");
  });
}

TEST_CASE("filters, order and pages") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f(database);
    for (std::int64_t i = 1; i <= 30; ++i) {
      auto d = duty(i, i % 10 == 0 ? "路燈" : "案件 路燈修繕 " + std::to_string(i), i % 10 == 5 ? "路燈路燈" : "");
      d.origin = i % 2 == 0 ? "council" : "plan";
      d.agency_id = i % 3 == 0 ? 20 : 10;
      d.on = Date::parse("2023-01-01")->plus_days(i * 10);
      f.put(d);
      if (i == 20) f.search.index_all();
    }
    const auto all = f.all();
    CHECK(f.ids(all, "路燈", [](SearchQuery& in) { in.limit = 5; }) == "30 29 28 27 26/30");
    CHECK(f.ids(all, "路燈", [](SearchQuery& in) { in.origin = "council", in.agency_id = http::Number63{20}; }) == "30 24 18 12 6/5");
    CHECK(f.ids(all, "路燈", [](SearchQuery& in) { in.from = Date::parse("2023-02-10"), in.to = Date::parse("2023-03-12"); }) == "7 6 5 4/4");
    CHECK(f.ids(all, "路燈", [](SearchQuery& in) { in.from = Date::parse("2023-10-08"); }) == "30 29 28/3");
    CHECK(f.ids(all, "路燈", [](SearchQuery& in) { in.sort = SearchSort::relevance, in.limit = 6; }).substr(0, 17) == "30 20 10 25 15 5/");
    CHECK(f.ids(all, "100007 路燈", [](SearchQuery& in) { in.sort = SearchSort::relevance; }) == "7/1");
    for (const auto sort : {SearchSort::newest, SearchSort::relevance}) {
      std::set<std::int64_t> seen;
      std::optional<std::string> cursor;
      do {
        const auto page = f.find(all, "路燈", [&](SearchQuery& in) { in.sort = sort, in.limit = 7, in.cursor = cursor; });
        for (const auto& row : page.rows) CHECK(seen.insert(row.id.value).second);
        cursor = page.next;
      } while (cursor);
      CHECK(seen.size() == 30);
    }
    const auto fails = [&](const std::function<void(SearchQuery&)>& change) {
      SearchQuery in;
      in.q = "路燈";
      change(in);
      const auto found = f.search.parts().find(all, in);
      return found.ok() ? std::string() : found.fault().fields.front().path;
    };
    CHECK(fails([](SearchQuery& in) { in.q = " "; }) == "q");
    CHECK(fails([](SearchQuery& in) { in.kind = "nothing"; }) == "kind");
    CHECK(fails([](SearchQuery& in) { in.cursor = "x"; }) == "cursor");
    CHECK(fails([](SearchQuery& in) { in.cursor = "-1"; }) == "cursor");
    CHECK(fails([](SearchQuery& in) { in.limit = 0; }) == "limit");
    CHECK(fails([](SearchQuery& in) { in.limit = 101; }) == "limit");
    CHECK(fails([](SearchQuery& in) { in.from = Date::parse("2023-02-02"), in.to = Date::parse("2023-02-01"); }) == "to");
  });
}

TEST_CASE("nobody finds or counts what they may not see") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f(database);
    auto own = duty(1, "路燈修繕", "詳情寫在這裡");
    own.unit_id = 101;
    auto secret = duty(2, "路燈採購");
    secret.unit_id = 101;
    secret.confidentiality = identity::Confidentiality::confidential;
    auto other = duty(3, "路燈巡查", "詳情寫在這裡");
    other.agency_id = 20;
    other.unit_id = 201;
    other.origin = "contact";
    auto youth = duty(4, "路燈提案", "詳情寫在這裡");
    youth.origin = "youth_council";
    youth.confidentiality = identity::Confidentiality::open;
    for (const auto& one : {own, secret, other, youth}) f.put(one);
    for (int round = 0; round < 2; ++round) {
      CHECK(f.ids(f.as("rdec_head"), "路燈") == "4 3 2 1/4");
      CHECK(f.ids(f.as("rdec_controller"), "路燈") == "4 3 1/3");
      CHECK(f.ids(f.as("handler", 10, 101), "路燈") == "2 1/2");
      CHECK(f.ids(f.as("handler", 10, 0), "路燈") == "4/1");
      CHECK(f.ids(f.as("handler", 20, 101), "路燈") == "/0");
      CHECK(f.ids(f.as("agency_liaison", 10), "路燈") == "4 1/2");
      CHECK(f.ids(f.as("citizen"), "路燈") == "/0");
      CHECK(f.ids(f.as("system_admin"), "路燈") == "/0");
      CHECK(f.ids(f.as("youth_councillor"), "路燈") == "4/1");
      // Who may not read details cannot find by them, nor tell from an exclusion what stands in them.
      CHECK(f.ids(f.as("youth_councillor"), "詳情") == "/0");
      CHECK(f.ids(f.as("youth_councillor"), "路燈 -詳情") == "4/1");
      CHECK(f.find(f.as("youth_councillor"), "提案").rows.front().excerpt.empty());
      CHECK(f.ids(f.as("agent_1999"), "詳情") == "/0");
      CHECK(f.ids(f.as("supervisor_1999"), "詳情") == "3/1");
      CHECK(f.ids(f.as("rdec_controller"), "詳情") == "4 3 1/3");
      f.search.index_all();
    }
    // A token that was not given the right finds nothing.
    auto token = f.as("rdec_head");
    token.is_token = true;
    token.token_permissions = {"plan.read"};
    CHECK(f.ids(token, "路燈") == "/0");
  });
}

TEST_CASE("agencies and holders are found by their names, and so is what they owe") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f(database);
    const auto named = [](std::vector<search::Named> names) { return std::make_shared<const std::vector<search::Named>>(std::move(names)); };
    const auto places = std::make_shared<const std::vector<Place>>(std::vector<Place>{{"agency", 20, "臺中市政府建設局", "建設局", "/agencies/20", "臺中市政府建設局\x1F建設局"}, {"post", 300, "王小明　股長", "臺中市政府建設局", "/agencies/20", "王小明 股長\x1F臺中市政府建設局"}});
    f.search.set_surroundings({[places](const Actor& actor) { return identity::may(actor, "agency.read") ? places : nullptr; },
                               [named] { return named({{10, "臺中市政府交通局\x1F交通局", "臺中市政府"}, {20, "臺中市政府建設局\x1F建設局", "臺中市政府"}}); }, [named] { return named({{300, "王小明", ""}}); }, [](std::int64_t id) { return "機關" + std::to_string(id); }});
    f.put(duty(1, "路燈修繕"));
    auto theirs = duty(2, "人行道鋪面");
    theirs.agency_id = 20;
    theirs.post_id = 300;
    f.put(theirs);
    f.put(duty(3, "請建設局配合"));
    for (int round = 0; round < 2; ++round) {
      CHECK(f.ids(f.all(), "建設局") == "3 2/2");
      CHECK(f.ids(f.all(), "台中市政府建設局 鋪面") == "2/1");
      CHECK(f.ids(f.all(), "交通局 -路燈") == "3/1");
      CHECK(f.ids(f.all(), "路 -交通局") == "/0");
      CHECK(f.ids(f.all(), "市政府建") == "2/1");
      CHECK(f.ids(f.all(), "臺中市") == "/0");  // every agency is the city's: that names none of them
      CHECK(f.ids(f.all(), "王小明") == "2/1");
      CHECK(f.find(f.all(), "王小明").rows.front().by_holder);
      CHECK(f.find(f.all(), "建設局").rows.back().by_agency);
      CHECK(f.find(f.all(), "小明").places_total == 1);
      CHECK(f.find(f.all(), "建設局").places_total == 2);
      CHECK(f.find(f.as("citizen"), "建設局").places_total == 0);
      f.search.index_all();
    }
  });
}

TEST_CASE("a city that had records before it had an index gets one, and says so until it has") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f(database);
    for (std::int64_t i = 1; i <= 1203; ++i) f.existing.push_back(duty(i, "舊案 路燈"));
    f.put(duty(7, "舊案 路燈 改過"));  // changed before the index was filled
    f.search.parts().prepare();
    CHECK(f.find(f.all(), "路燈").index_incomplete);
    f.search.index_all();
    CHECK(!f.find(f.all(), "路燈").index_incomplete);
    CHECK(f.find(f.all(), "路燈").total_is_capped);
    CHECK(f.ids(f.all(), "112-100777") == "777/1");
    // Another way of folding: the index is made anew.
    f.write([](db::Session& s) { SearchStore::set_state(s, "fold_version", fold_version - 1); });
    f.search.parts().prepare();
    CHECK(f.find(f.all(), "路燈").index_incomplete);
    CHECK(f.ids(f.all(), "112-100777") == "/0");
    f.put(duty(777, "舊案 路燈 再改"));
    CHECK(f.ids(f.all(), "112-100777") == "777/1");  // what changes meanwhile is found at once
    f.search.index_all();
    CHECK(!f.find(f.all(), "路燈").index_incomplete);
    CHECK(f.ids(f.all(), "112-100776") == "776/1");
    CHECK(f.ids(f.all(), "112-100777 再改") == "777/1");
  });
}

TEST_CASE("writers and the indexer at once lose and double nothing") {
  db::testing::on_both(sets(), [](db::Database& database) {
    Fixture f(database);
    std::atomic<bool> writing{true};
    std::thread indexer([&] {
      while (writing) f.search.parts().index_some();
    });
    std::vector<std::thread> writers;
    for (int w = 0; w < 3; ++w) {
      writers.emplace_back([&, w] {
        for (int i = 0; i < 150; ++i) {
          const auto written = database.write([&](db::Session& s) -> Result<> {
            search::put(s, duty(i % 50 + 1, "第" + std::to_string(w) + "人改第" + std::to_string(i) + "次"));
            if (i % 7 == 3) search::remove(s, "duty", (i + 9) % 50 + 1);
            return done();
          });
          CHECK(written.ok());
        }
      });
    }
    for (auto& one : writers) one.join();
    writing = false;
    indexer.join();
    f.write([](db::Session& s) {
      for (std::int64_t i = 1; i <= 50; ++i) search::put(s, duty(i, "最後 " + std::to_string(i)));
    });
    f.search.index_all();
    CHECK(f.ids(f.all(), "次") == "/0");
    CHECK(f.find(f.all(), "最後").total == 50);
    CHECK(f.ids(f.all(), "\"最後 17\"") == "17/1");
    const auto waiting = database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM search_entry WHERE pending <> 0"); });
    CHECK(waiting == 0);
  });
}
