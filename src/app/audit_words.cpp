#include "app/audit_words.hpp"

#include "app/city.hpp"

namespace mandate::app {
namespace {

// "handler:12:0;auditor:0:0" as people say it.
std::string roles_in_words(const std::string& grants, Language language, const agencies::AgencySnapshot& organisation, Date today) {
  const bool english = language == Language::en;
  std::string out;
  for (const auto& grant : identity::grants_from_text(grants)) {
    out += (out.empty() ? "" : english ? ", " : "、") + i18n::text("role." + grant.role, language);
    const auto place = grant.unit_id != 0 ? organisation.unit_name(agencies::UnitId{grant.unit_id}, today) : grant.agency_id != 0 ? organisation.short_name_of(agencies::AgencyId{grant.agency_id}, today) : std::string();
    if (!place.empty()) out += english ? " (" + place + ")" : "（" + place + "）";
  }
  return out.empty() ? i18n::text("role.none", language) : out;
}

std::string permissions_in_words(const std::string& words, Language language) {
  std::string out;
  for (std::size_t at = 0; at < words.size();) {
    const auto end = std::min(words.find(' ', at), words.size());
    if (end > at) out += (out.empty() ? "" : language == Language::en ? ", " : "、") + i18n::text("permission." + words.substr(at, end - at), language);
    at = end + 1;
  }
  return out;
}

}  // namespace

void set_audit_words(City& city) {
  city.audit.set_words([&city](const std::string& kind, const std::string& name, const std::string& value, Language language) -> std::optional<std::string> {
    if (kind == "account.grants_set") return roles_in_words(value, language, *city.agencies.agencies().recent(), city.clock->today());
    if (kind == "token.created" && name == "permissions") return permissions_in_words(value, language);
    if (kind == "duty.chased_by_hand" && name == "channel") return i18n::text("channel." + value, language);
    if ((kind == "link.added" || kind == "link.removed") && name == "relation") return i18n::text("link.word." + value, language);
    if (kind == "duty.undone" && name == "action") return i18n::text("duty.action." + value, language);
    if (kind == "policy.set" && name == "key") {
      const auto* definition = city.policy.policies().find_definition(value);
      if (definition != nullptr) return language == Language::en ? definition->title_en : definition->title_zh;
    }
    return std::nullopt;
  });
  city.audit.add_titles("account", [&city](db::Session& session, const std::vector<std::int64_t>& ids) {
    std::map<std::int64_t, std::string> names;
    for (const auto id : ids) {
      if (id != 0) names[id] = city.identity.name_of(session, id);
    }
    return names;
  });
  city.audit.add_titles("ladder", [](db::Session&, const std::vector<std::int64_t>& ids) {
    std::map<std::int64_t, std::string> names;
    for (const auto id : ids) names[id] = i18n::text("ladder.title", Language::zh_tw);
    return names;
  });
  city.audit.add_titles("agency", [&city](db::Session&, const std::vector<std::int64_t>& ids) {
    std::map<std::int64_t, std::string> names;
    const auto organisation = city.agencies.agencies().recent();
    for (const auto id : ids) names[id] = organisation->short_name_of(agencies::AgencyId{id}, city.clock->today());
    return names;
  });
}

}  // namespace mandate::app
