// The load of the bench: duty creations over HTTP by a number of keep-alive connections, each with one request in hand. It is compiled so that the two
// cores, which the server shares with its load, go to the server.
//   load PORT CLIENTS SECONDS AGENCY RUN <HEADERS
// HEADERS are the header lines of who creates, each ended by CRLF. RUN makes idempotency keys differ between calls. Prints creations a second.
#include <arpa/inet.h>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <iterator>
#include <netinet/tcp.h>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

struct Client {
  int socket = -1;
  std::string got;
};

[[noreturn]] void give_up(const std::string& why) {
  std::fprintf(stderr, "load: %s\n", why.c_str());
  std::exit(1);
}

int connect_to(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) != 0) give_up(std::strerror(errno));
  const int yes = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  return fd;
}

// Whether the answer in `got` is whole; ends the program when it is not a 200.
bool whole(const std::string& got) {
  const auto end = got.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  const auto field = got.find("Content-Length: ");
  if (field == std::string::npos || field > end) give_up("an answer without its length");
  if (got.size() < end + 4 + std::strtoul(got.c_str() + field + 16, nullptr, 10)) return false;
  if (got.compare(9, 3, "200") != 0) give_up("creating a duty answered\n" + got);
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) return 2;
  const int port = std::atoi(argv[1]);
  const auto clients = static_cast<size_t>(std::atoi(argv[2]));
  const double seconds = std::atof(argv[3]);
  const std::string agency = argv[4];
  const std::string run = argv[5];
  const std::string headers{std::istreambuf_iterator<char>(std::cin), {}};

  long made = 0;
  const auto ask = [&](Client& client) {
    const std::string number = std::to_string(++made);
    const std::string body = R"({"title":"Bench duty )" + number + R"(","origin":"own","agency_id":)" + agency + R"(,"due_on":"2027-03-31"})";
    const std::string text = "POST /api/duties HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n" + headers + "Idempotency-Key: bench-" + run + "-" + number +
                             "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    client.got.clear();
    if (send(client.socket, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size())) give_up("a request could not be sent");
  };

  const int poll = epoll_create1(0);
  std::vector<Client> all(clients);
  for (size_t i = 0; i < clients; ++i) {
    all[i].socket = connect_to(port);
    epoll_event what{};
    what.events = EPOLLIN;
    what.data.u64 = i;
    epoll_ctl(poll, EPOLL_CTL_ADD, all[i].socket, &what);
  }
  const auto begun = std::chrono::steady_clock::now();
  const auto took = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count(); };
  for (auto& client : all) ask(client);
  long answered = 0;
  size_t waiting = clients;
  std::vector<epoll_event> ready(clients);
  std::vector<char> piece(65536);
  while (waiting > 0) {
    const int count = epoll_wait(poll, ready.data(), static_cast<int>(clients), -1);
    for (int i = 0; i < count; ++i) {
      Client& client = all[ready[static_cast<size_t>(i)].data.u64];
      const auto length = recv(client.socket, piece.data(), piece.size(), 0);
      if (length <= 0) give_up("the server closed a connection");
      client.got.append(piece.data(), static_cast<size_t>(length));
      if (!whole(client.got)) continue;
      ++answered;
      if (took() < seconds) {
        ask(client);
      } else {
        --waiting;
      }
    }
  }
  std::printf("%.1f\n", static_cast<double>(answered) / took());
}
