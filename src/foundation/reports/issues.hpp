// Reports that were issued: kept as a file, byte for byte, with all that is needed to ask the same again.
#pragma once

#include "foundation/reports/reports.hpp"
#include "platform/files/store.hpp"

namespace mandate::reports {

using IssueId = Id<struct IssueTag>;

struct IssueRecord {
  IssueId id;
  std::string report;
  std::string parameters;  // an encoded query
  FileFormat format = FileFormat::csv;
  std::string language;
  Date as_of;
  Instant known_at;
  std::string scope;
  std::string title;
  std::string file_name;
  std::string hash;
  std::int64_t size = 0;
  std::string figures;
  std::int64_t row_count = 0;
  Instant issued_at;
  std::int64_t issued_by = 0;
  std::int64_t schedule_id = 0;
  std::string chart_hash = {};  // of its chart as SVG; "" when it has none
};
BOOST_DESCRIBE_STRUCT(IssueRecord, (), (id, report, parameters, format, language, as_of, known_at, scope, title, file_name, hash, size, figures, row_count, issued_at, issued_by, schedule_id, chart_hash))

// What is asked for in a report's name.
struct Order {
  std::string report;
  Query parameters;
  FileFormat format = FileFormat::ods;
  Date as_of;
  Instant known_at;
};

// An issue whose file is in its place and whose row is still to be written, within the transaction of what it belongs to.
struct Made {
  IssueRecord record;
  files::Placed placed;
  std::optional<files::Placed> chart = {};
  std::string finding = {};  // what the chart shows, in a sentence
};

class Issues {
 public:
  Issues(db::Database& database, const Clock& clock, identity::Identity& identity, const Reports& reports, files::FileStore& files);

  // Asks the report under what the actor may see; no row yet.
  Result<Made> make(const Actor& actor, const Order& order);
  // Writes the row and the event within the caller's transaction.
  void keep(db::Session& session, const Actor& actor, const Made& made);
  Result<IssueRecord> issue(const Actor& actor, const Order& order);

  // The question of an issue again, at another state of knowledge.
  Result<Table> ask_again(const IssueRecord& issue, Instant known_at, Language language) const;
  // The issue when the actor may see it: who issued it, and who reaches all that it was made from.
  Result<IssueRecord> find(db::Session& session, const Actor& actor, IssueId id);
  // Newest first; "" for every report. Those that the actor may not see are passed over.
  std::vector<IssueRecord> list(db::Session& session, const Actor& actor, const std::string& report, std::int64_t before, int limit, std::optional<std::int64_t>& next);

  db::Database& database() { return database_; }
  const Clock& clock() const { return clock_; }
  identity::Identity& identity() { return identity_; }
  const Reports& reports() const { return reports_; }
  files::FileStore& files() { return files_; }

 private:
  bool may_see(const Actor& actor, const IssueRecord& issue) const;

  db::Database& database_;
  const Clock& clock_;
  identity::Identity& identity_;
  const Reports& reports_;
  files::FileStore& files_;
};

void add_issue_routes(http::Router& router, Issues& issues);
db::MigrationSet report_migrations();
const std::vector<i18n::Message>& report_messages();

}  // namespace mandate::reports
