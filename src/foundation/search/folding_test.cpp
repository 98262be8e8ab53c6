#include "foundation/search/folding.hpp"
#include "foundation/search/model.hpp"
#include "kernel/text.hpp"

#include <doctest/doctest.h>
#include <random>

using namespace mandate;
using namespace mandate::search;

TEST_CASE("texts that a person calls the same fold to the same") {
  const std::pair<const char*, const char*> same[] = {
      {"台中市", "臺中市"}, {"１９９９", "1999"},   {"ＡＢＣ", "abc"},         {"Taichung", "TAICHUNG"}, {"发展", "發展"},       {"噪音污染", "噪音汙染"},
      {"綫上", "線上"},     {"裏長", "裡長"},       {"㈱", "(株)"},            {"①", "1"},               {"café", "CAFE"},       {"cafe\xCC\x81", "café"}, {"一　二", "一 二"},
      {"  一\n\t二 ", "一 二"}, {"爲民服務", "為民服務"}, {"内政部", "內政部"}, {"衞生局", "衛生局"},     {"馬路", "马路"},       {"說明", "说明"},       {"ﬁn", "fin"},
  };
  for (const auto& [a, b] : same) {
    INFO(a);
    CHECK(fold_for_search(a) == fold_for_search(b));
  }
  const std::pair<const char*, const char*> different[] = {{"里長", "裡長"}, {"后里", "後里"}, {"干", "幹"}, {"路燈", "路灯泡"}, {"か", "が"}, {"一二", "一 二"}};
  for (const auto& [a, b] : different) {
    INFO(a);
    CHECK(fold_for_search(a) != fold_for_search(b));
  }
}

TEST_CASE("folding goes character by character: a part of a text folds to a part of the folded text") {
  std::mt19937 random(7);
  const char32_t some[] = {U'台', U'１', U'a', U'É', U'发', U' ', U'　', U'，', U'里', U'ﬁ', U'\n', U'-', U'"', U'😀', U'각', U'が', 0x301, U'臺', U'计', 0xE123};
  for (int round = 0; round < 2000; ++round) {
    std::u32string text;
    for (auto i = random() % 14; i > 0; --i) text.push_back(some[random() % std::size(some)]);
    const auto from = text.empty() ? 0 : random() % text.size();
    const auto part = text.substr(from, random() % 5);
    CHECK(fold_for_search(to_utf8(text)).find(fold_for_search(to_utf8(part))) != std::string::npos);
    CHECK(fold_for_search(fold_for_search(to_utf8(text))) == fold_for_search(to_utf8(text)));
    const auto with = fold_with_origins(to_utf8(text));
    CHECK(with.text == fold_for_search(to_utf8(text)));
    REQUIRE(with.origin.size() == with.text.size());
    for (std::size_t i = 0; i < with.origin.size(); ++i) {
      CHECK(with.origin[i] < text.size());
      if (i > 0) CHECK(with.origin[i - 1] <= with.origin[i]);
    }
  }
}

TEST_CASE("a Simplified character stands for each Traditional one that it may be") {
  const auto all = readings("头发");
  CHECK(std::find(all.begin(), all.end(), "頭髮") != all.end());
  CHECK(std::find(all.begin(), all.end(), "頭發") != all.end());
  CHECK(readings("公里") == std::vector<std::string>{"公里"});            // legal in both: meant as it is typed
  const auto km = readings("里程计划");                                   // but beside 计 it may be either
  CHECK(std::find(km.begin(), km.end(), fold_for_search("里程計畫")) != km.end());
  CHECK(readings(to_utf8(std::u32string(60, U'发'))).size() <= 33);       // bounded
}

