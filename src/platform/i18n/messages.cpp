#include "platform/i18n/messages.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>

namespace mandate::i18n {
namespace {

std::map<std::string, Message, std::less<>>& table() {
  static std::map<std::string, Message, std::less<>> messages;
  return messages;
}

std::mutex wordings_mutex;
std::shared_ptr<const Wordings> wordings_in_use;
std::atomic<bool> any_wordings{false};  // spares the lock while nobody has worded anything

std::optional<std::string> worded(std::string_view key, Language language) {
  if (!any_wordings) return std::nullopt;
  std::shared_ptr<const Wordings> wordings;
  {
    const std::lock_guard lock(wordings_mutex);
    wordings = wordings_in_use;
  }
  const auto found = wordings->find({std::string(key), language});
  return found == wordings->end() ? std::nullopt : std::optional(found->second);
}

}  // namespace

void use_wordings(Wordings wordings) {
  const bool any = !wordings.empty();
  const std::lock_guard lock(wordings_mutex);
  wordings_in_use = std::make_shared<const Wordings>(std::move(wordings));
  any_wordings = any;
}

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
  std::string out = worded(key, language).value_or(language == Language::en ? found->second.en : found->second.zh_tw);
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
