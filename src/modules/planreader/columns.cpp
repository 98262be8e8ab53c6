#include "modules/planreader/columns.hpp"

#include "modules/planreader/numbering.hpp"
#include "modules/planreader/source.hpp"

#include <algorithm>

namespace mandate::plan_reader {
namespace {

using View = std::u32string_view;

struct Name {
  View text;
  Column kind;
};

// Whole names. Where two kinds could claim a name (計畫名稱), is_header settles it by its neighbours.
constexpr Name whole_names[] = {
    {U"工作計畫名稱", Column::work_plan}, {U"工作計畫", Column::work_plan}, {U"業務計畫", Column::work_plan}, {U"業務計畫名稱", Column::work_plan}, {U"計畫名稱", Column::work_plan}, {U"計畫別", Column::work_plan},
    {U"計畫類別", Column::work_plan},     {U"施政計畫", Column::work_plan}, {U"重要施政計畫", Column::work_plan}, {U"施政類別", Column::work_plan}, {U"業務別", Column::work_plan},  {U"類別", Column::work_plan},
    {U"業務類別", Column::work_plan},     {U"施政目標", Column::work_plan}, {U"策略目標", Column::work_plan},     {U"重要計畫", Column::item},      {U"重要計畫項目", Column::item},   {U"計畫項目", Column::item},
    {U"業務項目", Column::item},          {U"分項計畫", Column::item},      {U"分支計畫", Column::item},          {U"分支計畫名稱", Column::item},  {U"工作項目", Column::item},       {U"施政項目", Column::item},
    {U"項目", Column::item},              {U"子計畫", Column::item},        {U"子計畫名稱", Column::item},        {U"分項計畫名稱", Column::item},  {U"重要工作項目", Column::item},   {U"重要施政項目", Column::item},
    {U"計畫重點", Column::item},          {U"執行項目", Column::item},      {U"實施項目", Column::item},          {U"辦理項目", Column::item},      {U"重點工作", Column::item},       {U"工作名稱", Column::item},
    {U"分項工作", Column::item},          {U"細部計畫", Column::item},      {U"工作細項", Column::item},          {U"工作事項", Column::item},      {U"次項", Column::item},           {U"工作類別", Column::work_plan},
    {U"業務名稱", Column::item},          {U"行動計畫", Column::item},      {U"策略", Column::item},              {U"施政策略", Column::item},      {U"實施內容", Column::content},    {U"辦理內容", Column::content},
    {U"工作內容", Column::content},       {U"執行內容", Column::content},   {U"計畫內容", Column::content},       {U"計畫內容摘要", Column::content}, {U"實施要領", Column::content},  {U"內容", Column::content},
    {U"實施方法", Column::content},       {U"實施概要", Column::content},   {U"實施要項", Column::content},       {U"工作要項", Column::content},   {U"辦理事項", Column::content},    {U"執行要點", Column::content},
    {U"推動作法", Column::content},       {U"具體作法", Column::content},   {U"執行策略", Column::content},       {U"具體作為", Column::content},   {U"推動內容", Column::content},    {U"實施方式", Column::content},
    {U"執行方式", Column::content},       {U"內容摘要", Column::content},   {U"內容說明", Column::content},       {U"工作內容摘要", Column::content}, {U"實施內容摘要", Column::content}, {U"具體措施", Column::content},
    {U"執行重點", Column::content},       {U"工作重點", Column::content},   {U"年度工作內容", Column::content},   {U"實施計畫內容", Column::content}, {U"施政內容", Column::content},  {U"業務內容", Column::content},
    {U"計畫摘要", Column::content},       {U"工作摘要", Column::content},   {U"實施步驟", Column::content},       {U"主要工作內容", Column::content}, {U"辦理方式", Column::content},  {U"預定工作內容", Column::content},
    {U"工作計畫內容", Column::content},   {U"主要內容", Column::content},   {U"重要工作內容", Column::content},   {U"說明", Column::content},       {U"執行措施", Column::content},    {U"推動措施", Column::content},
    {U"主軸", Column::work_plan},         {U"施政主軸", Column::work_plan}, {U"面向", Column::work_plan},        {U"政策面向", Column::work_plan}, {U"政策目標", Column::work_plan}, {U"策略主軸", Column::work_plan}, {U"施政面向", Column::work_plan},
    {U"細項", Column::item},              {U"案名", Column::item},            {U"方案", Column::item},             {U"方案名稱", Column::item},      {U"行動方案", Column::item},       {U"具體計畫", Column::item},
    {U"推動策略", Column::content},       {U"計畫內容說明", Column::content}, {U"編號", Column::number},            {U"項次", Column::number},        {U"序號", Column::number},            {U"次序", Column::number},        {U"No.", Column::number}};

constexpr View responsible_parts[] = {U"主辦", U"承辦", U"權責", U"負責單位", U"負責機關", U"辦理單位", U"辦理機關", U"執行單位", U"執行機關", U"業務單位", U"主管單位", U"主管機關", U"協辦", U"主責", U"負責科室", U"業務科室", U"辦理科室", U"承辦科室"};
constexpr View indicator_parts[] = {U"指標", U"KPI", U"衡量項目", U"評量項目", U"績效項目", U"考核項目", U"績效目標"};
constexpr View target_parts[] = {U"目標值", U"目標數", U"年度目標", U"目標水準", U"預期目標", U"標準值"};
// Behind such words stands how an indicator is reckoned, or what it was before.
constexpr View reckoned_parts[] = {U"方式", U"公式", U"權重", U"說明", U"標準", U"來源", U"定義", U"體制", U"基準", U"現況", U"前一年", U"前年", U"上年", U"去年", U"實際", U"實績", U"達成", U"配分", U"類型", U"屬性", U"性質", U"方法", U"單位", U"編號"};
constexpr View other_parts[] = {U"預算", U"經費", U"備註", U"備考", U"預期", U"效益", U"期程", U"時程", U"期限", U"時間", U"月份", U"頻率", U"頻次", U"日期", U"起訖", U"來源", U"指標", U"目標值", U"績效", U"評估", U"計算", U"基準", U"現況", U"權重", U"占比", U"比率", U"實績", U"實際", U"達成", U"前一年", U"去年", U"上年", U"公式", U"金額", U"千元", U"地點", U"對象", U"單位", U"附註", U"進度", U"年度", U"期間", U"計畫期程", U"衡量", U"成果", U"性質", U"KPI", U"目標"};

std::u32string bare_name(View name) {
  auto text = without_spaces(plain(name));
  // A note in brackets belongs to the name (預算金額(千元)) but not to what it is; 主(協)辦 keeps its inside.
  const auto open = text.find(U'(');
  const auto close = text.find(U')', open == std::u32string::npos ? 0 : open);
  if (open != std::u32string::npos && close != std::u32string::npos) {
    if (close + 1 == text.size() && open > 0) {
      text.erase(open);
    } else {
      text.erase(open, close - open + 1);
    }
  }
  text.erase(0, numbering_length(text));
  while (!text.empty() && (text.back() == U'：' || text.back() == U':')) text.pop_back();
  return text;
}

}  // namespace

bool is_bar(char32_t c) { return c == U'|' || c == U'｜' || c == U'│' || c == U'┃' || c == U'║'; }

Column column_named(View name) {
  const auto text = bare_name(name);
  constexpr std::size_t longest = 16;
  if (text.empty() || text.size() > longest) return Column::none;
  for (const auto& known : whole_names) {
    if (known.text == text) return known.kind;
  }
  const auto has_any = [&](const auto& parts) { return std::any_of(std::begin(parts), std::end(parts), [&](View p) { return contains(text, p); }); };
  if (text.size() <= 10 && std::any_of(text.begin(), text.end(), [](char32_t c) { return View{U"，。；"}.find(c) != View::npos; })) return Column::none;
  if (has_any(responsible_parts) && text.size() <= 12) return Column::responsible;
  if (text == U"單位" || text == U"計量單位" || text == U"衡量單位" || text == U"度量單位") return Column::unit;
  constexpr std::size_t longest_indicator = 12;
  if (text.size() <= longest_indicator && !has_any(reckoned_parts)) {
    if (has_any(target_parts) || text == U"目標") return Column::target;
    if (has_any(indicator_parts)) return Column::indicator;
  }
  // 年度工作重點, 執行概要: a name of contents, unless it speaks of money, results or remarks.
  constexpr View strong_tails[] = {U"重點", U"內容", U"作法", U"做法", U"要領", U"措施", U"摘要", U"要項", U"概述", U"概要", U"要點", U"事項", U"作為", U"步驟", U"方法"};
  constexpr View asides[] = {U"備註", U"備考", U"附註", U"注意", U"預算", U"經費", U"效益", U"預期", U"成果", U"進度", U"績效", U"衡量", U"計算", U"評估"};
  const auto ends_like = [&](const auto& tails) { return std::any_of(std::begin(tails), std::end(tails), [&](View t) { return View{text}.ends_with(t); }); };
  if (text.size() <= 10 && ends_like(strong_tails) && !has_any(asides)) return Column::content;
  if (text.size() <= 10 && has_any(other_parts)) return Column::other;
  // Names not in the list but made like those that are: 計畫及內容 ends like content, 計畫項目 like item.
  if (text.size() <= 9) {
    constexpr View item_tails[] = {U"項目", U"子計畫", U"分項"};
    constexpr View plan_tails[] = {U"計畫", U"計畫名稱"};
    if (ends_like(item_tails)) return Column::item;
    if (ends_like(plan_tails) && text.size() <= 6) return Column::work_plan;
  }
  return Column::none;
}

bool is_total(View cell) {
  const auto s = without_spaces(cell);
  return s == U"合計" || s == U"總計" || s == U"小計" || s == U"共計" || s == U"總和";
}

bool names_period(View name) {
  constexpr View parts[] = {U"期程", U"時程", U"期限", U"辦理時間", U"執行時間", U"辦理期間", U"執行期間", U"實施期間", U"預定完成", U"完成日期", U"完成時間", U"辦理日期", U"頻率", U"頻次", U"辦理月份"};
  return std::any_of(std::begin(parts), std::end(parts), [&](View p) { return contains(name, p); });
}

bool is_rule_line(View line) {
  std::size_t drawn = 0;
  for (const char32_t c : line) {
    if (is_space(c)) continue;
    const bool box = (c >= 0x2500 && c <= 0x257F) || c == U'-' || c == U'|' || c == U'+' || c == U'=' || c == U':' || c == U'_' || c == U'—' || c == U'－';
    if (!box) return false;
    ++drawn;
  }
  return drawn >= 3;
}

std::vector<Cell> split_cells(View line, Ruling ruling, bool outer_bars, const std::vector<std::size_t>* starts) {
  std::vector<Cell> cells;
  if (ruling == Ruling::tabs) {
    if (line.find(U'\t') == View::npos) return cells;
    for (std::size_t begin = 0;;) {
      const auto tab = line.find(U'\t', begin);
      cells.push_back({std::u32string{trimmed(line.substr(begin, tab == View::npos ? View::npos : tab - begin))}, 0});
      if (tab == View::npos) return cells;
      begin = tab + 1;
    }
  }
  if (ruling == Ruling::bars) {
    if (std::count_if(line.begin(), line.end(), is_bar) < 2) return cells;
    auto body = trimmed(line);
    if (outer_bars && is_bar(body.front())) body.remove_prefix(1);
    if (outer_bars && !body.empty() && is_bar(body.back())) body.remove_suffix(1);
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= body.size(); ++i) {
      if (i < body.size() && !is_bar(body[i])) continue;
      cells.push_back({std::u32string{trimmed(body.substr(begin, i - begin))}, 0});
      begin = i + 1;
    }
    return cells;
  }
  // Runs of spaces two columns wide and more, of which a single full-width space inside a text is none.
  std::size_t column = 0;
  std::size_t gap_columns = 2;
  std::size_t gap_chars = 2;
  Cell cell;
  // Where the last figures of the line begin: a sum in its column may stand a character off.
  std::size_t figures = line.size();
  while (figures > 0 && View{U"0123456789,，.-０１２３４５６７８９．－"}.find(line[figures - 1]) != View::npos) --figures;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char32_t c = line[i];
    if (is_space(c)) {
      ++gap_chars;
      gap_columns += c == 0x3000 ? 2 : 1;
    } else {
      const std::size_t slack = i == figures ? 4 : 1;
      const bool at_start = gap_columns >= 2 && starts != nullptr && std::any_of(starts->begin(), starts->end(), [&](std::size_t x) { return x <= column + slack && column <= x + slack; });
      if (gap_chars >= 2 || at_start) {
        if (!cell.text.empty()) cells.push_back(std::move(cell));
        cell = {{}, column};
      } else if (gap_chars == 1 && !cell.text.empty()) {
        cell.text.push_back(U' ');
      }
      cell.text.push_back(c);
      gap_chars = 0;
      gap_columns = 0;
    }
    column += columns_of(c);
  }
  if (!cell.text.empty()) cells.push_back(std::move(cell));
  return cells;
}

bool is_figure(View text) {
  const auto s = without_spaces(plain(text));
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char32_t c) { return View{U"0123456789,，.-"}.find(c) != View::npos; });
}

}  // namespace mandate::plan_reader
