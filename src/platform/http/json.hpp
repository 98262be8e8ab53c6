// JSON to and from described structs (Boost.Describe). Optional members may be missing, unknown members are refused by name, and every fault is
// collected with its path. Ids are strings (JavaScript cannot hold 63 bits), dates and instants ISO text, enums their names.
#pragma once

#include "kernel/date.hpp"
#include "kernel/id.hpp"
#include "kernel/money.hpp"
#include "kernel/percent.hpp"
#include "kernel/result.hpp"

#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

namespace mandate::http {

using Json = boost::json::value;
using FieldFaults = std::vector<FieldFault>;

template <class T>
constexpr bool is_described = boost::describe::has_describe_members<T>::value;
template <class T>
struct is_optional_of : std::false_type {};
template <class T>
struct is_optional_of<std::optional<T>> : std::true_type {};
template <class T>
struct is_vector_of : std::false_type {};
template <class T>
struct is_vector_of<std::vector<T>> : std::true_type {};
template <class T>
struct is_id_of : std::false_type {};
template <class Tag>
struct is_id_of<Id<Tag>> : std::true_type {};

// A 63-bit number without a type of its own (an actor's account, an agency of another module): a string in JSON.
struct Number63 {
  std::int64_t value = 0;
  friend auto operator<=>(Number63, Number63) = default;
};

template <class T, class F>
void for_each_member(F&& f) {
  boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>>(std::forward<F>(f));
}

// ---- writing

template <class T>
Json to_json(const T& x) {
  if constexpr (std::is_same_v<T, bool>) {
    return Json(x);
  } else if constexpr (std::is_integral_v<T>) {
    return Json(static_cast<std::int64_t>(x));
  } else if constexpr (std::is_floating_point_v<T>) {
    return Json(x);
  } else if constexpr (std::is_same_v<T, std::string>) {
    return Json(boost::json::string(x));
  } else if constexpr (std::is_same_v<T, Json>) {
    return x;
  } else if constexpr (is_id_of<T>::value || std::is_same_v<T, Number63>) {
    return Json(boost::json::string(std::to_string(x.value)));
  } else if constexpr (std::is_same_v<T, Date>) {
    return Json(boost::json::string(x.iso()));
  } else if constexpr (std::is_same_v<T, Instant>) {
    return Json(boost::json::string(x.rfc3339()));
  } else if constexpr (std::is_same_v<T, Percent>) {
    return Json(x.basis_points);
  } else if constexpr (std::is_same_v<T, Money>) {
    return Json(x.dollars);
  } else if constexpr (is_optional_of<T>::value) {
    return x ? to_json(*x) : Json(nullptr);
  } else if constexpr (is_vector_of<T>::value) {
    boost::json::array out;
    out.reserve(x.size());
    for (const auto& item : x) out.push_back(to_json(item));
    return out;
  } else if constexpr (std::is_enum_v<T>) {
    return Json(boost::json::string(boost::describe::enum_to_string(x, "")));
  } else {
    static_assert(is_described<T>, "describe the struct to send it");
    boost::json::object out;
    for_each_member<T>([&](auto member) { out.emplace(member.name, to_json(x.*member.pointer)); });
    return out;
  }
}

// ---- reading

inline void add_fault(FieldFaults& faults, const std::string& path, const char* key, MessageArgs args = {}) { faults.push_back({path, key, std::move(args)}); }

inline bool read_int64(std::string_view text, std::int64_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() && !text.empty();
}

template <class T>
void from_json(const Json& v, T& out, const std::string& path, FieldFaults& faults);

// Text forms, shared by JSON strings, path parameters and queries. Returns false when the text is none.
template <class T>
bool from_text(std::string_view text, T& out) {
  if constexpr (std::is_same_v<T, std::string>) {
    out.assign(text);
    return true;
  } else if constexpr (std::is_same_v<T, bool>) {
    out = text == "true" || text == "1";
    return out || text == "false" || text == "0";
  } else if constexpr (std::is_integral_v<T>) {
    std::int64_t n = 0;
    if (!read_int64(text, n) || n < std::numeric_limits<T>::min() || n > std::numeric_limits<T>::max()) return false;
    out = static_cast<T>(n);
    return true;
  } else if constexpr (is_id_of<T>::value || std::is_same_v<T, Number63>) {
    return read_int64(text, out.value) && out.value >= 0;
  } else if constexpr (std::is_same_v<T, Date>) {
    const auto date = Date::parse(text);
    if (date) out = *date;
    return date.has_value();
  } else if constexpr (std::is_same_v<T, Instant>) {
    const auto at = Instant::parse(text);
    if (at) out = *at;
    return at.has_value();
  } else if constexpr (std::is_enum_v<T>) {
    return boost::describe::enum_from_string(std::string(text).c_str(), out);
  } else if constexpr (is_optional_of<T>::value) {
    typename T::value_type inner{};
    if (text.empty()) {
      out.reset();
      return true;
    }
    if (!from_text(text, inner)) return false;
    out = std::move(inner);
    return true;
  } else if constexpr (is_vector_of<T>::value) {
    out.clear();
    while (!text.empty()) {
      const auto comma = text.find(',');
      typename T::value_type item{};
      if (!from_text(text.substr(0, comma), item)) return false;
      out.push_back(std::move(item));
      text = comma == std::string_view::npos ? std::string_view{} : text.substr(comma + 1);
    }
    return true;
  } else {
    return false;
  }
}

template <class T>
const char* expected_key() {
  if constexpr (is_optional_of<T>::value) {
    return expected_key<typename T::value_type>();
  } else if constexpr (std::is_same_v<T, bool>) {
    return "input.expected_bool";
  } else if constexpr (std::is_integral_v<T> || std::is_same_v<T, Percent> || std::is_same_v<T, Money>) {
    return "input.expected_integer";
  } else if constexpr (std::is_floating_point_v<T>) {
    return "input.expected_number";
  } else if constexpr (std::is_same_v<T, Date>) {
    return "input.expected_date";
  } else if constexpr (std::is_same_v<T, Instant>) {
    return "input.expected_instant";
  } else if constexpr (is_id_of<T>::value || std::is_same_v<T, Number63>) {
    return "input.expected_id";
  } else if constexpr (std::is_enum_v<T>) {
    return "input.expected_choice";
  } else if constexpr (is_vector_of<T>::value) {
    return "input.expected_list";
  } else if constexpr (is_described<T>) {
    return "input.expected_object";
  } else {
    return "input.expected_text";
  }
}

template <class E>
std::string enum_names() {
  std::string names;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto e) { names += (names.empty() ? "" : ", ") + std::string(e.name); });
  return names;
}

