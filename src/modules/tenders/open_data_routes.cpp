// Open data for everybody: the two packages, streamed. What changed nothing since is not sent again.
#include "modules/tenders/publication.hpp"
#include "platform/http/router.hpp"

namespace mandate::tenders {
namespace {

std::string base_of(const http::Request& request) { return std::string(request.secure ? "https://" : "http://") + std::string(request.header("host")); }

http::Response package(Publication& publication, const http::Call& call, PackageFormat format) {
  http::Response response;
  // Of what the city knew and of where it was asked: links are made with the host.
  const auto etag = "W/\"" + publication.version() + "\"";
  response.headers.emplace_back("ETag", etag);
  response.headers.emplace_back("Cache-Control", "public, max-age=300");
  response.headers.emplace_back("Vary", "Host");
  response.headers.emplace_back("Access-Control-Allow-Origin", "*");
  if (call.request.header("if-none-match") == etag) {
    response.status = 304;
    response.content_type.clear();
    return response;
  }
  response.content_type = "application/json; charset=utf-8";
  response.source = std::make_shared<PackageStream>(publication, format, base_of(call.request));
  return response;
}

}  // namespace

void add_open_data_routes(http::Router& router, Publication& publication) {
  router.file<http::Nothing>("/open-data/oc4ids.json", {.permission = "open", .summary = "The city's open tenders as OC4IDS 0.9 projects (streamed)", .tag = "tenders"},
                             [&publication](const http::Call& call, const http::Nothing&) -> Result<http::Response> { return package(publication, call, PackageFormat::oc4ids); });
  router.file<http::Nothing>("/open-data/ocds.json", {.permission = "open", .summary = "The city's open tenders as an OCDS 1.1 release package (streamed)", .tag = "tenders"},
                             [&publication](const http::Call& call, const http::Nothing&) -> Result<http::Response> { return package(publication, call, PackageFormat::ocds); });
}

}  // namespace mandate::tenders
