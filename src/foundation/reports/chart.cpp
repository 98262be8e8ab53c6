#include "foundation/reports/chart.hpp"

#include "foundation/reports/chart_style.hpp"
#include "platform/sheets/writer.hpp"
#include "platform/sheets/xml.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace mandate::reports {
namespace {

using sheets::xml;
using Look = ChartSeries::Look;

constexpr int text_px = 12;
constexpr int row_height = 30;
constexpr int bar_height = 18;
constexpr int plot_height = 240;
constexpr int gap = 8;

// How wide a text is drawn, near enough: Chinese signs are square, others about half of that.
int width_of(std::string_view text) {
  double em = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0) == 0x80) continue;
    em += byte >= 0xE0 ? 1.0 : 0.58;
  }
  return static_cast<int>(em * text_px + 0.999);
}

// At most so wide, cut with an ellipsis; the whole text stands in the table beside the chart.
std::string fitting(const std::string& text, int width) {
  if (width_of(text) <= width) return text;
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = at + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    if (width_of(out + text.substr(at, end - at) + "…") > width) break;
    out += text.substr(at, end - at);
    at = end;
  }
  return out + "…";
}

std::string name_of(Look look) {
  switch (look) {
    case Look::plain: return "plain";
    case Look::on_time: return "on-time";
    case Look::at_risk: return "at-risk";
    case Look::late: return "late";
    case Look::severe: return "severe";
    case Look::done: return "done";
    case Look::open: return "open";
    case Look::planned: return "planned";
    case Look::actual: return "actual";
  }
  return "plain";
}

class Drawing {
 public:
  Drawing(const Chart& chart, std::string id, const ChartSize& size) : chart_(chart), id_(std::move(id)), size_(size) {}

