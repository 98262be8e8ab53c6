// A real server on a free port, spoken to by plain sockets: bodies in pieces, files from disk, streams of events.
#include "platform/http/messages.hpp"
#include "platform/http/router.hpp"
#include "platform/http/server.hpp"

#include "platform/db/store_test.hpp"

#include <arpa/inet.h>
#include <fstream>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

MANDATE_EMBEDDED(platform_db)

using namespace mandate;
using namespace mandate::http;

namespace {

class Sink final : public BodySink {
 public:
  explicit Sink(std::size_t full_at) : full_at_(full_at) {}
  Result<> write(std::string_view piece) override {
    if (got.size() + piece.size() > full_at_) return fault(FaultKind::unavailable, "fault.storage_full");
    largest_piece = std::max(largest_piece, piece.size());
    got += piece;
    return done();
  }
  Result<> close() override {
    closed = true;
    return done();
  }
  std::string got;
  std::size_t largest_piece = 0;
  bool closed = false;

 private:
  std::size_t full_at_;
};

class Peer {
 public:
  explicit Peer(unsigned short port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
    const timeval patience{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~Peer() { ::close(socket_); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;
  bool say(std::string_view text) {
    while (!text.empty()) {
      const auto n = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
      if (n <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(n));
    }
    return true;
  }
  // Until `mark` has come, or the end.
  std::string hear(std::string_view mark) {
    char piece[4096];
    while (heard_.find(mark) == std::string::npos) {
      const auto n = ::recv(socket_, piece, sizeof piece, 0);
      if (n <= 0) break;
      heard_.append(piece, static_cast<std::size_t>(n));
    }
    return heard_;
  }
  std::string hear_all() { return hear(std::string(1, '\0')); }

 private:
  int socket_;
  std::string heard_;
};

// A server with a handler of the test's own, until the end of the test.
class Running {
 public:
  Running(ServerOptions options, ServerHandler handler) : server_(with_port(std::move(options)), std::move(handler)), thread_([this] { server_.run(); }) {}
  ~Running() {
    server_.stop();
    thread_.join();
  }
  Server& operator*() { return server_; }
  unsigned short port() const { return server_.port(); }

 private:
  static ServerOptions with_port(ServerOptions options) {
    options.port = 0;
    options.workers = 4;
    options.log_requests = false;
    return options;
  }
  Server server_;
  std::thread thread_;
};

ServerHandler taking_pieces(std::shared_ptr<Sink> sink) {
  ServerHandler handler;
  handler.body_plan = [](const std::string&, const std::string& path) { return path == "/piece" || path == "/closed" ? BodyPlan{1 << 20, true} : BodyPlan{}; };
  handler.open_body = [sink](Request& request) -> std::optional<Response> {
    if (request.path == "/closed") {
      Response no;
      no.status = 403;
      no.body = "closed";
      return no;
    }
    request.sink = sink;
    return std::nullopt;
  };
  handler.handle = [](Request& request) {
    Response response;
    response.status = request.body_fault ? 503 : 200;
    response.body = request.body_fault ? request.body_fault->key : "taken";
    return response;
  };
  return handler;
}

bool soon(const std::function<bool()>& condition) {
  for (int i = 0; i < 500; ++i) {
    if (condition()) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

std::string put(const std::string& path, std::size_t bytes, const std::string& more = "") {
  return "PUT " + path + " HTTP/1.1\r\nHost: here\r\nContent-Length: " + std::to_string(bytes) + "\r\n" + more + "\r\n";
}

}  // namespace

TEST_CASE("a body in pieces reaches its sink whole, in small pieces, and the connection goes on") {
  auto sink = std::make_shared<Sink>(1 << 20);
  Running server({}, taking_pieces(sink));
  std::string body(300'000, 'x');
  for (std::size_t i = 0; i < body.size(); ++i) body[i] = static_cast<char>('a' + i % 23);
  Peer peer(server.port());
  REQUIRE(peer.say(put("/piece", body.size()) + body.substr(0, 100'000)));
  REQUIRE(peer.say(body.substr(100'000)));
  CHECK(peer.hear("taken").rfind("HTTP/1.1 200 OK", 0) == 0);
  CHECK(sink->got == body);
  CHECK(sink->closed);
  CHECK(sink->largest_piece <= 32 * 1024);
  REQUIRE(peer.say("GET /piece HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"));
  const auto both = peer.hear_all();
  CHECK(both.find("HTTP/1.1 200 OK", 20) != std::string::npos);
}

TEST_CASE("a body that is not wanted is refused before it is read, and its sender can read why") {
  Running server({}, taking_pieces(std::make_shared<Sink>(1 << 20)));
  SUBCASE("by the route") {
    Peer peer(server.port());
    peer.say(put("/closed", 900'000));
    CHECK(peer.hear("closed").rfind("HTTP/1.1 403", 0) == 0);
    peer.say(std::string(200'000, 'x'));  // what was on its way does not reset the connection before the answer is read
    CHECK(peer.hear_all().find("Connection: close") != std::string::npos);
  }
  SUBCASE("by its length") {
    Peer peer(server.port());
    peer.say(put("/piece", 2'000'000) + std::string(100'000, 'x'));
    CHECK(peer.hear_all().rfind("HTTP/1.1 413", 0) == 0);
  }
  SUBCASE("in chunks") {
    Peer peer(server.port());
    peer.say("PUT /piece HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n");
    CHECK(peer.hear_all().rfind("HTTP/1.1 411", 0) == 0);
  }
  SUBCASE("without asking for it") {
    Peer peer(server.port());
    peer.say(put("/closed", 900'000, "Expect: 100-continue\r\n"));
    CHECK(peer.hear("closed").find("100 Continue") == std::string::npos);
  }
}

TEST_CASE("a sink that is full ends the body with its reason") {
  auto sink = std::make_shared<Sink>(50'000);
  Running server({}, taking_pieces(sink));
  Peer peer(server.port());
  peer.say(put("/piece", 400'000) + std::string(400'000, 'x'));
  const auto heard = peer.hear_all();
  CHECK(heard.rfind("HTTP/1.1 503", 0) == 0);
  CHECK(heard.find("fault.storage_full") != std::string::npos);
  CHECK_FALSE(sink->closed);
}

TEST_CASE("a body that breaks off leaves its sink unclosed with what came") {
  auto sink = std::make_shared<Sink>(1 << 20);
  Running server({}, taking_pieces(sink));
  {
    Peer peer(server.port());
    REQUIRE(peer.say(put("/piece", 400'000) + std::string(70'000, 'x')));
    REQUIRE(soon([&] { return (*server).connections() == 1; }));
  }
  REQUIRE(soon([&] { return (*server).connections() == 0; }));
  CHECK_FALSE(sink->closed);
  CHECK(sink->got.size() <= 70'000);
}

TEST_CASE("a body whose pieces stop coming is cut") {
  ServerOptions options;
  options.piece_seconds = 1;
  Running server(options, taking_pieces(std::make_shared<Sink>(1 << 20)));
  Peer peer(server.port());
  REQUIRE(peer.say(put("/piece", 400'000) + "x"));
  CHECK(peer.hear_all().empty());
}

TEST_CASE("a file is sent from disk, whole or the range that was asked for") {
  const auto path = std::filesystem::temp_directory_path() / ("mandate-file-" + std::to_string(next_id()));
  std::string content(500'000, ' ');
  for (std::size_t i = 0; i < content.size(); ++i) content[i] = static_cast<char>('a' + i % 26);
  std::ofstream(path, std::ios::binary) << content;
  ServerHandler handler;
  handler.body_plan = [](const std::string&, const std::string&) { return BodyPlan{}; };
  handler.handle = [&](Request& request) { return file_response(request, path, content.size(), "application/pdf"); };
  Running server({}, handler);
  const auto ask = [&](const std::string& method, const std::string& range) {
    Peer peer(server.port());
    peer.say(method + " /f HTTP/1.1\r\nHost: here\r\nConnection: close\r\n" + (range.empty() ? "" : "Range: " + range + "\r\n") + "\r\n");
    const auto text = peer.hear_all();
    const auto end = text.find("\r\n\r\n");
    return std::pair(text.substr(0, end), end == std::string::npos ? std::string() : text.substr(end + 4));
  };
  CHECK(ask("GET", "").second == content);
  CHECK(ask("HEAD", "").second.empty());
  CHECK(ask("HEAD", "").first.find("Content-Length: 500000") != std::string::npos);
  struct Case {
    const char* range;
    const char* status;
    std::size_t from, length;
  };
  for (const auto& [range, status, from, length] : {Case{"bytes=0-0", "206", 0, 1}, Case{"bytes=10-19", "206", 10, 10}, Case{"bytes=499990-", "206", 499'990, 10}, Case{"bytes=499990-600000", "206", 499'990, 10},
                                                    Case{"bytes=-5", "206", 499'995, 5}, Case{"bytes=-600000", "206", 0, 500'000}, Case{"bytes=0-1,5-6", "200", 0, 500'000}, Case{"lines=1-2", "200", 0, 500'000},
                                                    Case{"bytes=x-y", "200", 0, 500'000}, Case{"bytes=500000-", "416", 0, 0}, Case{"bytes=9-3", "416", 0, 0}, Case{"bytes=-0", "416", 0, 0}}) {
    INFO(range);
    const auto [head, body] = ask("GET", range);
    CHECK(head.rfind(std::string("HTTP/1.1 ") + status, 0) == 0);
    CHECK(body == content.substr(from, length));
  }
  std::filesystem::remove(path);
}

TEST_CASE("an answer made of bytes and files is sent as one, and a part that has gone ends the connection") {
  const auto path = std::filesystem::temp_directory_path() / ("mandate-part-" + std::to_string(next_id()));
  const std::string content(200'000, 'f');
  std::ofstream(path, std::ios::binary) << content;
  bool gone = false;
  ServerHandler handler;
  handler.body_plan = [](const std::string&, const std::string&) { return BodyPlan{}; };
  handler.handle = [&](Request&) {
    Response response;
    response.parts = {{"head;", std::nullopt}, {"", FileBody{path, 0, content.size()}}, {"", std::nullopt}, {";middle;", std::nullopt}, {"", FileBody{gone ? path.string() + "-gone" : path.string(), 5, 10}}, {";end", std::nullopt}};
    return response;
  };
  Running server({}, handler);
  const auto ask = [&](const std::string& method) {
    Peer peer(server.port());
    peer.say(method + " /z HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
    const auto text = peer.hear_all();
    const auto end = text.find("\r\n\r\n");
    return std::pair(text.substr(0, end), end == std::string::npos ? std::string() : text.substr(end + 4));
  };
  CHECK(ask("GET").second == "head;" + content + ";middle;" + std::string(10, 'f') + ";end");
  CHECK(ask("HEAD").second.empty());
  CHECK(ask("HEAD").first.find("Content-Length: 200027") != std::string::npos);
  gone = true;
  CHECK(ask("GET").second == "head;" + content + ";middle;");
  std::filesystem::remove(path);
}

TEST_CASE("a stream of events carries what any thread sends, beats, and ends with its session or its peer") {
  auto stream = std::make_shared<EventStream>();
  std::atomic<bool> allowed{true};
  stream->still_allowed = [&] { return allowed.load(); };
  REQUIRE(stream->send("data: before\n\n"));  // sent before anybody listens
  ServerHandler handler;
  handler.body_plan = [](const std::string&, const std::string&) { return BodyPlan{}; };
  handler.handle = [&](Request&) {
    Response response;
    response.content_type = "text/event-stream";
    response.events = stream;
    return response;
  };
  ServerOptions options;
  options.beat_seconds = 1;
  Running server(options, handler);
  SUBCASE("its session ends") {
    Peer peer(server.port());
    peer.say("GET /s HTTP/1.1\r\nHost: here\r\n\r\n");
    CHECK(peer.hear("before").find("Content-Length") == std::string::npos);
    REQUIRE(soon([&] { return (*server).streams() == 1; }));
    std::thread([&] { stream->send("data: from elsewhere\n\n"); }).join();
    CHECK(peer.hear("elsewhere").find("elsewhere") != std::string::npos);
    CHECK(peer.hear("\n:\n\n").find("\n:\n\n") != std::string::npos);
    allowed = false;
    peer.hear_all();
    CHECK(soon([&] { return stream->ended() && (*server).streams() == 0; }));
    CHECK_FALSE(stream->send("data: late\n\n"));
  }
  SUBCASE("its peer goes") {
    {
      Peer peer(server.port());
      peer.say("GET /s HTTP/1.1\r\nHost: here\r\n\r\n");
      peer.hear("before");
    }
    CHECK(soon([&] { return stream->ended() && (*server).connections() == 0; }));
  }
  SUBCASE("its owner ends it, after what was sent") {
    Peer peer(server.port());
    peer.say("GET /s HTTP/1.1\r\nHost: here\r\n\r\n");
    peer.hear("before");
    stream->send("data: last\n\n");
    stream->end();
    CHECK(peer.hear_all().find("data: last") != std::string::npos);
  }
  SUBCASE("its peer takes nothing") {
    Peer peer(server.port());
    peer.say("GET /s HTTP/1.1\r\nHost: here\r\n\r\n");
    peer.hear("before");
    const std::string event = "data: " + std::string(8'000, 'x') + "\n\n";
    int sent = 0;
    while (sent < 100'000 && stream->send(event)) ++sent;
    CHECK(sent < 100'000);
    CHECK(soon([&] { return (*server).streams() == 0; }));
  }
}

namespace {

// Pieces of `size` bytes; counts what is asked of it and whether it is still there.
class Pieces final : public BodySource {
 public:
  Pieces(int count, std::size_t size, std::atomic<int>& asked, std::atomic<bool>& there, int breaks_at = -1) : count_(count), size_(size), asked_(asked), there_(there), breaks_at_(breaks_at) { there_ = true; }
  ~Pieces() override { there_ = false; }
  std::string next() override {
    const int number = asked_++;
    if (number == breaks_at_) throw std::runtime_error("the table is gone");
    return number < count_ ? std::string(size_, static_cast<char>('a' + number % 26)) : std::string();
  }

 private:
  int count_;
  std::size_t size_;
  std::atomic<int>& asked_;
  std::atomic<bool>& there_;
  int breaks_at_;
};

}  // namespace

TEST_CASE("a body that is made while it is sent") {
  std::atomic<int> asked{0};
  std::atomic<bool> there{false};
  int count = 3;
  std::size_t size = 10;
  int breaks_at = -1;
  ServerHandler handler;
  handler.body_plan = [](const std::string&, const std::string&) { return BodyPlan{}; };
  handler.handle = [&](Request& request) {
    Response response;
    if (request.path == "/s") {
      response.body = "head,";
      response.source = std::make_shared<Pieces>(count, size, asked, there, breaks_at);
    } else {
      response.body = "other";
    }
    return response;
  };
  Running server({}, handler);
  Peer peer(server.port());
  SUBCASE("comes in chunks, and the connection goes on") {
    peer.say("GET /s HTTP/1.1\r\nHost: here\r\n\r\nGET /o HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
    const auto all = peer.hear_all();
    CHECK(all.find("Transfer-Encoding: chunked") != std::string::npos);
    CHECK(all.find("\r\n\r\n5\r\nhead,\r\na\r\naaaaaaaaaa\r\na\r\nbbbbbbbbbb\r\na\r\ncccccccccc\r\n0\r\n\r\nHTTP/1.1 200") != std::string::npos);
    CHECK(all.find("other") != std::string::npos);
    CHECK(soon([&] { return !there; }));
  }
  SUBCASE("to an old peer without chunks, until the end of the connection") {
    peer.say("GET /s HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const auto all = peer.hear_all();
    CHECK(all.find("chunked") == std::string::npos);
    CHECK(all.substr(all.find("\r\n\r\n")) == "\r\n\r\nhead,aaaaaaaaaabbbbbbbbbbcccccccccc");
  }
  SUBCASE("a HEAD makes nothing") {
    peer.say("HEAD /s HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
    const auto all = peer.hear_all();
    CHECK(all.substr(all.find("\r\n\r\n")) == "\r\n\r\n");
    CHECK(asked == 0);
  }
  SUBCASE("what breaks in the middle does not look like an end") {
    breaks_at = 2;
    peer.say("GET /s HTTP/1.1\r\nHost: here\r\n\r\n");
    const auto all = peer.hear_all();
    CHECK(all.find("bbbbbbbbbb") != std::string::npos);
    CHECK(all.find("0\r\n\r\n") == std::string::npos);
    CHECK(soon([&] { return !there; }));
  }
  SUBCASE("a peer that takes nothing has few pieces made for it, and none once it has gone") {
    count = 1'000'000;
    size = 64 * 1024;
    {
      Peer slow(server.port());
      slow.say("GET /s HTTP/1.1\r\nHost: here\r\n\r\n");
      std::this_thread::sleep_for(std::chrono::milliseconds(500));
      CHECK(asked > 0);
      CHECK(asked < 400);  // what the two systems keep in their buffers between them
      const int before = asked;
      std::this_thread::sleep_for(std::chrono::milliseconds(300));
      CHECK(asked - before < 4);
    }
    CHECK(soon([&] { return !there; }));
  }
}

TEST_CASE("the server's stop ends streams at once") {
  auto stream = std::make_shared<EventStream>();
  ServerHandler handler;
  handler.body_plan = [](const std::string&, const std::string&) { return BodyPlan{}; };
  handler.handle = [&](Request&) {
    Response response;
    response.events = stream;
    return response;
  };
  const auto begun = std::chrono::steady_clock::now();
  {
    Running server({}, handler);
    Peer peer(server.port());
    peer.say("GET /s HTTP/1.1\r\nHost: here\r\n\r\n");
    REQUIRE(soon([&] { return (*server).streams() == 1; }));
  }
  CHECK(stream->ended());
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(8));  // not the drain's ten
}

namespace {

struct PieceInput {
  std::int64_t offset = 0;
};
BOOST_DESCRIBE_STRUCT(PieceInput, (), (offset))
struct PieceTaken {
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(PieceTaken, (), (bytes))

Request piece_request(const std::string& bytes, const std::string& token, const std::string& offset, const std::string& key = "") {
  Request request;
  request.method = "PUT";
  request.path = "/api/pieces";
  request.query = {{"offset", offset}};
  request.headers = {{"content-length", std::to_string(bytes.size())}, {"x-form-token", token}};
  if (!key.empty()) request.headers.emplace_back("idempotency-key", key);
  return request;
}

}  // namespace

TEST_CASE("the router opens a body only for whom the route is for, and one key stands for one piece") {
  i18n::add(http_messages());
  db::testing::on_both({db::migrations_of("platform_db", embedded::platform_db)}, [](db::Database& database) {
    const FakeClock clock{Instant{1'000'000}};
    bool known = true;
    bool may = true;
    int opened = 0;
    Router router(database, clock);
    router.set_gate({[&](const Request&) -> Result<Actor> {
                       Actor actor;
                       actor.account_id = known ? 7 : 0;
                       return actor;
                     },
                     [&](const Actor&, std::string_view) { return may; }, [](const Actor&) { return std::string("token"); }});
    router.upload<PieceInput, PieceTaken>(
        "/api/pieces", {.permission = "piece.add", .summary = "A piece", .tag = "test", .body_max = 1000},
        [&](const Actor&, const PieceInput& in) -> Result<std::unique_ptr<BodySink>> {
          if (in.offset != 5) return fault(FaultKind::conflict, "fault.conflict");
          ++opened;
          return std::unique_ptr<BodySink>(std::make_unique<Sink>(1000));
        },
        [](const Actor&, const PieceInput&, BodySink& sink) -> Result<PieceTaken> { return PieceTaken{static_cast<std::int64_t>(static_cast<Sink&>(sink).got.size())}; });
    CHECK(router.body_plan("PUT", "/api/pieces").in_pieces);
    CHECK(router.body_plan("PUT", "/api/pieces").max == 1000);
    const auto refusal = [&](Request request) {
      const auto answer = router.open_body(request);
      return answer ? answer->status : 0;
    };
    known = false;
    CHECK(refusal(piece_request("abc", "token", "5")) == 401);
    known = true;
    may = false;
    CHECK(refusal(piece_request("abc", "token", "5")) == 403);
    may = true;
    CHECK(refusal(piece_request("abc", "another", "5")) == 403);
    auto elsewhere = piece_request("abc", "token", "5");
    elsewhere.headers.emplace_back("sec-fetch-site", "cross-site");
    CHECK(refusal(elsewhere) == 403);
    CHECK(refusal(piece_request("abc", "token", "five")) == 422);
    CHECK(refusal(piece_request("abc", "token", "4")) == 409);
    CHECK(opened == 0);

    const auto send = [&](Request request, const std::string& bytes) {
      REQUIRE_FALSE(router.open_body(request).has_value());
      REQUIRE(request.sink->write(bytes).ok());
      return router.handle(request);
    };
    CHECK(send(piece_request("abc", "token", "5", "k"), "abc").body == R"({"bytes":3})");
    const auto again = send(piece_request("abc", "token", "5", "k"), "abc");
    CHECK(again.body == R"({"bytes":3})");
    CHECK(send(piece_request("abcd", "token", "5", "k"), "abcd").status == 422);  // another piece under the same key
    CHECK(opened == 3);
    auto without = piece_request("", "token", "5");
    CHECK(router.handle(without).status == 422);
  });
}
