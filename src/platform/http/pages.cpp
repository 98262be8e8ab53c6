#include "platform/http/pages.hpp"

#include <ctemplate/template.h>

namespace mandate::http {

Values::Values(const std::string& name) : owned_(std::make_unique<ctemplate::TemplateDictionary>(name)), dictionary_(owned_.get()) {}
Values::Values(ctemplate::TemplateDictionary* borrowed) : dictionary_(borrowed) {}
Values::~Values() = default;
Values::Values(Values&&) noexcept = default;

Values& Values::set(const std::string& key, const std::string& value) {
  dictionary_->SetValue(key, value);
  return *this;
}
Values& Values::set(const std::string& key, std::int64_t value) { return set(key, std::to_string(value)); }
Values Values::section(const std::string& name) { return Values(dictionary_->AddSectionDictionary(name)); }
void Values::show(const std::string& name) { dictionary_->ShowSection(name); }
Values Values::include(const std::string& mark, const std::string& file) {
  auto* inner = dictionary_->AddIncludeDictionary(mark);
  inner->SetFilename(file);
  return Values(inner);
}

void add_templates(const std::vector<db::EmbeddedFile>& files) {
  for (const auto& file : files) {
    if (!std::string_view(file.name).ends_with(".html")) continue;
    if (std::string_view(file.text).find("AUTOESCAPE") == std::string_view::npos) throw std::runtime_error(std::string(file.name) + ": a template without AUTOESCAPE");
    if (!ctemplate::StringToTemplateCache(file.name, file.text, ctemplate::STRIP_WHITESPACE)) throw std::runtime_error(std::string(file.name) + ": the template does not parse");
  }
}

std::string render(const std::string& file, const Values& values) {
  std::string out;
  if (!ctemplate::ExpandTemplate(file, ctemplate::STRIP_WHITESPACE, values.dictionary(), &out)) throw std::runtime_error("the template " + file + " cannot be shown");
  return out;
}

}  // namespace mandate::http
