#include "foundation/comments/api.hpp"
#include "kernel/text.hpp"
#include "platform/db/events.hpp"

MANDATE_EMBEDDED(foundation_comments)

namespace mandate::comments {
namespace {

constexpr std::size_t text_bytes_max = 12'000;
constexpr std::size_t mentions_max = 20;
constexpr std::size_t mentionable_shown = 10;
constexpr auto columns = "id, record_kind, record_id, at, account_id, text, mentions, changed_at, withdrawn_at, revision";

std::string mentions_text(const std::vector<std::int64_t>& ids) {
  std::string out;
  for (const auto id : ids) out += (out.empty() ? "" : " ") + std::to_string(id);
  return out;
}

std::vector<std::int64_t> mentions_from(const std::string& text) {
  std::vector<std::int64_t> ids;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find(' ', at), text.size());
    ids.push_back(std::stoll(text.substr(at, end - at)));
    at = end + 1;
  }
  return ids;
}

Result<> check_text(const std::string& text) {
  if (text.find_first_not_of(" \n\t") == std::string::npos) return field_fault("text", "input.required");
  if (text.size() > text_bytes_max) return field_fault("text", "input.too_long", {{"max", "4000"}});
  return done();
}

}  // namespace

db::MigrationSet comment_migrations() { return db::migrations_of("foundation_comments", embedded::foundation_comments); }

Result<notices::Notices::FoundRecord> Comments::reach(db::Session& s, const Actor& actor, const std::string& kind, std::int64_t record_id, bool to_add) {
  MANDATE_ASSIGN(auto record, notices_.find_record(s, actor, kind, record_id));
  // Who sees of a record only what a list shows is not part of its talk.
  if (!identity::shows_detail(identity_.scope(actor, record.source->permission, kind), record.line.facts)) return fault(FaultKind::forbidden, "comment.no_detail");
  if (to_add && !identity::reaches(identity_.scope(actor, "comment.add", kind), record.line.facts)) return fault(FaultKind::forbidden, "comment.not_yours");
  return record;
}

bool Comments::may_read(const identity::AccountBook& book, std::int64_t account, const notices::Notices::FoundRecord& record, const std::string& kind) const {
  return book.find(account) != nullptr && identity::shows_detail(identity_.scope(identity_.reader(book, account, clock_.now()), record.source->permission, kind), record.line.facts);
}

Result<> Comments::check_mentions(const identity::AccountBook& book, const notices::Notices::FoundRecord& record, const std::string& kind, const std::vector<std::int64_t>& mentions) const {
  if (mentions.size() > mentions_max) return field_fault("mentions", "comment.too_many_mentions", {{"max", std::to_string(mentions_max)}});
  for (std::size_t i = 0; i < mentions.size(); ++i) {
    if (!may_read(book, mentions[i], record, kind)) return field_fault("mentions[" + std::to_string(i) + "]", "comment.cannot_read");
  }
  return done();
}

CommentRow Comments::row(db::Session& s, const Actor& actor, const StoredComment& c) {
  CommentRow out{c.id, c.at, identity_.name_of(s, c.account_id), c.withdrawn_at ? "" : c.text, {}, c.changed_at, c.withdrawn_at.has_value(), c.account_id == actor.account_id, c.revision};
  if (!c.withdrawn_at) {
    for (const auto id : mentions_from(c.mentions)) out.mentions.push_back({{id}, identity_.name_of(s, id)});
  }
  return out;
}

Result<CommentPage> Comments::list(const Actor& actor, const std::string& kind, std::int64_t record_id, std::int64_t before, int limit) {
  return database_.read([&](db::Session& s) -> Result<CommentPage> {
    MANDATE_ASSIGN(const auto record, reach(s, actor, kind, record_id, false));
    const auto last = before == 0 ? std::numeric_limits<std::int64_t>::max() : before;
    auto found = s.list<StoredComment>(std::string("SELECT ") + columns + " FROM comment WHERE record_kind = ? AND record_id = ? AND id < ? ORDER BY id DESC LIMIT ?", kind, record_id, last, limit + 1);
    CommentPage page;
    page.may_add = identity::reaches(identity_.scope(actor, "comment.add", kind), record.line.facts);
    if (static_cast<int>(found.size()) > limit) {
      found.pop_back();
      page.next = found.back().id.text();
    }
    for (const auto& comment : found) page.rows.push_back(row(s, actor, comment));
    return page;
  });
}

