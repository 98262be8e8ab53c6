#include "foundation/places/api.hpp"

#include "kernel/text.hpp"
#include "platform/http/router.hpp"

namespace mandate::places {

const std::vector<District>& districts() {
  static const std::vector<District> all = {
      {"66000010", "中區", "Central District"},
      {"66000020", "東區", "East District"},
      {"66000030", "南區", "South District"},
      {"66000040", "西區", "West District"},
      {"66000050", "北區", "North District"},
      {"66000060", "西屯區", "Xitun District"},
      {"66000070", "南屯區", "Nantun District"},
      {"66000080", "北屯區", "Beitun District"},
      {"66000090", "豐原區", "Fengyuan District"},
      {"66000100", "東勢區", "Dongshi District"},
      {"66000110", "大甲區", "Dajia District"},
      {"66000120", "清水區", "Qingshui District"},
      {"66000130", "沙鹿區", "Shalu District"},
      {"66000140", "梧棲區", "Wuqi District"},
      {"66000150", "后里區", "Houli District"},
      {"66000160", "神岡區", "Shengang District"},
      {"66000170", "潭子區", "Tanzi District"},
      {"66000180", "大雅區", "Daya District"},
      {"66000190", "新社區", "Xinshe District"},
      {"66000200", "石岡區", "Shigang District"},
      {"66000210", "外埔區", "Waipu District"},
      {"66000220", "大安區", "Da'an District"},
      {"66000230", "烏日區", "Wuri District"},
      {"66000240", "大肚區", "Dadu District"},
      {"66000250", "龍井區", "Longjing District"},
      {"66000260", "霧峰區", "Wufeng District"},
      {"66000270", "太平區", "Taiping District"},
      {"66000280", "大里區", "Dali District"},
      {"66000290", "和平區", "Heping District"}};
  return all;
}

const District* find_district(std::string_view code) {
  for (const auto& one : districts()) {
    if (one.code == code) return &one;
  }
  return nullptr;
}

const District* match_district(std::string_view written) {
  static const std::vector<std::pair<std::string, const District*>> names = [] {
    std::vector<std::pair<std::string, const District*>> out;
    for (const auto& one : districts()) {
      out.emplace_back(fold(one.name), &one);
      // 中區 without its 區 is no name.
      if (one.name.size() > 6) out.emplace_back(fold(one.name.substr(0, one.name.size() - 3)), &one);
    }
    return out;
  }();
  std::string wanted = fold(written);
  std::erase_if(wanted, [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; });
  static const std::string city = fold("臺中市");
  if (wanted.rfind(city, 0) == 0) wanted.erase(0, city.size());
  for (const auto& [name, district] : names) {
    if (name == wanted) return district;
  }
  return nullptr;
}

struct DistrictView {
  std::string code;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(DistrictView, (), (code, name))
struct DistrictList {
  std::vector<DistrictView> districts;
};
BOOST_DESCRIBE_STRUCT(DistrictList, (), (districts))

void add_place_routes(http::Router& router) {
  router.get<http::Nothing, DistrictList>("/api/districts", {.permission = "signed_in", .summary = "The city's districts", .tag = "places"}, [](const Actor& actor, const http::Nothing&) -> Result<DistrictList> {
    DistrictList list;
    for (const auto& one : districts()) list.districts.push_back({one.code, actor.language == Language::en ? one.english : one.name});
    return list;
  });
}

}  // namespace mandate::places
