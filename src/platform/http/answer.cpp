// A connection's way from the answer to the next request: a body from memory, a file that is read while it is sent, or a stream of events.
#include "platform/http/server_state.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace mandate::http {
namespace {

constexpr std::size_t piece_bytes = 64 * 1024;
constexpr int linger_seconds = 2;

std::string_view reason_of(int status) {
  switch (status) {
    case 200: return "OK";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 409: return "Conflict";
    case 411: return "Length Required";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 414: return "URI Too Long";
    case 416: return "Range Not Satisfiable";
    case 417: return "Expectation Failed";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 500: return "Internal Server Error";
    case 501: return "Not Implemented";
    case 503: return "Service Unavailable";
    case 505: return "HTTP Version Not Supported";
    default: return "Status";
  }
}

}  // namespace

Connection::~Connection() {
  if (file_ >= 0) ::close(file_);
}

void Connection::close() {
  if (closed_) return;
  closed_ = true;
  if (stream_) {
    {
      const std::lock_guard lock(stream_->mutex_);
      stream_->ended_ = true;
      stream_->wake_ = nullptr;
    }
    stream_.reset();
    --state_->stream_count;
  }
  request_.sink.reset();
  source_.reset();
  error_code ignored;
  socket_.shutdown(Socket::shutdown_both, ignored);
  socket_.close(ignored);
  state_->leave(shared_from_this(), peer_);
}

void Connection::answer(Response response) {
  prepare(std::move(response));
  send();
}

void Connection::prepare(Response response) {
  if (response.file) response.parts.push_back({"", response.file});
  parts_ = std::move(response.parts);
  next_part_ = 0;
  file_left_ = 0;
  std::uint64_t length = response.body.size();
  if (!parts_.empty()) {
    length = 0;
    for (const auto& part : parts_) length += part.size();
    // The first file is opened before the head is sent: what is missing can still be answered as such.
    if (parts_.front().file && !open_file(*parts_.front().file)) {
      log::error("file_missing", {{"request", request_.id}});
      parts_.clear();
      response = {};
      response.status = 500;
      response.body = "{}";
      length = response.body.size();
    } else if (parts_.front().file) {
      next_part_ = 1;
    }
    if (request_.method == "HEAD") {
      next_part_ = parts_.size();
      file_left_ = 0;
    }
    until_ = std::chrono::steady_clock::now() + std::chrono::seconds(state_->options.write_seconds + static_cast<int>(length / bytes_per_second_min));
  }
  if (response.events && request_.method != "HEAD") stream_ = response.events;
  const bool made_on_the_way = response.source != nullptr;
  source_ = request_.method == "HEAD" ? nullptr : std::move(response.source);
  const bool keep = framing_.keep_alive && !state_->stopping && !stream_ && !(made_on_the_way && framing_.http10);
  head_ = fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason_of(response.status));
  for (const auto& [name, value] : response.headers) add_header(name, value);
  if (!response.content_type.empty()) add_header("Content-Type", response.content_type);
  add_header("X-Request-Id", request_.id);
  if (stream_) {
    add_header("X-Accel-Buffering", "no");
  } else if (made_on_the_way) {
    if (!framing_.http10) add_header("Transfer-Encoding", "chunked");
  } else if (response.status != 304 && response.status != 204) {
    add_header("Content-Length", std::to_string(length));
  }
  if (!keep) add_header("Connection", "close");
  head_ += "\r\n";
  body_ = request_.method == "HEAD" ? std::string() : std::move(response.body);
  if (source_ && !framing_.http10 && !body_.empty()) body_ = fmt::format("{:x}\r\n{}\r\n", body_.size(), body_);
  sent_ = 0;
  keep_ = keep;
  arm(state_->options.write_seconds);
}

void Connection::add_header(std::string_view name, std::string_view value) {
  if (value.find_first_of("\r\n") != std::string_view::npos) return;  // would be another header
  head_.append(name).append(": ").append(value).append("\r\n");
}

