#include "foundation/comments/api.hpp"
#include "platform/http/router.hpp"

namespace mandate::comments {

struct CommentQuery {
  std::string record_kind;
  http::Number63 record_id;
  std::optional<std::string> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(CommentQuery, (), (record_kind, record_id, cursor, limit))
struct AddComment {
  std::string record_kind;
  http::Number63 record_id;
  std::string text;
  std::vector<http::Number63> mentions;
};
BOOST_DESCRIBE_STRUCT(AddComment, (), (record_kind, record_id, text, mentions))
struct ChangeComment {
  CommentId id;
  std::string text;
  std::vector<http::Number63> mentions;
  std::int64_t revision = 0;
};
BOOST_DESCRIBE_STRUCT(ChangeComment, (), (id, text, mentions, revision))
struct CommentById {
  CommentId id;
};
BOOST_DESCRIBE_STRUCT(CommentById, (), (id))
struct MentionQuery {
  std::string record_kind;
  http::Number63 record_id;
  std::optional<std::string> q;
};
BOOST_DESCRIBE_STRUCT(MentionQuery, (), (record_kind, record_id, q))
struct MentionableList {
  std::vector<Mentioned> rows;
};
BOOST_DESCRIBE_STRUCT(MentionableList, (), (rows))

namespace {

std::vector<std::int64_t> ids_of(const std::vector<http::Number63>& numbers) {
  std::vector<std::int64_t> ids;
  for (const auto number : numbers) {
    if (std::find(ids.begin(), ids.end(), number.value) == ids.end()) ids.push_back(number.value);
  }
  return ids;
}

}  // namespace

void add_comment_routes(http::Router& router, Comments& comments) {
  router.get<CommentQuery, CommentPage>("/api/comments", {.permission = "comment.read", .summary = "What was said about a record, newest first", .tag = "comments"}, [&comments](const Actor& actor, const CommentQuery& in) -> Result<CommentPage> {
    std::int64_t before = 0;
    if (in.cursor && !http::read_int64(*in.cursor, before)) return field_fault("cursor", "input.bad_cursor");
    return comments.list(actor, in.record_kind, in.record_id.value, before, std::clamp(in.limit.value_or(50), 1, 200));
  });
  router.post<AddComment, CommentRow>("/api/comments", {.permission = "comment.add", .summary = "Say something about a record", .tag = "comments"},
                                      [&comments](const Actor& actor, const AddComment& in) { return comments.add(actor, in.record_kind, in.record_id.value, in.text, ids_of(in.mentions)); });
  router.put<ChangeComment, CommentRow>("/api/comments/{id}", {.permission = "comment.add", .summary = "Change one's own comment; what it said before is kept", .tag = "comments"},
                                        [&comments](const Actor& actor, const ChangeComment& in) { return comments.change(actor, in.id, in.text, ids_of(in.mentions), in.revision); });
  router.remove<CommentById, CommentRow>("/api/comments/{id}", {.permission = "comment.add", .summary = "Withdraw one's own comment", .tag = "comments"}, [&comments](const Actor& actor, const CommentById& in) { return comments.withdraw(actor, in.id); });
  router.get<MentionQuery, MentionableList>("/api/mentionable", {.permission = "comment.add", .summary = "People who may read a record, by a part of their name", .tag = "comments"}, [&comments](const Actor& actor, const MentionQuery& in) -> Result<MentionableList> {
    MANDATE_ASSIGN(auto rows, comments.list_mentionable(actor, in.record_kind, in.record_id.value, in.q.value_or("")));
    return MentionableList{std::move(rows)};
  });
}

}  // namespace mandate::comments
