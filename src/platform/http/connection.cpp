// A connection's way from the first byte to the whole request and its handler.
#include "platform/http/server_state.hpp"

#include <boost/beast/http.hpp>

namespace mandate::http {
namespace {

namespace beast = boost::beast;

constexpr std::size_t header_max = 16 * 1024;

}  // namespace

Connection::Connection(std::shared_ptr<Server::State> state, Socket socket, std::string peer, bool local) : state_(std::move(state)), socket_(std::move(socket)), peer_(std::move(peer)), local_(local) {
  error_code ignored;
  socket_.non_blocking(true, ignored);
}

void Connection::start() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] { self->wait_for_header(); });
}

void Connection::finish_soon() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    if (!self->busy_) self->close();
  });
}

void Connection::close_soon() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] { self->close(); });
}

void Connection::close_if_overdue() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    if (!self->overdue(std::chrono::steady_clock::now())) return;
    if (self->stream_) return self->beat();
    self->close();
  });
}

void Connection::wait_for_header() {
  if (state_->stopping) return close();
  request_ = {};
  chunked_ = {};
  arm(buffer_.empty() ? state_->options.idle_seconds : state_->options.header_seconds);
  take_header();
}

void Connection::take_header() {
  // Empty lines before a request line are allowed once, as old clients send one after a body.
  if (buffer_.rfind("\r\n", 0) == 0) buffer_.erase(0, 2);
  const auto end = buffer_.find("\r\n\r\n");
  if (end == std::string::npos) {
    if (buffer_.size() > header_max) return refuse(431, "header too large");
    // A bare LF pair never ends a header here; without this a peer would wait for its time-out to learn it.
    if (buffer_.find("\n\n") != std::string::npos) return refuse(400, "bare line feeds");
    return read([this] {
      if (!header_begun_) {
        header_begun_ = true;
        arm(state_->options.header_seconds);
      }
      take_header();
    });
  }
  if (end + 4 > header_max) return refuse(431, "header too large");
  header_begun_ = false;
  const auto answer = check_framing(std::string_view(buffer_).substr(0, end + 4));
  if (answer.fault) return refuse(answer.fault->status, answer.fault->reason);
  framing_ = *answer.framing;
  beast::http::request_parser<beast::http::empty_body> parser;
  parser.header_limit(header_max);
  parser.body_limit(boost::none);
  parser.eager(false);
  error_code error;
  parser.put(asio::buffer(buffer_.data(), end + 4), error);
  if (error || !parser.is_header_done()) return refuse(400, "malformed header");
  buffer_.erase(0, end + 4);
  const auto& message = parser.get();
  request_.method = std::string(message.method_string());
  std::string_view target(message.target().data(), message.target().size());
  bool good = true;
  const auto mark = target.find('?');
  request_.path = percent_decode(target.substr(0, mark), false, good);
  if (mark != std::string_view::npos) good = read_query(target.substr(mark + 1)) && good;
  // An encoded slash is a slash to us and none to a proxy that guards paths.
  for (const auto* encoded : {"%2f", "%2F", "%5c", "%5C"}) good = good && target.substr(0, mark).find(encoded) == std::string_view::npos;
  if (!good || request_.path.find("//") != std::string::npos || request_.path.find("/../") != std::string::npos || request_.path.find('\\') != std::string::npos) return refuse(400, "malformed target");
  for (const auto& field : message) {
    std::string name(field.name_string());
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    request_.headers.emplace_back(std::move(name), std::string(field.value()));
  }
  take_body();
}

bool Connection::read_query(std::string_view text) {
  bool good = true;
  while (!text.empty()) {
    const auto end = text.find('&');
    const auto pair = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    auto name = percent_decode(pair.substr(0, equals), true, good);
    auto value = equals == std::string_view::npos ? std::string() : percent_decode(pair.substr(equals + 1), true, good);
    if (!request_.query.emplace(std::move(name), std::move(value)).second) good = false;  // the same name twice has no one meaning
  }
  return good;
}

void Connection::take_body() {
  const std::uint64_t length = framing_.length.value_or(0);
  if (!framing_.chunked && length == 0) return dispatch();
  const BodyPlan plan = local_ ? BodyPlan{std::size_t{64} << 20, false} : state_->handler.body_plan(request_.method, request_.path);
  if (length > plan.max) {
    missing_ = length;
    return refuse(plan.max == 0 ? 404 : 413, plan.max == 0 ? "nothing here takes a body" : "body too large");
  }
  if (plan.in_pieces) {
    if (framing_.chunked) return refuse(411, "a body that is taken in pieces needs a Content-Length");
    return open_sink();
  }
  arm(state_->options.body_seconds + static_cast<int>((framing_.chunked ? plan.max : length) / bytes_per_second_min));
  go_on_with_body(plan.max);
}

// The peer may be waiting to hear that its body is wanted.
void Connection::go_on_with_body(std::size_t limit) {
  if (!framing_.expect_continue || !buffer_.empty()) return request_.sink ? read_into_sink() : read_body(limit);
  auto line = std::make_shared<std::string>("HTTP/1.1 100 Continue\r\n\r\n");
  asio::async_write(socket_, asio::buffer(*line), [self = shared_from_this(), line, limit](error_code error, std::size_t) {
    if (error) return self->close();
    if (self->request_.sink) return self->read_into_sink();
    self->read_body(limit);
  });
}

