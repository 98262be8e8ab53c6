#include "foundation/identity/rules.hpp"

#include "kernel/result.hpp"
#include "kernel/text.hpp"

#include <map>

namespace mandate::identity {
namespace {

const std::set<std::string> read_common = {"agency.read", "calendar.read", "policy.read", "plan.read"};

std::set<std::string> with(std::set<std::string> base, std::initializer_list<const char*> more) {
  for (const char* one : more) base.insert(one);
  return base;
}

const std::map<Role, std::set<std::string>>& matrix() {
  static const auto handler = with(read_common, {"duty.read", "duty.complete", "duty.ask_extension", "attachment.read", "attachment.add", "chase.answer", "comment.read", "comment.add", "collaboration.read", "collaboration.change", "tracking.read", "tracking.file", "meeting.read"});
  static const auto unit_head = with(handler, {"duty.reassign", "chase.read", "chase.make", "tracking.review"});
  static const auto liaison = with(unit_head, {"duty.create", "duty.edit", "deputy.edit", "import.read", "import.use", "meeting.run"});
  static const auto agency_head = with(liaison, {"duty.decide_extension", "duty.reopen", "attachment.withdraw", "report.issue", "report.schedule", "meeting.close"});
  static const auto controller = with(agency_head, {"duty.cancel", "plan.import", "plan.decide", "calendar.edit", "policy.edit", "agency.edit", "import.read_all", "tracking.control", "meeting.arrange"});
  static const auto watcher = with(read_common, {"duty.read", "attachment.read", "comment.read", "collaboration.read", "tracking.read"});
  static const std::map<Role, std::set<std::string>> rows = {
      {Role::citizen, {}},
      {Role::handler, handler},
      {Role::unit_head, unit_head},
      {Role::agency_liaison, liaison},
      {Role::agency_head, agency_head},
      {Role::rdec_controller, controller},
      {Role::rdec_head, with(controller, {"audit.read", "account.read"})},
      {Role::executive, with(watcher, {"chase.read", "comment.add", "report.issue", "report.schedule", "meeting.read"})},
      {Role::agent_1999, watcher},
      {Role::supervisor_1999, watcher},
      {Role::inspector, watcher},
      {Role::youth_councillor, watcher},
      {Role::council_liaison, watcher},
      {Role::auditor, with(watcher, {"chase.read", "meeting.read", "audit.read", "account.read", "jobs.read", "mail.read", "system.health", "label.read", "import.read", "import.read_all"})},
      {Role::system_admin, with(read_common, {"account.read", "account.edit", "token.edit", "deputy.edit", "calendar.edit", "policy.edit", "agency.edit", "audit.read", "jobs.read", "jobs.edit", "mail.read", "mail.edit", "system.health", "system.metrics", "label.read", "label.edit", "import.read", "import.use", "import.read_all"})},
  };
  return rows;
}

std::optional<Role> role_of(const Grant& grant) {
  Role role{};
  if (!boost::describe::enum_from_string(grant.role.c_str(), role)) return std::nullopt;
  return role;
}

// What a role's grant reaches among duties for one action it may do at all.
std::optional<ScopePart> duty_part(Role role, const Grant& grant, std::string_view permission, const Subtree& subtree) {
  ScopePart part;
  const auto own_agencies = [&] {
    const auto ids = subtree ? subtree(grant.agency_id) : std::vector<std::int64_t>{grant.agency_id};
    part.agencies.insert(ids.begin(), ids.end());
  };
  switch (role) {
    case Role::handler:
    case Role::unit_head:
      // One's own unit's duties; without a unit, those of the agency that no unit has.
      part.agencies = {grant.agency_id};
      part.units = {grant.unit_id};
      part.up_to = Confidentiality::confidential;
      return part;
    case Role::agency_liaison:
      own_agencies();
      part.up_to = Confidentiality::internal;
      return part;
    case Role::agency_head:
      own_agencies();
      part.up_to = Confidentiality::confidential;
      return part;
    case Role::rdec_controller:
      part.everything = true;
      part.up_to = Confidentiality::internal;
      return part;
    case Role::rdec_head:
    case Role::executive:
    case Role::auditor:
      part.everything = true;
      part.up_to = Confidentiality::confidential;
      return part;
    case Role::agent_1999:
    case Role::supervisor_1999:
      part.everything = true;
      part.origins = {"contact"};
      part.with_detail = role == Role::supervisor_1999;
      return part;
    case Role::inspector:
      part.everything = true;
      part.origins = {"inspection"};
      return part;
    case Role::youth_councillor:
      part.everything = true;
      part.origins = {"youth_council"};
      part.up_to = Confidentiality::open;
      part.with_detail = false;
      return part;
    case Role::council_liaison:
      part.everything = true;
      part.origins = {"council"};
      part.with_detail = permission == "duty.read";
      return part;
    case Role::citizen:
    case Role::system_admin:
      return std::nullopt;
  }
  return std::nullopt;
}

// Meetings belong to an agency as a whole: whoever works there reads its meetings, closed ones and closed entries only its head.
std::optional<ScopePart> meeting_part(Role role, const Grant& grant, std::string_view permission, const Subtree& subtree) {
  auto part = duty_part(role, grant, permission, subtree);
  if (part && (role == Role::handler || role == Role::unit_head)) {
    part->units.clear();
    part->up_to = Confidentiality::internal;
  }
  return part;
}

bool part_reaches(const ScopePart& part, const RecordFacts& record) { return !outside_of(part, record); }

bool grants_hold(const std::vector<Grant>& grants, const std::string& permission) {
  return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) {
    const auto role = role_of(grant);
    return role && matrix().at(*role).count(permission) == 1;
  });
}

