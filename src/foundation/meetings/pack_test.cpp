#include "foundation/meetings/canonical.hpp"
#include "foundation/meetings/pack.hpp"
#include "platform/digest/digest.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::meetings;

namespace {

Pack sample() {
  Pack pack;
  pack.meeting.id = {123};
  pack.meeting.number = "112-M00001";
  pack.meeting.series = "標案進度管制會報";
  pack.as_of = pack.meeting.period_from = pack.meeting.period_to = pack.meeting.planned_on = *Date::parse("2023-03-31");
  pack.known_at = pack.frozen_at = *Instant::parse("2023-04-03T02:00:00Z");
  PackSection section;
  section.key = "duties.late";
  section.version = 1;
  section.title = "逾期";
  FigureTable table;
  table.columns = {{"機關", reports::ColumnType::text}, {"件數", reports::ColumnType::integer}, {"率", reports::ColumnType::percent}, {"日期", reports::ColumnType::date}};
  table.rows = {{reports::Cell::of("建設局"), reports::Cell::of(12), reports::Cell::percent(8530), reports::Cell::of(*Date::parse("2023-03-07"))},
                {reports::Cell::of("水利局"), reports::Cell::none(), reports::Cell::none(), reports::Cell::none()}};
  section.table = pack_table(table);
  PackEntry entry;
  entry.id = {9007199254740993};
  entry.title = "建設局逾期 12 件";
  section.entries.push_back(entry);
  pack.sections.push_back(section);
  return pack;
}

std::string file_of(const Pack& pack) {
  const auto content = canonical_pack(pack);
  return pack_file(content, digest::sha256_hex(content));
}

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a pack goes to its text and comes back the same, ids beyond 53 bits included") {
  const auto pack = sample();
  const auto text = canonical_pack(pack);
  const auto back = read_pack(text);
  REQUIRE(back.ok());
  CHECK(canonical_pack(*back) == text);
  CHECK(back->sections.at(0).entries.at(0).id.value == 9007199254740993);
  const auto table = figure_table(*back->sections.at(0).table);
  CHECK(table.rows.at(0).at(2) == reports::Cell::percent(8530));
  CHECK(table.rows.at(0).at(3) == reports::Cell::of(*Date::parse("2023-03-07")));
  CHECK(table.rows.at(1).at(1) == reports::Cell::none());
}

TEST_CASE("a chart keeps its missing values and those not yet due") {
  reports::Chart chart;
  chart.kind = reports::Chart::Kind::lines;
  chart.title = "進度";
  chart.categories = {"1", "2", "3"};
  chart.series = {{"實際", reports::ChartSeries::Look::actual, {reports::ChartValue::of(0), reports::ChartValue::missing(), reports::ChartValue::not_yet_due()}}};
  const auto back = chart_of(pack_chart(chart));
  CHECK(reports::svg_of(back, "c") == reports::svg_of(chart, "c"));
}

TEST_CASE("a pack file that was not touched is good, with or without the last line end") {
  const auto file = file_of(sample());
  CHECK(check_pack_file(file).good());
  CHECK(check_pack_file(file.substr(0, file.size() - 1)).good());
  CHECK(check_pack_file(file).pack->meeting.number == "112-M00001");
}

TEST_CASE("a pack file that was changed is refused, and the place is named") {
  const auto file = file_of(sample());
  const auto faults_of = [](const std::string& text) {
    std::string all;
    for (const auto& one : check_pack_file(text).faults) all += one + "\n";
    return all;
  };
  CHECK(faults_of(changed(file, "12,{\"percent\"", "13,{\"percent\"")).find("sections[0] was changed") != std::string::npos);
  CHECK(faults_of(changed(file, "標案進度", "標案進渡")).find("meeting was changed") != std::string::npos);
  CHECK(faults_of(changed(file, "\"part\":\"main\"", "\"part\":\"closed\"")).find("part was changed") != std::string::npos);
  CHECK(faults_of(changed(file, "\"gates\":[]", "\"gates\":[1]")).find("gates was changed") != std::string::npos);
  CHECK(faults_of(changed(file, "\"gates\":[],", "")).find("gates is missing") != std::string::npos);
  CHECK(faults_of(changed(file, "\"percent\":8530", "\"percent\":85.3")).find("not whole") != std::string::npos);
  // The whole agrees with itself, and yet it is not the file that was given out.
  CHECK(faults_of(changed(file, "\"content\":{", "\"content\": {")).find("canonical form") != std::string::npos);
  CHECK(faults_of(changed(file, "\"content\":{", "\"content\":{\"part\":\"closed\",")).find("canonical form") != std::string::npos);
  CHECK(faults_of(changed(file, "\"format\":\"mandate-pack/1\",\"sha256\"", "\"note\":1,\"format\":\"mandate-pack/1\",\"sha256\"")) != "");
  for (const char* bad : {"", "{}", "[]", "null", "not json", "{\"content\":1,\"format\":\"mandate-pack/1\",\"sha256\":\"x\"}", "{\"content\":{},\"format\":\"mandate-pack/9\",\"sha256\":\"x\"}"}) CHECK_FALSE(check_pack_file(bad).good());
  // With its hash made anew it agrees with itself; only the ledger can tell (mandate pack verify asks it).
  auto forged = sample();
  forged.sections[0].entries[0].title = "建設局逾期 1 件";
  CHECK(check_pack_file(file_of(forged)).good());
  CHECK(differences(boost::json::parse(canonical_pack(forged)), boost::json::parse(canonical_pack(sample())), 20) == std::vector<std::string>{"sections[0].entries[0].title: \"建設局逾期 1 件\", not \"建設局逾期 12 件\""});
}

TEST_CASE("a pack as ODT and as a page holds its rule, version, hash, and says of an extract that it is one") {
  const auto hash = digest::sha256_hex("x");
  i18n::add(meeting_messages());
  const auto page = pack_html(sample(), hash, false, Language::zh_tw);
  for (const char* part : {"duties.late", "第 1 版", "建設局逾期 12 件", "85.3%", "標案進度管制會報"}) CHECK(page.find(part) != std::string::npos);
  CHECK(page.find(hash) != std::string::npos);
  CHECK(page.find("節錄") == std::string::npos);
  CHECK(pack_html(sample(), hash, true, Language::zh_tw).find("節錄") != std::string::npos);
  CHECK(pack_odt(sample(), hash, false, Language::zh_tw).substr(0, 2) == "PK");
  auto hostile = sample();
  hostile.sections[0].entries[0].title = "<script>alert(1)</script>";
  CHECK(pack_html(hostile, hash, false, Language::zh_tw).find("<script>") == std::string::npos);
}
