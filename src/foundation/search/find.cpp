// One search: what waits for the index is looked through, the index is asked for the rest, both are merged from the newest backwards.
#include "foundation/search/model.hpp"

namespace mandate::search {
namespace {

constexpr int rows_most = 100;
constexpr std::size_t places_most = 8;

struct PageStart {  // where the page before ended
  std::optional<std::int64_t> below;
  std::size_t skip = 0;
};

Result<PageStart> place_of(const SearchQuery& in) {
  PageStart place;
  if (!in.cursor) return place;
  std::int64_t number = 0;
  if (!http::read_int64(*in.cursor, number) || number < 0) return field_fault("cursor", "input.bad_cursor");
  if (in.sort == SearchSort::relevance) {
    place.skip = static_cast<std::size_t>(std::min<std::int64_t>(number, ranked_max));
  } else {
    place.below = number;
  }
  return place;
}

// The newest hits, at most `most` and one more when there is one; and how many there are, at most count_cap and one.
struct Found {
  std::vector<EntryRow> rows;
  std::int64_t total = 0;
};

Found collect(db::Session& s, const Plan& plan, std::optional<std::int64_t> below, std::size_t most, bool counted) {
  Found found;
  std::vector<EntryRow> waiting;
  for (auto& row : SearchStore::list_waiting(s, plan.wanted(), below)) {
    if (plan.finds(row)) waiting.push_back(std::move(row));
  }
  std::vector<EntryRow> indexed;
  std::int64_t indexed_count = 0;
  SearchStore::Stream stream(s, plan.wanted(), below);
  if (plan.rows_need_a_look()) {
    const auto enough = std::max<std::int64_t>(static_cast<std::int64_t>(most) + 1, counted ? count_cap + 1 : 0);
    for (int batch = 64;; batch = std::min(batch * 4, 4096)) {
      auto rows = stream.next(batch);
      const bool last = static_cast<int>(rows.size()) < batch;
      for (auto& row : rows) {
        if (!plan.finds(row)) continue;
        ++indexed_count;
        if (indexed.size() <= most) indexed.push_back(std::move(row));
      }
      if (last || indexed_count >= enough) break;
    }
  } else {
    indexed = stream.next(static_cast<int>(most) + 1);
    indexed_count = static_cast<std::int64_t>(indexed.size());
    if (counted && indexed.size() > most) indexed_count = static_cast<std::int64_t>(SearchStore::Stream(s, plan.wanted(), below).ids(count_cap + 1).size());
  }
  found.total = indexed_count + static_cast<std::int64_t>(waiting.size());
  std::merge(std::make_move_iterator(waiting.begin()), std::make_move_iterator(waiting.end()), std::make_move_iterator(indexed.begin()), std::make_move_iterator(indexed.end()), std::back_inserter(found.rows),
             [](const EntryRow& a, const EntryRow& b) { return a.id > b.id; });
  if (found.rows.size() > most + 1) found.rows.resize(most + 1);
  return found;
}

void rank(std::vector<EntryRow>& rows, const Plan& plan) {
  std::vector<std::pair<std::int64_t, std::size_t>> order;
  for (std::size_t i = 0; i < rows.size(); ++i) order.emplace_back(-plan.weight(rows[i]), i);  // equal ones stay newest first
  std::sort(order.begin(), order.end());
  std::vector<EntryRow> ranked;
  for (const auto& [weight, at] : order) ranked.push_back(std::move(rows[at]));
  rows = std::move(ranked);
}

}  // namespace

Result<SearchResult> Search::Parts::find(const Actor& actor, const SearchQuery& in) {
  MANDATE_ASSIGN(auto query, parse_query(in.q));
  MANDATE_ASSIGN(const auto place, place_of(in));
  if (in.from && in.to && *in.to < *in.from) return field_fault("to", "search.to_before_from");
  const int limit = in.limit.value_or(20);
  if (limit < 1 || limit > rows_most) return field_fault("limit", "input.out_of_range", {{"min", "1"}, {"max", std::to_string(rows_most)}});
  const auto known = [&](const std::string& kind) { return kind == "agency" || kind == "post" || std::any_of(kinds.begin(), kinds.end(), [&](const Kind& one) { return one.name == kind; }); };
  if (in.kind && !known(*in.kind)) return field_fault("kind", "input.expected_choice", {{"choices", [&] {
                                                        std::string names = "agency, post";
                                                        for (const auto& one : kinds) names += ", " + one.name;
                                                        return names;
                                                      }()}});
  const bool ranked = in.sort == SearchSort::relevance;
  const Plan plan(*this, actor, in, std::move(query));
  SearchResult out;
  if (!plan.nothing()) {
    const auto most = ranked ? static_cast<std::size_t>(ranked_max) : static_cast<std::size_t>(limit);
    auto found = database.read([&](db::Session& s) {
      out.index_incomplete = SearchStore::incomplete(s, kinds);
      return collect(s, plan, place.below, most, !in.cursor);
    });
    if (ranked) {
      if (found.rows.size() > most) found.rows.resize(most);
      rank(found.rows, plan);
      found.rows.erase(found.rows.begin(), found.rows.begin() + static_cast<std::ptrdiff_t>(std::min(place.skip, found.rows.size())));
    }
    if (found.rows.size() > static_cast<std::size_t>(limit)) {
      found.rows.resize(static_cast<std::size_t>(limit));
      out.next = std::to_string(ranked ? static_cast<std::int64_t>(place.skip) + limit : found.rows.back().id);
    }
    if (!in.cursor) {
      out.total = std::min(found.total, count_cap);
      out.total_is_capped = found.total > count_cap;
    }
    for (const auto& row : found.rows) {
      SearchHit hit;
      hit.kind = row.kind;
      hit.id = {row.record_id};
      for (const auto& kind : kinds) {
        if (kind.name == row.kind) hit.address = kind.address(row.record_id);
      }
      hit.number = row.number;
      hit.number_marks = marks_of(row.number, plan.query());
      hit.title = row.title;
      hit.title_marks = marks_of(row.title, plan.query());
      if (plan.shows_detail(row)) std::tie(hit.excerpt, hit.excerpt_marks) = excerpt_of(row.body, plan.query());
      hit.agency_id = {row.agency_id};
      if (around.agency_name && row.agency_id != 0) hit.agency_name = around.agency_name(row.agency_id);
      hit.by_agency = plan.by_agency(row);
      hit.by_holder = plan.by_holder(row);
      hit.origin = row.origin;
      hit.state = row.state;
      hit.on = row.on;
      out.rows.push_back(std::move(hit));
    }
  } else if (!in.cursor) {
    out.total = 0;
  }
  const bool of_places = !in.origin && !in.agency_id && !in.state && !in.from && !in.to && !in.district && (!in.kind || *in.kind == "agency" || *in.kind == "post");
  if (!in.cursor && of_places && around.places) {
    const auto shown = in.kind ? static_cast<std::size_t>(rows_most) : places_most;
    const auto places = around.places(actor);
    for (std::size_t i = 0; places && i < places->size(); ++i) {
      const auto& one = (*places)[i];
      if ((in.kind && *in.kind != one.kind) || !matches(one.folded, plan.query())) continue;
      ++out.places_total;
      if (out.places.size() < shown) out.places.push_back({one.kind, {one.id}, one.address, one.name, marks_of(one.name, plan.query()), one.note, marks_of(one.note, plan.query())});
    }
  }
  return out;
}

}  // namespace mandate::search