// What grants reach with this permission.
void add_parts(Scope& scope, const std::vector<Grant>& grants, std::string_view permission, std::string_view record_kind, const Subtree& subtree) {
  for (const auto& grant : grants) {
    const auto role = role_of(grant);
    if (!role || matrix().at(*role).count(std::string(permission)) == 0) continue;
    if (record_kind == "duty" || record_kind == "tracking" || record_kind == "meeting") {  // the first two are work that an agency owes
      auto part = record_kind == "meeting" ? meeting_part(*role, grant, permission, subtree) : duty_part(*role, grant, permission, subtree);
      if (part) scope.parts.push_back(std::move(*part));
      continue;
    }
    ScopePart part;
    // People of posts are looked after by their own agency, or by the city. Plans, agencies, calendar and policy are the city's own open records: who
    // may read them at all reads all of them.
    part.everything = record_kind != "post" || (*role != Role::agency_liaison && *role != Role::agency_head);
    if (!part.everything) {
      const auto ids = subtree ? subtree(grant.agency_id) : std::vector<std::int64_t>{grant.agency_id};
      part.agencies.insert(ids.begin(), ids.end());
    }
    scope.parts.push_back(std::move(part));
  }
}

void add_deputy_parts(Scope& scope, const Deputyship& deputyship, std::string_view permission, std::string_view record_kind, const Subtree& subtree) {
  if ((record_kind != "duty" && record_kind != "tracking") || !deputy_may(deputyship, permission)) return;
  for (const auto& grant : deputyship.grants) {
    Scope held;
    add_parts(held, {grant}, permission, record_kind, subtree);
    for (auto& part : held.parts) {
      if (!deputyship.confidential) part.up_to = std::min(part.up_to, Confidentiality::internal);
      if (grant.role == "handler") part.posts.insert(deputyship.posts.begin(), deputyship.posts.end());
      scope.parts.push_back(std::move(part));
    }
  }
}

void add_in(std::string& where, std::vector<db::Value>& values, const std::string& column, const auto& set) {
  where += column + " IN (";
  bool first = true;
  for (const auto& item : set) {
    where += first ? "?" : ",?";
    first = false;
    values.push_back(db::to_value(item));
  }
  where += ")";
}

}  // namespace

const std::vector<std::string>& all_permissions() {
  static const std::vector<std::string> all = [] {
    std::set<std::string> names;
    for (const auto& [role, permissions] : matrix()) names.insert(permissions.begin(), permissions.end());
    return std::vector<std::string>(names.begin(), names.end());
  }();
  return all;
}

