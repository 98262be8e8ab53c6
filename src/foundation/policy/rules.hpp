// Which value is in force, and what may be set: pure functions of rows and definitions.
#pragma once

#include "foundation/policy/api.hpp"
#include "kernel/result.hpp"

namespace mandate::policy {

inline constexpr std::size_t source_length_max = 900;  // bytes of UTF-8: some 300 Chinese characters
inline constexpr std::size_t text_length_max = 300;
inline constexpr std::size_t list_items_max = 50;

// Among the rows known at the moment, the one with the latest valid_from that is not after the day. A day before all of them gets the earliest, and a
// moment before anything was recorded gets what was recorded first: a grade never lacks its number. nullptr only when there is no row.
const PolicyRow* row_in_force(const std::vector<PolicyRow>& rows, const PolicyMoment& moment);

// The rows known at the instant (none: now), in order of valid_from.
std::vector<PolicyRow> known_rows(const std::vector<PolicyRow>& rows, std::optional<Instant> known_at);

// The canonical text of an input, checked against the kind, the range and the choices.
Result<std::string> canonical_value(const PolicyDefinition& definition, std::string_view input);
Result<std::string> checked_source(std::string_view source);
Result<> check_valid_from(Date valid_from);

std::optional<int> minutes_of(std::string_view time);            // "08:30"
std::vector<std::string> items_of(std::string_view list_value);  // between line ends, commas or 、

}  // namespace mandate::policy