Result<CommentRow> Comments::add(const Actor& actor, const std::string& kind, std::int64_t record_id, const std::string& text, const std::vector<std::int64_t>& mentions) {
  MANDATE_TRY(check_text(text));
  auto result = database_.write([&](db::Session& s) -> Result<CommentRow> {
    MANDATE_ASSIGN(const auto record, reach(s, actor, kind, record_id, true));
    const auto book = identity_.accounts(s);
    MANDATE_TRY(check_mentions(*book, record, kind, mentions));
    const StoredComment comment{new_id<CommentId>(), kind, record_id, actor.now, actor.account_id, text, mentions_text(mentions), std::nullopt, std::nullopt, 1};
    s.execute("INSERT INTO comment (id, record_kind, record_id, at, account_id, text, mentions, revision) VALUES (?, ?, ?, ?, ?, ?, ?, 1)", comment.id, kind, record_id, comment.at, comment.account_id, comment.text, comment.mentions);
    // What was said stands with the record, not in the log: it may be withdrawn.
    db::append_event(s, {actor.now, actor.account_id, "comment.added", kind, record_id, "{}", {}});
    std::vector<notices::NewNotice> told;
    std::set<std::int64_t> hearing{actor.account_id};
    for (const auto account : mentions) {
      if (hearing.insert(account).second) told.push_back({account, "comment.mention", notices::Category::mention, kind, record_id, actor.account_id, "{}"});
    }
    const auto all_watchers = notices_.watchers(s, kind, {record_id});
    const auto watchers = all_watchers.find(record_id);
    std::set<std::int64_t> others;
    if (record.source->owners) {
      for (const auto account : record.source->owners(s, *book, record_id)) others.insert(account);
    }
    if (watchers != all_watchers.end()) {
      others.insert(watchers->second.watching.begin(), watchers->second.watching.end());
      for (const auto account : watchers->second.muted) others.erase(account);
    }
    for (const auto account : others) {
      if (may_read(*book, account, record, kind) && hearing.insert(account).second) told.push_back({account, "comment.added", notices::Category::change, kind, record_id, actor.account_id, "{}"});
    }
    notices_.tell(s, told, actor.now);
    notices_.watch_unasked(s, kind, {{record_id, actor.account_id}}, actor.now);
    return row(s, actor, comment);
  });
  notices_.wake();
  return result;
}

Result<StoredComment> Comments::own(db::Session& s, const Actor& actor, CommentId id) {
  const auto comment = s.find<StoredComment>(std::string("SELECT ") + columns + " FROM comment WHERE id = ?", id);
  if (!comment || !reach(s, actor, comment->record_kind, comment->record_id, false).ok()) return fault(FaultKind::not_found, "comment.not_found");
  if (comment->account_id != actor.account_id) return fault(FaultKind::forbidden, "comment.only_own");
  if (comment->withdrawn_at) return fault(FaultKind::conflict, "comment.withdrawn");
  return *comment;
}

Result<CommentRow> Comments::change(const Actor& actor, CommentId id, const std::string& text, const std::vector<std::int64_t>& mentions, std::int64_t revision) {
  MANDATE_TRY(check_text(text));
  auto result = database_.write([&](db::Session& s) -> Result<CommentRow> {
    MANDATE_ASSIGN(auto comment, own(s, actor, id));
    if (comment.revision != revision) return fault(FaultKind::stale, "comment.stale");
    MANDATE_ASSIGN(const auto record, reach(s, actor, comment.record_kind, comment.record_id, true));
    const auto book = identity_.accounts(s);
    MANDATE_TRY(check_mentions(*book, record, comment.record_kind, mentions));
    s.execute("INSERT INTO comment_version (comment_id, revision, text, until) VALUES (?, ?, ?, ?)", id, comment.revision, comment.text, actor.now);
    if (s.execute("UPDATE comment SET text = ?, mentions = ?, changed_at = ?, revision = revision + 1 WHERE id = ? AND revision = ?", text, mentions_text(mentions), actor.now, id, revision) != 1) {
      return fault(FaultKind::stale, "comment.stale");
    }
    const auto before = mentions_from(comment.mentions);
    std::vector<notices::NewNotice> told;
    for (const auto account : mentions) {
      if (account == actor.account_id || std::find(before.begin(), before.end(), account) != before.end()) continue;
      told.push_back({account, "comment.mention", notices::Category::mention, comment.record_kind, comment.record_id, actor.account_id, "{}"});
    }
    notices_.tell(s, told, actor.now);
    db::append_event(s, {actor.now, actor.account_id, "comment.changed", comment.record_kind, comment.record_id, "{}", {}});
    comment.text = text;
    comment.mentions = mentions_text(mentions);
    comment.changed_at = actor.now;
    ++comment.revision;
    return row(s, actor, comment);
  });
  notices_.wake();
  return result;
}

Result<CommentRow> Comments::withdraw(const Actor& actor, CommentId id) {
  return database_.write([&](db::Session& s) -> Result<CommentRow> {
    MANDATE_ASSIGN(auto comment, own(s, actor, id));
    s.execute("UPDATE comment SET withdrawn_at = ? WHERE id = ? AND withdrawn_at IS NULL", actor.now, id);
    db::append_event(s, {actor.now, actor.account_id, "comment.withdrawn", comment.record_kind, comment.record_id, "{}", {}});
    comment.withdrawn_at = actor.now;
    return row(s, actor, comment);
  });
}

Result<std::vector<Mentioned>> Comments::list_mentionable(const Actor& actor, const std::string& kind, std::int64_t record_id, const std::string& words) {
  return database_.read([&](db::Session& s) -> Result<std::vector<Mentioned>> {
    MANDATE_ASSIGN(const auto record, reach(s, actor, kind, record_id, true));
    const auto book = identity_.accounts(s);
    const auto wanted = fold(words);
    std::vector<Mentioned> out;
    for (const auto& entry : book->entries()) {
      if (entry.id == actor.account_id || fold(entry.name).find(wanted) == std::string::npos || !may_read(*book, entry.id, record, kind)) continue;
      out.push_back({{entry.id}, entry.name});
      if (out.size() == mentionable_shown) break;
    }
    return out;
  });
}

}  // namespace mandate::comments
