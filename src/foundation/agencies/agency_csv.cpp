#include "foundation/agencies/agency_csv.hpp"

#include "kernel/roc_date.hpp"
#include "kernel/text.hpp"

#include <map>

namespace mandate::agencies {
namespace {

constexpr std::array<const char*, 12> columns{"code", "name", "short_name", "aliases", "kind", "parent_code", "valid_from", "valid_to", "self_governing", "contact_name", "phone", "email"};

struct ImportRow {
  int line = 0;
  AgencyRecord record;
  std::string parent_code;
  bool has_parent = false;
  ContactRecord contact;
  bool has_contact = false;
  bool bad = false;
};

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::optional<Date> read_date(const std::string& text) {
  if (const auto date = Date::parse(text)) return date;
  return parse_roc_date(text);
}

std::optional<bool> read_flag(const std::string& text) {
  const auto word = fold(text);
  if (word.empty() || word == "false" || word == "no" || word == "0" || word == "否") return false;
  if (word == "true" || word == "yes" || word == "1" || word == "是") return true;
  return std::nullopt;
}

std::optional<AgencyKind> read_kind(const std::string& text) {
  static const std::map<std::string, AgencyKind> words{{"市政府", AgencyKind::city},        {"一級機關", AgencyKind::first_level}, {"二級機關", AgencyKind::second_level},
                                                       {"區公所", AgencyKind::district_office}, {"夥伴機關", AgencyKind::partner}};
  AgencyKind kind{};
  if (boost::describe::enum_from_string(text.c_str(), kind)) return kind;
  const auto found = words.find(text);
  if (found == words.end()) return std::nullopt;
  return found->second;
}

bool same_values(const AgencyRecord& a, const AgencyRecord& b) {
  return a.name == b.name && a.short_name == b.short_name && a.aliases == b.aliases && a.kind == b.kind && a.parent_id == b.parent_id && a.self_governing == b.self_governing &&
         a.valid_from == b.valid_from && a.valid_to == b.valid_to;
}

class Planner {
 public:
  Planner(const std::vector<AgencyRecord>& current, const std::vector<ContactRecord>& contacts) : current_(current), contacts_(contacts) {
    for (const auto& record : current_) ids_.emplace(record.code, record.id);
  }

  AgencyImportPlan plan(std::string_view text) {
    auto sheet = csv::parse_sheet(text);
    if (!sheet.ok()) {
      for (const auto& field : sheet.fault().fields) {
        const int line = field.path.rfind("line ", 0) == 0 ? std::atoi(field.path.c_str() + 5) : 0;
        blame(line, "", field.key, field.args);
      }
      return std::move(plan_);
    }
    if (!check_header(*sheet)) return std::move(plan_);
    for (const auto& row : sheet->rows) read_row(*sheet, row);
    plan_.outcome.rows = static_cast<int>(rows_.size());
    check_duplicates();
    settle();
    fill();
    return std::move(plan_);
  }

 private:
  void blame(int line, std::string column, std::string key, MessageArgs args = {}) { plan_.outcome.faults.push_back({line, std::move(column), std::move(key), std::move(args)}); }
  void spoil(ImportRow& row, std::string column, std::string key, MessageArgs args = {}) {
    blame(row.line, std::move(column), std::move(key), std::move(args));
    row.bad = true;
  }

  bool check_header(const csv::Sheet& sheet) {
    for (const auto& name : sheet.columns) {
      if (std::find(columns.begin(), columns.end(), name) == columns.end()) blame(1, name, "agency.column_unknown", {{"name", name}});
    }
    for (const char* name : {"code", "name", "kind", "valid_from"}) {
      if (!sheet.column(name)) blame(1, name, "agency.column_missing", {{"name", name}});
    }
    return plan_.outcome.faults.empty();
  }

