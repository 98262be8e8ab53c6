#include "modules/tenders/rules.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::tenders;

TEST_CASE("a tender's amounts, dates and place have to agree with each other") {
  const auto keys = [](const TenderFields& f) {
    std::string out;
    for (const auto& fault : faults_of(f)) out += fault.path + ":" + fault.key + " ";
    return out;
  };
  TenderFields f;
  f.budget = 50'000'000;
  f.award_price = 50'000'000;
  CHECK(keys(f) == "");
  f.award_price = 50'000'001;
  CHECK(keys(f) == "award_price:tender.above_budget ");
  f.award_price = 1;
  f.status_code = 163;
  CHECK(keys(f) == "status_code:tender.no_status ");
  f.status_code = 165;
  f.contract_start_on = Date::parse("2023-05-01");
  f.contract_finish_on = Date::parse("2023-04-30");
  CHECK(keys(f) == "contract_finish_on:tender.ends_before_start ");
  f.contract_finish_on = Date::parse("2023-05-01");
  f.latitude = 120.6;
  f.longitude = 24.1;
  CHECK(keys(f) == "latitude:tender.not_in_taiwan longitude:tender.not_in_taiwan ");
  std::swap(f.latitude, f.longitude);
  CHECK(keys(f) == "");
  f.longitude.reset();
  CHECK(keys(f) == "latitude:tender.half_a_place ");
}

TEST_CASE("once works have started, award price and contract finish must be there") {
  TenderFields f;
  CHECK(faults_of_started(f).size() == 2);
  f.award_price = 1;
  CHECK(faults_of_started(f).size() == 1);
  f.contract_finish_on = Date::parse("2023-05-01");
  CHECK(faults_of_started(f).empty());
}
