#include "platform/http/schema.hpp"

#include <cxxabi.h>

namespace mandate::http {

using boost::json::object;

std::string type_name(const std::type_info& type) {
  int status = 0;
  std::unique_ptr<char, void (*)(void*)> name(abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), std::free);
  std::string text = name.get();
  constexpr std::string_view unnamed = "(anonymous namespace)::";
  for (auto at = text.find(unnamed); at != std::string::npos; at = text.find(unnamed)) text.erase(at, unnamed.size());
  // "Page<mandate::duties::DutyRow>" becomes "PageDutyRow".
  std::string out;
  std::string word;
  for (const char c : text + "<") {
    if (c == '<' || c == '>' || c == ',' || c == ' ') {
      const auto colon = word.rfind(':');
      out += colon == std::string::npos ? word : word.substr(colon + 1);
      word.clear();
    } else {
      word += c;
    }
  }
  return out;
}

object schema_of(const Shape& shape, object& components) {
  using Kind = Shape::Kind;
  switch (shape.kind) {
    case Kind::optional: {
      auto inner = schema_of(shape.inner(), components);
      return object{{"anyOf", boost::json::array{inner, object{{"type", "null"}}}}};
    }
    case Kind::boolean: return {{"type", "boolean"}};
    case Kind::percent: return {{"type", "integer"}, {"description", "basis points: 1 % is 100"}};
    case Kind::integer:
    case Kind::money: return {{"type", "integer"}};
    case Kind::number: return {{"type", "number"}};
    case Kind::text: return {{"type", "string"}};
    case Kind::id: return {{"type", "string"}, {"pattern", "^[0-9]{1,19}$"}};
    case Kind::date: return {{"type", "string"}, {"format", "date"}};
    case Kind::instant: return {{"type", "string"}, {"format", "date-time"}};
    case Kind::json: return {};
    case Kind::list: return {{"type", "array"}, {"items", schema_of(shape.inner(), components)}};
    case Kind::choice: {
      boost::json::array names;
      for (const auto& choice : shape.choices) names.push_back(boost::json::string(choice.name));
      return {{"type", "string"}, {"enum", names}};
    }
    case Kind::record: break;
  }
  const std::string name = type_name(shape.type());
  if (components.if_contains(name) == nullptr) {
    components.emplace(name, object{});  // a mark against endless recursion
    object properties;
    boost::json::array required;
    for (const auto& member : shape.members) {
      properties.emplace(member.name, schema_of(member.shape(), components));
      if (member.shape().kind != Kind::optional) required.push_back(boost::json::string(member.name));
    }
    components[name] = object{{"type", "object"}, {"additionalProperties", false}, {"properties", properties}, {"required", required}};
  }
  return {{"$ref", "#/components/schemas/" + name}};
}

}  // namespace mandate::http
