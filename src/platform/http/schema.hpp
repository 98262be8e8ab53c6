// JSON schemas (2020-12, as OpenAPI 3.1 uses them) of described types, collected into components by type name.
#pragma once

#include "platform/http/json.hpp"

#include <typeinfo>

namespace mandate::http {

std::string type_name(const std::type_info& type);  // without namespaces

template <class T>
boost::json::object schema_of(boost::json::object& components) {
  using boost::json::object;
  if constexpr (is_optional_of<T>::value) {
    auto inner = schema_of<typename T::value_type>(components);
    return object{{"anyOf", boost::json::array{inner, object{{"type", "null"}}}}};
  } else if constexpr (std::is_same_v<T, bool>) {
    return {{"type", "boolean"}};
  } else if constexpr (std::is_same_v<T, Percent>) {
    return {{"type", "integer"}, {"description", "basis points: 1 % is 100"}};
  } else if constexpr (std::is_integral_v<T> || std::is_same_v<T, Money>) {
    return {{"type", "integer"}};
  } else if constexpr (std::is_floating_point_v<T>) {
    return {{"type", "number"}};
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {{"type", "string"}};
  } else if constexpr (is_id_of<T>::value || std::is_same_v<T, Number63>) {
    return {{"type", "string"}, {"pattern", "^[0-9]{1,19}$"}};
  } else if constexpr (std::is_same_v<T, Date>) {
    return {{"type", "string"}, {"format", "date"}};
  } else if constexpr (std::is_same_v<T, Instant>) {
    return {{"type", "string"}, {"format", "date-time"}};
  } else if constexpr (std::is_same_v<T, Json>) {
    return {};
  } else if constexpr (is_vector_of<T>::value) {
    return {{"type", "array"}, {"items", schema_of<typename T::value_type>(components)}};
  } else if constexpr (std::is_enum_v<T>) {
    boost::json::array names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto e) { names.push_back(e.name); });
    return {{"type", "string"}, {"enum", names}};
  } else {
    const std::string name = type_name(typeid(T));
    if (components.if_contains(name) == nullptr) {
      components.emplace(name, object{});  // a mark against endless recursion
      object properties;
      boost::json::array required;
      for_each_member<T>([&](auto member) {
        using Member = std::remove_reference_t<decltype(std::declval<T&>().*member.pointer)>;
        properties.emplace(member.name, schema_of<Member>(components));
        if constexpr (!is_optional_of<Member>::value) required.push_back(member.name);
      });
      components[name] = object{{"type", "object"}, {"additionalProperties", false}, {"properties", properties}, {"required", required}};
    }
    return {{"$ref", "#/components/schemas/" + name}};
  }
}

}  // namespace mandate::http
