#include "platform/i18n/messages.hpp"

#include <map>
#include <stdexcept>

namespace mandate::i18n {
namespace {

std::map<std::string, Message, std::less<>>& table() {
  static std::map<std::string, Message, std::less<>> messages;
  return messages;
}

}  // namespace

void add(const std::vector<Message>& messages) {
  for (const auto& message : messages) {
    const auto [at, added] = table().emplace(message.key, message);
    if (!added && at->second.zh_tw != message.zh_tw) throw std::logic_error(std::string("two messages with the key ") + message.key);
  }
}

bool known(std::string_view key) { return table().find(key) != table().end(); }

std::string text(std::string_view key, Language language, const MessageArgs& args) {
  const auto found = table().find(key);
  if (found == table().end()) return std::string(key);
  std::string out = language == Language::en ? found->second.en : found->second.zh_tw;
  for (const auto& [name, value] : args) {
    const std::string mark = "{" + name + "}";
    for (auto at = out.find(mark); at != std::string::npos; at = out.find(mark, at + value.size())) out.replace(at, mark.size(), value);
  }
  return out;
}

Language from_accept_language(std::string_view header) {
  const auto english = header.find("en");
  const auto chinese = header.find("zh");
  return english != std::string_view::npos && (chinese == std::string_view::npos || english < chinese) ? Language::en : Language::zh_tw;
}

}  // namespace mandate::i18n
