// A tender's own record, after the two public field sets of the public-works system (rules, section 2.1). Amounts are whole dollars.
#pragma once

#include "foundation/tracking/api.hpp"

namespace mandate::tenders {

using tracking::ItemId;

// What kind of works: for the snapshot by type.
BOOST_DEFINE_ENUM_CLASS(WorksKind, road, bridge, building, drainage, park, utility, other)

struct TenderFields {
  std::int64_t status_code = 162;  // of the public-works system: 設計中 162 … 解約重新發包 235
  WorksKind works_kind = WorksKind::other;
  std::string summary;
  std::string place;
  std::optional<double> latitude, longitude;
  std::int64_t budget = 0;
  std::optional<std::int64_t> award_price;     // 決標金額
  std::optional<std::int64_t> contract_price;  // after change orders
  std::int64_t central_share = 0;              // of the central government, in the budget
  std::optional<Date> awarded_on, contract_start_on, contract_finish_on, contract_finish_changed_on;
  std::string contractor, designer, supervisor;
  std::string public_number;  // in the public-works system
};
BOOST_DESCRIBE_STRUCT(TenderFields, (), (status_code, works_kind, summary, place, latitude, longitude, budget, award_price, contract_price, central_share, awarded_on, contract_start_on, contract_finish_on, contract_finish_changed_on, contractor, designer, supervisor, public_number))

struct TenderRecord {
  ItemId item_id;
  std::int64_t status_code = 162;
  WorksKind works_kind = WorksKind::other;
  std::string summary;
  std::string place;
  std::optional<double> latitude, longitude;
  std::int64_t budget = 0;
  std::optional<std::int64_t> award_price, contract_price;
  std::int64_t central_share = 0;
  std::optional<Date> awarded_on, contract_start_on, contract_finish_on, contract_finish_changed_on;
  std::string contractor, designer, supervisor, public_number;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::int64_t revision = 1;
};
BOOST_DESCRIBE_STRUCT(TenderRecord, (), (item_id, status_code, works_kind, summary, place, latitude, longitude, budget, award_price, contract_price, central_share, awarded_on, contract_start_on, contract_finish_on, contract_finish_changed_on, contractor, designer, supervisor, public_number, recorded_at, recorded_by, revision))

}  // namespace mandate::tenders