template <class T>
void from_json(const Json& v, T& out, const std::string& path, FieldFaults& faults) {
  const auto refuse = [&] {
    MessageArgs args;
    if constexpr (std::is_enum_v<T>) args.push_back({"choices", enum_names<T>()});
    add_fault(faults, path, expected_key<T>(), std::move(args));
  };
  if constexpr (is_optional_of<T>::value) {
    if (v.is_null()) {
      out.reset();
    } else {
      typename T::value_type inner{};
      from_json(v, inner, path, faults);
      out = std::move(inner);
    }
  } else if constexpr (std::is_same_v<T, Json>) {
    out = v;
  } else if constexpr (std::is_same_v<T, bool>) {
    if (!v.is_bool()) return refuse();
    out = v.get_bool();
  } else if constexpr (std::is_integral_v<T>) {
    if (!v.is_int64() || v.get_int64() < std::numeric_limits<T>::min() || v.get_int64() > std::numeric_limits<T>::max()) return refuse();
    out = static_cast<T>(v.get_int64());
  } else if constexpr (std::is_floating_point_v<T>) {
    if (!v.is_number()) return refuse();
    out = v.to_number<double>();
  } else if constexpr (std::is_same_v<T, Percent>) {
    if (!v.is_int64()) return refuse();
    out.basis_points = v.get_int64();
  } else if constexpr (std::is_same_v<T, Money>) {
    if (!v.is_int64()) return refuse();
    out.dollars = v.get_int64();
  } else if constexpr (is_vector_of<T>::value) {
    if (!v.is_array()) return refuse();
    std::size_t at = 0;
    for (const auto& item : v.get_array()) {
      typename T::value_type inner{};
      from_json(item, inner, path + "[" + std::to_string(at++) + "]", faults);
      out.push_back(std::move(inner));
    }
  } else if constexpr (is_described<T>) {
    if (!v.is_object()) return refuse();
    const auto& object = v.get_object();
    const std::string prefix = path.empty() ? "" : path + ".";
    std::size_t used = 0;
    for_each_member<T>([&](auto member) {
      using Member = std::remove_reference_t<decltype(out.*member.pointer)>;
      const auto* found = object.if_contains(member.name);
      if (found != nullptr) {
        ++used;
        from_json(*found, out.*member.pointer, prefix + member.name, faults);
      } else if constexpr (!is_optional_of<Member>::value && !is_vector_of<Member>::value) {
        add_fault(faults, prefix + member.name, "input.required");
      }
    });
    if (used != object.size()) {
      for (const auto& pair : object) {
        bool known = false;
        for_each_member<T>([&](auto member) { known = known || pair.key() == member.name; });
        if (!known) add_fault(faults, prefix + std::string(pair.key()), "input.unknown");
      }
    }
  } else {
    if (!v.is_string() || !from_text(std::string_view(v.get_string().data(), v.get_string().size()), out)) return refuse();
    // PostgreSQL cannot hold it and C strings end at it: what was said and what was kept would differ.
    if constexpr (std::is_same_v<T, std::string>) {
      if (out.find('\0') != std::string::npos) add_fault(faults, path, "input.nul");
    }
  }
}

}  // namespace mandate::http