// Sends what the peer takes now; `write_error_` says why it stopped. Whether anything went out.
bool Connection::send_some() {
  write_error_ = {};
  bool moved = false;
  do {
    while (!write_error_ && sent_ < head_.size() + body_.size()) {
      const std::size_t of_head = std::min(sent_, head_.size());
      const std::size_t of_body = sent_ - of_head;
      const std::array<asio::const_buffer, 2> rest = {asio::buffer(head_) + of_head, asio::buffer(body_) + of_body};
      const auto n = socket_.write_some(rest, write_error_);
      sent_ += n;
      moved = moved || n > 0;
    }
  } while (!write_error_ && next_piece());
  return moved;
}

bool Connection::open_file(const FileBody& file) {
  if (file_ >= 0) ::close(file_);
  file_ = ::open(file.path.c_str(), O_RDONLY | O_CLOEXEC);
  file_at_ = file.offset;
  file_left_ = file_ < 0 ? 0 : file.length;
  return file_ >= 0;
}

// The next piece of the parts in hand into body_. The length was promised: a file that has gone or become shorter ends the connection.
bool Connection::next_piece() {
  while (file_left_ == 0) {
    if (next_part_ >= parts_.size()) return false;
    auto& part = parts_[next_part_++];
    if (part.file) {
      if (!open_file(*part.file)) {
        next_part_ = parts_.size();
        keep_ = false;
        return false;
      }
    } else if (!part.bytes.empty()) {
      head_.clear();
      body_ = std::move(part.bytes);
      sent_ = 0;
      return true;
    }
  }
  head_.clear();
  body_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(file_left_, piece_bytes)));
  sent_ = 0;
  const auto n = ::pread(file_, body_.data(), body_.size(), static_cast<off_t>(file_at_));
  if (n <= 0) {
    body_.clear();
    file_left_ = 0;
    next_part_ = parts_.size();
    keep_ = false;
    return false;
  }
  body_.resize(static_cast<std::size_t>(n));
  file_at_ += static_cast<std::uint64_t>(n);
  file_left_ -= static_cast<std::uint64_t>(n);
  return true;
}

void Connection::send() {
  if (closed_) return;
  if (send_some() && (!parts_.empty() || source_)) arm_piece(state_->options.write_seconds);
  if (write_error_ == asio::error::would_block) {
    socket_.async_wait(Socket::wait_write, [self = shared_from_this()](error_code error) {
      if (error) return self->close();
      self->send();
    });
    return;
  }
  if (file_ >= 0) {
    ::close(file_);
    file_ = -1;
  }
  parts_.clear();
  request_.sink.reset();
  if (write_error_) return close();
  if (source_) {
    disarm();
    // Not from here: a peer that takes everything at once would fill the stack, and others want their turns in between.
    return asio::post(socket_.get_executor(), [self = shared_from_this()] { self->want_piece(); });
  }
  if (stream_) return begin_stream();
  busy_ = false;
  if (!keep_) return missing_ > 0 ? linger() : close();
  body_ = {};
  if (buffer_.empty()) return wait_for_header();
  // The next request is here already: not from here, or a long row of them would fill the stack.
  asio::post(socket_.get_executor(), [self = shared_from_this()] { self->wait_for_header(); });
}

// ---- a body that is made on the way

void Connection::want_piece() {
  if (closed_) return;
  auto later = [self = shared_from_this()] { asio::post(self->socket_.get_executor(), [self] { self->handle_source(); }); };
  switch (state_->turns.take(std::move(later))) {
    case Turns::Answer::now: return handle_source();
    case Turns::Answer::later: return;
    case Turns::Answer::no: break;
  }
  // More wait than may: whoever is half through an answer asks again, and does not take the place of a new request.
  auto timer = std::make_shared<asio::steady_timer>(socket_.get_executor(), std::chrono::milliseconds(50));
  timer->async_wait([self = shared_from_this(), timer](error_code) { self->want_piece(); });
}

