#include "modules/planreader/clauses.hpp"

#include <string_view>

namespace mandate::plan_reader {

using View = std::u32string_view;

std::vector<Clause> split_clauses(const CompactText& text) {
  std::vector<Clause> out;
  std::size_t begin = 0;
  bool opens = true;
  for (std::size_t i = 0; i <= text.text.size(); ++i) {
    const bool end = i == text.text.size();
    if (!end && (text.quoted[i] || text.aside[i])) continue;
    if (!end && View{U"，；：。！？"}.find(text.text[i]) == View::npos) continue;
    if (i > begin) {
      out.push_back({begin, i, opens});
      opens = false;
    }
    if (!end && text.text[i] == U'；') opens = true;
    begin = i + 1;
  }
  return out;
}

}  // namespace mandate::plan_reader
