// JSON schemas (2020-12, as OpenAPI 3.1 uses them) of described types, collected into components by type name.
#pragma once

#include "platform/http/json.hpp"

namespace mandate::http {

std::string type_name(const std::type_info& type);  // without namespaces
boost::json::object schema_of(const Shape& shape, boost::json::object& components);

}  // namespace mandate::http
