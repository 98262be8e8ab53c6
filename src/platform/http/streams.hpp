// Bodies that do not fit into memory, on their way in and out, and answers that go on.
#pragma once

#include "kernel/result.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace mandate::http {

struct Request;
struct Response;

// Where the body of an upload goes, piece by piece, from the thread that reads it: each call must be quick (a write to a file). When the peer goes
// away in mid-body the sink is destroyed without close(): what has come so far may be kept, so that the peer can go on from there.
class BodySink {
 public:
  virtual ~BodySink() = default;
  virtual Result<> write(std::string_view piece) = 0;
  virtual Result<> close() = 0;  // the body is whole
};

// A part of a file as an answer's body: it is read while it is sent.
struct FileBody {
  std::filesystem::path path;
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// One of several pieces that an answer's body is made of: bytes, or a part of a file.
struct BodyPart {
  std::string bytes;
  std::optional<FileBody> file;
  std::uint64_t size() const { return file ? file->length : bytes.size(); }
};

// An answer's body that is made while it is sent: the next piece is asked for when the one before has gone out, so a slow peer costs one piece of memory.
// Between two pieces nothing is held, neither a turn nor a transaction. When the peer goes away the source is destroyed.
class BodySource {
 public:
  virtual ~BodySource() = default;
  // Called with a turn, from a thread that may read the database. Empty: that was all. An exception breaks the answer off in mid-body, so that nobody
  // takes a part for the whole.
  virtual std::string next() = 0;
};

// An answer of server-sent events that goes on until one side ends it. Any thread.
class EventStream {
 public:
  // `text` is one or more whole events ("id: 7\ndata: {}\n\n"). False: the stream has ended, also because the peer takes nothing and too much waits.
  bool send(std::string_view text);
  void end();
  bool ended() const;
  // Asked now and then from a thread that may read the database: false ends the stream, because the session behind it is over.
  std::function<bool()> still_allowed;

 private:
  friend class Connection;
  mutable std::mutex mutex_;
  std::string waiting_;
  bool ended_ = false;
  bool woken_ = false;  // the connection knows that something waits
  std::function<void()> wake_;
};

// A file as the answer to a GET: the whole of it, or the one range that was asked for (206), or 416.
Response file_response(const Request& request, const std::filesystem::path& path, std::uint64_t size, const std::string& content_type);

}  // namespace mandate::http
