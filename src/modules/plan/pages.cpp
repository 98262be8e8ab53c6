// The public pages: what the city promised and how it stands. Rendered here, complete without scripts.
#include "foundation/reports/chart.hpp"
#include "kernel/roc_date.hpp"
#include "kernel/text.hpp"
#include "modules/plan/module.hpp"
#include "platform/http/pages.hpp"

namespace mandate::plan {
namespace {

struct PlanPage {
  const http::Call& call;
  Language language;
  std::string t(std::string_view key, const MessageArgs& args = {}) const { return i18n::text(key, language, args); }
  std::string date(Date on) const { return language == Language::en ? on.iso() : roc_long(on); }
};

// ?lang= stands above the browser's preference, so that a link can be handed on.
Language language_of(const http::Call& call) {
  const auto chosen = call.request.query.find("lang");
  if (chosen != call.request.query.end()) return chosen->second == "en" ? Language::en : Language::zh_tw;
  return call.actor.language;
}

std::string with_language(const PlanPage& page, const std::string& url) {
  const auto chosen = page.call.request.query.find("lang");
  return chosen == page.call.request.query.end() ? url : url + "?lang=" + (page.language == Language::en ? "en" : "zh");
}

// In the reader's language wherever it is read: a program that asks for it later says nothing of languages.
std::string feed_url(const PlanPage& page) { return std::string("/feeds/changes.atom?lang=") + (page.language == Language::en ? "en" : "zh"); }

std::string number(double value) {
  std::string text = fmt::format("{:.2f}", value);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string lead(const PlanPage& page, std::int64_t year_roc, const duties::Standing& s) {
  const std::string year = page.language == Language::en ? std::to_string(year_roc + 1911) : std::to_string(year_roc);
  return page.t("page.lead", {{"year", year}, {"total", std::to_string(s.total - s.cancelled)}, {"done", std::to_string(s.done)}, {"late", std::to_string(s.late)}});
}

void headers(http::Values& v, const PlanPage& page) {
  for (const auto& [mark, key] : {std::pair{"H_WORK", "page.table_work"}, {"H_PROMISES", "page.table_promises"}, {"H_DONE", "page.table_done"}, {"H_LATE", "page.table_late"}, {"H_OPEN", "page.table_open"}, {"H_DUE", "page.table_due"},
                                  {"H_AGENCY", "page.table_agency"}, {"H_STATE", "page.table_state"}, {"H_TARGET", "page.table_target"}, {"H_ACTUAL", "page.table_actual"}, {"NAV_PLANS", "page.nav_plans"}}) {
    v.set(mark, page.t(key));
  }
}

void row(http::Values& table, const PlanPage& page, const TreeNode& node) {
  auto r = table.section("ROW");
  r.set("ROW_URL", with_language(page, "/promises/" + node.id.text())).set("ROW_TITLE", node.title).set("ROW_TOTAL", node.standing.total - node.standing.cancelled).set("ROW_DONE", node.standing.done).set("ROW_LATE", node.standing.late).set("ROW_OPEN", node.standing.open);
}

// How the promises stand by group, for those who see at a glance; the tables below hold the same numbers.
reports::Chart chart_of(const PlanPage& page, const PlanView& view, const std::vector<std::pair<std::string, duties::Standing>>& groups) {
  using Look = reports::ChartSeries::Look;
  reports::Chart chart;
  chart.kind = reports::Chart::Kind::stacked_bars;
  chart.title = page.t("page.chart_title");
  chart.description = lead(page, view.plan.year_roc, view.plan.standing);
  chart.series = {{page.t("page.table_done"), Look::done, {}}, {page.t("page.table_late"), Look::late, {}}, {page.t("page.chart_not_late"), Look::open, {}}};
  for (const auto& [title, standing] : groups) {
    chart.categories.push_back(title);
    chart.series[0].values.push_back(reports::ChartValue::of(standing.done));
    chart.series[1].values.push_back(reports::ChartValue::of(standing.late));
    chart.series[2].values.push_back(reports::ChartValue::of(standing.open - standing.late));
  }
  return chart;
}

// The items of the tables, wherever they stand in the tree.
void list_items(const TreeNode& node, std::vector<const TreeNode*>& out) {
  if (node.kind == NodeKind::item) out.push_back(&node);
  for (const auto& child : node.children) list_items(child, out);
}

}  // namespace

void PlanModule::add_pages(http::Router& router) {
  const auto whole = [this](const PlanPage& page, const std::string& title, const std::string& body_file, bool at_home, const std::function<void(http::Values&)>& fill) {
    http::Values layout("layout");
    layout.set("LANG", page.language == Language::en ? "en" : "zh-Hant-TW").set("TITLE", title).set("SITE", page.t("page.site")).set("SKIP", page.t("page.skip"));
    layout.set("NAV_PLANS", page.t("page.nav_plans")).set("NAV_WORKS", page.t("page.nav_works")).set("WORKS_URL", with_language(page, "/works")).set("NAV_CONSOLE", page.t("page.nav_console")).set("FOOTER", page.t("page.footer")).set("FEED", page.t("page.feed")).set("FEED_URL", feed_url(page));
    layout.set("ICON", asset_url_("/public/icon.svg")).set("TOKENS_CSS", asset_url_("/public/tokens.css")).set("PUBLIC_CSS", asset_url_("/public/public.css"));
    layout.set("OTHER_LANGUAGE", page.t("page.other_language")).set("OTHER_LANGUAGE_CODE", page.language == Language::en ? "zh-Hant-TW" : "en");
    layout.set("OTHER_LANGUAGE_URL", page.call.request.path + (page.language == Language::en ? "?lang=zh" : "?lang=en"));
    if (at_home) layout.show("AT_HOME");
    auto body = layout.include("BODY", body_file);
    headers(body, page);
    fill(body);
    return http::render("layout.html", layout);
  };

  router.page("/", {.permission = "open", .summary = "What the city promised this year and how it stands", .tag = "plan"}, [this, whole](const http::Call& call) -> Result<http::Page> {
    const PlanPage page{call, language_of(call)};
    const auto plans = service_.list(true);
    std::optional<Fault> broken;
    const auto html = whole(page, page.t("page.home_title"), "plan_home.html", true, [&](http::Values& v) {
      v.set("HEADING", page.t("page.home_title"));
      bool any = false;
      for (const auto& plan : plans) {
        // The newest year on the front page; older ones stand in its list of plans.
        if (plan.standing.total == 0 || plan.year_roc != plans.front().year_roc) continue;
        const auto view = service_.view(plan.id, std::nullopt, true);
        if (!view.ok()) continue;
        any = true;
        auto p = v.section("PLAN");
        p.set("ANCHOR", "plan-" + plan.id.text()).set("URL", with_language(page, "/plans/" + plan.id.text())).set("PLAN_TITLE", plan.title).set("LEAD", lead(page, plan.year_roc, view->plan.standing));
        p.set("TOTAL", std::max<std::int64_t>(1, view->plan.standing.total - view->plan.standing.cancelled)).set("DONE", view->plan.standing.done);
        p.set("PROGRESS", page.t("page.progress", {{"done", std::to_string(view->plan.standing.done)}, {"total", std::to_string(view->plan.standing.total - view->plan.standing.cancelled)}}));
        p.set("AS_OF", page.t("page.as_of", {{"date", page.date(view->as_of)}}));
        std::vector<const TreeNode*> items;
        for (const auto& node : view->tree) list_items(node, items);
        for (const auto* item : items) {
          if (item->standing.total > 0) row(p, page, *item);
        }
      }
      if (!any) {
        v.show("EMPTY");
        v.set("LEAD_NONE", page.t("page.lead_none")).set("LEAD_NONE_HINT", page.t("page.lead_none_hint"));
      }
      for (const auto& plan : plans) {
        if (plan.standing.total == 0 || plan.year_roc == plans.front().year_roc) continue;
        auto older = v.section("OLDER");
        older.set("OLDER_URL", with_language(page, "/plans/" + plan.id.text())).set("OLDER_TITLE", plan.title).set("OLDER_LEAD", lead(page, plan.year_roc, plan.standing));
      }
    });
    return http::Page{html, 200};
  });

  router.page("/plans/{id}", {.permission = "open", .summary = "One yearly plan for the public", .tag = "plan"}, [this, whole](const http::Call& call) -> Result<http::Page> {
    const PlanPage page{call, language_of(call)};
    PlanId id;
    if (!http::from_text(call.request.parameters.at("id"), id)) return fault(FaultKind::not_found, "plan.not_found");
    MANDATE_ASSIGN(const auto view, service_.view(id, std::nullopt, true));
    if (view.plan.standing.total == 0) return fault(FaultKind::not_found, "plan.not_found");  // nothing of it was decided to be public
    return http::Page{whole(page, view.plan.title, "plan_public.html", false, [&](http::Values& v) {
      v.set("PLAN_TITLE", view.plan.title).set("LEAD", lead(page, view.plan.year_roc, view.plan.standing)).set("AS_OF", page.t("page.as_of", {{"date", page.date(view.as_of)}}));
      v.set("TOTAL", std::max<std::int64_t>(1, view.plan.standing.total - view.plan.standing.cancelled)).set("DONE", view.plan.standing.done);
      v.set("PROGRESS", page.t("page.progress", {{"done", std::to_string(view.plan.standing.done)}, {"total", std::to_string(view.plan.standing.total - view.plan.standing.cancelled)}}));
      std::vector<std::pair<std::string, duties::Standing>> standings;
      for (const auto& node : view.tree) {
        std::vector<const TreeNode*> items;
        list_items(node, items);
        if (items.empty()) continue;
        duties::Standing sum;
        for (const auto* item : items) {
          sum.done += item->standing.done;
          sum.late += item->standing.late;
          sum.open += item->standing.open;
        }
        if (sum.done + sum.open > 0) standings.emplace_back(node.title, sum);
        auto group = v.section("GROUP");
        group.set("GROUP_TITLE", node.title).set("GROUP_ANCHOR", "n-" + node.id.text());
        for (const auto* item : items) row(group, page, *item);
      }
      // One bar says no more than the sentence above.
      if (standings.size() > 1) {
        // As wide as a phone's column: its words keep their size there.
        v.section("CHART").set("CHART_CSS", asset_url_("/public/chart.css")).set("CHART_SVG", reports::svg_of(chart_of(page, view, standings), "standing", {340}));
      }
    }), 200};
  });

  router.page("/promises/{id}", {.permission = "open", .summary = "One plan item for the public: promises, dates, targets and the plan's own words", .tag = "plan"}, [this, whole](const http::Call& call) -> Result<http::Page> {
    const PlanPage page{call, language_of(call)};
    NodeId id;
    if (!http::from_text(call.request.parameters.at("id"), id)) return fault(FaultKind::not_found, "plan.no_item");
    MANDATE_ASSIGN(const auto item, service_.item(call.actor, id, true));
    return http::Page{whole(page, item.title, "plan_item.html", false, [&](http::Values& v) {
      v.set("ITEM_TITLE", item.title).set("PLAN_TITLE", item.agency_name + std::to_string(item.year_roc) + "年度施政計畫").set("PLAN_URL", with_language(page, "/plans/" + item.plan_id.text()));
      v.set("LEAD", lead(page, item.year_roc, item.standing)).set("AS_OF", page.t("page.as_of", {{"date", page.date(clock_.today())}}));
      v.set("H_DUTIES", page.t("page.duties")).set("H_INDICATORS", page.t("page.indicators")).set("H_SOURCE", page.t("page.source"));
      if (item.duties.empty()) {
        v.section("NO_DUTIES").set("NO_DUTIES_TEXT", page.t("page.no_duties"));
      } else {
        auto table = v.section("HAS_DUTIES");
        for (const auto& d : item.duties) {
          auto r = table.section("DUTY");
          r.set("DUTY_TITLE", d.title).set("DUTY_DUE", page.date(d.due_on)).set("DUTY_AGENCY", d.agency_name);
          const std::string code = boost::describe::enum_to_string(d.lateness, "");
          r.set("DUTY_STATE_CODE", code).set("DUTY_STATE", page.t("lateness." + code));
        }
      }
      if (!item.indicators.empty()) {
        auto table = v.section("HAS_INDICATORS");
        for (const auto& i : item.indicators) {
          auto r = table.section("INDICATOR");
          r.set("I_NAME", i.name).set("I_TARGET", page.t("bound." + i.bound, {{"value", number(i.target)}, {"unit", i.unit}}));
          r.set("I_ACTUAL", page.t(std::string("filing.") + boost::describe::enum_to_string(i.state, ""), {{"value", number(i.actual.value_or(0))}, {"unit", i.unit}}));
        }
      }
      for (const auto& s : item.sentences) v.section("SENTENCE").set("SENTENCE_TEXT", s.text);
    }), 200};
  });
}

std::string PlanModule::error_page(const http::Call& call, int, const std::string& title, const std::string& detail) {
  const PlanPage page{call, language_of(call)};
  return framed_page(call, title, "error.html", [&](http::Values& body) {
    body.set("HEADING", title).set("DETAIL", detail).set("BACK", page.t("page.back_home")).set("REQUEST", page.t("page.request", {{"id", call.request.id}}));
  });
}

std::string PlanModule::framed_page(const http::Call& call, const std::string& title, const std::string& body_file, const std::function<void(http::Values&)>& fill, const std::string& path) const {
  const PlanPage page{call, language_of(call)};
  http::Values layout("framed");
  layout.set("LANG", page.language == Language::en ? "en" : "zh-Hant-TW").set("TITLE", title).set("SITE", page.t("page.site")).set("SKIP", page.t("page.skip"));
  layout.set("NAV_PLANS", page.t("page.nav_plans")).set("NAV_WORKS", page.t("page.nav_works")).set("WORKS_URL", with_language(page, "/works")).set("NAV_CONSOLE", page.t("page.nav_console")).set("FOOTER", page.t("page.footer")).set("FEED", page.t("page.feed")).set("FEED_URL", feed_url(page));
  layout.set("ICON", asset_url_("/public/icon.svg")).set("TOKENS_CSS", asset_url_("/public/tokens.css")).set("PUBLIC_CSS", asset_url_("/public/public.css"));
  layout.set("OTHER_LANGUAGE", page.t("page.other_language")).set("OTHER_LANGUAGE_CODE", page.language == Language::en ? "zh-Hant-TW" : "en").set("OTHER_LANGUAGE_URL", path.empty() ? "/" : path + (page.language == Language::en ? "?lang=zh" : "?lang=en"));
  auto body = layout.include("BODY", body_file);
  fill(body);
  return http::render("layout.html", layout);
}

}  // namespace mandate::plan