const std::set<std::string>& permissions_of(Role role) { return matrix().at(role); }

std::vector<std::string> permissions_of(const Actor& actor) {
  std::set<std::string> names;
  for (const auto& grant : actor.grants) {
    if (const auto role = role_of(grant)) names.insert(matrix().at(*role).begin(), matrix().at(*role).end());
  }
  for (const auto& deputyship : actor.stands_in_for) {
    for (const auto& name : all_permissions()) {
      if (deputy_may(deputyship, name)) names.insert(name);
    }
  }
  if (actor.is_token) {
    std::set<std::string> kept;
    for (const auto& name : actor.token_permissions) {
      if (names.count(name) == 1) kept.insert(name);
    }
    names = std::move(kept);
  }
  return {names.begin(), names.end()};
}

bool may(const Actor& actor, std::string_view permission) {
  if (actor.is_system) return true;
  const std::string name(permission);
  if (actor.is_token && std::find(actor.token_permissions.begin(), actor.token_permissions.end(), name) == actor.token_permissions.end()) return false;
  if (grants_hold(actor.grants, name)) return true;
  return std::any_of(actor.stands_in_for.begin(), actor.stands_in_for.end(), [&](const Deputyship& d) { return deputy_may(d, permission); });
}

bool deputy_may(const Deputyship& deputyship, std::string_view permission) {
  const bool of_work = permission.substr(0, 5) == "duty." || permission.substr(0, 9) == "tracking.";
  return of_work && !deputyship.posts.empty() && grants_hold(deputyship.grants, std::string(permission));
}

Scope scope_of(const Actor& actor, std::string_view permission, std::string_view record_kind, const Subtree& subtree) {
  Scope scope;
  if (actor.is_system) {
    ScopePart all;
    all.everything = true;
    all.up_to = Confidentiality::confidential;
    scope.parts.push_back(all);
    return scope;
  }
  if (!may(actor, permission)) return scope;
  add_parts(scope, actor.grants, permission, record_kind, subtree);
  for (const auto& deputyship : actor.stands_in_for) add_deputy_parts(scope, deputyship, permission, record_kind, subtree);
  return scope;
}

const Deputyship* deputyship_for(const Actor& actor, std::string_view permission, std::string_view record_kind, const RecordFacts& record, const Subtree& subtree) {
  if (actor.is_system || actor.stands_in_for.empty() || !may(actor, permission)) return nullptr;
  Scope own;
  add_parts(own, actor.grants, permission, record_kind, subtree);
  if (reaches(own, record)) return nullptr;
  for (const auto& deputyship : actor.stands_in_for) {
    Scope scope;
    add_deputy_parts(scope, deputyship, permission, record_kind, subtree);
    if (reaches(scope, record)) return &deputyship;
  }
  return nullptr;
}

std::optional<Outside> outside_of(const ScopePart& part, const RecordFacts& record) {
  if (record.confidentiality > part.up_to) return Outside::confidentiality;
  if (!part.origins.empty() && part.origins.count(record.origin) == 0) return Outside::origin;
  if (part.everything) return std::nullopt;
  if (part.agencies.count(record.agency_id) == 0) return Outside::agency;
  if (!part.units.empty() && part.units.count(record.unit_id) == 0) return Outside::unit;
  if (!part.posts.empty() && part.posts.count(record.post_id) == 0) return Outside::post;
  return std::nullopt;
}

Explained explain(const Holdings& holdings, std::string_view permission, std::string_view record_kind, const std::optional<RecordFacts>& record, const Subtree& subtree) {
  Explained out;
  const auto ask = [&](const Actor& actor, const Grant& grant, const std::string& principal) {
    Explained::One one{grant, principal, may(actor, permission), {}, {}};
    if (one.has_permission && record) {
      const auto scope = scope_of(actor, permission, record_kind, subtree);
      one.reaches = reaches(scope, *record);
      if (!*one.reaches && !scope.none()) one.outside = outside_of(scope.parts.front(), *record);
    }
    out.grants.push_back(std::move(one));
  };
  for (const auto& grant : holdings.grants) {
    Actor alone;
    alone.grants = {grant};
    ask(alone, grant, "");
  }
  for (const auto& deputyship : holdings.stands_in_for) {
    for (const auto& grant : deputyship.grants) {
      Actor alone;
      alone.stands_in_for = {deputyship};
      alone.stands_in_for.front().grants = {grant};
      ask(alone, grant, deputyship.name);
    }
  }
  Actor whole;
  whole.grants = holdings.grants;
  whole.stands_in_for = holdings.stands_in_for;
  out.may = holdings.active && may(whole, permission);
  if (record) out.reaches = holdings.active && reaches(scope_of(whole, permission, record_kind, subtree), *record);
  out.allowed = out.reaches.value_or(out.may);
  return out;
}

