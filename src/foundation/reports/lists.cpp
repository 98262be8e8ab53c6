#include "foundation/reports/lists.hpp"

#include "foundation/identity/rules.hpp"
#include "kernel/roc_date.hpp"

namespace mandate::reports {
namespace {

constexpr int page_size = 200;  // the most a list's route gives at once

std::string text_of(const boost::json::value& value, const ListColumn& column, Language language) {
  std::string out;
  if (value.is_string()) {
    out = std::string(value.get_string());
  } else if (value.is_bool()) {
    out = value.get_bool() ? "true" : "false";
    return i18n::text((column.words.empty() ? "list.bool." : column.words) + out, language);
  } else if (value.is_int64()) {
    out = std::to_string(value.get_int64());
  } else if (value.is_uint64()) {
    out = std::to_string(value.get_uint64());
  } else {
    return {};
  }
  return column.words.empty() || out.empty() ? out : i18n::text(column.words + out, language);
}

// Every value under the path; "grants[].role" has one for each grant.
void values_under(const boost::json::value& value, std::string_view path, std::vector<const boost::json::value*>& out) {
  if (path.empty()) {
    if (!value.is_null()) out.push_back(&value);
    return;
  }
  if (path.substr(0, 2) == "[]") {
    if (!value.is_array()) return;
    path.remove_prefix(path.size() > 2 && path[2] == '.' ? 3 : 2);
    for (const auto& one : value.get_array()) values_under(one, path, out);
    return;
  }
  if (!value.is_object()) return;
  const auto end = std::min(path.find_first_of(".["), path.size());
  const auto* member = value.get_object().if_contains(boost::json::string_view(path.data(), end));
  if (member == nullptr) return;
  path.remove_prefix(end < path.size() && path[end] == '.' ? end + 1 : end);
  values_under(*member, path, out);
}

class RouteRows final : public RowSource {
 public:
  RouteRows(http::Router& router, const ListKind& kind, std::string path, Actor actor, std::string filter, const http::Response& first)
      : router_(router), kind_(kind), path_(std::move(path)), actor_(std::move(actor)), filter_(std::move(filter)) {
    take(first);
  }

  std::vector<Row> next() override {
    // A page may be empty though more follow: a route that looks through many records gives up for a while.
    while (rows_.empty() && next_) {
      const auto response = router_.read_as(actor_, path_, filter_ + "&limit=" + std::to_string(page_size) + "&" + kind_.page + "=" + http::percent_encode(*next_));
      if (response.status != 200) throw std::runtime_error("the list " + kind_.name + " ends early with " + std::to_string(response.status));
      take(response);
    }
    return std::exchange(rows_, {});
  }

 private:
  void take(const http::Response& response) {
    const auto answer = boost::json::parse(response.body);
    const auto& object = answer.as_object();
    next_.reset();
    if (const auto* next = object.if_contains("next"); next != nullptr && !next->is_null()) {
      next_ = next->is_string() ? std::string(next->get_string()) : boost::json::serialize(*next);
      if (kind_.page.empty()) throw std::logic_error("the list " + kind_.name + " has pages, and nobody says how they follow");
    }
    for (const auto& row : object.at("rows").as_array()) {
      Row cells;
      for (const auto& column : kind_.columns) cells.push_back(cell_of(row, column, actor_.language));
      rows_.push_back(std::move(cells));
    }
  }

