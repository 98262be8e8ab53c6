// The administrative districts of 臺中市, by the codes of the Ministry of the Interior (TOWNCODE).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::http {
class Router;
}

namespace mandate::places {

struct District {
  std::string code;     // "66000090"
  std::string name;     // "豐原區"
  std::string english;  // "Fengyuan District"
};

// In the order of their codes, in which the city lists them.
const std::vector<District>& districts();
// nullptr: no such district. "" is none.
const District* find_district(std::string_view code);
// As people write it: with or without the city in front and 區 behind, 台 for 臺, any width. nullptr: none, or not one alone.
const District* match_district(std::string_view written);

void add_place_routes(http::Router& router);

}  // namespace mandate::places
