// Server-rendered pages by ctemplate with context-aware escaping: values are set raw and escaped where they are written.
#pragma once

#include "platform/db/migrations.hpp"

#include <memory>
#include <string>
#include <vector>

namespace ctemplate {
class TemplateDictionary;
}

namespace mandate::http {

// The values of a template. Sections repeat once for every call of section().
class Values {
 public:
  explicit Values(const std::string& name);
  ~Values();
  Values(Values&&) noexcept;
  Values& set(const std::string& key, const std::string& value);
  Values& set(const std::string& key, std::int64_t value);
  Values section(const std::string& name);          // one more repetition
  void show(const std::string& name);               // a section without values of its own
  Values include(const std::string& mark, const std::string& file);  // {{>MARK}}
  ctemplate::TemplateDictionary* dictionary() const { return dictionary_; }

 private:
  explicit Values(ctemplate::TemplateDictionary* borrowed);
  std::unique_ptr<ctemplate::TemplateDictionary> owned_;
  ctemplate::TemplateDictionary* dictionary_;
};

// Registers the .html files of an embedded set by their names. Throws std::runtime_error on a template that does not parse.
void add_templates(const std::vector<db::EmbeddedFile>& files);
std::string render(const std::string& file, const Values& values);

}  // namespace mandate::http
