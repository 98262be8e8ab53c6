#include "foundation/feeds/service.hpp"

#include "platform/digest/digest.hpp"

namespace mandate::feeds {

struct FeedList {
  std::vector<FeedView> rows;
};
BOOST_DESCRIBE_STRUCT(FeedList, (), (rows))
struct CreateFeed {
  std::string kind;
  std::optional<http::Number63> record_id;
  std::optional<std::string> name;
  std::optional<std::int64_t> alarm_days;
};
BOOST_DESCRIBE_STRUCT(CreateFeed, (), (kind, record_id, name, alarm_days))
struct FeedById {
  FeedId id;
};
BOOST_DESCRIBE_STRUCT(FeedById, (), (id))
struct CalendarFile {
  std::string file;
};
BOOST_DESCRIBE_STRUCT(CalendarFile, (), (file))
struct ChangesAsked {
  std::optional<std::string> lang;
};
BOOST_DESCRIBE_STRUCT(ChangesAsked, (), (lang))

namespace {

std::string base_of(const http::Request& request) { return std::string(request.secure ? "https://" : "http://") + std::string(request.header("host")); }

http::Response document(const http::Request& request, std::string text, const char* type, const char* caching) {
  http::Response response;
  const auto etag = "\"" + digest::sha256_hex(text).substr(0, 32) + "\"";
  response.headers.emplace_back("ETag", etag);
  response.headers.emplace_back("Cache-Control", caching);
  response.content_type = type;
  if (request.header("if-none-match") == etag) {
    response.status = 304;
    response.content_type.clear();
    return response;
  }
  response.body = std::move(text);
  return response;
}

}  // namespace

void add_feed_routes(http::Router& router, Feeds& feeds) {
  auto& p = feeds.parts();
  router.get<http::Nothing, FeedList>("/api/feeds", {.permission = "signed_in", .summary = "One's own calendar links", .tag = "feeds"}, [&p](const Actor& actor, const http::Nothing&) -> Result<FeedList> {
    MANDATE_ASSIGN(auto rows, p.list(actor));
    return FeedList{std::move(rows)};
  });
  router.post<CreateFeed, FeedMade>("/api/feeds", {.permission = "signed_in", .summary = "Make a secret link to a calendar; it is shown once", .tag = "feeds", .once = http::Once::secret}, [&p](const Actor& actor, const CreateFeed& in) {
    return p.create(actor, in.kind, in.record_id.value_or(http::Number63{}).value, in.name.value_or(""), in.alarm_days);
  });
  router.remove<FeedById, http::Nothing>("/api/feeds/{id}", {.permission = "signed_in", .summary = "Revoke a calendar link", .tag = "feeds"}, [&p](const Actor& actor, const FeedById& in) -> Result<http::Nothing> {
    MANDATE_TRY(p.revoke(actor, in.id));
    return http::Nothing{};
  });
  // The secret in the path is all that a calendar program has; it is in no log, and the answer stays out of shared caches.
  router.file<CalendarFile>("/feeds/calendar/{file}", {.permission = "open", .summary = "A calendar (iCalendar) by its secret link", .tag = "feeds"}, [&p](const http::Call& call, const CalendarFile& in) -> Result<http::Response> {
    const auto dot = in.file.rfind(".ics");
    const auto secret = dot != std::string::npos && dot + 4 == in.file.size() ? in.file.substr(0, dot) : std::string();
    MANDATE_ASSIGN(auto text, p.read(secret, call.request.peer, base_of(call.request)));
    return document(call.request, std::move(text), "text/calendar; charset=utf-8", "private, no-cache");
  });
  router.file<ChangesAsked>("/feeds/changes.atom", {.permission = "open", .summary = "What changed of the city's promises (Atom)", .tag = "feeds"}, [&p](const http::Call& call, const ChangesAsked& in) -> Result<http::Response> {
    const auto language = in.lang ? (*in.lang == "en" ? Language::en : Language::zh_tw) : call.actor.language;
    const std::string host(call.request.header("host"));
    AtomHead head{i18n::text("feed.changes_title", language), i18n::text("feed.changes_author", language), language, base_of(call.request), host.substr(0, host.find(':')), "/feeds/changes.atom" + (in.lang ? "?lang=" + std::string(language == Language::en ? "en" : "zh") : std::string())};
    return document(call.request, atom_text(head, p.public_changes(language)), "application/atom+xml; charset=utf-8", "public, max-age=60");
  });
}

}  // namespace mandate::feeds
