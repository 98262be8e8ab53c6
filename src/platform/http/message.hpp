// A request and a response as plain data: nothing of the network library is seen outside of the server's own files.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mandate::http {

struct Request {
  std::string method;
  std::string path;   // decoded, without the query
  std::map<std::string, std::string> query;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;
  std::string id;        // request id
  std::string peer;      // address without port; "unix" for the local socket
  bool from_owner = false;  // came by the Unix socket, which only the owner of the data can open
  std::map<std::string, std::string> parameters;  // of the path, set by the router

  std::string_view header(std::string_view name) const {
    for (const auto& [key, value] : headers) {
      if (key == name) return value;
    }
    return {};
  }
  std::optional<std::string> cookie(std::string_view name) const;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

// A response that is a file to keep rather than JSON.
struct Download {
  std::string content_type;
  std::string file_name;  // may be Chinese
  std::string body;
};

std::string percent_decode(std::string_view text, bool plus_is_space, bool& good);
std::string percent_encode(std::string_view text);

}  // namespace mandate::http