void Connection::handle_source() {
  std::string piece;
  bool broken = closed_;
  try {
    if (!closed_) piece = source_->next();
  } catch (const std::exception& e) {
    log::error("answer_broken_off", {{"request", request_.id}, {"reason", e.what()}});
    broken = true;
  }
  state_->turns.give_back();
  if (broken) return close();
  if (piece.empty()) source_.reset();
  const auto size = piece.size();
  head_.clear();
  body_.clear();
  sent_ = 0;
  if (framing_.http10) {
    body_ = std::move(piece);
  } else {
    head_ = size == 0 ? std::string("0\r\n\r\n") : fmt::format("{:x}\r\n", size);
    if (size > 0) body_ = std::move(piece) + "\r\n";
  }
  until_ = std::chrono::steady_clock::now() + std::chrono::seconds(state_->options.write_seconds + static_cast<int>(size / bytes_per_second_min));
  arm_piece(state_->options.write_seconds);
  send();
}

// An answer to what is no request: short, and the connection ends, because nobody knows where the next request would begin.
void Connection::refuse(int status, const char* reason) {
  busy_ = true;
  framing_.keep_alive = false;
  request_.method = "GET";
  request_.id = state_->id_prefix + "-" + std::to_string(state_->next_request++);
  Response response;
  response.status = status;
  response.content_type = "application/problem+json; charset=utf-8";
  response.body = std::string(R"({"type":"/problems/fault.framing","title":"Bad request","status":)") + std::to_string(status) + R"(,"detail":")" + reason + R"(","instance":")" + request_.id +
                  R"(","key":"fault.framing","fields":[]})";
  if (state_->options.log_requests) log::info("request_refused", {{"request", request_.id}, {"status", status}, {"reason", reason}});
  answer(std::move(response));
}

// The peer is still sending the body that was refused. Closing at once would make its system throw our answer away unread.
void Connection::linger() {
  if (!std::exchange(lingering_, true)) {
    arm(linger_seconds);
    error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
  }
  buffer_.clear();
  read([this] { linger(); });
}

// ---- events

void Connection::begin_stream() {
  busy_ = false;
  ++state_->stream_count;
  // What the request needed is not needed while the stream is open, and there may be thousands of streams.
  request_ = {};
  buffer_ = {};
  head_ = {};
  body_ = {};
  sent_ = 0;
  {
    const std::lock_guard lock(stream_->mutex_);
    stream_->woken_ = false;
    stream_->wake_ = [weak = weak_from_this()] {
      if (auto self = weak.lock()) {
        asio::post(self->socket_.get_executor(), [self] {
          if (!self->closed_ && !self->stream_writing_) self->send_stream();
        });
      }
    };
  }
  arm(state_->options.beat_seconds);
  watch_peer();
  send_stream();
}

// A peer of a stream has nothing to say; what is read here is its end.
void Connection::watch_peer() {
  read([this] {
    buffer_.clear();
    watch_peer();
  });
}

void Connection::send_stream() {
  while (true) {
    bool over = false;
    {
      const std::lock_guard lock(stream_->mutex_);
      stream_->woken_ = false;
      if (sent_ >= body_.size()) {
        body_ = std::exchange(stream_->waiting_, {});
        sent_ = 0;
        over = stream_->ended_;
      }
    }
    stream_writing_ = false;
    if (body_.empty()) {
      if (over) close();
      return;
    }
    if (send_some()) arm(state_->options.beat_seconds);
    if (write_error_ == asio::error::would_block) {
      stream_writing_ = true;
      return socket_.async_wait(Socket::wait_write, [self = shared_from_this()](error_code error) {
        if (error || self->closed_) return self->close();
        self->send_stream();
      });
    }
    if (write_error_) return close();
  }
}

// Nothing was sent for a while: says so, which keeps proxies patient and finds peers that have gone; and looks whether the stream is still allowed.
void Connection::beat() {
  if (stream_writing_) return close();  // it has taken nothing since the last beat
  arm(state_->options.beat_seconds);
  if (stream_->still_allowed && !stream_->still_allowed()) return close();
  stream_->send(":\n\n");
}

}  // namespace mandate::http
