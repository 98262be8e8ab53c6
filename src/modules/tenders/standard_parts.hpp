// What OC4IDS and OCDS have in common. Members that are not known are not written.
#pragma once

#include "modules/tenders/publication.hpp"

namespace mandate::tenders {

inline std::string moment(Date on) { return on.iso() + "T00:00:00+08:00"; }
inline boost::json::object money(std::int64_t amount) { return {{"amount", amount}, {"currency", "TWD"}}; }
inline void put_text(boost::json::object& into, const char* name, const std::string& text) {
  if (!text.empty()) into[name] = text;
}
inline void put_date(boost::json::object& into, const char* name, const std::optional<Date>& on) {
  if (on) into[name] = moment(*on);
}
inline void put_list(boost::json::object& into, const char* name, boost::json::array list) {
  if (!list.empty()) into[name] = std::move(list);
}
inline void put_object(boost::json::object& into, const char* name, boost::json::object object) {
  if (!object.empty()) into[name] = std::move(object);
}
boost::json::object period(const std::optional<Date>& from, const std::optional<Date>& to);

boost::json::object agency_reference(const PublishedWork& work);
boost::json::array supplier_references(const PublishedWork& work);
boost::json::array parties(const PublishedWork& work, std::initializer_list<const char*> agency_roles);
boost::json::array milestones(const PublishedWork& work);
std::optional<Date> done_on(const PublishedWork& work, tracking::CheckpointFlag flag);
std::optional<Date> contract_finish(const TenderFields& fields);  // with what was granted since
// Whether the contract is over, by the code of the public-works system or because control of it is.
bool is_over(const PublishedWork& work);

}  // namespace mandate::tenders
