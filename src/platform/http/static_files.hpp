// Files of the web build: read and compressed once, then served from memory with an ETag; names that carry a hash are cached for a year.
#pragma once

#include "platform/http/message.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

namespace mandate::http {

std::string gzip(std::string_view text, int level);

class StaticFiles {
 public:
  // Files below `directory` answer to URLs below `prefix` ("/assets/"). immutable: their names change with their content.
  void mount(std::string prefix, std::filesystem::path directory, bool immutable);
  std::optional<Response> find(const Request& request);
  // "/public/public.css?v=1a2b3c4d": the URL changes with the content and may be cached for ever.
  std::string versioned(const std::string& url);

 private:
  struct Mount {
    std::string prefix;
    std::filesystem::path directory;
    bool immutable;
  };
  struct File {
    std::string body, gzipped, etag, type;
    std::filesystem::file_time_type changed;
  };
  std::shared_ptr<const File> load(const std::string& path, bool* immutable);
  std::vector<Mount> mounts_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const File>> files_;
};

// Security headers on every answer, a content security policy on every HTML page, and compression where it pays.
void finish_response(const Request& request, Response& response);
std::string console_policy(const std::string& nonce);

}  // namespace mandate::http
