#include "platform/http/unique_members.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <set>
#include <vector>

namespace mandate::http {
namespace {

namespace json = boost::json;
using json::error_code;
using View = json::string_view;

// What the parser tells while it reads; only the names of members are looked at.
struct Names {
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  std::vector<std::set<std::string>> open;  // the objects that are being read, innermost last
  std::string key;

  bool on_key(View part, std::size_t, error_code& error) {
    key.append(part.data(), part.size());
    if (!open.back().insert(std::move(key)).second) {
      error = json::error::syntax;
      return false;
    }
    key.clear();
    return true;
  }
  bool on_key_part(View part, std::size_t, error_code&) {
    key.append(part.data(), part.size());
    return true;
  }
  bool on_object_begin(error_code&) {
    open.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t, error_code&) {
    open.pop_back();
    return true;
  }
  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_array_begin(error_code&) { return true; }
  bool on_array_end(std::size_t, error_code&) { return true; }
  bool on_string_part(View, std::size_t, error_code&) { return true; }
  bool on_string(View, std::size_t, error_code&) { return true; }
  bool on_number_part(View, error_code&) { return true; }
  bool on_int64(std::int64_t, View, error_code&) { return true; }
  bool on_uint64(std::uint64_t, View, error_code&) { return true; }
  bool on_double(double, View, error_code&) { return true; }
  bool on_bool(bool, error_code&) { return true; }
  bool on_null(error_code&) { return true; }
  bool on_comment_part(View, error_code&) { return true; }
  bool on_comment(View, error_code&) { return true; }
};

}  // namespace

bool has_unique_members(const std::string& text, std::size_t depth_max) {
  json::parse_options options;
  options.max_depth = depth_max;
  json::basic_parser<Names> parser(options);
  error_code error;
  const auto read = parser.write_some(false, text.data(), text.size(), error);
  return !error && read == text.size() && parser.done();
}

}  // namespace mandate::http