bool reaches(const Scope& scope, const RecordFacts& record) {
  return std::any_of(scope.parts.begin(), scope.parts.end(), [&](const ScopePart& part) { return part_reaches(part, record); });
}

bool shows_detail(const Scope& scope, const RecordFacts& record) {
  return std::any_of(scope.parts.begin(), scope.parts.end(), [&](const ScopePart& part) { return part.with_detail && part_reaches(part, record); });
}

Condition condition_of(const Scope& scope, const std::string& alias) {
  Condition out;
  const std::string dot = alias.empty() ? "" : alias + ".";
  for (const auto& part : scope.parts) {
    std::vector<std::string> conditions;
    std::string where;
    std::vector<db::Value> values;
    const auto open_next = [&] {
      if (!where.empty()) where += " AND ";
    };
    if (part.up_to != Confidentiality::confidential) {
      where += dot + (part.up_to == Confidentiality::open ? "confidentiality = 'open'" : "confidentiality <> 'confidential'");
    }
    if (!part.origins.empty()) {
      open_next();
      add_in(where, values, dot + "origin", part.origins);
    }
    if (!part.everything) {
      open_next();
      add_in(where, values, dot + "agency_id", part.agencies);
      if (!part.units.empty()) {
        open_next();
        add_in(where, values, dot + "unit_id", part.units);
      }
      if (!part.posts.empty()) {
        open_next();
        add_in(where, values, dot + "post_id", part.posts);
      }
    }
    if (where.empty()) where = "1=1";
    out.where += (out.where.empty() ? "(" : " OR ") + ("(" + where + ")");
    out.values.insert(out.values.end(), values.begin(), values.end());
  }
  out.where = out.where.empty() ? "1=0" : out.where + ")";
  return out;
}

std::string grants_text(const std::vector<Grant>& grants) {
  std::string out;
  for (const auto& grant : grants) out += (out.empty() ? "" : ";") + grant.role + ":" + std::to_string(grant.agency_id) + ":" + std::to_string(grant.unit_id);
  return out;
}

std::vector<Grant> grants_from_text(std::string_view text) {
  std::vector<Grant> grants;
  while (!text.empty()) {
    const auto end = text.find(';');
    const auto one = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    const auto first = one.find(':');
    const auto second = one.find(':', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) continue;
    grants.push_back({std::string(one.substr(0, first)), std::stoll(std::string(one.substr(first + 1, second - first - 1))), std::stoll(std::string(one.substr(second + 1)))});
  }
  return grants;
}

Result<> check_email(std::string_view email) {
  if (email.size() > 254) return field_fault("email", "input.too_long", {{"max", "254"}});
  const auto at = email.find('@');
  const bool one_at = at != std::string_view::npos && at > 0 && at <= 64 && email.find('@', at + 1) == std::string_view::npos;
  const bool plain = std::all_of(email.begin(), email.end(), [](unsigned char c) { return c > ' ' && c < 127 && std::string_view("<>()[],;:\\\"").find(static_cast<char>(c)) == std::string_view::npos; });
  const auto domain = one_at ? email.substr(at + 1) : std::string_view();
  const bool dots = domain.find('.') != std::string_view::npos && domain.front() != '.' && domain.back() != '.' && email.find("..") == std::string_view::npos;
  if (!one_at || !plain || !dots) return field_fault("email", "account.bad_email");
  return done();
}

std::string fold_login(std::string_view name) { return fold(name); }

}  // namespace mandate::identity
