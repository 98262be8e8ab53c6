#include "modules/plan/rules.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace mandate::plan;
using duties::Every;

namespace {

ObligationRecord obligation(std::optional<Every> every, const char* months, std::optional<std::int64_t> day, const char* amounts = "[]") {
  ObligationRecord o;
  o.what = "辦理";
  o.every = every;
  o.months = months;
  o.day = day;
  o.amounts = amounts;
  return o;
}

}  // namespace

TEST_CASE("an obligation's rhythm becomes a duty calendar") {
  auto r = recurrence_of(obligation(Every::month, "", 7));
  REQUIRE(r);
  CHECK(r->every == Every::month);
  CHECK(r->day == 7);
  r = recurrence_of(obligation(Every::year, "1,7", std::nullopt));
  REQUIRE(r);
  CHECK(r->months == std::vector<int>{1, 7});
  CHECK(r->day == 0);
  r = recurrence_of(obligation(Every::half_year, "5,11", std::nullopt));
  REQUIRE(r);
  CHECK(r->every == Every::year);
  CHECK(r->months == std::vector<int>{5, 11});
  r = recurrence_of(obligation(Every::week, "", 15));
  REQUIRE(r);
  CHECK(r->day == 0);
}

TEST_CASE("a target without a rhythm is due at the year's end, a limit from an event has no date") {
  auto target = recurrence_of(obligation(std::nullopt, "", std::nullopt, R"([{"bound":"at_least","value":200,"unit":"件"}])"));
  REQUIRE(target);
  CHECK(target->every == Every::year);
  auto limit = obligation(std::nullopt, "", std::nullopt);
  limit.within_count = 7;
  limit.within_unit = "day";
  CHECK_FALSE(recurrence_of(limit));
  CHECK_FALSE(recurrence_of(obligation(std::nullopt, "", std::nullopt)));
}

TEST_CASE("sentences of two texts are paired, moved ones too, and each stands in one pair") {
  const std::vector<SentenceKey> before = {{"甲", "每月召開會議。"}, {"甲", "每季檢討執行情形並提報委員會。"}, {"乙", "辦理訓練。"}, {"乙", "這句會刪除。"}};
  const std::vector<SentenceKey> after = {{"甲", "新的一句。"}, {"甲", "每半年檢討執行情形並提報委員會。"}, {"甲", "每月召開會議。"}, {"丙", "辦理訓練。"}};
  const auto pairs = pair_sentences(before, after);
  std::map<std::size_t, std::optional<std::size_t>> partner;
  int removed = 0;
  for (const auto& pair : pairs) {
    if (pair.after) {
      partner[*pair.after] = pair.before;
    } else {
      ++removed;
      CHECK(*pair.before == 3);
    }
  }
  CHECK(removed == 1);
  CHECK_FALSE(partner[0]);
  CHECK(partner[1] == 1);
  CHECK(partner[2] == 0);
  CHECK(partner[3] == 2);
}

TEST_CASE("headings are the same without spaces, width and dashes") {
  CHECK(folded_title("8-1-1 推動青年事務") == folded_title("８-１-１推動青年事務"));
  CHECK(folded_title("台中市") == folded_title("臺中市"));
  CHECK(folded_title("甲") != folded_title("乙"));
}

TEST_CASE("half alike is another sentence") {
  CHECK(similarity("每月召開會議", "每月召開會議") == Percent::of(100));
  CHECK(similarity("每月召開會議", "完全不同內容") == Percent::of(0));
}
