// What the routes of this module share: who recorded a row, whether it was superseded by then, and the words of contact windows.
#pragma once

#include "foundation/agencies/module.hpp"

#include <map>

namespace mandate::agencies {

class RecorderNames {
 public:
  RecorderNames(const AccountName& name, Language language) : name_(name), language_(language) {}
  const std::string& of(std::int64_t account) {
    auto& text = known_[account];
    if (text.empty()) text = account == 0 || !name_ ? i18n::text("agency.system_account", language_) : name_(account);
    return text;
  }

 private:
  const AccountName& name_;
  Language language_;
  std::map<std::int64_t, std::string> known_;
};

inline std::optional<Instant> known_at(std::optional<Date> day) { return day ? std::optional(taipei_end_of_day(*day)) : std::nullopt; }

// When the row had been superseded by that instant.
template <class Row>
std::optional<Instant> superseded(const Row& row, const std::optional<Instant>& at) {
  return row.superseded_at && (!at || *row.superseded_at <= *at) ? row.superseded_at : std::nullopt;
}

inline std::string window_name(const std::string& kind, Language language) { return kind == "general" ? i18n::text("agency.contact.general", language) : kind; }

struct AgencyRecordId {
  http::Number63 id;
};
BOOST_DESCRIBE_STRUCT(AgencyRecordId, (), (id))

}  // namespace mandate::agencies
