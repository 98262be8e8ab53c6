#include "foundation/places/api.hpp"

#include <doctest/doctest.h>

using namespace mandate::places;

TEST_CASE("a district is found by its code and by what people write") {
  CHECK(districts().size() == 29);
  REQUIRE(find_district("66000090") != nullptr);
  CHECK(find_district("66000090")->name == "豐原區");
  CHECK(find_district("") == nullptr);
  CHECK(find_district("67000010") == nullptr);
  for (const char* written : {"豐原區", "豐原", "臺中市豐原區", "台中市豐原區", " 豐原區　", "台中市 豐原"}) {
    CAPTURE(written);
    REQUIRE(match_district(written) != nullptr);
    CHECK(match_district(written)->code == "66000090");
  }
  CHECK(match_district("中區")->code == "66000010");
  CHECK(match_district("中") == nullptr);
  CHECK(match_district("臺中市") == nullptr);
  CHECK(match_district("板橋區") == nullptr);
  CHECK(match_district("豐原區、中區") == nullptr);
  for (const auto& one : districts()) CHECK(one.name.find("台") == std::string::npos);
}