  void read_row(const csv::Sheet& sheet, const csv::Row& source) {
    const auto field = [&](const char* name) -> std::optional<std::string> {
      const auto column = sheet.column(name);
      if (!column) return std::nullopt;
      return trimmed(source.fields[*column]);
    };
    ImportRow row;
    row.line = source.line;
    const auto code = *field("code");
    const auto valid_from = read_date(*field("valid_from"));
    // What the file leaves out stays as it is.
    for (const auto& record : current_) {
      if (record.code != code) continue;
      if (valid_from && record.valid_from <= *valid_from) row.record = record;
    }
    auto& record = row.record;
    record.row_id = 0;
    record.code = code;
    record.name = *field("name");
    if (const auto short_name = field("short_name")) record.short_name = *short_name;
    if (record.short_name.empty()) record.short_name = record.name;
    if (const auto aliases = field("aliases")) record.aliases = *aliases;
    if (const auto kind = read_kind(*field("kind"))) {
      record.kind = *kind;
    } else {
      spoil(row, "kind", "agency.bad_kind", {{"text", truncate_cjk(*field("kind"), 20)}});
    }
    if (const auto parent = field("parent_code")) {
      row.parent_code = *parent;
      row.has_parent = true;
    }
    if (valid_from) {
      record.valid_from = *valid_from;
    } else {
      spoil(row, "valid_from", "agency.bad_date", {{"text", truncate_cjk(*field("valid_from"), 20)}});
      record.valid_from = *Date::parse("2000-01-01");
    }
    if (const auto text = field("valid_to")) {
      record.valid_to = read_date(*text);
      if (!text->empty() && !record.valid_to) spoil(row, "valid_to", "agency.bad_date", {{"text", truncate_cjk(*text, 20)}});
    } else if (const auto* same = find_current(code, record.valid_from)) {
      record.valid_to = same->valid_to;
    } else {
      record.valid_to = std::nullopt;
    }
    if (const auto text = field("self_governing")) {
      const auto flag = read_flag(*text);
      if (!flag) spoil(row, "self_governing", "agency.bad_flag", {{"text", truncate_cjk(*text, 20)}});
      record.self_governing = flag.value_or(false);
    }
    row.contact = {{}, "general", field("contact_name").value_or(""), field("phone").value_or(""), field("email").value_or(""), {}, 0, {}};
    row.has_contact = !row.contact.name.empty() || !row.contact.phone.empty() || !row.contact.email.empty();
    for (auto& one : check_fields({code, record.name, record.short_name, record.aliases, record.kind, record.self_governing, record.valid_from, record.valid_to})) {
      spoil(row, one.column, one.key, one.args);
    }
    for (auto& one : check_contact(row.contact.name, row.contact.phone, row.contact.email)) spoil(row, one.column, one.key, one.args);
    rows_.push_back(std::move(row));
  }

  const AgencyRecord* find_current(const std::string& code, Date valid_from) const {
    for (const auto& record : current_) {
      if (record.code == code && record.valid_from == valid_from) return &record;
    }
    return nullptr;
  }

  void check_duplicates() {
    std::map<std::pair<std::string, Date>, int> seen;
    for (auto& row : rows_) {
      const auto [at, added] = seen.emplace(std::pair{row.record.code, row.record.valid_from}, row.line);
      if (!added && !row.bad) spoil(row, "code", "agency.row_twice", {{"line", std::to_string(at->second)}});
    }
  }

  // The records as they would be with the rows that are good so far.
  std::vector<AgencyRecord> merged() const {
    std::vector<AgencyRecord> out;
    for (const auto& record : current_) {
      const bool replaced = std::any_of(rows_.begin(), rows_.end(), [&](const ImportRow& row) { return !row.bad && row.record.code == record.code && row.record.valid_from == record.valid_from; });
      if (!replaced) out.push_back(record);
    }
    for (const auto& row : rows_) {
      if (!row.bad) out.push_back(row.record);
    }
    return out;
  }

  // A bad row takes its children with it, so this goes on until no more rows fall out.
  void settle() {
    for (bool again = true; again;) {
      again = false;
      std::map<std::string, AgencyId> ids = ids_;
      for (auto& row : rows_) {
        if (row.bad) continue;
        row.record.id = ids.emplace(row.record.code, fresh_id(row.record.code)).first->second;
      }
      for (auto& row : rows_) {
        if (row.bad || !row.has_parent) continue;
        if (row.parent_code.empty()) {
          row.record.parent_id = {};
          continue;
        }
        const auto parent = ids.find(row.parent_code);
        if (parent == ids.end()) {
          spoil(row, "parent_code", "agency.parent_unknown", {{"code", truncate_cjk(row.parent_code, 20)}});
          again = true;
        } else {
          row.record.parent_id = parent->second;
        }
      }
      if (again) continue;
      const auto all = merged();
      for (auto& row : rows_) {
        if (row.bad) continue;
        for (const auto& other : all) {
          if (other.code != row.record.code || other.valid_from == row.record.valid_from || !overlap(other, row.record)) continue;
          spoil(row, "valid_from", "agency.period_overlap", {{"valid_from", other.valid_from.iso()}});
          again = true;
          break;
        }
        if (again) break;
      }
      if (again) continue;
      const auto above_themselves = circles(all);
      for (auto& row : rows_) {
        if (row.bad || std::find(above_themselves.begin(), above_themselves.end(), row.record.id) == above_themselves.end()) continue;
        spoil(row, "parent_code", "agency.parent_circle");
        again = true;
      }
    }
  }