  std::string whole() {
    const std::string inside = chart_.kind == Chart::Kind::lines ? lines() : bars();
    std::string out = fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" viewBox=\"0 0 {} {}\" width=\"{}\" height=\"{}\" role=\"img\" aria-labelledby=\"{}-title {}-desc\">", size_.width, height_, size_.width, height_, id_, id_);
    out += fmt::format("<title id=\"{}-title\">{}</title><desc id=\"{}-desc\">{}</desc>", id_, xml(chart_.title), id_, xml(chart_.description));
    if (size_.standalone) out += "<style>" + standalone_chart_style() + "</style>" + fmt::format("<rect class=\"chart-ground\" x=\"0\" y=\"0\" width=\"{}\" height=\"{}\"/>", size_.width, height_);
    return out + patterns() + inside + "</svg>";
  }

 private:
  std::string shown(std::int64_t number) const {
    return sheets::shown_text(chart_.percent ? Cell::percent(number) : Cell::of(number)) + (chart_.percent || chart_.unit.empty() ? "" : " " + chart_.unit);
  }
  using Cell = sheets::Cell;

  void text(std::string& out, double x, double y, const std::string& words, const char* anchor = "start", const char* more = "") const {
    out += fmt::format("<text class=\"chart-text{}\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>", more, x, y, anchor, xml(words));
  }

  // Strokes over the fill tell states apart where colours do not: on a copier, to some eyes.
  std::string patterns() const {
    std::string out = "<defs>";
    for (const auto& series : chart_.series) {
      const auto name = name_of(series.look);
      std::string strokes;
      switch (series.look) {
        case Look::late: strokes = "<path d=\"M0 8 L8 0\"/>"; break;
        case Look::severe: strokes = "<path d=\"M0 8 L8 0 M0 0 L8 8\"/>"; break;
        case Look::at_risk: strokes = "<path d=\"M4 0 L4 8\"/>"; break;
        case Look::done: strokes = "<path d=\"M0 4 L8 4\"/>"; break;
        case Look::open: strokes = "<circle cx=\"4\" cy=\"4\" r=\"1.2\"/>"; break;
        case Look::plain:
        case Look::on_time:
        case Look::planned:
        case Look::actual: break;
      }
      out += fmt::format("<pattern id=\"{0}-{1}\" class=\"chart-pattern chart-{1}\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect width=\"8\" height=\"8\"/>{2}</pattern>", id_, name, strokes);
    }
    return out + "</defs>";
  }

  // Names of the series beside a sample of each. Nothing to tell apart with one.
  void legend(std::string& out, int& y) const {
    if (chart_.series.size() < 2) return;
    int x = 0;
    for (const auto& series : chart_.series) {
      const int wide = 18 + width_of(series.name) + 16;
      if (x > 0 && x + wide > size_.width) {
        x = 0;
        y += 20;
      }
      out += fmt::format("<rect class=\"chart-bar\" x=\"{}\" y=\"{}\" width=\"12\" height=\"12\" fill=\"url(#{}-{})\"/>", x, y, id_, name_of(series.look));
      text(out, x + 18, y + 10.5, series.name);
      x += wide;
    }
    y += 24;
  }

  std::string bars() {
    std::string out;
    int y = 4;
    legend(out, y);
    const bool stacked = chart_.kind == Chart::Kind::stacked_bars;
    std::int64_t largest = 0;
    int label_width = 40;
    int value_width = 0;
    for (std::size_t at = 0; at < chart_.categories.size(); ++at) {
      label_width = std::max(label_width, width_of(chart_.categories[at]));
      std::int64_t sum = 0;
      for (const auto& series : chart_.series) {
        const auto& value = series.values.at(at);
        if (value.kind != ChartValue::Kind::value) continue;
        sum = stacked ? sum + value.number : std::max(sum, value.number);
      }
      largest = std::max(largest, sum);
      value_width = std::max(value_width, width_of(shown(sum)));
    }
    label_width = std::min(label_width, size_.width / 3);
    value_width = std::max({value_width, width_of(chart_.missing_word), width_of(chart_.not_yet_due_word)});
    const double room = std::max(40, size_.width - label_width - value_width - 3 * gap);
    const auto scale = [&](std::int64_t number) { return largest == 0 ? 0.0 : room * static_cast<double>(number) / static_cast<double>(largest); };
    const int left = label_width + gap;
    const int lines_a_category = stacked ? 1 : static_cast<int>(std::max<std::size_t>(1, chart_.series.size()));
    for (std::size_t at = 0; at < chart_.categories.size(); ++at) {
      const double middle = y + (lines_a_category * (bar_height + 2) + (row_height - bar_height - 2)) / 2.0;
      text(out, label_width, middle + 4, fitting(chart_.categories[at], label_width), "end");
      double x = left;
      std::int64_t sum = 0;
      const ChartValue* absent = nullptr;
      for (const auto& series : chart_.series) {
        const auto& value = series.values.at(at);
        if (value.kind != ChartValue::Kind::value) {
          absent = &value;
          if (!stacked) {
            absence(out, left, y + 14, value);
            y += bar_height + 2;
          }
          continue;
        }
        sum += value.number;
        const double wide = scale(value.number);
        if (!stacked) x = left;
        if (wide > 0) {
          out += fmt::format("<rect class=\"chart-bar\" x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"{}\" fill=\"url(#{}-{})\"><title>{}</title></rect>", x, y + (row_height - bar_height) / 2, wide, bar_height, id_, name_of(series.look),
                             xml((series.name.empty() ? "" : series.name + " ") + shown(value.number)));
        }
        if (stacked) {
          const auto words = sheets::shown_text(chart_.percent ? Cell::percent(value.number) : Cell::of(value.number));
          if (wide >= width_of(words) + 8) {
            out += fmt::format("<rect class=\"chart-plate\" x=\"{:.1f}\" y=\"{}\" width=\"{}\" height=\"14\" rx=\"2\"/>", x + wide / 2 - width_of(words) / 2.0 - 3, y + row_height / 2 - 7, width_of(words) + 6);
            text(out, x + wide / 2, y + row_height / 2 + 4, words, "middle");
          }
          x += wide;
        } else {
          text(out, left + wide + gap, y + row_height / 2 + 4, shown(value.number), "start", " chart-value");
          y += bar_height + 2;
        }
      }
      if (stacked) {
        if (absent != nullptr && sum == 0) {
          absence(out, left, y + row_height / 2 + 4, *absent);
        } else {
          text(out, x + gap, y + row_height / 2 + 4, shown(sum), "start", " chart-value");
        }
        y += row_height;
      } else {
        y += row_height - bar_height - 2;
      }
    }
    height_ = y + 4;
    return out;
  }

  void absence(std::string& out, double x, double y, const ChartValue& value) const {
    text(out, x, y, value.kind == ChartValue::Kind::missing ? chart_.missing_word : chart_.not_yet_due_word, "start", value.kind == ChartValue::Kind::missing ? " chart-missing" : " chart-not-yet-due");
  }

  std::string lines() {
    std::string out;
    std::int64_t largest = 0;
    int names = 0;
    for (const auto& series : chart_.series) {
      names = std::max(names, width_of(series.name));
      for (const auto& value : series.values) largest = std::max(largest, value.number);
    }
    const Axis axis = axis_for(largest);
    int left = 0;
    for (std::int64_t mark = 0; mark <= axis.top; mark += axis.step) left = std::max(left, width_of(shown(mark)));
    left += gap;
    const double right = size_.width - names - 2.0 * gap;
    const double top = 12;
    const double bottom = top + plot_height;
    const auto x_of = [&](std::size_t at) { return chart_.categories.size() < 2 ? (left + right) / 2 : left + 12 + (right - left - 24) * static_cast<double>(at) / static_cast<double>(chart_.categories.size() - 1); };
    const auto y_of = [&](std::int64_t number) { return bottom - (bottom - top) * static_cast<double>(number) / static_cast<double>(axis.top); };
    for (std::int64_t mark = 0; mark <= axis.top; mark += axis.step) {
      out += fmt::format("<path class=\"chart-grid\" d=\"M{} {:.1f}H{:.1f}\"/>", left, y_of(mark), right);
      text(out, left - gap, y_of(mark) + 4, shown(mark), "end");
    }
    // As many category names as fit beside one another.
    int widest = 1;
    for (const auto& category : chart_.categories) widest = std::max(widest, width_of(category) + gap);
    const auto every = std::max<std::size_t>(1, static_cast<std::size_t>(static_cast<double>(widest) * static_cast<double>(chart_.categories.size()) / std::max(1.0, right - left) + 0.999));
    for (std::size_t at = 0; at < chart_.categories.size(); at += every) text(out, x_of(at), bottom + 18, chart_.categories[at], "middle");
    shade_lag(out, x_of, y_of);
    std::vector<std::pair<double, std::string>> labels;
    for (const auto& series : chart_.series) {
      std::string path;
      std::string dots;
      bool down = false;
      double last = bottom;
      for (std::size_t at = 0; at < series.values.size(); ++at) {
        const auto& value = series.values[at];
        if (value.kind != ChartValue::Kind::value) {
          down = false;
          if (series.look != Look::planned && value.kind != ChartValue::Kind::nothing) {
            text(out, x_of(at), bottom - 6, value.kind == ChartValue::Kind::missing ? chart_.missing_word : chart_.not_yet_due_word, "middle", value.kind == ChartValue::Kind::missing ? " chart-missing" : " chart-not-yet-due");
          }
          continue;
        }
        last = y_of(value.number);
        path += fmt::format("{}{:.1f} {:.1f}", down ? "L" : "M", x_of(at), last);
        dots += fmt::format("<circle class=\"chart-dot chart-{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\"><title>{}</title></circle>", name_of(series.look), x_of(at), last, xml(chart_.categories[at] + " " + series.name + " " + shown(value.number)));
        down = true;
      }
      out += fmt::format("<path class=\"chart-line chart-{}\" d=\"{}\"/>", name_of(series.look), path) + dots;
      labels.emplace_back(last, series.name);
    }
    // Two lines that end close together would have their names on one another.
    std::stable_sort(labels.begin(), labels.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    double free_from = 0;
    for (auto& [y, name] : labels) {
      y = std::max(y, free_from);
      free_from = y + 15;
      text(out, right + gap, y + 4, name);
    }
    height_ = static_cast<int>(bottom) + 28;
    return out;
  }

  // Where the actual stays behind the planned: what is owed shows as an area.
  template <class X, class Y>
  void shade_lag(std::string& out, X x_of, Y y_of) const {
    const auto find = [&](Look look) { return std::find_if(chart_.series.begin(), chart_.series.end(), [&](const auto& one) { return one.look == look; }); };
    const auto planned = find(Look::planned);
    const auto actual = find(Look::actual);
    if (planned == chart_.series.end() || actual == chart_.series.end()) return;
    for (std::size_t at = 0; at + 1 < chart_.categories.size(); ++at) {
      const auto& p0 = planned->values[at];
      const auto& p1 = planned->values[at + 1];
      const auto& a0 = actual->values[at];
      const auto& a1 = actual->values[at + 1];
      if (p0.kind != ChartValue::Kind::value || p1.kind != p0.kind || a0.kind != p0.kind || a1.kind != p0.kind) continue;
      const double before = static_cast<double>(p0.number - a0.number);
      const double after = static_cast<double>(p1.number - a1.number);
      if (before <= 0 && after <= 0) continue;
      // From where they cross to where they cross.
      const auto at_part = [&](double part, const ChartValue& from, const ChartValue& to) { return y_of(from.number) + (y_of(to.number) - y_of(from.number)) * part; };
      const double from = before < 0 ? before / (before - after) : 0;
      const double to = after < 0 ? before / (before - after) : 1;
      const double x0 = x_of(at) + (x_of(at + 1) - x_of(at)) * from;
      const double x1 = x_of(at) + (x_of(at + 1) - x_of(at)) * to;
      out += fmt::format("<path class=\"chart-lag\" d=\"M{:.1f} {:.1f}L{:.1f} {:.1f}L{:.1f} {:.1f}L{:.1f} {:.1f}Z\"/>", x0, at_part(from, p0, p1), x1, at_part(to, p0, p1), x1, at_part(to, a0, a1), x0, at_part(from, a0, a1));
    }
  }

  const Chart& chart_;
  std::string id_;
  ChartSize size_;
  int height_ = 0;
};

}  // namespace

Axis axis_for(std::int64_t largest, int count) {
  Axis axis;
  while (true) {
    for (const std::int64_t part : {1, 2, 5}) {
      const auto step = axis.step * part;
      if (step * count >= largest) return {step, std::max(step, (largest + step - 1) / step * step)};
    }
    axis.step *= 10;
  }
}

std::string svg_of(const Chart& chart, const std::string& id, const ChartSize& size) { return Drawing(chart, id, size).whole(); }

}  // namespace mandate::reports
