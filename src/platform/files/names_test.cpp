#include "platform/files/names.hpp"

#include "platform/files/raster.hpp"

#include <doctest/doctest.h>

using namespace mandate::files;

TEST_CASE("of a file's name is kept what can be shown without harm") {
  struct Case {
    std::string given;
    std::string kept;
  };
  for (const auto& [given, kept] : {Case{"報告.pdf", "報告.pdf"}, Case{"../../etc/passwd", "passwd"}, Case{"C:\\a\\b.txt", "b.txt"}, Case{"a\nb\x7f.txt", "ab.txt"}, Case{"報告\u202efdp.exe", "報告fdp.exe"}, Case{" . a.txt . ", "a.txt"},
                                    Case{"a<b>:\"|?*.txt", "a_b______.txt"}, Case{"e\u0301.txt", "\u00e9.txt"}, Case{"\u200b\ufeff", ""}, Case{"..", ""}, Case{std::string(300, 'x') + ".pdf", std::string(116, 'x') + ".pdf"}}) {
    INFO(given);
    CHECK(clean_name(given) == kept);
  }
}

TEST_CASE("an archive's entries may lie below their folder and nowhere else") {
  for (const auto* good : {"a.txt", "資料/一.txt", "a/..b/c", "folder/"}) CHECK(safe_entry_name(good));
  for (const auto* bad : {"", "/a", "../a", "a/../b", "a/..", "./a", "a\\b", "C:a", "a\nb", "a\u202eb"}) CHECK_FALSE(safe_entry_name(bad));
}

TEST_CASE("a disposition has a name for old programs and the right one for others") {
  CHECK(attachment_disposition("a b.pdf") == "attachment; filename=\"a b.pdf\"; filename*=UTF-8''a%20b.pdf");
  CHECK(attachment_disposition("報告\".pdf") == "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E5%A0%B1%E5%91%8A%22.pdf");
  CHECK(attachment_disposition("1.jpg", true).rfind("inline; ", 0) == 0);
}

TEST_CASE("a picture is turned as the camera was held") {
  // 1 2 3
  // 4 5 6
  Raster picture{3, 2, {}};
  for (unsigned char i = 1; i <= 6; ++i) picture.rgb.insert(picture.rgb.end(), 3, i);
  const char* const wanted[] = {"", "123456", "321654", "654321", "456123", "142536", "415263", "635241", "362514"};
  for (int orientation = 1; orientation <= 8; ++orientation) {
    const auto out = turned(picture, orientation);
    std::string seen;
    for (std::size_t i = 0; i < out.rgb.size(); i += 3) seen += static_cast<char>('0' + out.rgb[i]);
    INFO(orientation);
    CHECK(seen == wanted[orientation]);
    CHECK(out.width == (orientation >= 5 ? 2 : 3));
  }
}

TEST_CASE("a picture is made smaller by the mean of what falls together") {
  Raster picture{4, 2, {}};
  for (const unsigned char c : {0, 100, 10, 30, 100, 200, 10, 50}) picture.rgb.insert(picture.rgb.end(), 3, c);
  const auto half = shrunk(picture, 2);
  CHECK(half.width == 2);
  CHECK(half.height == 1);
  CHECK(half.rgb == std::vector<unsigned char>{100, 100, 100, 25, 25, 25});
  CHECK(shrunk(picture, 100).rgb == picture.rgb);
}
