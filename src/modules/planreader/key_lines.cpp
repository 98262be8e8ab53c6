#include "modules/planreader/key_lines.hpp"

#include "modules/planreader/numbering.hpp"
#include "modules/planreader/source.hpp"

namespace mandate::plan_reader {

using View = std::u32string_view;

Key key_of(const PlanLine& line) {
  constexpr std::size_t longest_key = 16;
  const View said = line.said;
  const std::size_t bullets = bullets_length(View{said}.substr(0, longest_key));
  // 【工作計畫】管制考核 needs no colon.
  if (bullets < said.size() && has_any_of(said.substr(bullets, 1), U"【[〔")) {
    const auto close = said.substr(0, bullets + longest_key).find_first_of(U"】]〕", bullets);
    if (close == View::npos) return {};
    auto name = without_spaces(said.substr(bullets + 1, close - bullets - 1));
    const auto kind = column_named(name);
    if (kind == Column::none || kind == Column::number) return {};
    const View text = line.text;
    View value = text.substr(text.find_first_of(U"】]〕］") + 1);
    while (!value.empty() && has_any_of(value.substr(0, 1), U"：: \u3000")) value.remove_prefix(1);
    return {kind, std::move(name), trimmed(value)};
  }
  const auto colon = said.substr(0, longest_key + 8).find_first_of(U"：:");
  if (colon == View::npos || colon == 0) return {};
  const std::size_t begin = numbering_length(said.substr(0, colon));
  const bool numbered = begin > bullets;
  auto name = without_spaces(said.substr(begin, colon - begin));
  while (!name.empty() && has_any_of(name.substr(name.size() - 1), U"一二三四五六七八九十0123456789")) name.pop_back();
  const auto kind = column_named(name);
  if (kind == Column::none || kind == Column::number || (numbered && kind != Column::work_plan && kind != Column::item && kind != Column::content)) return {};
  const View text = line.text;
  const auto colon_in_text = text.find_first_of(U"：:︰");
  return {kind, std::move(name), colon_in_text == View::npos ? View{} : trimmed(text.substr(colon_in_text + 1))};
}

}  // namespace mandate::plan_reader
