// Words beside the filters of another list: the list runs in its own order, and what holds the words is asked of the same index.
#include "foundation/search/folding.hpp"
#include "foundation/search/model.hpp"
#include "platform/db/lists.hpp"

namespace mandate::search {
namespace {

constexpr int ids_most = 20'000;

class PlannedWords final : public Words {
 public:
  PlannedWords(const Search::Parts& parts, const Actor& actor, const SearchQuery& in, Query query) : kind_(*in.kind), plan_(parts, actor, in, std::move(query)) {}

  const std::optional<std::vector<std::int64_t>>& ids(db::Session& s) override {
    if (!asked_) found_ = collect(s);
    asked_ = true;
    return found_;
  }

  std::set<std::int64_t> among(db::Session& s, const std::vector<std::int64_t>& ids) override {
    std::set<std::int64_t> out;
    for (const auto& row : SearchStore::list_of_records(s, kind_, ids, plan_.wanted())) {
      if (plan_.finds(row)) out.insert(row.record_id);
    }
    return out;
  }

  bool in(const std::string& number, const std::string& title) const override { return matches(fold_for_search(number) + field_end + fold_for_search(title), plan_.query()); }

 private:
  std::optional<std::vector<std::int64_t>> collect(db::Session& s) {
    std::vector<std::int64_t> out;
    for (const auto& row : SearchStore::list_waiting(s, plan_.wanted(), {})) {
      if (plan_.finds(row)) out.push_back(row.record_id);
    }
    SearchStore::Stream stream(s, plan_.wanted(), {});
    for (constexpr int batch = 4096; out.size() <= ids_most;) {
      const auto rows = stream.next(batch);
      for (const auto& row : rows) {
        if (!plan_.rows_need_a_look() || plan_.finds(row)) out.push_back(row.record_id);
      }
      looked_ += static_cast<int>(rows.size());
      if (static_cast<int>(rows.size()) < batch) return out;
      if (looked_ > 2 * ids_most) break;
    }
    return std::nullopt;
  }

  std::string kind_;
  Plan plan_;
  bool asked_ = false;
  int looked_ = 0;
  std::optional<std::vector<std::int64_t>> found_;
};

}  // namespace

Result<std::shared_ptr<Words>> Search::words(const Actor& actor, const std::string& kind, const std::string& typed, const Document& like) {
  MANDATE_ASSIGN(auto query, parse_query(typed));
  SearchQuery in;
  in.kind = kind;
  if (like.agency_id != 0) in.agency_id = http::Number63{like.agency_id};
  if (!like.origin.empty()) in.origin = like.origin;
  if (!like.state.empty()) in.state = like.state;
  if (!like.district.empty()) in.district = like.district;
  return std::shared_ptr<Words>(std::make_shared<PlannedWords>(*parts_, actor, in, std::move(query)));
}

}  // namespace mandate::search
