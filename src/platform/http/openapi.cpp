// The routes as rows, and as an OpenAPI 3.1 document.
#include "platform/http/router.hpp"

namespace mandate::http {

std::vector<Router::RouteRow> Router::rows() const {
  std::vector<RouteRow> out;
  for (const auto& route : routes_) out.push_back({route.method, route.path, route.options.permission, route.options.tag, route.options.summary, route.mutating, route.is_page, route.is_file});
  return out;
}

// What a route takes: members that its path names, and the others from query or body.
void Router::describe_input(Route& route, const Shape& in, bool from_body) {
  const auto segments = route.segments;
  route.describe = [&in, from_body, segments](boost::json::object& operation, boost::json::object& components) {
    boost::json::array parameters;
    boost::json::object properties;
    boost::json::array required;
    for (const auto& member : in.members) {
      const auto& shape = member.shape();
      const bool in_path = std::find(segments.begin(), segments.end(), "{" + std::string(member.name) + "}") != segments.end();
      auto schema = schema_of(shape, components);
      if (in_path) {
        parameters.push_back(boost::json::object{{"name", member.name}, {"in", "path"}, {"required", true}, {"schema", schema}});
      } else if (!from_body) {
        parameters.push_back(boost::json::object{{"name", member.name}, {"in", "query"}, {"required", !shape.may_be_missing()}, {"schema", schema}});
      } else {
        properties.emplace(member.name, schema);
        if (!shape.may_be_missing()) required.push_back(boost::json::string(member.name));
      }
    }
    if (!parameters.empty()) operation["parameters"] = parameters;
    if (from_body) {
      operation["requestBody"] = boost::json::object{
          {"required", true},
          {"content", boost::json::object{{"application/json", boost::json::object{{"schema", boost::json::object{{"type", "object"}, {"additionalProperties", false}, {"properties", properties}, {"required", required}}}}}}}};
    }
  };
}

void Router::describe_output(Route& route, const Shape& out) {
  route.describe = [&out, describe_in = std::move(route.describe)](boost::json::object& operation, boost::json::object& components) {
    describe_in(operation, components);
    operation["responses"] = boost::json::object{
        {"200", boost::json::object{{"description", "the answer"}, {"content", boost::json::object{{"application/json", boost::json::object{{"schema", schema_of(out, components)}}}}}}},
        {"default", boost::json::object{{"$ref", "#/components/responses/Problem"}}}};
  };
}

void Router::describe_pieces(Route& route) {
  route.describe = [describe_in = std::move(route.describe)](boost::json::object& operation, boost::json::object& components) {
    describe_in(operation, components);
    operation["requestBody"] = boost::json::object{{"required", true}, {"content", boost::json::object{{"application/octet-stream", boost::json::object{{"schema", boost::json::object{{"type", "string"}, {"format", "binary"}}}}}}}};
  };
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
