// The use cases of tenders.
#pragma once

#include "modules/tenders/rules.hpp"

namespace mandate::tenders {

struct TenderView {
  ItemId id;
  std::string number, title;
  tracking::ItemState state = tracking::ItemState::filing;
  TenderFields fields;
  std::vector<std::string> actions;
  std::int64_t revision = 1;  // of the tender's own record
};
BOOST_DESCRIBE_STRUCT(TenderView, (), (id, number, title, state, fields, actions, revision))

class Tenders {
 public:
  Tenders(db::Database& database, const Clock& clock, identity::Identity& identity, tracking::Tracking& tracking);

  Result<TenderView> create(const Actor& actor, tracking::NewItem item, const TenderFields& fields);
  Result<TenderView> edit(const Actor& actor, ItemId id, const TenderFields& fields, std::int64_t revision);
  Result<TenderView> view(const Actor& actor, ItemId id);
  // By the ids of their items.
  std::map<std::int64_t, TenderRecord> list_records(db::Session& s, const std::vector<std::int64_t>& ids);

 private:
  std::optional<TenderRecord> find(db::Session& s, ItemId id);
  void insert(db::Session& s, const TenderRecord& record);
  bool replace(db::Session& s, const TenderRecord& before, TenderRecord& after, Instant now);
  Result<> flag_changed(db::Session& s, const Actor& actor, ItemId id, tracking::CheckpointFlag flag, std::optional<Date> on);
  tracking::Kind kind();

  db::Database& database_;
  const Clock& clock_;
  identity::Identity& identity_;
  tracking::Tracking& tracking_;
};

TenderFields fields_of(const TenderRecord& record);

void add_tender_routes(http::Router& router, Tenders& tenders);
db::MigrationSet tender_migrations();
const std::vector<i18n::Message>& tender_messages();

}  // namespace mandate::tenders
