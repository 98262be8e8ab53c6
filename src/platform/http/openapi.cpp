// The routes as rows, and as an OpenAPI 3.1 document.
#include "platform/http/router.hpp"

#include <cxxabi.h>

namespace mandate::http {

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

std::vector<Router::RouteRow> Router::rows() const {
  std::vector<RouteRow> out;
  for (const auto& route : routes_) out.push_back({route.method, route.path, route.options.permission, route.options.tag, route.options.summary, route.mutating, route.is_page, route.is_file});
  return out;
}

boost::json::object Router::openapi() const {
  using boost::json::object;
  object paths;
  object components;
  std::map<std::string, const Route*> sorted;
  for (const auto& route : routes_) sorted[route.path + " " + route.method] = &route;
  for (const auto& [name, route] : sorted) {
    if (route->path.rfind("/api/", 0) != 0) continue;
    object operation{{"summary", route->options.summary}, {"tags", boost::json::array{route->options.tag}}, {"x-permission", route->options.permission}};
    if (route->describe) route->describe(operation, components);
    if (!operation.if_contains("responses")) operation["responses"] = object{{"200", object{{"description", route->is_file ? "a file" : "the answer"}}}, {"default", object{{"$ref", "#/components/responses/Problem"}}}};
    if (route->mutating) {
      auto& parameters = operation["parameters"];
      if (!parameters.is_array()) parameters = boost::json::array{};
      parameters.get_array().push_back(object{{"$ref", "#/components/parameters/IdempotencyKey"}});
    }
    std::string method = route->method;
    std::transform(method.begin(), method.end(), method.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    auto& item = paths[route->path];
    if (!item.is_object()) item = object{};
    item.get_object()[method] = operation;
  }
  // Schemas in the order of their names, so that the document does not change with the order of registration.
  std::map<std::string, Json> named;
  for (const auto& pair : components) named[std::string(pair.key())] = pair.value();
  object schemas;
  for (const auto& [name, schema] : named) schemas[name] = schema;
  const object problem_schema{
      {"type", "object"},
      {"required", boost::json::array{"type", "title", "status", "detail", "instance", "key", "fields"}},
      {"properties",
       object{{"type", object{{"type", "string"}}}, {"title", object{{"type", "string"}}}, {"status", object{{"type", "integer"}}}, {"detail", object{{"type", "string"}}},
              {"instance", object{{"type", "string"}, {"description", "request id"}}}, {"key", object{{"type", "string"}}},
              {"fields", object{{"type", "array"}, {"items", object{{"type", "object"}, {"properties", object{{"path", object{{"type", "string"}}}, {"key", object{{"type", "string"}}}, {"message", object{{"type", "string"}}}}}}}}}}}};
  schemas["Problem"] = problem_schema;
  return object{
      {"openapi", "3.1.0"},
      {"info", object{{"title", "Mandate"}, {"version", "1"}, {"description", "One ledger of everything a city has promised. Every answer other than 2xx is problem details (RFC 9457). Mutating requests of a browser session carry X-Form-Token."}}},
      {"paths", paths},
      {"components",
       object{{"schemas", schemas},
              {"parameters", object{{"IdempotencyKey", object{{"name", "Idempotency-Key"}, {"in", "header"}, {"required", false}, {"schema", object{{"type", "string"}, {"maxLength", 200}}}, {"description", "the same key and body get the same answer again; the same key with another body is refused"}}}}},
              {"responses", object{{"Problem", object{{"description", "problem details"}, {"content", object{{"application/problem+json", object{{"schema", object{{"$ref", "#/components/schemas/Problem"}}}}}}}}}}},
              {"securitySchemes", object{{"session", object{{"type", "apiKey"}, {"in", "cookie"}, {"name", "mandate_session"}}}, {"token", object{{"type", "http"}, {"scheme", "bearer"}}}}}}}};
}

}  // namespace mandate::http
