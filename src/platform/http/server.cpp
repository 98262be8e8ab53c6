#include "platform/http/server.hpp"

#include "platform/http/framing.hpp"
#include "platform/log/log.hpp"

#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <deque>
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

// A fixed number of threads and a bounded queue before them.
class Workers {
 public:
  Workers(int count, std::size_t waiting_max) : waiting_max_(waiting_max) {
    for (int i = 0; i < count; ++i) threads_.emplace_back([this] { work(); });
  }
  ~Workers() { stop(); }
  bool post(std::function<void()> job) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_ || queue_.size() >= waiting_max_) return false;
      queue_.push_back(std::move(job));
    }
    changed_.notify_one();
    return true;
  }
  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    for (auto& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }

 private:
  void work() {
    while (true) {
      std::function<void()> job;
      {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
        if (queue_.empty()) return;
        job = std::move(queue_.front());
        queue_.pop_front();
      }
      job();
    }
  }
  std::size_t waiting_max_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace

class Connection;

struct Server::State {
  ServerOptions options;
  ServerHandler handler;
  asio::io_context io{1};
  asio::ip::tcp::acceptor acceptor{io};
  asio::local::stream_protocol::acceptor local{io};
  Workers workers;
  std::unordered_map<std::string, std::size_t> per_peer;
  std::set<std::shared_ptr<Connection>> open;
  std::atomic<std::size_t> open_count{0};
  std::atomic<bool> stopping{false};
  std::atomic<std::uint64_t> next_request{1};
  std::string id_prefix = std::to_string(std::chrono::system_clock::now().time_since_epoch().count() / 1'000'000 % 100'000'000);
  std::unique_ptr<asio::steady_timer> drain;
  asio::executor_work_guard<asio::io_context::executor_type> keep{io.get_executor()};

  State(ServerOptions o, ServerHandler h) : options(std::move(o)), handler(std::move(h)), workers(options.workers, options.waiting_max) {}
  void accept(const std::shared_ptr<State>& self);
  void accept_local(const std::shared_ptr<State>& self);
  void begin_stop(const std::shared_ptr<State>& self);
  void leave(const std::shared_ptr<Connection>& connection, const std::string& peer);
};

// One peer. Everything here runs on the I/O thread; only the handler runs on a worker.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::shared_ptr<Server::State> state, Socket socket, std::string peer, bool local)
      : state_(std::move(state)), socket_(std::move(socket)), timer_(state_->io), peer_(std::move(peer)), local_(local) {}

  void start() { wait_for_header(); }
  // At shutdown: an idle peer is let go at once, a busy one after its answer.
  void finish_soon() {
    if (!busy_) close();
  }
  void close() {
    if (closed_) return;
    closed_ = true;
    error_code ignored;
    socket_.shutdown(Socket::shutdown_both, ignored);
    socket_.close(ignored);
    timer_.cancel();
    state_->leave(shared_from_this(), peer_);
  }

 private:
  void arm(int seconds) {
    timer_.expires_after(std::chrono::seconds(seconds));
    timer_.async_wait([self = weak_from_this()](error_code error) {
      if (error) return;
      if (auto connection = self.lock(); connection && connection->timer_.expiry() <= std::chrono::steady_clock::now()) connection->close();
    });
  }

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
    timer_.cancel();
    busy_ = true;
    request_.id = state_->id_prefix + "-" + std::to_string(state_->next_request++);
    request_.peer = peer_;
    request_.from_owner = local_;
    auto job = [self = shared_from_this(), begun = std::chrono::steady_clock::now()] {
      Response response;
      try {
        response = self->state_->handler.handle(self->request_);
      } catch (const std::exception& e) {
        log::error("breakdown", {{"request", self->request_.id}, {"reason", e.what()}});
        response.status = 500;
        response.body = "{}";
      }
      const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun).count();
      if (self->state_->handler.observe) self->state_->handler.observe(self->request_, response, micros);
      asio::post(self->state_->io, [self, response = std::move(response)]() mutable { self->answer(std::move(response)); });
    };
    if (!state_->workers.post(std::move(job))) {
      Response response;
      response.status = 503;
      response.content_type = "application/problem+json; charset=utf-8";
      response.headers.emplace_back("Retry-After", "1");
      response.body = R"({"type":"/problems/fault.busy","title":"忙線中","status":503,"detail":"系統忙線中，請稍候再試。 The server is busy; try again shortly.","instance":"","key":"fault.busy","fields":[]})";
      answer(std::move(response));
    }
  }

  void answer(Response response) {
    if (closed_) return;
    using Message = beast::http::response<beast::http::string_body>;
    auto message = std::make_shared<Message>();
    message->version(11);
    message->result(static_cast<unsigned>(response.status));
    for (const auto& [name, value] : response.headers) message->insert(name, value);
    if (!response.content_type.empty()) message->set(beast::http::field::content_type, response.content_type);
    message->set("X-Request-Id", request_.id);
    const bool keep = framing_.keep_alive && !state_->stopping;
    message->keep_alive(keep);
    if (request_.method == "HEAD") {
      message->content_length(response.body.size());
    } else {
      message->body() = std::move(response.body);
      if (response.status != 304 && response.status != 204) message->content_length(message->body().size());
    }
    arm(state_->options.write_seconds);
    beast::http::async_write(socket_, *message, [self = shared_from_this(), message, keep](error_code error, std::size_t) {
      self->busy_ = false;
      if (error || !keep) return self->close();
      self->wait_for_header();
    });
  }

  // An answer to what is no request: short, and the connection ends, because nobody knows where the next request would begin.
  void refuse(int status, const char* reason) {
    busy_ = true;
    timer_.cancel();
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

  std::shared_ptr<Server::State> state_;
  Socket socket_;
  asio::steady_timer timer_;
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
};

