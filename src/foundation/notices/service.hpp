#pragma once

#include "foundation/notices/store.hpp"

namespace mandate::notices {

struct Notices::Parts {
  Notices& notices;
  db::Database& database;
  const Clock& clock;
  identity::Identity& identity;
  Directory directory;
  NoticeStore store;

  // The notices as one reader sees them now: titles of what the reader may read, in the reader's language. One statement a kind of record.
  std::vector<NoticeRow> in_words(db::Session& s, const Actor& reader, const std::vector<StoredNotice>& rows);
  // The same for many readers at once; `rows` may be of several accounts.
  struct Lines {
    std::map<std::string, std::map<std::int64_t, RecordLine>> of_kind;
  };
  Lines lines_of(db::Session& s, const std::vector<StoredNotice>& rows);
  NoticeRow in_words(db::Session& s, const Actor& reader, const StoredNotice& row, const Lines& lines);
};

}  // namespace mandate::notices
