// What the server's own files share: its state, and one connection. Included by connection.cpp, answer.cpp and server.cpp alone.
#pragma once

#include "platform/http/framing.hpp"
#include "platform/http/server.hpp"
#include "platform/http/turns.hpp"
#include "platform/log/log.hpp"

#include <boost/asio.hpp>
#include <set>
#include <unordered_map>

namespace mandate::http {

namespace asio = boost::asio;
using boost::system::error_code;

class Connection;

constexpr std::size_t bytes_per_second_min = 16 * 1024;  // of a body, in or out: a slower peer is cut

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
  std::atomic<std::size_t> stream_count{0};
  std::atomic<bool> stopping{false};
  std::atomic<std::uint64_t> next_request{1};
  std::string id_prefix = std::to_string(std::chrono::system_clock::now().time_since_epoch().count() / 1'000'000 % 100'000'000);
  asio::steady_timer drain{control};
  asio::steady_timer sweep{control};

  State(ServerOptions o, ServerHandler h);
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
  using Socket = asio::generic::stream_protocol::socket;
  Connection(std::shared_ptr<Server::State> state, Socket socket, std::string peer, bool local);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void start();
  // At shutdown: an idle peer is let go at once, a busy one after its answer.
  void finish_soon();
  void close_soon();
  bool overdue(std::chrono::steady_clock::time_point now) const { return now > deadline_.load(std::memory_order_relaxed); }
  void close_if_overdue();

 private:
  void close();
  // One sweep over all connections looks at these: a timer for each would cost every request several wake-ups.
  void arm(int seconds) { deadline_ = std::chrono::steady_clock::now() + std::chrono::seconds(seconds); }
  void arm_piece(int seconds) { deadline_ = std::min(std::chrono::steady_clock::now() + std::chrono::seconds(seconds), until_); }
  void disarm() { deadline_ = std::chrono::steady_clock::time_point::max(); }

  // connection.cpp: from the first byte to the whole request
  void wait_for_header();
  void take_header();
  bool read_query(std::string_view text);
  void take_body();
  void go_on_with_body(std::size_t limit);
  void read_body(std::size_t limit);
  void open_sink();
  void read_into_sink();
  template <class Next>
  void read(Next next) {
    socket_.async_read_some(asio::buffer(chunk_), [self = shared_from_this(), next](error_code error, std::size_t n) mutable {
      if (error || self->closed_) return self->close();
      self->buffer_.append(self->chunk_.data(), n);
      next();
    });
  }
  void name_request();
  // Runs `job` when a turn is free, or answers that the server is busy.
  void take_turn(void (Connection::*job)());
  void dispatch();
  void handle();
  void handle_sink();

  // answer.cpp: from the answer to the next request
  void answer(Response response);
  void prepare(Response response);
  void add_header(std::string_view name, std::string_view value);
  bool send_some();
  bool open_file(const FileBody& file);
  bool next_piece();
  void send();
  void want_piece();
  void handle_source();
  void refuse(int status, const char* reason);
  void linger();
  void begin_stream();
  void watch_peer();
  void send_stream();
  void beat();

  std::shared_ptr<Server::State> state_;
  Socket socket_;
  std::atomic<std::chrono::steady_clock::time_point> deadline_{std::chrono::steady_clock::time_point::max()};
  std::string peer_;
  bool local_;
  bool busy_ = false;
  bool closed_ = false;
  bool header_begun_ = false;
  bool lingering_ = false;
  std::string buffer_;
  std::array<char, 8192> chunk_{};
  Framing framing_;
  ChunkedBody chunked_;
  std::uint64_t missing_ = 0;  // of a body that is taken in pieces
  std::chrono::steady_clock::time_point until_;  // the end of a long body, however its pieces come or go
  Request request_;
  std::chrono::steady_clock::time_point begun_;  // when the request was whole
  // The answer on its way out:
  std::string head_;
  std::string body_;
  std::size_t sent_ = 0;
  bool keep_ = false;
  error_code write_error_;
  std::vector<BodyPart> parts_;
  std::size_t next_part_ = 0;
  int file_ = -1;
  std::uint64_t file_at_ = 0;
  std::uint64_t file_left_ = 0;
  std::shared_ptr<BodySource> source_;
  std::shared_ptr<EventStream> stream_;
  bool stream_writing_ = false;
};

}  // namespace mandate::http
