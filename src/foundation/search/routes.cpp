#include "foundation/search/model.hpp"

MANDATE_EMBEDDED(foundation_search)

namespace mandate::search {

db::MigrationSet search_migrations() { return db::migrations_of("foundation_search", embedded::foundation_search); }

void add_search_routes(http::Router& router, Search& search) {
  auto& p = search.parts();
  router.get<SearchQuery, SearchResult>("/api/search", {.permission = "signed_in", .summary = "What the reader may see and holds these words, newest first or by relevance, in pages", .tag = "search"},
                                        [&p](const Actor& actor, const SearchQuery& in) -> Result<SearchResult> { return p.find(actor, in); });
}

}  // namespace mandate::search
