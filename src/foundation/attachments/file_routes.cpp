// What is served below /files: nothing there runs. Originals go out as attachments, previews as the pictures that we drew.
#include "foundation/attachments/archive.hpp"
#include "foundation/attachments/service.hpp"
#include "platform/files/names.hpp"

namespace mandate::attachments {

struct FileById {
  AttachmentId id;
};
BOOST_DESCRIBE_STRUCT(FileById, (), (id))
struct PreviewPage {
  AttachmentId id;
  std::string page;
};
BOOST_DESCRIBE_STRUCT(PreviewPage, (), (id, page))
struct ArchiveOf {
  std::string record_kind;
  http::Number63 record_id;
};
BOOST_DESCRIBE_STRUCT(ArchiveOf, (), (record_kind, record_id))

namespace {

void guard(http::Response& response, const std::string& disposition) {
  response.headers.emplace_back("Content-Disposition", disposition);
  response.headers.emplace_back("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'");
  response.headers.emplace_back("Cache-Control", "private, no-cache");  // kept by the browser, and asked about each time: the right may have gone
}

// The content never changes under its hash.
http::Response unchanged_or(const http::Request& request, const std::string& etag, const std::function<http::Response()>& make) {
  http::Response response;
  if (request.header("if-none-match") == etag) {
    response.status = 304;
    response.content_type.clear();
  } else {
    response = make();
  }
  response.headers.emplace_back("ETag", etag);
  return response;
}

bool is_page(const std::string& page, std::int64_t pages) {
  if (page == "thumbnail") return pages > 0;
  return !page.empty() && page.size() <= 3 && page.find_first_not_of("0123456789") == std::string::npos && page[0] != '0' && std::stoll(page) <= pages;
}

}  // namespace

void add_file_routes(http::Router& router, Attachments::Parts& p) {
  router.file<FileById>("/files/attachments/{id}", {.permission = "attachment.read", .summary = "An attachment as it was uploaded", .tag = "attachments"}, [&p](const http::Call& call, const FileById& in) -> Result<http::Response> {
    MANDATE_ASSIGN(const auto served, p.serve(call.actor, in.id, ""));
    const auto& a = served.attachment;
    auto response = unchanged_or(call.request, "\"" + a.file_hash + "\"", [&] { return http::file_response(call.request, served.path, static_cast<std::uint64_t>(a.size), a.type); });
    guard(response, files::attachment_disposition(a.name));
    return response;
  });
  router.file<PreviewPage>("/files/attachments/{id}/pages/{page}", {.permission = "attachment.read", .summary = "A picture of an attachment's page (1, 2 ...), or its thumbnail", .tag = "attachments"}, [&p](const http::Call& call, const PreviewPage& in) -> Result<http::Response> {
    MANDATE_ASSIGN(const auto served, p.serve(call.actor, in.id, in.page));
    if (!is_page(in.page, served.attachment.preview_pages)) return fault(FaultKind::not_found, "attachment.no_page");
    std::error_code error;
    const auto size = std::filesystem::file_size(served.path, error);
    if (error) return fault(FaultKind::not_found, "attachment.no_page");
    auto response = unchanged_or(call.request, "\"" + served.attachment.file_hash + "-" + in.page + "\"", [&] { return http::file_response(call.request, served.path, size, "image/jpeg"); });
    guard(response, files::attachment_disposition(in.page + ".jpg", true));
    return response;
  });
  router.file<ArchiveOf>("/files/attachments.zip", {.permission = "attachment.read", .summary = "All attachments of a record as one ZIP archive", .tag = "attachments"}, [&p](const http::Call& call, const ArchiveOf& in) -> Result<http::Response> {
    MANDATE_ASSIGN(const auto all, p.serve_all(call.actor, {in.record_kind, in.record_id.value}));
    std::vector<ArchiveEntry> entries;
    for (const auto& a : all.second) entries.push_back({a.name, p.files.path_of(a.file_hash), a.size, a.crc32, a.added_at});
    http::Response response;
    response.content_type = "application/zip";
    response.parts = archive_parts(entries);
    guard(response, files::attachment_disposition(all.first + (call.actor.language == Language::en ? "-attachments.zip" : "-附件.zip")));
    return response;
  });
}

}  // namespace mandate::attachments
