// A large made-up corpus that is to an index what a city's records are. Nothing in it means anything, but it has the measures of real ones, taken from
// public council bills, councillors' suggestions, FAQ and minutes of Taiwanese cities (21,000 texts, 3.9 MB): how often the 10th, 100th, 1,000th
// character comes; how many different pairs there are among so many (of 25,000: 12,700; of 105,000: 36,000; of 413,000: 83,000; of 1,085,000: 143,000,
// half of them once only; here 12,700, 37,000, 89,000, 148,000); words that come one after the other again and again; 0.30 different pairs a byte; a
// tenth digits and punctuation; titles of about 60 bytes, and in six of ten records details of 20 to 3,000 bytes, half of them above 230: 255 bytes a
// record with its number. A few words in every spelling that folding makes one (臺, full width, Simplified) come on top.
#pragma once

#include "foundation/search/fixture_test.hpp"
#include "foundation/search/folding.hpp"
#include "kernel/text.hpp"

#include <cmath>

namespace mandate::search::testing {

struct Random {  // xorshift: the same corpus every time
  std::uint64_t seed = 88172645463325252ULL;
  std::uint64_t operator()(std::uint64_t n) {
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed % n;
  }
  double unit() { return static_cast<double>((*this)(1U << 30)) / static_cast<double>(1U << 30); }
};

class MadeUpLanguage {
 public:
  explicit MadeUpLanguage(Random& random) : random_(random) {
    for (char32_t c = 0x4E00; c < 0x9FA5; ++c) {
      if (characters_.find(c) == std::u32string::npos) characters_.push_back(c);
    }
    const std::size_t known = 500;
    for (std::size_t i = characters_.size(); i > known + 1; --i) std::swap(characters_[i - 1], characters_[known + random_(i - known)]);
    double sum = 0;
    for (std::size_t i = 0; i < 40'000; ++i) {
      const auto kind = random_(20);
      std::u32string word;
      for (std::size_t n = kind < 3 ? 1 : kind < 15 ? 2 : kind < 18 ? 3 : 4; n > 0; --n) word.push_back(character());
      words_.push_back(std::move(word));
      shares_.push_back(sum += 1 / (10.0 + static_cast<double>(i)));
    }
    for (auto& share : shares_) share /= sum;
  }

  void begin_record() { said_.clear(); }

  std::u32string text(std::size_t bytes) {
    std::u32string out;
    std::size_t length = 0;
    std::size_t word = word_at(random_.unit());
    while (length < bytes) {
      said_.push_back(word);
      std::u32string next;
      const auto kind = random_(56);
      if (kind < 4) {
        next = std::u32string(1, U"，。、「」（）：；"[random_(9)]);
      } else if (kind < 8) {
        for (const char c : std::to_string(random_(3) == 0 ? random_(100'000) : random_(1'000))) next.push_back(static_cast<char32_t>(c));
      } else if (kind == 8) {
        next = spellings[random_(std::size(spellings))];
      } else {
        next = words_[word];
      }
      if (random_(16) == 0 && !out.empty() && out.back() != U' ') next.insert(0, 1, U' ');
      for (const char32_t c : next) length += c < 0x80 ? 1 : 3;
      out += next;
      word = random_(6) == 0 ? said_[random_(said_.size())] : random_.unit() < 0.55 ? follower_of(word) : word_at(random_.unit());
    }
    return out;
  }

  // Log-normal.
  std::size_t length(double median, double spread, std::size_t most) {
    const double u = random_.unit() + 1e-9;
    const double v = random_.unit();
    return std::min(most, static_cast<std::size_t>(median * std::exp(spread * std::sqrt(-2 * std::log(u)) * std::cos(6.283185307 * v))));
  }

 private:
  static constexpr std::u32string_view spellings[] = {U"台中市", U"臺中市", U"計畫", U"計劃", U"里長", U"１９９９", U"1999", U"BRT", U"ＬＥＤ", U"led", U"App", U"汙水", U"污水", U"第3期", U"第３期", U"裏", U"后里", U"發展", U"頭髮", U"户外", U"戶外", U"週邊", U"周邊", U"温泉", U"溫泉", U"e化", U"(一)", U"（二）", U"-", U"_", U"%", U"'", U"\"", U"*"};

