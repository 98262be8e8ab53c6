// How a command speaks to the server that owns the data.
#include "platform/http/server.hpp"

#include <boost/asio.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

namespace mandate::http {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;

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