void Server::State::leave(const std::shared_ptr<Connection>& connection, const std::string& peer) {
  open.erase(connection);
  open_count = open.size();
  if (auto at = per_peer.find(peer); at != per_peer.end() && --at->second == 0) per_peer.erase(at);
  if (stopping && open.empty()) {
    keep.reset();
    if (drain) drain->cancel();
  }
}

void Server::State::accept(const std::shared_ptr<State>& self) {
  acceptor.async_accept([this, self](error_code error, asio::ip::tcp::socket socket) {
    if (error == asio::error::operation_aborted || stopping) return;
    if (!error) {
      error_code ignored;
      const std::string peer = socket.remote_endpoint(ignored).address().to_string();
      socket.set_option(asio::ip::tcp::no_delay(true), ignored);
      if (open.size() < options.connections_max && per_peer[peer] < options.connections_per_peer_max) {
        ++per_peer[peer];
        auto connection = std::make_shared<Connection>(self, Socket(std::move(socket)), peer, false);
        open.insert(connection);
        open_count = open.size();
        connection->start();
      }
    }
    accept(self);
  });
}

void Server::State::accept_local(const std::shared_ptr<State>& self) {
  local.async_accept([this, self](error_code error, asio::local::stream_protocol::socket socket) {
    if (error == asio::error::operation_aborted || stopping) return;
    if (!error) {
      ++per_peer["unix"];
      auto connection = std::make_shared<Connection>(self, Socket(std::move(socket)), "unix", true);
      open.insert(connection);
      open_count = open.size();
      connection->start();
    }
    accept_local(self);
  });
}

void Server::State::begin_stop(const std::shared_ptr<State>& self) {
  if (stopping.exchange(true)) return;
  error_code ignored;
  acceptor.close(ignored);
  local.close(ignored);
  const auto connections = open;  // closing changes the set
  for (const auto& connection : connections) connection->finish_soon();
  if (open.empty()) {
    keep.reset();
    return;
  }
  drain = std::make_unique<asio::steady_timer>(io, std::chrono::seconds(options.drain_seconds));
  drain->async_wait([this, self](error_code error) {
    if (error) return;
    const auto left = open;
    for (const auto& connection : left) connection->close();
    keep.reset();
  });
}

Server::Server(ServerOptions options, ServerHandler handler) : state_(std::make_shared<State>(std::move(options), std::move(handler))) {
  const auto& o = state_->options;
  error_code error;
  const auto address = asio::ip::make_address(o.address, error);
  if (error) throw std::runtime_error("--address " + o.address + " is not an IP address");
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
  state_->accept(state_);
  if (state_->local.is_open()) state_->accept_local(state_);
  state_->io.run();
  state_->workers.stop();
}

void Server::stop() {
  asio::post(state_->io, [state = state_] { state->begin_stop(state); });
}

bool Server::stopping() const { return state_->stopping; }
std::size_t Server::connections() const { return state_->open_count; }

std::optional<Response> ask_local(const std::filesystem::path& socket_path, const std::string& path, const std::string& body) {
  asio::io_context io;
  asio::local::stream_protocol::socket socket(io);
  error_code error;
  socket.connect(asio::local::stream_protocol::endpoint(socket_path.string()), error);
  if (error) return std::nullopt;
  beast::http::request<beast::http::string_body> request(beast::http::verb::post, path, 11);
  request.set(beast::http::field::host, "local");
  request.set(beast::http::field::content_type, "application/json");
  request.body() = body;
  request.prepare_payload();
  request.keep_alive(false);
  beast::http::write(socket, request);
  beast::flat_buffer bytes;
  beast::http::response_parser<beast::http::string_body> parser;
  parser.body_limit(boost::none);
  beast::http::read(socket, bytes, parser, error);
  if (error && error != beast::http::error::end_of_stream) throw std::runtime_error("the running server did not answer: " + error.message());
  Response response;
  response.status = static_cast<int>(parser.get().result_int());
  response.body = std::move(parser.get().body());
  return response;
}

}  // namespace mandate::http
