#include "foundation/agencies/rules.hpp"

#include "foundation/agencies/agency_csv.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::agencies;

namespace {

Date d(const char* iso) { return *Date::parse(iso); }

AgencyRecord record(std::int64_t id, const char* code, const char* name, std::int64_t parent, const char* from, const char* to = nullptr) {
  AgencyRecord r;
  r.valid_from = d(from);
  if (to != nullptr) r.valid_to = d(to);
  r.row_id = id * 100 + r.valid_from.year();
  r.id = AgencyId{id};
  r.code = code;
  r.name = name;
  r.short_name = name;
  r.parent_id = AgencyId{parent};
  return r;
}

std::string text(const Overlay<AgencyRecord>& change) {
  std::string out;
  for (const auto row : change.superseded) out += "-" + std::to_string(row) + " ";
  for (const auto& r : change.inserted) out += r.name + ":" + r.valid_from.iso() + ".." + (r.valid_to ? r.valid_to->iso() : "") + " ";
  return out;
}

AgencySnapshot snapshot_of(std::vector<AgencyRecord> records) {
  OrganisationRows rows;
  rows.agencies = std::move(records);
  return {1, std::move(rows)};
}

std::string faults_text(const AgencyImportPlan& plan) {
  std::string out;
  for (const auto& fault : plan.outcome.faults) out += csv::path_of(fault) + ": " + fault.key + "; ";
  return out;
}

}  // namespace

TEST_CASE("a change laid over the periods that are there") {
  const std::vector<AgencyRecord> now{record(1, "A", "old", 0, "2010-01-01", "2020-12-31"), record(1, "A", "new", 0, "2021-01-01")};
  const auto change = [&](const char* from, const char* to = nullptr) {
    auto added = record(1, "A", "x", 0, from, to);
    if (to == nullptr) added.valid_to = natural_end(now, added.valid_from);
    return text(overlay(now, added));
  };
  CHECK(change("2023-01-01") == "-2121 new:2021-01-01..2022-12-31 x:2023-01-01.. ");
  CHECK(change("2021-01-01") == "-2121 x:2021-01-01.. ");  // the first day: nothing is left of it
  CHECK(change("2020-12-31") == "-2110 old:2010-01-01..2020-12-30 x:2020-12-31..2020-12-31 ");
  CHECK(change("2005-01-01") == "x:2005-01-01..2009-12-31 ");  // up to where the others begin
  CHECK(change("2015-01-01", "2015-12-31") == "-2110 old:2010-01-01..2014-12-31 old:2016-01-01..2020-12-31 x:2015-01-01..2015-12-31 ");
  CHECK(change("2015-01-01", "2022-12-31") == "-2110 -2121 old:2010-01-01..2014-12-31 new:2023-01-01.. x:2015-01-01..2022-12-31 ");
  CHECK(text(closed_after(now, d("2022-06-30"))) == "-2121 new:2021-01-01..2022-06-30 ");
  CHECK(text(closed_after(now, d("2020-12-31"))) == "-2121 ");
  CHECK(text(closed_after(now, d("2012-01-01"))) == "-2110 -2121 old:2010-01-01..2012-01-01 ");
}

TEST_CASE("periods overlap at their last and first days") {
  CHECK(overlap(record(1, "A", "", 0, "2020-01-01", "2020-12-31"), record(1, "A", "", 0, "2020-12-31")));
  CHECK_FALSE(overlap(record(1, "A", "", 0, "2020-01-01", "2020-12-31"), record(1, "A", "", 0, "2021-01-01")));
  CHECK(overlap(record(1, "A", "", 0, "2020-01-01"), record(1, "A", "", 0, "2030-01-01")));
}

TEST_CASE("nobody stands above themselves on any day") {
  CHECK(circles({record(1, "A", "", 0, "2020-01-01"), record(2, "B", "", 1, "2020-01-01")}).empty());
  CHECK(circles({record(1, "A", "", 1, "2020-01-01")}).size() == 1);
  CHECK(circles({record(1, "A", "", 3, "2020-01-01"), record(2, "B", "", 1, "2020-01-01"), record(3, "C", "", 2, "2020-01-01")}).size() == 3);
  // They changed places, and on no day was there a circle.
  CHECK(circles({record(1, "A", "", 0, "2020-01-01", "2020-12-31"), record(2, "B", "", 1, "2020-01-01", "2020-12-31"), record(1, "A", "", 2, "2021-01-01"), record(2, "B", "", 0, "2021-01-01")}).empty());
  CHECK_FALSE(circles({record(1, "A", "", 0, "2020-01-01", "2020-12-31"), record(2, "B", "", 1, "2020-01-01"), record(1, "A", "", 2, "2021-01-01")}).empty());
  // Below a circle, but not in it.
  CHECK(circles({record(1, "A", "", 2, "2020-01-01"), record(2, "B", "", 1, "2020-01-01"), record(3, "C", "", 2, "2020-01-01")}).size() == 2);
}

