// JSON to and from described structs (Boost.Describe). Optional members may be missing, unknown members are refused by name, and every fault is
// collected with its path. Ids are strings (JavaScript cannot hold 63 bits), dates and instants ISO text, enums their names.
#pragma once

#include "kernel/result.hpp"
#include "platform/http/shape.hpp"

#include <charconv>

namespace mandate::http {

using FieldFaults = std::vector<FieldFault>;

inline void add_fault(FieldFaults& faults, const std::string& path, const char* key, MessageArgs args = {}) { faults.push_back({path, key, std::move(args)}); }

inline bool read_int64(std::string_view text, std::int64_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() && !text.empty();
}

Json to_json(const Shape& shape, const void* x);
void from_json(const Shape& shape, const Json& v, void* out, const std::string& path, FieldFaults& faults);
// Text forms, shared by JSON strings, path parameters and queries. Returns false when the text is none.
bool from_text(const Shape& shape, std::string_view text, void* out);
// The message that says what was expected.
const char* expected_key(const Shape& shape);
// Texts by the names of the members, into a record; names that are no member are passed over. Texts that are none are faults of their name.
void from_texts(const Shape& record, const std::map<std::string, std::string>& texts, void* out, FieldFaults& faults);

template <class T>
Json to_json(const T& x) {
  return to_json(shape_of<T>(), &x);
}
template <class T>
void from_json(const Json& v, T& out, const std::string& path, FieldFaults& faults) {
  from_json(shape_of<T>(), v, &out, path, faults);
}
template <class T>
bool from_text(std::string_view text, T& out) {
  return from_text(shape_of<T>(), text, &out);
}

}  // namespace mandate::http
