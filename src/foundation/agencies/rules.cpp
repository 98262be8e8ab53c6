#include "foundation/agencies/rules.hpp"

#include "kernel/text.hpp"

#include <set>

namespace mandate::agencies {
namespace {

bool plain_text(std::string_view text, std::size_t characters_max) {
  const auto wide = to_utf32(text);
  if (wide.size() > characters_max) return false;
  return std::none_of(wide.begin(), wide.end(), [](char32_t c) { return c < 0x20 || c == 0x7F || c == 0xFFFD; });
}

void drop_suffix(std::set<std::string>& names, const std::string& name, std::string_view suffix) {
  if (name.size() > suffix.size() && name.ends_with(suffix)) names.insert(name.substr(0, name.size() - suffix.size()));
}

}  // namespace

bool overlap(const Dated& a, const Dated& b) { return (!a.valid_to || b.valid_from <= *a.valid_to) && (!b.valid_to || a.valid_from <= *b.valid_to); }

std::vector<AgencyId> circles(const std::vector<AgencyRecord>& records) {
  std::set<Date> days;
  for (const auto& record : records) days.insert(record.valid_from);
  std::vector<AgencyId> found;
  for (const Date day : days) {
    std::unordered_map<AgencyId, AgencyId> parent;
    for (const auto& record : records) {
      if (record.covers(day)) parent[record.id] = record.parent_id;
    }
    for (const auto& record : records) {
      AgencyId at = record.id;
      for (std::size_t steps = 0; at && steps <= parent.size(); ++steps) {
        const auto next = parent.find(at);
        at = next == parent.end() ? AgencyId{} : next->second;
        if (at == record.id) {
          if (std::find(found.begin(), found.end(), at) == found.end()) found.push_back(at);
          break;
        }
      }
    }
  }
  return found;
}

std::string lookup_name(std::string_view text, const std::string& city) {
  std::string name = fold(text);
  std::erase_if(name, [](char c) { return c == ' ' || c == '\t'; });
  const std::string town = city.ends_with("政府") ? city.substr(0, city.size() - std::string_view("政府").size()) : city;
  for (const std::string& prefix : {city, town, std::string("本府"), std::string("市府"), std::string("本市")}) {
    if (!prefix.empty() && name.size() > prefix.size() && name.starts_with(prefix)) return name.substr(prefix.size());
  }
  return name;
}

std::vector<std::string> names_of(const AgencyRecord& record, const std::string& city) {
  std::set<std::string> names;
  const auto add = [&](std::string_view name) {
    if (!name.empty()) names.insert(lookup_name(name, city));
  };
  add(record.name);
  add(record.short_name);
  std::string_view rest = record.aliases;
  const std::string_view mark = "、";
  while (!rest.empty()) {
    const auto end = std::min(rest.find(mark), rest.size());
    add(rest.substr(0, end));
    rest.remove_prefix(std::min(end + mark.size(), rest.size()));
  }
  if (record.kind == AgencyKind::district_office || record.self_governing) {
    // 豐原區公所 is also 豐原區; 北區區公所 is also 北區 and, as many write it, 北區公所.
    const auto given = names;
    for (const auto& name : given) {
      if (name.ends_with("區區公所")) {
        drop_suffix(names, name, "區公所");
        names.insert(name.substr(0, name.size() - std::string_view("區公所").size()) + "公所");
      } else {
        drop_suffix(names, name, "公所");
      }
    }
  }
  return {names.begin(), names.end()};
}

bool date_in_range(Date on) { return on.year() >= 1900 && on.year() <= 2150; }

bool check_title(std::string_view title) { return title.find_first_not_of(' ') != std::string_view::npos && plain_text(title, 60); }

std::vector<csv::LineFault> check_fields(const AgencyFields& fields) {
  std::vector<csv::LineFault> faults;
  const bool code_good = !fields.code.empty() && fields.code.size() <= 20 && std::all_of(fields.code.begin(), fields.code.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' || c == '.';
  });
  if (!code_good) faults.push_back({0, "code", "agency.bad_code", {}});
  if (!check_title(fields.name)) faults.push_back({0, "name", "agency.bad_name", {}});
  if (!check_title(fields.short_name)) faults.push_back({0, "short_name", "agency.bad_name", {}});
  if (!plain_text(fields.aliases, 200)) faults.push_back({0, "aliases", "agency.bad_aliases", {}});
  if (!date_in_range(fields.valid_from)) faults.push_back({0, "valid_from", "agency.date_range", {}});
  if (fields.valid_to && *fields.valid_to < fields.valid_from) faults.push_back({0, "valid_to", "agency.ends_before", {}});
  return faults;
}

std::vector<csv::LineFault> check_contact(const std::string& name, const std::string& phone, const std::string& email) {
  std::vector<csv::LineFault> faults;
  if (!plain_text(name, 60)) faults.push_back({0, "contact_name", "agency.bad_name", {}});
  if (phone.size() > 40 || phone.find_first_not_of("0123456789+-()#* ext.") != std::string::npos) faults.push_back({0, "phone", "agency.bad_phone", {}});
  const auto at = email.find('@');
  const bool email_good = email.empty() || (email.size() <= 120 && at != std::string::npos && at > 0 && at + 1 < email.size() && email.find('@', at + 1) == std::string::npos &&
                                            email.find_first_of(" ,;<>\"'\\") == std::string::npos && plain_text(email, 120));
  if (!email_good) faults.push_back({0, "email", "agency.bad_email", {}});
  return faults;
}

}  // namespace mandate::agencies
