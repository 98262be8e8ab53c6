// What the tests of this module share: one kind of record, and readers of all and of one unit.
#pragma once

#include "foundation/search/model.hpp"
#include "platform/db/store_test.hpp"

MANDATE_EMBEDDED(platform_db)

namespace mandate::search::testing {

inline std::vector<db::MigrationSet> sets() { return {db::migrations_of("platform_db", embedded::platform_db), search_migrations()}; }

struct Fixture {
  db::Database& database;
  FakeClock clock{*Instant::parse("2023-03-07T01:00:00Z")};
  Search search{database, clock};
  std::vector<Document> existing;  // for what an index is filled from
  explicit Fixture(db::Database& d) : database(d) {
    search.add_kind({"duty", [](const Actor& actor) { return identity::scope_of(actor, "duty.read", "duty", nullptr); }, [](std::int64_t id) { return "/duties/" + std::to_string(id); },
                     [this](db::Session&, std::int64_t after, int limit) {
                       std::vector<Document> out;
                       for (const auto& one : existing) {
                         if (one.record_id > after && static_cast<int>(out.size()) < limit) out.push_back(one);
                       }
                       return out;
                     }});
  }
  Actor as(const std::string& role, std::int64_t agency = 0, std::int64_t unit = 0) {
    Actor actor;
    actor.account_id = 1;
    actor.grants = {{role, agency, unit}};
    actor.now = clock.now();
    return actor;
  }
  Actor all() { return as("rdec_head"); }
  void write(const std::function<void(db::Session&)>& body) {
    REQUIRE(database
                .write([&](db::Session& s) -> Result<> {
                  body(s);
                  return done();
                })
                .ok());
  }
  void put(const Document& d) {
    write([&](db::Session& s) { search::put(s, d); });
  }
  SearchResult find(const Actor& actor, const std::string& q, const std::function<void(SearchQuery&)>& change = nullptr) {
    SearchQuery in;
    in.q = q;
    if (change) change(in);
    auto found = search.parts().find(actor, in);
    REQUIRE(found.ok());
    return *found;
  }
  // The record ids, in order, and how many are said to be there.
  std::string ids(const Actor& actor, const std::string& q, const std::function<void(SearchQuery&)>& change = nullptr) {
    const auto found = find(actor, q, change);
    std::string out;
    for (const auto& row : found.rows) out += (out.empty() ? "" : " ") + std::to_string(row.id.value);
    return out + "/" + std::to_string(found.total.value_or(-1));
  }
};

inline Document duty(std::int64_t id, const std::string& title, const std::string& body = "") {
  Document d;
  d.kind = "duty";
  d.record_id = id;
  d.number = "112-" + std::to_string(100000 + id);
  d.title = title;
  d.body = body;
  d.agency_id = 10;
  d.unit_id = 0;
  d.origin = "plan";
  d.state = "open";
  d.on = Date::parse("2023-03-31");
  return d;
}

}  // namespace mandate::search::testing
