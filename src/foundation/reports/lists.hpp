// Every list that can leave as a file: one registration each. Its rows are what its own route answers, read page by page in the reader's name, so that
// scope, filters and permission are the list's own and an export can never show more than the screen does.
#pragma once

#include "foundation/reports/table.hpp"
#include "platform/i18n/messages.hpp"
#include "platform/http/router.hpp"

#include <map>

namespace mandate::reports {

using Query = std::map<std::string, std::string>;

struct ListColumn {
  std::string path;   // in a row of the answer: "number", "person.name", "grants[].role"
  std::string title;  // message key
  ColumnType type = ColumnType::text;
  std::string words = "";  // the value is the end of a message key: "state." makes "open" into "state.open"
};

enum class FilterKind { plain, words, date, agency };
BOOST_DESCRIBE_ENUM(FilterKind, plain, words, date, agency)

struct ListFilter {
  using Kind = FilterKind;
  std::string name;   // of the query's parameter
  std::string title;  // message key
  Kind kind = Kind::plain;
  std::string words = "";
  std::function<std::string(const std::string& value)> called = nullptr;  // what a code is called
};

struct ListKind {
  std::string name;   // in addresses: "audit-events"
  std::string title;  // message key
  std::string path;   // of the route that answers it; "{id}" in it is taken from the filter
  std::string permission;
  std::vector<ListColumn> columns;
  std::vector<ListFilter> filters = {};
  std::string page = "cursor";  // its route's parameter for where the next page begins, beside `limit`; "" for one that gives everything at once
  std::string definition = "";  // message key of what its words mean
  // Reads its rows by itself, for lists so long that an answer in JSON for each page would cost too much. The filter was accepted by the route before.
  std::function<Table(const Actor&, const Query& filter)> open = nullptr;
};

class Lists {
 public:
  void add(ListKind kind);
  const ListKind* find(const std::string& name) const;
  const std::vector<ListKind>& all() const { return kinds_; }
  void set_agency_name(std::function<std::string(std::int64_t)> name) { agency_name_ = std::move(name); }
  std::string agency_name(std::int64_t id) const { return agency_name_ ? agency_name_(id) : std::to_string(id); }

 private:
  std::vector<ListKind> kinds_;
  std::function<std::string(std::int64_t)> agency_name_;
};

Query read_query(const std::string& text);
// "機關：社會局；狀態：未完成", or that nothing was left out.
std::string filter_in_words(const Lists& lists, const ListKind& kind, const Query& filter, Language language);
// A cell of what stands under a path in a row of an answer.
Cell cell_of(const boost::json::value& row, const ListColumn& column, Language language);
// What stands on every sheet besides the filter: when it was made and by whom.
void add_making(Table& table, const Actor& actor);

// Whether whoever asked is still who they were, with the same roles: asked before each page of a file.
std::function<bool()> still_the_same(http::Router& router, const http::Call& call);

void add_list_routes(http::Router& router, Lists& lists);
const std::vector<i18n::Message>& list_route_messages();

}  // namespace mandate::reports
