// Statements over lists of values: the marks of "IN (...)" and of many rows of an INSERT, and lists cut so that no statement grows without bound.
#pragma once

#include "platform/db/session.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace mandate::db {

constexpr std::size_t list_chunk = 100;

// "?,?,?", or "(?,?),(?,?)".
inline std::string marks(std::size_t count, const char* one = "?") {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += (i == 0 ? "" : ",") + std::string(one);
  return out;
}

// A condition for any number of ids, which go as one parameter: a text for each length of the list would be a statement of its own.
inline std::string among(Engine engine, const std::string& column) {
  return engine == Engine::sqlite ? column + " IN (SELECT value FROM json_each(?))" : column + " = ANY (CAST(string_to_array(?, ',') AS BIGINT[]))";
}
inline Value id_list(Engine engine, const std::vector<std::int64_t>& ids) {
  std::string text;
  for (const auto id : ids) text += (text.empty() ? "" : ",") + std::to_string(id);
  return to_value(engine == Engine::sqlite ? "[" + text + "]" : text);
}

// Calls body with at most list_chunk of the items at a time, in order.
template <class T, class F>
void in_chunks(const std::vector<T>& all, F&& body) {
  for (std::size_t at = 0; at < all.size(); at += list_chunk) {
    const auto begin = all.begin() + static_cast<std::ptrdiff_t>(at);
    body(std::vector<T>(begin, all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), at + list_chunk))));
  }
}

}  // namespace mandate::db