  char32_t character() {
    static constexpr std::pair<std::size_t, double> steps[] = {{10, 0.14}, {50, 0.345}, {100, 0.487}, {200, 0.648}, {300, 0.7445}, {500, 0.849}, {700, 0.905}, {1000, 0.95}, {1500, 0.9825}, {2000, 0.9938}, {3000, 0.9992}, {4000, 1.0}};
    const double at = random_.unit();
    std::size_t from = 0;
    for (const auto& [to, share] : steps) {
      if (at < share || to == 4000) return characters_[from + random_(to - from)];
      from = to;
    }
    return characters_.front();
  }
  std::size_t word_at(double share) const { return static_cast<std::size_t>(std::lower_bound(shares_.begin(), shares_.end() - 1, share) - shares_.begin()); }
  // One of seven, the first ones more often.
  std::size_t follower_of(std::size_t word) {
    const auto which = std::min(random_(7), random_(7));
    const std::uint64_t mixed = (word * 1000003ULL + which * 7919 + 12345) * 0x9E3779B97F4A7C15ULL;
    return word_at(static_cast<double>(mixed >> 34) / static_cast<double>(1U << 30));
  }

  Random& random_;
  std::u32string characters_ =
      U"議市案會請員局區政府長本地第民辦一有中及公建之人分工的高經業定大路號設時理由年以國為事計日學法行務程二雄查主通於發審關處用文如編費規月助備所委新決水同小教提上席生三部意在期成別不動道補管是午次明車後下"
      U"陳元等開照方項畫保條預算交報詢機里告改臺修可出育置正農土前山或至並過質萬許段擬施善到自書場合安運資平應社要面台原整全先位內展完申組者財化家源個其心收與北度我護間檢已任來依相作體單因光進縣住各產園現實統"
      U"利付無這科活研重興電送入表專環總能使件加附校營執副乙對就劃共點觀參未都影達得門目將協黃錄四立崑們服眾頁制金予需線證尺款他列多墊系物停境續該存核宣美院權基外視屆雅記治字增鄉約幣速再蔡林紀敬類簽防代更維警"
      U"支當積函華昌五非排問簿標監調室准造屬序勘數察花份鼓鳳例說口東甲向每式清散鎮港身隊儘限購司售結情南認確究旁取假繼訂也持休供果十吳子讓何蓮村永戶性題站帶轉網復名受秘福導則接租居聽延配和特除解障你集團商師捷"
      U"廳豐張客求另兒溝館品筆了額登徵言周濟準勞聞而推空常消街據德義討歡築暨橋減選養衛曾考迎溪效邊但容錦免變回話具沒力海訊且掌遊頭召布息益價做近格裝惠健起巷班醫礙職天納去知瑞草料六俟放景榮令信量族即童城廣圖級";
  std::vector<std::u32string> words_;
  std::vector<double> shares_;
  std::vector<std::size_t> said_;
};

constexpr std::int64_t units = 1000;  // the reader of one unit sees one record in a thousand

struct Corpus {
  std::vector<Document> documents;
  std::vector<std::string> folded;
  std::int64_t bytes = 0;  // of numbers, titles and details
};

inline Corpus make_corpus(std::int64_t count) {
  Corpus c;
  Random random;
  MadeUpLanguage language(random);
  for (std::int64_t i = 0; i < count; ++i) {
    language.begin_record();
    const auto title = to_utf8(language.text(language.length(60, 0.4, 300)));
    auto d = duty(i + 1, title, random(10) < 6 ? to_utf8(language.text(language.length(230, 0.7, 3'000))) : "");
    d.unit_id = static_cast<std::int64_t>(random(units)) + 1;
    d.agency_id = d.unit_id % 60 + 1;
    d.post_id = random(4) == 0 ? 0 : d.unit_id * 3 + static_cast<std::int64_t>(random(3));
    d.origin = std::array{"plan", "own", "council", "contact"}[random(4)];
    d.state = random(5) == 0 ? "open" : "done";
    d.confidentiality = random(3) == 0 ? identity::Confidentiality::open : identity::Confidentiality::internal;
    d.on = Date::parse("2017-01-15")->plus_days(i * 2'200 / count);
    if (random(3) != 0) d.district = std::array{"西屯區", "北屯區", "南屯區", "豐原區", "大里區", "太平區", "清水區", "沙鹿區"}[random(8)];
    c.bytes += static_cast<std::int64_t>(d.number.size() + d.title.size() + d.body.size());
    c.folded.push_back(folded_text(d));
    c.documents.push_back(std::move(d));
  }
  return c;
}

}  // namespace mandate::search::testing
