#include "foundation/meetings/canonical.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <vector>

namespace mandate::meetings {
namespace {

constexpr std::int64_t whole_max = (std::int64_t{1} << 53) - 1;

void write_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) {
          out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        } else {
          out += c;
        }
    }
  }
  out += '"';
}

void write_number(std::string& out, std::int64_t number) {
  if (number > whole_max || number < -whole_max) throw std::invalid_argument("a number is larger than every reader of JSON can hold");
  out += std::to_string(number);
}

void write(std::string& out, const boost::json::value& value) {
  switch (value.kind()) {
    case boost::json::kind::null: out += "null"; return;
    case boost::json::kind::bool_: out += value.get_bool() ? "true" : "false"; return;
    case boost::json::kind::int64: write_number(out, value.get_int64()); return;
    case boost::json::kind::uint64:
      if (value.get_uint64() > static_cast<std::uint64_t>(whole_max)) throw std::invalid_argument("a number is larger than every reader of JSON can hold");
      write_number(out, static_cast<std::int64_t>(value.get_uint64()));
      return;
    case boost::json::kind::double_: throw std::invalid_argument("a number is not whole");
    case boost::json::kind::string: write_string(out, value.get_string()); return;
    case boost::json::kind::array: {
      out += '[';
      bool first = true;
      for (const auto& item : value.get_array()) {
        if (!first) out += ',';
        first = false;
        write(out, item);
      }
      out += ']';
      return;
    }
    case boost::json::kind::object: {
      std::vector<const boost::json::key_value_pair*> members;
      for (const auto& member : value.get_object()) members.push_back(&member);
      std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return a->key() < b->key(); });
      out += '{';
      bool first = true;
      for (const auto* member : members) {
        if (!first) out += ',';
        first = false;
        write_string(out, member->key());
        out += ':';
        write(out, member->value());
      }
      out += '}';
      return;
    }
  }
}

std::string shown(const boost::json::value* value) {
  constexpr std::size_t shown_max = 60;
  if (value == nullptr) return "nothing";
  auto text = boost::json::serialize(*value);
  if (text.size() <= shown_max) return text;
  std::size_t end = shown_max;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;  // never within a character
  return text.substr(0, end) + "...";
}

void compare(const std::string& path, const boost::json::value* a, const boost::json::value* b, std::vector<std::string>& out, std::size_t limit) {
  if (out.size() >= limit) return;
  if (a != nullptr && b != nullptr && a->is_object() && b->is_object()) {
    std::vector<std::string> names;
    for (const auto& member : a->get_object()) names.emplace_back(member.key());
    for (const auto& member : b->get_object()) {
      if (!a->get_object().contains(member.key())) names.emplace_back(member.key());
    }
    std::sort(names.begin(), names.end());
    for (const auto& name : names) compare(path.empty() ? name : path + "." + name, a->get_object().if_contains(name), b->get_object().if_contains(name), out, limit);
    return;
  }
  if (a != nullptr && b != nullptr && a->is_array() && b->is_array()) {
    const auto size = std::max(a->get_array().size(), b->get_array().size());
    for (std::size_t at = 0; at < size; ++at) compare(fmt::format("{}[{}]", path, at), a->get_array().if_contains(at), b->get_array().if_contains(at), out, limit);
    return;
  }
  if (a != nullptr && b != nullptr && *a == *b) return;
  if (a == nullptr && b == nullptr) return;
  out.push_back(fmt::format("{}: {}, not {}", path, shown(a), shown(b)));
}

}  // namespace

std::string canonical(const boost::json::value& value) {
  std::string out;
  write(out, value);
  return out;
}

std::vector<std::string> differences(const boost::json::value& first, const boost::json::value& second, std::size_t limit) {
  std::vector<std::string> out;
  compare("", &first, &second, out, limit);
  return out;
}

}  // namespace mandate::meetings
