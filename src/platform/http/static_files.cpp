#include "platform/http/static_files.hpp"

#include "platform/digest/digest.hpp"

#include <fstream>
#include <sstream>
#include <zlib.h>

namespace mandate::http {
namespace {

std::string type_of(const std::filesystem::path& path) {
  static const std::map<std::string, std::string> types = {{".html", "text/html; charset=utf-8"}, {".css", "text/css; charset=utf-8"}, {".js", "text/javascript; charset=utf-8"}, {".json", "application/json"},
                                                           {".svg", "image/svg+xml"},             {".png", "image/png"},              {".ico", "image/x-icon"},                    {".txt", "text/plain; charset=utf-8"},
                                                           {".webmanifest", "application/manifest+json"}};
  const auto found = types.find(path.extension().string());
  return found == types.end() ? "application/octet-stream" : found->second;
}

bool compressible(const std::string& type) {
  return type.rfind("text/", 0) == 0 || type.rfind("application/json", 0) == 0 || type.rfind("application/problem+json", 0) == 0 || type.rfind("image/svg", 0) == 0;
}

bool takes_gzip(const Request& request) { return request.header("accept-encoding").find("gzip") != std::string_view::npos; }

}  // namespace

std::string gzip(std::string_view text, int level) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

void StaticFiles::mount(std::string prefix, std::filesystem::path directory, bool immutable) { mounts_.push_back({std::move(prefix), std::move(directory), immutable}); }

std::shared_ptr<const StaticFiles::File> StaticFiles::load(const std::string& path, bool* immutable) {
  for (const auto& mount : mounts_) {
    if (path.rfind(mount.prefix, 0) != 0) continue;
    const std::string name = path.substr(mount.prefix.size());
    if (name.empty() || name.find("..") != std::string::npos || name.front() == '/' || name.front() == '.') return nullptr;
    const auto file = mount.directory / name;
    std::error_code error;
    const auto changed = std::filesystem::last_write_time(file, error);
    if (error || !std::filesystem::is_regular_file(file, error)) return nullptr;
    if (immutable != nullptr) *immutable = mount.immutable;
    const std::lock_guard lock(mutex_);
    auto& slot = files_[path];
    if (!slot || slot->changed != changed) {
      std::ifstream in(file, std::ios::binary);
      std::ostringstream text;
      text << in.rdbuf();
      auto made = std::make_shared<File>();
      made->body = text.str();
      made->type = type_of(file);
      made->changed = changed;
      if (compressible(made->type)) made->gzipped = gzip(made->body, 9);
      made->etag += digest::sha256_hex(made->body).substr(0, 16);
      slot = made;
    }
    return slot;
  }
  return nullptr;
}

std::string StaticFiles::versioned(const std::string& url) {
  const auto file = load(url, nullptr);
  return file ? url + "?v=" + file->etag.substr(0, 8) : url;
}

std::optional<Response> StaticFiles::find(const Request& request) {
  bool immutable = false;
  const auto file = load(request.path, &immutable);
  if (!file) return std::nullopt;
  Response response;
  response.content_type = file->type;
  const bool zipped = !file->gzipped.empty() && file->gzipped.size() < file->body.size() && takes_gzip(request);
  const std::string etag = "\"" + file->etag + (zipped ? "-g" : "") + "\"";
  response.headers.emplace_back("ETag", etag);
  response.headers.emplace_back("Vary", "Accept-Encoding");
  const auto version = request.query.find("v");
  const bool fixed = immutable || (version != request.query.end() && version->second == file->etag.substr(0, 8));
  response.headers.emplace_back("Cache-Control", fixed ? "public, max-age=31536000, immutable" : "public, max-age=0, must-revalidate");
  if (request.header("if-none-match") == etag) {
    response.status = 304;
    return response;
  }
  if (zipped) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = zipped ? file->gzipped : file->body;
  return response;
}

std::string console_policy(const std::string& nonce) {
  return "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-" + nonce +
         "'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types mandate";
}

void finish_response(const Request& request, Response& response) {
  const auto has = [&](std::string_view name) { return std::any_of(response.headers.begin(), response.headers.end(), [&](const auto& header) { return header.first == name; }); };
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Referrer-Policy", "same-origin");
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
  if (!has("Content-Security-Policy")) {
    const bool html = response.content_type.rfind("text/html", 0) == 0;
    response.headers.emplace_back("Content-Security-Policy",
                                  html ? "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
                                         "object-src 'none'; require-trusted-types-for 'script'; trusted-types mandate"
                                       : "default-src 'none'; frame-ancestors 'none'");
  }
  if (!has("Cache-Control")) response.headers.emplace_back("Cache-Control", "no-store");
  // The session's answer holds the form token: a compressed secret beside chosen text can be guessed from its length.
  if (response.body.size() > 2048 && !has("Content-Encoding") && compressible(response.content_type) && takes_gzip(request) && request.path != "/api/session") {
    response.body = gzip(response.body, 1);
    response.headers.emplace_back("Content-Encoding", "gzip");
    response.headers.emplace_back("Vary", "Accept-Encoding, Accept-Language, Cookie");
  } else if (!has("Vary")) {
    response.headers.emplace_back("Vary", "Accept-Encoding, Accept-Language, Cookie");
  }
}

}  // namespace mandate::http
