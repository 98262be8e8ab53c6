#include "platform/http/server.hpp"

#include "platform/http/framing.hpp"
#include "platform/http/turns.hpp"
#include "platform/log/log.hpp"

#include <boost/asio.hpp>
#include <boost/beast/http.hpp>
#include <set>
#include <sys/stat.h>
#include <unordered_map>

namespace mandate::http {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Socket = asio::generic::stream_protocol::socket;
using boost::system::error_code;

constexpr std::size_t header_max = 16 * 1024;
constexpr std::size_t body_bytes_per_second = 16 * 1024;
constexpr int spare_threads = 2;
constexpr auto sweep_time = std::chrono::milliseconds(200);  // how exact time-outs are

}  // namespace

class Connection;

struct Server::State {
  ServerOptions options;
  ServerHandler handler;
  asio::io_context io;
  // The acceptors and their stop are one after another on `control`; each connection is on a strand of its own.
  asio::strand<asio::io_context::executor_type> control{io.get_executor()};
  asio::ip::tcp::acceptor acceptor{control};
  asio::local::stream_protocol::acceptor local{control};
  Turns turns;
  std::mutex mutex;  // of the three below
  std::unordered_map<std::string, std::size_t> per_peer;
  std::set<std::shared_ptr<Connection>> open;
  std::optional<asio::executor_work_guard<asio::io_context::executor_type>> keep{asio::make_work_guard(io)};
  std::atomic<std::size_t> open_count{0};
  std::atomic<bool> stopping{false};
  std::atomic<std::uint64_t> next_request{1};
  std::string id_prefix = std::to_string(std::chrono::system_clock::now().time_since_epoch().count() / 1'000'000 % 100'000'000);
  asio::steady_timer drain{control};
  asio::steady_timer sweep{control};

  State(ServerOptions o, ServerHandler h) : options(std::move(o)), handler(std::move(h)), io(options.workers + spare_threads), turns(options.workers, options.waiting_max) {}
  void accept(const std::shared_ptr<State>& self);
  void accept_local(const std::shared_ptr<State>& self);
  bool enter(const std::shared_ptr<Connection>& connection, const std::string& peer, bool limited);
  void begin_stop(const std::shared_ptr<State>& self);
  void leave(const std::shared_ptr<Connection>& connection, const std::string& peer);
  std::vector<std::shared_ptr<Connection>> connections();
  void sweep_overdue(const std::shared_ptr<State>& self);
  void let_go();
};