void Connection::read_body(std::size_t limit) {
  if (framing_.chunked) {
    switch (chunked_.take(buffer_, limit)) {
      case ChunkedBody::State::done:
        request_.body = std::move(chunked_.body());
        return dispatch();
      case ChunkedBody::State::bad: return refuse(400, "malformed chunk");
      case ChunkedBody::State::too_large: return refuse(limit == 0 ? 404 : 413, "body too large");
      case ChunkedBody::State::more: break;
    }
  } else {
    const std::size_t missing = static_cast<std::size_t>(*framing_.length) - request_.body.size();
    const std::size_t here = std::min(missing, buffer_.size());
    request_.body.append(buffer_, 0, here);
    buffer_.erase(0, here);
    if (here == missing) return dispatch();
  }
  read([this, limit] { read_body(limit); });
}

// ---- a body in pieces

void Connection::open_sink() {
  missing_ = *framing_.length;
  until_ = std::chrono::steady_clock::now() + std::chrono::seconds(state_->options.body_seconds + static_cast<int>(missing_ / bytes_per_second_min));
  disarm();
  busy_ = true;
  name_request();
  take_turn(&Connection::handle_sink);
}

void Connection::handle_sink() {
  std::optional<Response> refusal;
  try {
    refusal = state_->handler.open_body(request_);
  } catch (const std::exception& e) {
    log::error("breakdown", {{"request", request_.id}, {"reason", e.what()}});
    refusal.emplace();
    refusal->status = 500;
    refusal->body = "{}";
  }
  state_->turns.give_back();
  if (refusal) {
    framing_.keep_alive = false;  // the body still comes
    return answer(std::move(*refusal));
  }
  busy_ = false;  // an upload may be broken off at shutdown: it can be taken up again
  if (state_->stopping) return close();
  go_on_with_body(0);
}

void Connection::read_into_sink() {
  const std::size_t here = static_cast<std::size_t>(std::min<std::uint64_t>(missing_, buffer_.size()));
  if (here > 0) {
    auto taken = request_.sink->write(std::string_view(buffer_).substr(0, here));
    if (!taken.ok()) request_.body_fault = taken.fault();
    buffer_.erase(0, here);
    missing_ -= here;
  }
  if (!request_.body_fault && missing_ == 0) {
    auto closed = request_.sink->close();
    if (!closed.ok()) request_.body_fault = closed.fault();
  }
  if (request_.body_fault) framing_.keep_alive = framing_.keep_alive && missing_ == 0;
  if (request_.body_fault || missing_ == 0) return dispatch();
  arm_piece(state_->options.piece_seconds);
  read([this] { read_into_sink(); });
}

// ---- the whole request

void Connection::name_request() {
  request_.id = state_->id_prefix + "-" + std::to_string(state_->next_request++);
  const auto& trusted = state_->options.trusted_proxies;
  request_.peer = client_address(peer_, request_.header("x-forwarded-for"), trusted);
  request_.secure = trusted.count(peer_) == 1 && request_.header("x-forwarded-proto") == "https";
  request_.from_owner = local_;
  begun_ = std::chrono::steady_clock::now();
}

void Connection::take_turn(void (Connection::*job)()) {
  auto later = [self = shared_from_this(), job] { asio::post(self->socket_.get_executor(), [self, job] { ((*self).*job)(); }); };
  switch (state_->turns.take(std::move(later))) {
    case Turns::Answer::now: return (this->*job)();
    case Turns::Answer::later: return;
    case Turns::Answer::no: break;
  }
  if (missing_ > 0) framing_.keep_alive = false;
  Response response;
  response.status = 503;
  response.content_type = "application/problem+json; charset=utf-8";
  response.headers.emplace_back("Retry-After", "1");
  response.body = R"({"type":"/problems/fault.busy","title":"忙線中","status":503,"detail":"系統忙線中，請稍候再試。 The server is busy; try again shortly.","instance":"","key":"fault.busy","fields":[]})";
  answer(std::move(response));
}

void Connection::dispatch() {
  disarm();
  busy_ = true;
  if (request_.id.empty()) name_request();
  take_turn(&Connection::handle);
}

void Connection::handle() {
  Response response;
  try {
    response = state_->handler.handle(request_);
  } catch (const std::exception& e) {
    log::error("breakdown", {{"request", request_.id}, {"reason", e.what()}});
    response = {};
    response.status = 500;
    response.body = "{}";
  }
  const int status = response.status;
  std::uint64_t bytes = response.file ? response.file->length : response.body.size();
  for (const auto& part : response.parts) bytes += part.size();
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun_).count();
  prepare(std::move(response));
  send_some();  // mostly all of it: what follows delays nobody
  state_->turns.give_back();
  if (state_->handler.observe) state_->handler.observe(request_, status, static_cast<std::size_t>(bytes), micros);
  send();
}

}  // namespace mandate::http
