#include "foundation/duties/batches.hpp"

#include "foundation/identity/sharing.hpp"
#include "platform/http/router.hpp"

namespace mandate::duties {

struct StoredMacro {
  MacroId id;
  std::int64_t account_id = 0;
  std::int64_t shared_agency_id = identity::shared_with_nobody;
  std::string name;
  std::string action;
};
BOOST_DESCRIBE_STRUCT(StoredMacro, (), (id, account_id, shared_agency_id, name, action))

using identity::SharedWith;

struct MacroRow {
  MacroId id;
  std::string name;
  std::string by_name;
  SharedWith shared = SharedWith::me;
  bool mine = false;
  DutyActionInput action;
};
BOOST_DESCRIBE_STRUCT(MacroRow, (), (id, name, by_name, shared, mine, action))
struct MacroList {
  std::vector<MacroRow> rows;
};
BOOST_DESCRIBE_STRUCT(MacroList, (), (rows))
struct NewMacro {
  std::string name;
  SharedWith shared = SharedWith::me;
  DutyActionInput action;
};
BOOST_DESCRIBE_STRUCT(NewMacro, (), (name, shared, action))
struct ChangeMacro {
  MacroId id;
  std::string name;
  SharedWith shared = SharedWith::me;
  DutyActionInput action;
};
BOOST_DESCRIBE_STRUCT(ChangeMacro, (), (id, name, shared, action))
struct MacroById {
  MacroId id;
};
BOOST_DESCRIBE_STRUCT(MacroById, (), (id))

namespace {

constexpr int macros_shown_max = 200;

Result<> check(const std::string& name, const DutyActionInput& action) {
  if (name.find_first_not_of(" \n\t") == std::string::npos) return field_fault("name", "input.required");
  if (name.size() > 180) return field_fault("name", "input.too_long", {{"max", "60"}});
  return check_action(action);
}

std::string text_of(const DutyActionInput& action) { return boost::json::serialize(http::to_json(action)); }

MacroRow row_of(Duties::Parts& p, db::Session& s, const Actor& actor, const StoredMacro& m) {
  MacroRow row{m.id, m.name, p.identity.name_of(s, m.account_id), identity::shared_with(m.shared_agency_id), m.account_id == actor.account_id, {}};
  http::FieldFaults faults;
  http::from_json(boost::json::parse(m.action), row.action, "", faults);
  return row;
}

Result<StoredMacro> own(db::Session& s, const Actor& actor, MacroId id) {
  const auto found = s.find<StoredMacro>("SELECT id, account_id, shared_agency_id, name, action FROM duty_macro WHERE id = ? AND removed_at IS NULL", id);
  if (!found) return fault(FaultKind::not_found, "duty.no_macro");
  if (found->account_id != actor.account_id) return fault(FaultKind::forbidden, "duty.macro_not_yours");
  return *found;
}

bool name_taken(db::Session& s, const Actor& actor, const std::string& name, MacroId besides) {
  return s.value<std::int64_t>("SELECT COUNT(*) FROM duty_macro WHERE account_id = ? AND name = ? AND id <> ? AND removed_at IS NULL", actor.account_id, name, besides) != 0;
}

}  // namespace

void add_macro_routes(http::Router& router, Duties::Parts& p) {
  router.get<http::Nothing, MacroList>("/api/duty-macros", {.permission = "duty.read", .summary = "One's own macros and those shared with one", .tag = "duties"}, [&p](const Actor& actor, const http::Nothing&) -> Result<MacroList> {
    return p.database.read([&](db::Session& s) -> Result<MacroList> {
      auto condition = identity::may_use(actor);
      condition.values.push_back(db::to_value(macros_shown_max));
      MacroList list;
      for (const auto& m : s.list_values<StoredMacro>("SELECT id, account_id, shared_agency_id, name, action FROM duty_macro WHERE removed_at IS NULL AND " + condition.where + " ORDER BY name, id LIMIT ?", condition.values)) list.rows.push_back(row_of(p, s, actor, m));
      return list;
    });
  });
  router.post<NewMacro, MacroRow>("/api/duty-macros", {.permission = "duty.complete", .summary = "Keep an action under a name", .tag = "duties"}, [&p](const Actor& actor, const NewMacro& in) -> Result<MacroRow> {
    MANDATE_TRY(check(in.name, in.action));
    MANDATE_ASSIGN(const auto agency, identity::shared_agency(actor, in.shared));
    return p.database.write([&](db::Session& s) -> Result<MacroRow> {
      if (name_taken(s, actor, in.name, {})) return field_fault("name", "duty.macro_name_taken");
      const StoredMacro m{new_id<MacroId>(), actor.account_id, agency, in.name, text_of(in.action)};
      s.execute("INSERT INTO duty_macro (id, account_id, shared_agency_id, name, action, changed_at) VALUES (?, ?, ?, ?, ?, ?)", m.id, m.account_id, m.shared_agency_id, m.name, m.action, actor.now);
      return row_of(p, s, actor, m);
    });
  });
  router.put<ChangeMacro, MacroRow>("/api/duty-macros/{id}", {.permission = "duty.complete", .summary = "Change one's own macro", .tag = "duties"}, [&p](const Actor& actor, const ChangeMacro& in) -> Result<MacroRow> {
    MANDATE_TRY(check(in.name, in.action));
    MANDATE_ASSIGN(const auto agency, identity::shared_agency(actor, in.shared));
    return p.database.write([&](db::Session& s) -> Result<MacroRow> {
      MANDATE_ASSIGN(auto m, own(s, actor, in.id));
      if (name_taken(s, actor, in.name, in.id)) return field_fault("name", "duty.macro_name_taken");
      m.name = in.name;
      m.shared_agency_id = agency;
      m.action = text_of(in.action);
      s.execute("UPDATE duty_macro SET name = ?, shared_agency_id = ?, action = ?, changed_at = ? WHERE id = ?", m.name, m.shared_agency_id, m.action, actor.now, m.id);
      return row_of(p, s, actor, m);
    });
  });
  router.remove<MacroById, http::Nothing>("/api/duty-macros/{id}", {.permission = "duty.complete", .summary = "Remove one's own macro", .tag = "duties"}, [&p](const Actor& actor, const MacroById& in) -> Result<http::Nothing> {
    return p.database.write([&](db::Session& s) -> Result<http::Nothing> {
      MANDATE_TRY(own(s, actor, in.id));
      s.execute("UPDATE duty_macro SET removed_at = ? WHERE id = ?", actor.now, in.id);
      return http::Nothing{};
    });
  });
}

}  // namespace mandate::duties
