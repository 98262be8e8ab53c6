// Every sentence the server says, in both languages. A module lists its own; a key without one of the languages cannot be written.
#pragma once

#include "kernel/actor.hpp"
#include "kernel/result.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::i18n {

struct Message {
  const char* key;
  const char* zh_tw;
  const char* en;
};

// Adds a module's messages; called once at start. Throws std::logic_error on a key given twice.
void add(const std::vector<Message>& messages);
// The sentence with {name} replaced; an unknown key comes back as itself, and is counted as a fault by the guard.
std::string text(std::string_view key, Language language, const MessageArgs& args = {});
// What is said instead of a message, by key and language; takes the place of all wordings before. Arguments are filled in as in a message.
using Wordings = std::map<std::pair<std::string, Language>, std::string>;
void use_wordings(Wordings wordings);
bool known(std::string_view key);
// "en" anywhere before "zh" in an Accept-Language header means English.
Language from_accept_language(std::string_view header);

}  // namespace mandate::i18n