TEST_CASE("what is typed: words, phrases, exclusions") {
  const auto words = [](const char* typed) {
    std::string out;
    const auto query = parse_query(typed);
    if (!query.ok()) return query.fault().fields.front().key;
    for (const auto& word : query->words) out += (word.exclude ? "-" : "+") + word.readings.front();
    return out;
  };
  CHECK(words("道路 積水") == "+道路+積水");
  CHECK(words("道路　積水") == "+道路+積水");
  CHECK(words("\"main street\" -\"of gold\"") == "+main street-of gold");
  CHECK(words("“人行道 鋪面”　－台") == "+人行道 鋪面-臺");
  CHECK(words("112-000123") == "+112-000123");
  CHECK(words("a\"b c\"d") == "+a+b c+d");
  CHECK(words("\"never closed") == "+never closed");
  CHECK(words("-") == "+-");
  CHECK(words("- 路") == "+-+路");
  CHECK(words("--路") == "--路");
  CHECK(words("路 \"\" -\"\" 燈") == "+路+燈");
  CHECK(words("") == "search.no_words");
  CHECK(words(" \t　\n") == "search.no_words");
  CHECK(words("\"\"") == "search.no_words");
  CHECK(words("\xCC\x81") == "search.no_words");  // an accent without a letter
  CHECK(words("1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7") == "search.too_many_words");
  CHECK(words(std::string(201, 'x').c_str()) == "input.too_long");
  CHECK(words(std::string(200, 'x').c_str()) == "+" + std::string(200, 'x'));
}

TEST_CASE("hostile input is read as text") {
  std::mt19937 random(11);
  for (int round = 0; round < 3000; ++round) {
    std::string bytes;
    for (auto i = random() % 40; i > 0; --i) bytes.push_back(static_cast<char>(random() % 3 == 0 ? "\"-* ()'\\:^{}&|!~"[random() % 16] : static_cast<int>(random() % 256)));
    const auto query = parse_query(bytes);
    if (!query.ok()) continue;
    for (const auto& word : query->words) {
      CHECK(!word.readings.empty());
      for (const auto& one : word.readings) {
        CHECK(!first_invalid_utf8(one).has_value());
        CHECK(!tokens_of_word(one).empty());
      }
    }
  }
}

TEST_CASE("tokens: every character and pair, none across a space, a word's are among those of every text that holds it") {
  CHECK(index_tokens("ab c") == std::vector<std::string>{"ab", "b", "c"});
  CHECK(tokens_of_word("路") == std::vector<std::string>{"路"});
  CHECK(tokens_of_word("路燈") == std::vector<std::string>{"路燈"});
  CHECK(tokens_of_word("路燈桿") == std::vector<std::string>{"燈桿", "路燈"});
  CHECK(tokens_of_word("a b") == std::vector<std::string>{"a", "b"});
  CHECK(tokens_are_exact("路燈"));
  CHECK(!tokens_are_exact("a b"));
  CHECK(!tokens_are_exact("路燈桿"));
  Document d;
  d.kind = "duty";
  d.state = "open";
  d.district = "西 區";
  CHECK(facets_of(d) == std::vector<std::string>{"Kduty", "A0", "O", "Sopen", "D西_區"});  // nothing of what it has not
  CHECK(facet('D', std::string(70, 'x')).size() == 48);
}

TEST_CASE("hits are marked in the original text") {
  const auto query = parse_query("臺中 abc -路").value();
  const auto marks = marks_of("在台中市ＡＢＣ路台　中", query);
  REQUIRE(marks.size() == 2);
  CHECK(marks[0].from == 1);
  CHECK(marks[0].length == 2);
  CHECK(marks[1].from == 4);
  CHECK(marks[1].length == 3);
  std::string longish;
  for (int i = 0; i < 100; ++i) longish += "字";
  const auto [excerpt, of] = excerpt_of(longish + "台中" + longish, query);
  REQUIRE(of.size() == 1);
  CHECK(to_utf32(excerpt).substr(static_cast<std::size_t>(of[0].from), static_cast<std::size_t>(of[0].length)) == U"台中");
  CHECK(display_width(excerpt) < 260);
  CHECK(excerpt_of("沒有", query).first.empty());
}
