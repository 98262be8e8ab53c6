// Roles, what each may do, and over which records: the one place that decides. Pure functions; time and data are parameters.
//
// permissions_of says which routes a role may call at all. scope_of says, for one actor, action and kind of record, which rows and which fields:
// lists, counts, exports, single records and feeds all go through it.
#pragma once

#include "kernel/actor.hpp"
#include "kernel/result.hpp"
#include "platform/db/session.hpp"

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::identity {

enum class Role {
  citizen,
  handler,            // 承辦人
  unit_head,          // 單位主管
  agency_liaison,     // 機關研考窗口
  agency_head,        // 機關首長
  rdec_controller,    // 研考會管考人員
  rdec_head,          // 研考會主管
  executive,          // 市府長官（市長室）
  agent_1999,         // 1999 話務人員
  supervisor_1999,    // 1999 督導
  inspector,          // 施工查核人員
  youth_councillor,   // 青諮委員
  council_liaison,    // 議會聯絡人
  auditor,            // 稽核：看全部、不改任何資料
  system_admin        // 系統管理：改設定、不看陳情
};
BOOST_DESCRIBE_ENUM(Role, citizen, handler, unit_head, agency_liaison, agency_head, rdec_controller, rdec_head, executive, agent_1999, supervisor_1999, inspector, youth_councillor, council_liaison, auditor,
                    system_admin)

const std::vector<std::string>& all_permissions();
const std::set<std::string>& permissions_of(Role role);
// A service token has what its owner has, and of that only what it names.
bool may(const Actor& actor, std::string_view permission);
std::vector<std::string> permissions_of(const Actor& actor);

// How secret a record is; a reader needs a scope that reaches it.
enum class Confidentiality { open, internal, confidential };
BOOST_DESCRIBE_ENUM(Confidentiality, open, internal, confidential)

// The rows (union of the parts) and fields an actor may reach with one action on one kind of record.
struct ScopePart {
  bool everything = false;
  std::set<std::int64_t> agencies;   // owing agency is one of these
  std::set<std::int64_t> units;      // and, when not empty, the owing unit is one of these
  std::set<std::int64_t> posts;      // and, when not empty, the post that works on it is one of these
  std::set<std::string> origins;     // and, when not empty, the record came from one of these
  Confidentiality up_to = Confidentiality::internal;
  bool with_detail = true;           // detail, evidence and reasons; without it only what a list shows
};
struct Scope {
  std::vector<ScopePart> parts;
  bool none() const { return parts.empty(); }
};

// What the scope looks at in a record.
struct RecordFacts {
  std::int64_t agency_id = 0;
  std::int64_t unit_id = 0;
  std::string origin;
  Confidentiality confidentiality = Confidentiality::internal;
  std::int64_t post_id = 0;
};

using Subtree = std::function<std::vector<std::int64_t>(std::int64_t agency_id)>;  // the agency and all below it

// record_kind: "duty", "plan", ... ; permission: the action's name.
Scope scope_of(const Actor& actor, std::string_view permission, std::string_view record_kind, const Subtree& subtree);
// What the actor may do as the deputy of another. A deputy of a handler reaches the duties of the handler's posts, a deputy of a head what the head's
// role reaches, and so with work under control; what is confidential only when that was said; and never anything else.
bool deputy_may(const Deputyship& deputyship, std::string_view permission);
// The first deputyship by which the actor reaches the record with this permission; nullptr: in their own right, or not at all.
const Deputyship* deputyship_for(const Actor& actor, std::string_view permission, std::string_view record_kind, const RecordFacts& record, const Subtree& subtree);

bool reaches(const Scope& scope, const RecordFacts& record);
// What of a record lies outside of a part of a scope; none: the part reaches it.
enum class Outside { confidentiality, origin, agency, unit, post };
BOOST_DESCRIBE_ENUM(Outside, confidentiality, origin, agency, unit, post)
std::optional<Outside> outside_of(const ScopePart& part, const RecordFacts& record);

// What an account holds, to explain by; nobody acts with it.
struct Holdings {
  std::string name;
  bool active = true;
  std::vector<Grant> grants;
  std::vector<Deputyship> stands_in_for;
};
// Each role by itself, and all of them together: asked of may, scope_of and reaches, which decide.
struct Explained {
  struct One {
    Grant grant;
    std::string standing_in_for;  // "": in one's own right
    bool has_permission = false;
    std::optional<bool> reaches;  // none: no record was asked about, or the permission is missing
    std::optional<Outside> outside;
  };
  std::vector<One> grants;
  bool may = false;
  std::optional<bool> reaches;
  bool allowed = false;
};
Explained explain(const Holdings& holdings, std::string_view permission, std::string_view record_kind, const std::optional<RecordFacts>& record, const Subtree& subtree);
bool shows_detail(const Scope& scope, const RecordFacts& record);

// The scope as a condition over a table with columns agency_id, unit_id, post_id, origin, confidentiality.
struct Condition {
  std::string where;  // "(...)", or "1=1", or "1=0"
  std::vector<db::Value> values;
};
Condition condition_of(const Scope& scope, const std::string& alias);

std::string grants_text(const std::vector<Grant>& grants);
std::vector<Grant> grants_from_text(std::string_view text);

// An address that mail can be sent to: one @, a domain with a dot, at most 254 signs, ASCII, none that would break a header.
Result<> check_email(std::string_view email);
// Login names are compared without case or width.
std::string fold_login(std::string_view name);

}  // namespace mandate::identity
