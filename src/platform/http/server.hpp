// The HTTP server: a bounded number of handlers at once, each on the thread that read its request, limits and three-phase time-outs, and a shutdown
// that finishes what it accepted. Listens on a TCP address and, for the owner of the data, on a Unix socket.
#pragma once

#include "platform/http/message.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace mandate::http {

struct ServerOptions {
  std::string address = "127.0.0.1";
  unsigned short port = 8080;  // 0: any free one
  std::filesystem::path socket;  // empty: no Unix socket
  int workers = 48;  // handlers at once
  std::size_t waiting_max = 1024;       // requests that wait for their turn; beyond that 503
  std::size_t connections_max = 4096;
  std::size_t connections_per_peer_max = 2048;  // an office behind one address, each desk with its stream of notices
  int idle_seconds = 15;    // between requests
  int header_seconds = 5;   // from the first byte to the end of the header
  int body_seconds = 5;     // plus one second for every 16 KiB
  int write_seconds = 30;
  int piece_seconds = 30;   // between two pieces of a body that is taken in pieces
  int beat_seconds = 20;    // between two heart beats of a stream of events
  int drain_seconds = 10;   // at shutdown
  std::set<std::string> trusted_proxies;  // addresses whose X-Forwarded-For and X-Forwarded-Proto are believed
  bool log_requests = true;
};

// What a route takes as a body.
struct BodyPlan {
  std::size_t max = 0;       // bytes; 0: nothing
  bool in_pieces = false;    // open_body says where they go
};

struct ServerHandler {
  std::function<Response(Request&)> handle;
  std::function<BodyPlan(const std::string& method, const std::string& path)> body_plan;  // quick: it holds no turn
  // Before the first piece of a body is read: sets request.sink, or answers why not. Holds a turn.
  std::function<std::optional<Response>(Request&)> open_body;
  std::function<void(const Request&, int status, std::size_t bytes, std::int64_t micros)> observe;           // after each answer
};

class Server {
 public:
  // Throws std::runtime_error when the address cannot be had.
  Server(ServerOptions options, ServerHandler handler);
  ~Server();
  unsigned short port() const;
  void run();   // until stop()
  void stop();  // from any thread or a signal-safe waiter: stops accepting, finishes accepted requests, returns from run()
  bool stopping() const;
  std::size_t connections() const;
  std::size_t streams() const;  // of events, open now

  struct State;  // of the .cpp alone

 private:
  std::shared_ptr<State> state_;
};

// Sends one request over the Unix socket of a running server and waits for the answer. None when nobody listens there.
std::optional<Response> ask_local(const std::filesystem::path& socket, const std::string& path, const std::string& body);

}  // namespace mandate::http