  http::Router& router_;
  const ListKind& kind_;
  std::string path_;
  Actor actor_;
  std::string filter_;
  std::vector<Row> rows_;
  std::optional<std::string> next_;
};

struct ListFileQuery {
  std::string list;
  FileFormat format = FileFormat::csv;
  std::optional<std::string> filter;
};
BOOST_DESCRIBE_STRUCT(ListFileQuery, (), (list, format, filter))

struct ExportableList {
  std::string name;
  std::string title;
  std::vector<std::string> filters;
  std::string path;  // where the same list is read as JSON
  std::string page;  // the parameter by which its pages follow; "" when there is one only
};
BOOST_DESCRIBE_STRUCT(ExportableList, (), (name, title, filters, path, page))
struct ExportableLists {
  std::vector<ExportableList> rows;
};
BOOST_DESCRIBE_STRUCT(ExportableLists, (), (rows))

std::string date_text(Date on, Language language) { return language == Language::en ? on.iso() : roc_long(on); }

}  // namespace

void Lists::add(ListKind kind) {
  if (find(kind.name) != nullptr) throw std::logic_error("two lists with the name " + kind.name);
  kinds_.push_back(std::move(kind));
}

const ListKind* Lists::find(const std::string& name) const {
  for (const auto& kind : kinds_) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

Query read_query(const std::string& text) {
  Query out;
  bool good = true;
  for (std::string_view rest = text; !rest.empty();) {
    const auto end = rest.find('&');
    const auto pair = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    const auto equals = pair.find('=');
    if (pair.empty()) continue;
    // What is no pair keeps a name that no list knows: it is refused as any other.
    out.emplace(http::percent_decode(pair.substr(0, equals), true, good), equals == std::string_view::npos ? "?" : http::percent_decode(pair.substr(equals + 1), true, good));
  }
  if (!good) out.emplace("filter", text);
  return out;
}

std::string filter_in_words(const Lists& lists, const ListKind& kind, const Query& filter, Language language) {
  std::string out;
  for (const auto& [name, value] : filter) {
    if (name == "sort" || name == "limit" || name == "cursor" || value.empty()) continue;
    std::string label = name;
    std::string shown = value;
    for (const auto& known : kind.filters) {
      if (known.name != name) continue;
      label = i18n::text(known.title, language);
      switch (known.kind) {
        case ListFilter::Kind::plain:
          if (known.called) shown = known.called(value);
          break;
        case ListFilter::Kind::words: shown = i18n::text(known.words + value, language); break;
        case ListFilter::Kind::date:
          if (const auto on = Date::parse(value)) shown = date_text(*on, language);
          break;
        case ListFilter::Kind::agency: {
          std::int64_t id = 0;
          if (http::read_int64(value, id)) shown = lists.agency_name(id);
          break;
        }
      }
    }
    out += (out.empty() ? "" : language == Language::en ? "; " : "；") + label + (language == Language::en ? ": " : "：") + shown;
  }
  return out.empty() ? i18n::text("list.no_filter", language) : out;
}

Cell cell_of(const boost::json::value& row, const ListColumn& column, Language language) {
  std::vector<const boost::json::value*> values;
  values_under(row, column.path, values);
  if (values.empty()) return Cell::none();
  if (values.size() == 1) {
    const auto& value = *values.front();
    if (column.type == ColumnType::integer && value.is_number()) return Cell::of(value.to_number<std::int64_t>());
    if (column.type == ColumnType::date && value.is_string()) {
      if (const auto on = Date::parse(std::string_view(value.get_string().data(), value.get_string().size()))) return Cell::of(*on);
    }
    if (column.type == ColumnType::instant && value.is_string()) {
      if (const auto at = Instant::parse(std::string_view(value.get_string().data(), value.get_string().size()))) return Cell::of(*at);
    }
    if (column.type == ColumnType::percent && value.is_number()) return Cell::percent(value.to_number<std::int64_t>());
  }
  std::string text;
  for (const auto* value : values) {
    const auto one = text_of(*value, column, language);
    if (!one.empty()) text += (text.empty() ? "" : language == Language::en ? ", " : "、") + one;
  }
  return text.empty() ? Cell::none() : Cell::of(text);
}

void add_making(Table& table, const Actor& actor) {
  const auto made = actor.language == Language::en ? taipei_time_text(actor.now) : roc_long(taipei_date(actor.now)) + taipei_time_text(actor.now).substr(10);
  table.facts.emplace_back(i18n::text("list.made", actor.language), actor.is_system ? made : i18n::text("list.made_by", actor.language, {{"time", made}, {"name", actor.name}}));
}

std::function<bool()> still_the_same(http::Router& router, const http::Call& call) {
  return [&router, request = call.request, id = call.actor.account_id, grants = identity::grants_text(call.actor.grants)] {
    const auto now = router.identify(request);
    return now.ok() && now->account_id == id && identity::grants_text(now->grants) == grants;
  };
}

void add_list_routes(http::Router& router, Lists& lists) {
  router.get<http::Nothing, ExportableLists>("/api/lists", {.permission = "signed_in", .summary = "The lists that can leave as files, of those one may read", .tag = "reports"}, [&lists](const Actor& actor, const http::Nothing&) -> Result<ExportableLists> {
    ExportableLists out;
    for (const auto& kind : lists.all()) {
      if (kind.permission != "signed_in" && !identity::may(actor, kind.permission)) continue;
      ExportableList row{kind.name, i18n::text(kind.title, actor.language), {}, kind.path, kind.page};
      for (const auto& filter : kind.filters) row.filters.push_back(filter.name);
      out.rows.push_back(std::move(row));
    }
    return out;
  });
  router.file<ListFileQuery>("/api/lists/{list}/file", {.permission = "signed_in", .summary = "A whole list as CSV, ODS, XLSX or a page to print; filter: the list's own query, encoded", .tag = "reports"},
                             [&router, &lists](const http::Call& call, const ListFileQuery& in) -> Result<http::Response> {
    const auto& actor = call.actor;
    const auto* kind = lists.find(in.list);
    if (kind == nullptr) return fault(FaultKind::not_found, "list.unknown");
    auto query = read_query(in.filter.value_or(""));
    if (!kind->page.empty()) query.erase(kind->page);
    query.erase("limit");
    // A list of one record's parts has the record's id in its path.
    auto path = kind->path;
    if (const auto mark = path.find("{id}"); mark != std::string::npos) {
      std::int64_t id = 0;
      const auto given = query.find("id");
      if (given == query.end() || !http::read_int64(given->second, id)) return field_fault("filter", "list.id_missing");
      path.replace(mark, 4, std::to_string(id));
      query.erase(given);
    }
    std::string filter;
    for (const auto& [name, value] : query) filter += (filter.empty() ? "" : "&") + http::percent_encode(name) + "=" + http::percent_encode(value);
    // The list's own route refuses whom and what it would refuse.
    auto first = router.read_as(actor, path, filter + (!kind->page.empty() ? "&limit=" + std::to_string(kind->open ? 1 : page_size) : ""), &call.request);
    if (first.status != 200) return first;
    Table table;
    if (kind->open) {
      table = kind->open(actor, query);
    } else {
      for (const auto& column : kind->columns) table.columns.push_back({i18n::text(column.title, actor.language), column.type});
      table.rows = std::make_shared<RouteRows>(router, *kind, path, actor, filter, first);
    }
    table.title = i18n::text(kind->title, actor.language);
    if (table.file_name.empty()) table.file_name = table.title + "-" + taipei_date(actor.now).iso();
    table.facts.insert(table.facts.begin(), {i18n::text("list.filter", actor.language), filter_in_words(lists, *kind, query, actor.language)});
    if (!kind->definition.empty()) table.facts.emplace_back(i18n::text("list.definition", actor.language), i18n::text(kind->definition, actor.language));
    add_making(table, actor);
    return file_answer(std::move(table), in.format, actor.language, still_the_same(router, call));
  });
}

}  // namespace mandate::reports