// One peer. Everything here runs on its strand, the handler too: the thread that read the request answers it, without waking another.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::shared_ptr<Server::State> state, Socket socket, std::string peer, bool local)
      : state_(std::move(state)), socket_(std::move(socket)), peer_(std::move(peer)), local_(local) {
    error_code ignored;
    socket_.non_blocking(true, ignored);
  }

  void start() {
    asio::post(socket_.get_executor(), [self = shared_from_this()] { self->wait_for_header(); });
  }
  // At shutdown: an idle peer is let go at once, a busy one after its answer.
  void finish_soon() {
    asio::post(socket_.get_executor(), [self = shared_from_this()] {
      if (!self->busy_) self->close();
    });
  }
  void close_soon() {
    asio::post(socket_.get_executor(), [self = shared_from_this()] { self->close(); });
  }
  bool overdue(std::chrono::steady_clock::time_point now) const { return now > deadline_.load(std::memory_order_relaxed); }
  void close_if_overdue() {
    asio::post(socket_.get_executor(), [self = shared_from_this()] {
      if (self->overdue(std::chrono::steady_clock::now())) self->close();
    });
  }
 private:
  void close() {
    if (closed_) return;
    closed_ = true;
    error_code ignored;
    socket_.shutdown(Socket::shutdown_both, ignored);
    socket_.close(ignored);
    state_->leave(shared_from_this(), peer_);
  }

  // One sweep over all connections looks at these: a timer for each would cost every request several wake-ups.
  void arm(int seconds) { deadline_ = std::chrono::steady_clock::now() + std::chrono::seconds(seconds); }
  void disarm() { deadline_ = std::chrono::steady_clock::time_point::max(); }

  void wait_for_header() {
    if (state_->stopping) return close();
    request_ = {};
    chunked_ = {};
    arm(buffer_.empty() ? state_->options.idle_seconds : state_->options.header_seconds);
    take_header();
  }

  void take_header() {
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

  bool read_query(std::string_view text) {
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

  void take_body() {
    const std::uint64_t length = framing_.length.value_or(0);
    if (!framing_.chunked && length == 0) return dispatch();
    const std::size_t limit = local_ ? std::size_t{64} << 20 : state_->handler.body_max(request_.method, request_.path);
    if (length > limit) return refuse(limit == 0 ? 404 : 413, limit == 0 ? "nothing here takes a body" : "body too large");
    arm(state_->options.body_seconds + static_cast<int>((framing_.chunked ? limit : length) / body_bytes_per_second));
    if (framing_.expect_continue && buffer_.empty()) {
      auto line = std::make_shared<std::string>("HTTP/1.1 100 Continue\r\n\r\n");
      asio::async_write(socket_, asio::buffer(*line), [self = shared_from_this(), line, limit](error_code error, std::size_t) {
        if (error) return self->close();
        self->read_body(limit);
      });
      return;
    }
    read_body(limit);
  }

  void read_body(std::size_t limit) {
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

  template <class Next>
  void read(Next next) {
    socket_.async_read_some(asio::buffer(chunk_), [self = shared_from_this(), next](error_code error, std::size_t n) mutable {
      if (error || self->closed_) return self->close();
      self->buffer_.append(self->chunk_.data(), n);
      next();
    });
  }

  void dispatch() {
    disarm();
    busy_ = true;
    request_.id = state_->id_prefix + "-" + std::to_string(state_->next_request++);
    const auto& trusted = state_->options.trusted_proxies;
    request_.peer = client_address(peer_, request_.header("x-forwarded-for"), trusted);
    request_.secure = trusted.count(peer_) == 1 && request_.header("x-forwarded-proto") == "https";
    request_.from_owner = local_;
    begun_ = std::chrono::steady_clock::now();
    auto job = [self = shared_from_this()] { asio::post(self->socket_.get_executor(), [self] { self->handle(); }); };
    switch (state_->turns.take(std::move(job))) {
      case Turns::Answer::now: return handle();
      case Turns::Answer::later: return;
      case Turns::Answer::no: break;
    }
    Response response;
    response.status = 503;
    response.content_type = "application/problem+json; charset=utf-8";
    response.headers.emplace_back("Retry-After", "1");
    response.body = R"({"type":"/problems/fault.busy","title":"忙線中","status":503,"detail":"系統忙線中，請稍候再試。 The server is busy; try again shortly.","instance":"","key":"fault.busy","fields":[]})";
    prepare(std::move(response));
    send();
  }

  void handle() {
    Response response;
    try {
      response = state_->handler.handle(request_);
    } catch (const std::exception& e) {
      log::error("breakdown", {{"request", request_.id}, {"reason", e.what()}});
      response.status = 500;
      response.body = "{}";
    }
    const int status = response.status;
    const std::size_t bytes = response.body.size();
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun_).count();
    prepare(std::move(response));
    send_some();  // mostly all of it: what follows delays nobody
    state_->turns.give_back();
    if (state_->handler.observe) state_->handler.observe(request_, status, bytes, micros);
    send();
  }

  void prepare(Response response) {
    const bool keep = framing_.keep_alive && !state_->stopping;
    const std::string_view reason = beast::http::obsolete_reason(static_cast<beast::http::status>(response.status));
    head_ = fmt::format("HTTP/1.1 {} {}\r\n", response.status, reason);
    for (const auto& [name, value] : response.headers) add_header(name, value);
    if (!response.content_type.empty()) add_header("Content-Type", response.content_type);
    add_header("X-Request-Id", request_.id);
    if (response.status != 304 && response.status != 204) add_header("Content-Length", std::to_string(response.body.size()));
    if (!keep) add_header("Connection", "close");
    head_ += "\r\n";
    body_ = request_.method == "HEAD" ? std::string() : std::move(response.body);
    sent_ = 0;
    keep_ = keep;
    arm(state_->options.write_seconds);
  }

  void add_header(std::string_view name, std::string_view value) {
    if (value.find_first_of("\r\n") != std::string_view::npos) return;  // would be another header
    head_.append(name).append(": ").append(value).append("\r\n");
  }

  // Sends what the peer takes now; `write_error_` says why it stopped.
  void send_some() {
    write_error_ = {};
    while (!write_error_ && sent_ < head_.size() + body_.size()) {
      const std::size_t of_head = std::min(sent_, head_.size());
      const std::size_t of_body = sent_ - of_head;
      const std::array<asio::const_buffer, 2> rest = {asio::buffer(head_) + of_head, asio::buffer(body_) + of_body};
      sent_ += socket_.write_some(rest, write_error_);
    }
  }

  void send() {
    if (closed_) return;
    send_some();
    if (write_error_ == asio::error::would_block) {
      socket_.async_wait(Socket::wait_write, [self = shared_from_this()](error_code error) {
        if (error) return self->close();
        self->send();
      });
      return;
    }
    busy_ = false;
    if (write_error_ || !keep_) return close();
    body_ = {};
    if (buffer_.empty()) return wait_for_header();
    // The next request is here already: not from here, or a long row of them would fill the stack.
    asio::post(socket_.get_executor(), [self = shared_from_this()] { self->wait_for_header(); });
  }

  // An answer to what is no request: short, and the connection ends, because nobody knows where the next request would begin.
  void refuse(int status, const char* reason) {
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
    prepare(std::move(response));
    send();
  }

  std::shared_ptr<Server::State> state_;
  Socket socket_;
  std::atomic<std::chrono::steady_clock::time_point> deadline_{std::chrono::steady_clock::time_point::max()};
  std::string peer_;
  bool local_;
  bool busy_ = false;
  bool closed_ = false;
  bool header_begun_ = false;
  std::string buffer_;
  std::array<char, 8192> chunk_{};
  Framing framing_;
  ChunkedBody chunked_;
  Request request_;
  std::chrono::steady_clock::time_point begun_;  // when the request was whole
  // The answer on its way out:
  std::string head_;
  std::string body_;
  std::size_t sent_ = 0;
  bool keep_ = false;
  error_code write_error_;
};

// Whether there is room for one more; if so it is counted. A proxy brings many clients: the limit for one peer is not for it.
bool Server::State::enter(const std::shared_ptr<Connection>& connection, const std::string& peer, bool limited) {
  const std::lock_guard lock(mutex);
  if (open.size() >= options.connections_max && peer != "unix") return false;
  if (limited && per_peer[peer] >= options.connections_per_peer_max) return false;
  ++per_peer[peer];
  open.insert(connection);
  open_count = open.size();
  return true;
}

void Server::State::leave(const std::shared_ptr<Connection>& connection, const std::string& peer) {
  const std::lock_guard lock(mutex);
  open.erase(connection);
  open_count = open.size();
  if (auto at = per_peer.find(peer); at != per_peer.end() && --at->second == 0) per_peer.erase(at);
  if (stopping && open.empty()) let_go();
}

// Nothing is left to do: run() returns. Under the mutex.
void Server::State::let_go() {
  keep.reset();
  asio::post(control, [this] {
    drain.cancel();
    sweep.cancel();
  });
}

void Server::State::sweep_overdue(const std::shared_ptr<State>& self) {
  sweep.expires_after(sweep_time);
  sweep.async_wait([this, self](error_code error) {
    if (error) return;
    {
      const std::lock_guard lock(mutex);
      const auto now = std::chrono::steady_clock::now();
      for (const auto& connection : open) {
        if (connection->overdue(now)) connection->close_if_overdue();
      }
      if (stopping && open.empty()) return;
    }
    sweep_overdue(self);
  });
}

std::vector<std::shared_ptr<Connection>> Server::State::connections() {
  const std::lock_guard lock(mutex);
  return {open.begin(), open.end()};
}

void Server::State::accept(const std::shared_ptr<State>& self) {
  acceptor.async_accept(asio::any_io_executor(asio::make_strand(io)), asio::bind_executor(control, [this, self](error_code error, asio::ip::tcp::socket socket) {
    if (error == asio::error::operation_aborted || stopping) return;
    if (!error) {
      error_code ignored;
      const std::string peer = socket.remote_endpoint(ignored).address().to_string();
      socket.set_option(asio::ip::tcp::no_delay(true), ignored);
      auto connection = std::make_shared<Connection>(self, Socket(std::move(socket)), peer, false);
      if (enter(connection, peer, options.trusted_proxies.count(peer) == 0)) connection->start();
    }
    accept(self);
  }));
}

void Server::State::accept_local(const std::shared_ptr<State>& self) {
  local.async_accept(asio::any_io_executor(asio::make_strand(io)), asio::bind_executor(control, [this, self](error_code error, asio::local::stream_protocol::socket socket) {
    if (error == asio::error::operation_aborted || stopping) return;
    if (!error) {
      auto connection = std::make_shared<Connection>(self, Socket(std::move(socket)), "unix", true);
      enter(connection, "unix", false);
      connection->start();
    }
    accept_local(self);
  }));
}

void Server::State::begin_stop(const std::shared_ptr<State>& self) {
  if (stopping.exchange(true)) return;
  error_code ignored;
  acceptor.close(ignored);
  local.close(ignored);
  const auto present = connections();
  if (present.empty()) {
    const std::lock_guard lock(mutex);
    return let_go();
  }
  for (const auto& connection : present) connection->finish_soon();
  drain.expires_after(std::chrono::seconds(options.drain_seconds));
  drain.async_wait([this, self](error_code error) {
    if (error) return;
    for (const auto& connection : connections()) connection->close_soon();
  });
}

Server::Server(ServerOptions options, ServerHandler handler) : state_(std::make_shared<State>(std::move(options), std::move(handler))) {
  const auto& o = state_->options;
  error_code error;
  const auto address = asio::ip::make_address(o.address, error);
  if (error) throw std::runtime_error("--address " + o.address + " is not an IP address");
  for (const auto& proxy : o.trusted_proxies) {
    asio::ip::make_address(proxy, error);
    if (error) throw std::runtime_error("--trusted-proxy " + proxy + " is not an IP address");
  }
  const asio::ip::tcp::endpoint endpoint(address, o.port);
  state_->acceptor.open(endpoint.protocol());
  state_->acceptor.set_option(asio::socket_base::reuse_address(true));
  state_->acceptor.bind(endpoint, error);
  if (error) throw std::runtime_error("port " + std::to_string(o.port) + " on " + o.address + " is taken (" + error.message() + "): choose another with --port");
  state_->acceptor.listen(512);
  if (!o.socket.empty()) {
    std::error_code ignored;
    std::filesystem::remove(o.socket, ignored);  // the lock of the data directory says that nobody else uses it
    const auto mask = ::umask(0177);
    state_->local.open();
    state_->local.bind(asio::local::stream_protocol::endpoint(o.socket.string()), error);
    ::umask(mask);
    if (error) throw std::runtime_error("cannot listen on " + o.socket.string() + ": " + error.message());
    state_->local.listen(64);
  }
}

Server::~Server() {
  std::error_code ignored;
  if (!state_->options.socket.empty()) std::filesystem::remove(state_->options.socket, ignored);
}

unsigned short Server::port() const { return state_->acceptor.local_endpoint().port(); }

void Server::run() {
  asio::post(state_->control, [state = state_] {
    state->accept(state);
    if (state->local.is_open()) state->accept_local(state);
    state->sweep_overdue(state);
  });
  std::vector<std::thread> threads;
  for (int i = 1; i < state_->options.workers + spare_threads; ++i) threads.emplace_back([state = state_] { state->io.run(); });
  state_->io.run();
  for (auto& thread : threads) thread.join();
}

void Server::stop() {
  asio::post(state_->control, [state = state_] { state->begin_stop(state); });
}

bool Server::stopping() const { return state_->stopping; }
std::size_t Server::connections() const { return state_->open_count; }

}  // namespace mandate::http
