// Described structs as JSON text, for columns of tables that keep what only we write and read.
#pragma once

#include "platform/http/json.hpp"

#include <stdexcept>

namespace mandate::http {

template <class T>
std::string json_text(const T& x) {
  return boost::json::serialize(to_json(x));
}

// Throws std::runtime_error for what we did not write.
template <class T>
T from_json_text(const std::string& text) {
  T out{};
  FieldFaults faults;
  from_json(boost::json::parse(text), out, "", faults);
  if (!faults.empty()) throw std::runtime_error("stored JSON does not have the shape it was written in: " + faults.front().path);
  return out;
}

}  // namespace mandate::http
