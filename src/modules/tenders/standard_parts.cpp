#include "modules/tenders/standard_parts.hpp"

namespace mandate::tenders {

boost::json::object period(const std::optional<Date>& from, const std::optional<Date>& to) {
  boost::json::object out;
  put_date(out, "startDate", from);
  put_date(out, "endDate", to);
  return out;
}

boost::json::object agency_reference(const PublishedWork& work) { return {{"id", "agency-" + std::to_string(work.item.core.agency_id)}, {"name", work.item.agency_name}}; }

// A firm has no registered number here: its id holds within this work only.
boost::json::array supplier_references(const PublishedWork& work) {
  if (!is_awarded(work.fields) || work.fields.contractor.empty()) return {};
  return {boost::json::object{{"id", "contractor-" + work.item.core.id.text()}, {"name", work.fields.contractor}}};
}

boost::json::array parties(const PublishedWork& work, std::initializer_list<const char*> agency_roles) {
  const auto with_roles = [](boost::json::object party, std::initializer_list<const char*> names) {
    boost::json::array roles;
    for (const auto* name : names) roles.emplace_back(name);
    party["roles"] = std::move(roles);
    return party;
  };
  boost::json::array out{with_roles(agency_reference(work), agency_roles)};
  for (auto& supplier : supplier_references(work)) out.push_back(with_roles(std::move(supplier.as_object()), {"supplier"}));
  return out;
}

boost::json::array milestones(const PublishedWork& work) {
  boost::json::array out;
  for (const auto& checkpoint : work.item.checkpoints) {
    boost::json::object one{{"id", std::to_string(out.size() + 1)}, {"title", checkpoint.name}, {"type", "delivery"}, {"dueDate", moment(checkpoint.planned_finish)}, {"status", checkpoint.actual_finish ? "met" : "scheduled"}};
    put_date(one, "dateMet", checkpoint.actual_finish);
    if (checkpoint.flag != tracking::CheckpointFlag::none) one["code"] = boost::describe::enum_to_string(checkpoint.flag, "");
    out.push_back(std::move(one));
  }
  return out;
}

std::optional<Date> done_on(const PublishedWork& work, tracking::CheckpointFlag flag) {
  for (const auto& checkpoint : work.item.checkpoints) {
    if (checkpoint.flag == flag) return checkpoint.actual_finish;
  }
  return std::nullopt;
}

std::optional<Date> contract_finish(const TenderFields& fields) { return fields.contract_finish_changed_on ? fields.contract_finish_changed_on : fields.contract_finish_on; }

bool is_awarded(const TenderFields& fields) { return fields.awarded_on || fields.award_price; }

bool is_over(const PublishedWork& work) {
  using tracking::ItemState;
  const auto state = work.item.core.state;
  const auto code = work.fields.status_code;
  return state == ItemState::closed || state == ItemState::cancelled || code == 213 || code == 214 || code == 235;
}

}  // namespace mandate::tenders
