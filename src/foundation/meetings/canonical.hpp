// JSON in one form only, so that the same content has the same bytes and the same SHA-256 wherever it is written: the rules of RFC 8785 for what packs
// hold. Names of members sorted by their UTF-16 code units (packs use ASCII names), no spaces, strings with the shortest escapes, whole numbers only.
#pragma once

#include <boost/json.hpp>
#include <string>

namespace mandate::meetings {

// Throws std::invalid_argument for a number that is not whole, or beyond what every reader of JSON can hold (2^53).
std::string canonical(const boost::json::value& value);

// The places at which two values differ, as "sections[1].entries[0].title: \"a\", not \"b\"" (the first one's value first), at most `limit` of them.
std::vector<std::string> differences(const boost::json::value& first, const boost::json::value& second, std::size_t limit);

}  // namespace mandate::meetings