  AgencyId fresh_id(const std::string& code) {
    const auto [at, added] = fresh_.emplace(code, AgencyId{});
    if (added) at->second = new_id<AgencyId>();
    return at->second;
  }

  void fill() {
    std::map<std::string, const ImportRow*> contact_rows;
    for (const auto& row : rows_) {
      if (row.bad) {
        ++plan_.outcome.skipped;
      } else if (row.has_contact) {
        contact_rows[row.record.code] = &row;
      }
    }
    std::vector<const ImportRow*> contact_changes;
    for (const auto& [code, row] : contact_rows) {
      const auto same = [&](const ContactRecord& c) {
        return c.agency_id == row->record.id && c.kind == "general" && !c.superseded_at && c.name == row->contact.name && c.phone == row->contact.phone && c.email == row->contact.email;
      };
      if (std::any_of(contacts_.begin(), contacts_.end(), same)) continue;
      plan_.contacts.push_back(row->contact);
      plan_.contacts.back().agency_id = row->record.id;
      contact_changes.push_back(row);
    }
    std::map<std::string, AgencyId> added;
    for (const auto& row : rows_) {
      if (row.bad) continue;
      if (ids_.count(row.record.code) == 0 && added.emplace(row.record.code, row.record.id).second) plan_.new_agencies.emplace_back(row.record.id, row.record.code);
      const auto* before = find_current(row.record.code, row.record.valid_from);
      if (before != nullptr && same_values(*before, row.record)) {
        const bool contact = std::find(contact_changes.begin(), contact_changes.end(), &row) != contact_changes.end();
        ++(contact ? plan_.outcome.changed : plan_.outcome.unchanged);
        continue;
      }
      ++(before == nullptr ? plan_.outcome.created : plan_.outcome.changed);
      if (before != nullptr) plan_.superseded.push_back(before->row_id);
      plan_.inserted.push_back(row.record);
    }
    std::stable_sort(plan_.outcome.faults.begin(), plan_.outcome.faults.end(), [](const csv::LineFault& a, const csv::LineFault& b) { return a.line < b.line; });
  }

  const std::vector<AgencyRecord>& current_;
  const std::vector<ContactRecord>& contacts_;
  std::map<std::string, AgencyId> ids_;
  std::map<std::string, AgencyId> fresh_;
  std::vector<ImportRow> rows_;
  AgencyImportPlan plan_;
};

}  // namespace

AgencyImportPlan plan_import(std::string_view text, const std::vector<AgencyRecord>& current, const std::vector<ContactRecord>& contacts) { return Planner(current, contacts).plan(text); }

std::string export_csv(const AgencySnapshot& snapshot, std::optional<Date> as_of, std::optional<Instant> known_at) {
  std::vector<const AgencyRecord*> records;
  std::map<AgencyId, std::string> codes;
  std::map<AgencyId, const AgencyRecord*> last;
  for (const auto& record : snapshot.rows().agencies) {
    if (!record.known(known_at)) continue;
    codes[record.id] = record.code;
    if (as_of && !record.covers(*as_of)) continue;
    records.push_back(&record);
    auto& latest = last[record.id];
    if (latest == nullptr || latest->valid_from < record.valid_from) latest = &record;
  }
  std::sort(records.begin(), records.end(), [](const AgencyRecord* a, const AgencyRecord* b) { return std::tie(a->code, a->valid_from) < std::tie(b->code, b->valid_from); });
  csv::Writer writer;
  writer.row({columns.begin(), columns.end()});
  for (const auto* record : records) {
    std::string name;
    std::string phone;
    std::string email;
    if (last[record->id] == record) {
      for (const auto* contact : snapshot.contacts_of(record->id, known_at)) {
        if (contact->kind != "general") continue;
        name = contact->name;
        phone = contact->phone;
        email = contact->email;
      }
    }
    const auto parent = codes.find(record->parent_id);
    writer.row({record->code, record->name, record->short_name, record->aliases, boost::describe::enum_to_string(record->kind, ""), parent == codes.end() ? "" : parent->second,
                record->valid_from.iso(), record->valid_to ? record->valid_to->iso() : "", record->self_governing ? "true" : "false", name, phone, email});
  }
  return writer.take();
}

}  // namespace mandate::agencies