TEST_CASE("names as people write them") {
  auto city = record(1, "TC", "臺中市政府", 0, "2010-12-25");
  city.kind = AgencyKind::city;
  auto traffic = record(2, "T", "臺中市政府交通局", 1, "2010-12-25");
  traffic.short_name = "交通局";
  auto research = record(3, "R", "臺中市政府研究發展考核委員會", 1, "2010-12-25");
  research.short_name = "研考會";
  auto fengyuan = record(4, "F", "臺中市豐原區公所", 1, "2010-12-25");
  fengyuan.kind = AgencyKind::district_office;
  fengyuan.short_name = "豐原區";
  auto north = record(5, "N", "臺中市北區區公所", 1, "2010-12-25");
  north.kind = AgencyKind::district_office;
  north.short_name = "北區";
  auto digital_old = record(6, "D", "臺中市政府數位治理局", 1, "2022-12-25", "2024-12-31");
  digital_old.short_name = "數位治理局";
  auto digital_new = record(6, "D", "臺中市政府數位發展局", 1, "2025-01-01");
  digital_new.short_name = "數位局";
  digital_new.aliases = "數發局、數位發展局處";
  auto twin_a = record(7, "X", "甲中心", 1, "2010-12-25", "2020-12-31");
  auto twin_b = record(8, "Y", "甲中心", 1, "2021-01-01");
  auto double_a = record(9, "P", "乙中心", 1, "2010-12-25");
  auto double_b = record(10, "Q", "乙中心", 1, "2010-12-25");
  const auto now = snapshot_of({city, traffic, research, fengyuan, north, digital_old, digital_new, twin_a, twin_b, double_a, double_b});
  struct Row {
    const char* text;
    std::int64_t id;
  };
  for (const auto& row : std::initializer_list<Row>{{"臺中市政府交通局", 2}, {"台中市政府交通局", 2}, {"交通局", 2}, {" 交 通 局 ", 2}, {"市府交通局", 2}, {"本府交通局", 2}, {"研考會", 3},
                                                    {"研究發展考核委員會", 3}, {"台中市政府研考會", 3}, {"豐原區公所", 4}, {"豐原區", 4}, {"臺中市豐原區公所", 4}, {"台中市豐原區", 4}, {"北區", 5},
                                                    {"北區公所", 5}, {"北區區公所", 5}, {"臺中市北區區公所", 5}, {"數發局", 6}, {"數位發展局處", 6}, {"數位治理局", 6}, {"數位發展局", 6},
                                                    {"臺中市政府", 1}, {"甲中心", 8}, {"乙中心", 0}, {"各機關", 0}, {"本府各機關", 0}, {"各局處", 0}, {"交通", 0}, {"豐原", 0}, {"", 0}, {"公所", 0}}) {
    CAPTURE(row.text);
    CHECK(now.match_by_name(row.text, d("2025-06-01")) == AgencyId{row.id});
  }
  CHECK(now.match_by_name("甲中心", d("2020-12-31")) == AgencyId{7});
  CHECK(now.match_by_name("數位發展局", d("2023-06-01")) == AgencyId{6});
  CHECK(now.name_of(AgencyId{6}, d("2024-12-31")) == "臺中市政府數位治理局");
  CHECK(now.name_of(AgencyId{6}, d("2025-01-01")) == "臺中市政府數位發展局");
  CHECK(now.name_of(AgencyId{6}, d("2020-01-01")) == "臺中市政府數位治理局");  // before its time
  CHECK(now.short_name_of(AgencyId{7}, d("2023-01-01")) == "甲中心");           // after its time
  CHECK(now.name_of(AgencyId{99}, d("2023-01-01")).empty());
  CHECK(now.subtree(AgencyId{1}, {d("2023-01-01"), {}}).size() == 9);
}

