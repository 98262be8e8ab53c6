// A request and a response as plain data: nothing of the network library is seen outside of the server's own files.
#pragma once

#include "platform/http/streams.hpp"

#include <map>
#include <optional>
#include <set>
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
  std::string peer;      // the client's address without port, seen through trusted proxies; "unix" for the local socket
  bool secure = false;   // came by https, as a trusted proxy says
  bool from_owner = false;  // came by the Unix socket, which only the owner of the data can open
  std::map<std::string, std::string> parameters;  // of the path, set by the router
  std::shared_ptr<BodySink> sink;        // of a route that takes its body in pieces: where they went
  std::optional<Fault> body_fault;       // why the sink took no more

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
  std::optional<FileBody> file;         // instead of body
  std::vector<BodyPart> parts;          // instead of body: one after another
  std::shared_ptr<BodySource> source;   // behind body: made while it is sent
  std::shared_ptr<EventStream> events;  // instead of body; the connection is the stream's from then on
};

// A response that is a file to keep rather than JSON.
struct Download {
  std::string content_type;
  std::string file_name;  // may be Chinese
  std::string body;
};

// Whom a request comes from: the peer itself, or behind trusted proxies the last address of X-Forwarded-For that is none of them. Whatever else a
// client writes into that header is not believed.
std::string client_address(const std::string& peer, std::string_view forwarded_for, const std::set<std::string>& trusted);

std::string percent_decode(std::string_view text, bool plus_is_space, bool& good);
std::string percent_encode(std::string_view text);

}  // namespace mandate::http
