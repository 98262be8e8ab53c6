#include "kernel/text.hpp"

#include <doctest/doctest.h>

using namespace mandate;
using namespace std::string_literals;

namespace {
using Tokens = std::vector<std::string>;
}

TEST_CASE("the first byte that is not UTF-8 is named") {
  CHECK_FALSE(first_invalid_utf8(""));
  CHECK_FALSE(first_invalid_utf8("臺中市 RDEC é 𠮷"));
  CHECK(first_invalid_utf8("臺\xFF中") == 3);
  CHECK(first_invalid_utf8("ab\xC0\xAF") == 2);           // overlong
  CHECK(first_invalid_utf8("\xE0\x80\xAF") == 0);         // overlong
  CHECK(first_invalid_utf8("a\xED\xA0\x80") == 1);        // surrogate
  CHECK(first_invalid_utf8("\xF4\x90\x80\x80") == 0);     // past U+10FFFF
  CHECK(first_invalid_utf8("臺中\xE5\xB8") == 6);         // cut off at the end
  CHECK(first_invalid_utf8("\x80") == 0);
  CHECK(first_invalid_utf8("\xBB\x4F\xA4\xA4\xA5\xAB") == 0);  // Big5
}

TEST_CASE("UTF-8 and UTF-32 convert both ways") {
  CHECK(to_utf8(to_utf32("aé臺𠮷")) == "aé臺𠮷");
  CHECK(to_utf32("臺\xFF") == U"臺\uFFFD");
  CHECK(to_utf8(std::u32string{0xD800}) == "\uFFFD");
}

TEST_CASE("folding makes equal what a person calls the same") {
  CHECK(fold("台中市") == fold("臺中市"));
  CHECK(fold("１１２年　Ａ") == "112年 a");
  CHECK(fold("ＲＤＥＣ") == fold("rdec"));
  CHECK(fold("計劃") == fold("計畫"));
  CHECK(fold("每周") == fold("每週"));
  CHECK(fold("㈱①") == "(株)1");
  CHECK(fold("e\u0301") == fold("É"));
  CHECK(fold("后里") != fold("後裡"));  // 后里 is a district, not a spelling
  CHECK(fold("").empty());
  CHECK(nfkc("１１２／０３") == "112/03");
}

TEST_CASE("search tokens are overlapping pairs, words whole") {
  CHECK(search_tokens("臺中市政府") == Tokens{"臺中", "中市", "市政", "政府"});
  CHECK(search_tokens("台中1999專線") == Tokens{"臺中", "1999", "專線"});
  CHECK(search_tokens("水") == Tokens{"水"});
  CHECK(search_tokens("查核，RDEC Plan２") == Tokens{"查核", "rdec", "plan2"});
  CHECK(search_tokens("8-1-1 青年") == Tokens{"8", "1", "1", "青年"});
  CHECK(search_tokens(" ，。!") == Tokens{});
  CHECK(search_tokens("カタカナ") == Tokens{"カタ", "タカ", "カナ"});
  CHECK(search_tokens("𠮷野家") == Tokens{"𠮷野", "野家"});
}

TEST_CASE("the tokens of a part are a phrase of the whole") {
  const auto whole = search_tokens("臺中市政府研究發展考核委員會112年度施政計畫");
  const auto part = search_tokens("台中市政府研究發展");
  CHECK(std::search(whole.begin(), whole.end(), part.begin(), part.end()) == whole.begin());
}

TEST_CASE("cutting counts columns and never tears a character") {
  CHECK(truncate_cjk("臺中市", 6) == "臺中市");
  CHECK(truncate_cjk("臺中市", 5) == "臺中…");
  CHECK(truncate_cjk("臺中市", 4) == "臺…");
  CHECK(truncate_cjk("臺中市", 1) == "…");
  CHECK(truncate_cjk("臺中市", 0).empty());
  CHECK(truncate_cjk("abc", 3) == "abc");
  CHECK(truncate_cjk("abcd", 3) == "ab…");
  CHECK(truncate_cjk("a臺b", 3) == "a…");
  CHECK(truncate_cjk("e\u0301e\u0301e\u0301", 2) == "e\u0301…");
  CHECK(truncate_cjk("e\u0301e\u0301", 2) == "e\u0301e\u0301");
  CHECK(truncate_cjk("👩\u200D👩\u200D👧家", 4) == "…");  // a family is one picture; its parts do not stand alone
  CHECK(truncate_cjk("", 5).empty());
  CHECK(display_width("臺中a") == 5);
  for (std::size_t width = 0; width < 20; ++width) {
    const auto cut = truncate_cjk("臺中市e\u0301𠮷政府abc", width);
    CHECK_FALSE(first_invalid_utf8(cut));
    CHECK(display_width(cut) <= width);
  }
}