TEST_CASE("fields at their limits") {
  AgencyFields good{"A-1.x_9", "名", "名", "", AgencyKind::first_level, false, d("2020-01-01"), d("2020-01-01")};
  CHECK(check_fields(good).empty());
  const auto column = [&](auto change) {
    auto fields = good;
    change(fields);
    const auto faults = check_fields(fields);
    return faults.empty() ? std::string("good") : faults[0].column;
  };
  CHECK(column([](auto& f) { f.code = ""; }) == "code");
  CHECK(column([](auto& f) { f.code = std::string(20, 'a'); }) == "good");
  CHECK(column([](auto& f) { f.code = std::string(21, 'a'); }) == "code");
  CHECK(column([](auto& f) { f.code = "a b"; }) == "code");
  CHECK(column([](auto& f) { f.name = "   "; }) == "name");
  CHECK(column([](auto& f) { f.name = std::string(60, 'x'); }) == "good");
  CHECK(column([](auto& f) { f.name = std::string(61, 'x'); }) == "name");
  CHECK(column([](auto& f) { f.name = "a\nb"; }) == "name");
  CHECK(column([](auto& f) { f.valid_to = d("2019-12-31"); }) == "valid_to");
  CHECK(column([](auto& f) { f.valid_from = d("1899-12-31"); }) == "valid_from");
  CHECK(check_contact("窗口", "(04)0000-0001 ext. 12", "a@b.invalid").empty());
  CHECK(check_contact("", "", "").empty());
  CHECK(check_contact("", "call me", "")[0].column == "phone");
  CHECK(check_contact("", "", "a@b@c")[0].column == "email");
  CHECK(check_contact("", "", "@b")[0].column == "email");
  CHECK(check_contact("", "", "a@")[0].column == "email");
}

TEST_CASE("a list is planned row by row; what is bad is named") {
  const std::vector<AgencyRecord> now{record(1, "TC", "市", 0, "2010-12-25"), record(2, "A", "甲", 1, "2010-12-25")};
  const auto plan = [&](const std::string& rows) { return plan_import("code,name,kind,parent_code,valid_from,valid_to,phone\n" + rows, now, {}); };

  auto good = plan("TC,市,first_level,,2010-12-25,,\nB,乙,一級機關,TC,099/12/25,,(04)0000-0001\nC,丙,second_level,B,2011-01-01,2020-12-31,\n");
  CHECK(faults_text(good).empty());
  CHECK(good.outcome.rows == 3);
  CHECK(good.outcome.created == 2);
  CHECK(good.outcome.unchanged == 1);
  REQUIRE(good.inserted.size() == 2);
  CHECK(good.inserted[0].valid_from == d("2010-12-25"));
  CHECK(good.inserted[1].parent_id == good.inserted[0].id);
  CHECK(good.contacts.size() == 1);
  CHECK(good.new_agencies.size() == 2);

  CHECK(faults_text(plan("A,甲,bureau,TC,2010-12-25,,\n")) == "line 2, column kind: agency.bad_kind; ");
  CHECK(faults_text(plan("A,甲,first_level,TC,2010-13-25,,\n")) == "line 2, column valid_from: agency.bad_date; ");
  CHECK(faults_text(plan("A,甲,first_level,TC,2010-12-25,tomorrow,\n")) == "line 2, column valid_to: agency.bad_date; ");
  CHECK(faults_text(plan("A,甲,first_level,TC,2010-12-25,2010-12-24,\n")) == "line 2, column valid_to: agency.ends_before; ");
  CHECK(faults_text(plan(",甲,first_level,TC,2010-12-25,,\n")) == "line 2, column code: agency.bad_code; ");
  CHECK(faults_text(plan("A,,first_level,TC,2010-12-25,,\n")).find("line 2, column name: agency.bad_name") == 0);
  CHECK(faults_text(plan("B,乙,first_level,ZZ,2010-12-25,,\n")) == "line 2, column parent_code: agency.parent_unknown; ");
  CHECK(faults_text(plan("A,甲,first_level,TC,2010-12-25,,\nA,甲,first_level,TC,2010-12-25,,\n")) == "line 3, column code: agency.row_twice; ");
  CHECK(faults_text(plan("A,甲新,first_level,TC,2023-01-01,,\n")) == "line 2, column valid_from: agency.period_overlap; ");
  CHECK(faults_text(plan("A,甲,first_level,TC,2010-12-25,2022-12-31,\nA,甲新,first_level,TC,2023-01-01,,\n")).empty());
  CHECK(faults_text(plan("TC,市,first_level,A,2010-12-25,,\n")).find("agency.parent_circle") != std::string::npos);
  CHECK(faults_text(plan_import("code,name,kind,valid_from,colour\n", now, {})) == "line 1, column colour: agency.column_unknown; ");
  CHECK(faults_text(plan_import("code,name,kind\n", now, {})) == "line 1, column valid_from: agency.column_missing; ");

  // A bad parent takes its children out, and the rest stays.
  const auto chain = plan("B,乙,bad,TC,2010-12-25,,\nC,丙,second_level,B,2010-12-25,,\nD,丁,second_level,C,2010-12-25,,\nE,戊,second_level,TC,2010-12-25,,\n");
  CHECK(chain.outcome.skipped == 3);
  CHECK(chain.outcome.created == 1);
  CHECK(chain.outcome.faults.size() == 3);
}
