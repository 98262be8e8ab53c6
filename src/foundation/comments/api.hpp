// Comments with mentions on records of any kind that foundation/notices knows.
#pragma once

#include "foundation/identity/api.hpp"
#include "foundation/notices/api.hpp"
#include "platform/db/migrations.hpp"

namespace mandate::comments {

using CommentId = Id<struct CommentTag>;

struct StoredComment {
  CommentId id;
  std::string record_kind;
  std::int64_t record_id = 0;
  Instant at;
  std::int64_t account_id = 0;
  std::string text;
  std::string mentions;  // account ids, separated by spaces
  std::optional<Instant> changed_at;
  std::optional<Instant> withdrawn_at;
  std::int64_t revision = 1;
};
BOOST_DESCRIBE_STRUCT(StoredComment, (), (id, record_kind, record_id, at, account_id, text, mentions, changed_at, withdrawn_at, revision))

struct Mentioned {
  http::Number63 id;
  std::string name;
};
BOOST_DESCRIBE_STRUCT(Mentioned, (), (id, name))

struct CommentRow {
  CommentId id;
  Instant at;
  std::string by_name;
  std::string text;  // "" of a withdrawn one
  std::vector<Mentioned> mentions;
  std::optional<Instant> changed_at;
  bool withdrawn = false;
  bool mine = false;
  std::int64_t revision = 1;
};
BOOST_DESCRIBE_STRUCT(CommentRow, (), (id, at, by_name, text, mentions, changed_at, withdrawn, mine, revision))

struct CommentPage {
  std::vector<CommentRow> rows;  // newest first
  std::optional<std::string> next;
  bool may_add = false;
};
BOOST_DESCRIBE_STRUCT(CommentPage, (), (rows, next, may_add))

class Comments {
 public:
  Comments(db::Database& database, const Clock& clock, identity::Identity& identity, notices::Notices& notices) : database_(database), clock_(clock), identity_(identity), notices_(notices) {}

  Result<CommentPage> list(const Actor& actor, const std::string& kind, std::int64_t record_id, std::int64_t before, int limit);
  Result<CommentRow> add(const Actor& actor, const std::string& kind, std::int64_t record_id, const std::string& text, const std::vector<std::int64_t>& mentions);
  Result<CommentRow> change(const Actor& actor, CommentId id, const std::string& text, const std::vector<std::int64_t>& mentions, std::int64_t revision);
  Result<CommentRow> withdraw(const Actor& actor, CommentId id);
  // People who may read the record and whose name holds the words; at most ten.
  Result<std::vector<Mentioned>> list_mentionable(const Actor& actor, const std::string& kind, std::int64_t record_id, const std::string& words);

 private:
  Result<notices::Notices::FoundRecord> reach(db::Session& s, const Actor& actor, const std::string& kind, std::int64_t record_id, bool to_add);
  Result<StoredComment> own(db::Session& s, const Actor& actor, CommentId id);
  Result<> check_mentions(const identity::AccountBook& book, const notices::Notices::FoundRecord& record, const std::string& kind, const std::vector<std::int64_t>& mentions) const;
  bool may_read(const identity::AccountBook& book, std::int64_t account, const notices::Notices::FoundRecord& record, const std::string& kind) const;
  CommentRow row(db::Session& s, const Actor& actor, const StoredComment& comment);

  db::Database& database_;
  const Clock& clock_;
  identity::Identity& identity_;
  notices::Notices& notices_;
};

void add_comment_routes(http::Router& router, Comments& comments);
db::MigrationSet comment_migrations();
const std::vector<i18n::Message>& comment_messages();

}  // namespace mandate::comments
