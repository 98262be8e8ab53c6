#include "platform/http/server_state.hpp"

#include <sys/stat.h>

namespace mandate::http {
namespace {

using Socket = Connection::Socket;

constexpr int spare_threads = 2;
constexpr auto sweep_time = std::chrono::milliseconds(200);  // how exact time-outs are

}  // namespace

Server::State::State(ServerOptions o, ServerHandler h) : options(std::move(o)), handler(std::move(h)), io(options.workers + spare_threads), turns(options.workers, options.waiting_max) {}

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
std::size_t Server::streams() const { return state_->stream_count; }

}  // namespace mandate::http
