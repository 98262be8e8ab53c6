// Accounts and their roles, for those who look after them.
#include "foundation/identity/views.hpp"

namespace mandate::identity {

struct AccountQuery {
  std::optional<std::string> q;
  std::optional<std::string> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(AccountQuery, (), (q, cursor, limit))

struct AccountPerson {
  http::Number63 id;
  std::string name;
  std::string posts;  // held today
};
BOOST_DESCRIBE_STRUCT(AccountPerson, (), (id, name, posts))

struct AccountRow {
  AccountId id;
  std::string login_name;
  std::string display_name;
  std::string state;
  std::vector<GrantView> grants;
  std::optional<AccountPerson> person;  // whose account it is
  std::optional<Instant> last_sign_in_at;
  std::optional<std::string> email;
  bool has_password = true;                // without one it waits for its invitation to be used
  bool second_step = false;
  std::optional<Instant> reset_asked_at;   // asked for a new password at the door and has none yet
};
BOOST_DESCRIBE_STRUCT(AccountRow, (), (id, login_name, display_name, state, grants, person, last_sign_in_at, email, has_password, second_step, reset_asked_at))

struct AccountList {
  std::vector<AccountRow> rows;
  std::optional<std::string> next;
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(AccountList, (), (rows, next, total))

struct AccountRecord {
  AccountId id;
  std::string login_name;
  std::string display_name;
  std::string state;
  std::string grants;
  std::optional<Instant> last_sign_in_at;
  std::optional<std::string> email;
  std::int64_t has_password = 1;
  std::int64_t second_step = 0;
  std::optional<Instant> reset_asked_at;
};
BOOST_DESCRIBE_STRUCT(AccountRecord, (), (id, login_name, display_name, state, grants, last_sign_in_at, email, has_password, second_step, reset_asked_at))

struct GrantInput {
  std::string role;
  std::optional<http::Number63> agency_id;
  std::optional<http::Number63> unit_id;
};
BOOST_DESCRIBE_STRUCT(GrantInput, (), (role, agency_id, unit_id))

struct CreateAccount {
  std::string login_name;
  std::string display_name;
  std::optional<std::string> password;  // none: its owner sets one by the invitation
  std::vector<GrantInput> grants;
  std::optional<std::string> email;
};
BOOST_DESCRIBE_STRUCT(CreateAccount, (), (login_name, display_name, password, grants, email))

struct SetEmail {
  AccountId id;
  std::optional<std::string> email;  // none: it has no address
};
BOOST_DESCRIBE_STRUCT(SetEmail, (), (id, email))

struct SetGrants {
  AccountId id;
  std::vector<GrantInput> grants;
};
BOOST_DESCRIBE_STRUCT(SetGrants, (), (id, grants))

struct Disable {
  AccountId id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(Disable, (), (id, reason))

struct RoleRow {
  std::string role;
  std::vector<std::string> permissions;
};
BOOST_DESCRIBE_STRUCT(RoleRow, (), (role, permissions))
struct RoleList {
  std::vector<RoleRow> roles;
  std::vector<std::string> permissions;
};
BOOST_DESCRIBE_STRUCT(RoleList, (), (roles, permissions))

namespace {

std::vector<Grant> grants_of(const std::vector<GrantInput>& inputs) {
  std::vector<Grant> grants;
  for (const auto& input : inputs) grants.push_back({input.role, input.agency_id.value_or(http::Number63{}).value, input.unit_id.value_or(http::Number63{}).value});
  return grants;
}

AccountRow view_of(const AccountRecord& r, const Organisation& organisation, const Organisation::PersonOf& person_of) {
  AccountRow row{r.id, r.login_name, r.display_name, r.state, views_of(grants_from_text(r.grants), organisation), {}, r.last_sign_in_at, r.email, r.has_password != 0, r.second_step != 0, r.reset_asked_at};
  if (const auto person = person_of ? person_of(r.id.value) : std::nullopt) row.person = AccountPerson{{person->id}, person->name, person->posts};
  return row;
}

Organisation::PersonOf people_of(const Organisation& organisation) { return organisation.people ? organisation.people() : Organisation::PersonOf{}; }

constexpr auto account_columns = "id, login_name, display_name, state, grants, last_sign_in_at, email, CASE WHEN password_hash = '' THEN 0 ELSE 1 END, COALESCE(second_step, 0), "
    "(SELECT MAX(r.asked_at) FROM reset_request r WHERE r.account_id = account.id AND r.answered_at IS NULL)";

}  // namespace

void add_account_routes(http::Router& router, Identity& identity) {
  auto& database = identity.database();
  router.get<AccountQuery, AccountList>("/api/accounts", {.permission = "account.read", .summary = "Accounts with their roles", .tag = "identity"},
                                        [&identity, &database](const Actor&, const AccountQuery& in) -> Result<AccountList> {
                                          const int limit = std::clamp(in.limit.value_or(50), 1, 200);
                                          // Names are matched from their beginning: an index range, not a scan.
                                          const std::string wanted = in.q ? fold_login(*in.q) : std::string();
                                          const std::string from = std::max(in.cursor.value_or(""), wanted);
                                          const std::string to = wanted + "\xF4\x8F\xBF\xBF";
                                          AccountList list;
                                          auto records = database.read([&](db::Session& s) {
                                            list.total = s.value<std::int64_t>("SELECT COUNT(*) FROM account WHERE login_name >= ? AND login_name < ?", wanted, to);
                                            return s.list<AccountRecord>(std::string("SELECT ") + account_columns + " FROM account WHERE login_name >= ? AND login_name < ? ORDER BY login_name LIMIT ?", from, to, limit + 1);
                                          });
                                          if (static_cast<int>(records.size()) > limit) {
                                            list.next = records.back().login_name;
                                            records.pop_back();
                                          }
                                          const auto people = people_of(identity.organisation());
                                          for (const auto& record : records) list.rows.push_back(view_of(record, identity.organisation(), people));
                                          return list;
                                        });
  const auto one = [&identity, &database](AccountId id) -> Result<AccountRow> {
    const auto record = database.read([&](db::Session& s) { return s.find<AccountRecord>(std::string("SELECT ") + account_columns + " FROM account WHERE id = ?", id); });
    if (!record) return fault(FaultKind::not_found, "account.not_found");
    return view_of(*record, identity.organisation(), people_of(identity.organisation()));
  };
  router.post<CreateAccount, AccountRow>("/api/accounts", {.permission = "account.edit", .summary = "Create an account", .tag = "identity", .once = http::Once::by_nature},
                                         [&identity, one](const Actor& actor, const CreateAccount& in) -> Result<AccountRow> {
                                           MANDATE_ASSIGN(const auto id, identity.create_account(actor, {in.login_name, in.display_name, in.password.value_or(""), grants_of(in.grants), false, in.email.value_or("")}));
                                           return one(id);
                                         });
  router.put<SetGrants, AccountRow>("/api/accounts/{id}/grants", {.permission = "account.edit", .summary = "Set the roles of an account", .tag = "identity"},
                                    [&identity, one](const Actor& actor, const SetGrants& in) -> Result<AccountRow> {
                                      MANDATE_TRY(identity.set_grants(actor, in.id, grants_of(in.grants)));
                                      return one(in.id);
                                    });
  router.put<SetEmail, AccountRow>("/api/accounts/{id}/email", {.permission = "account.edit", .summary = "Set where an account is written to", .tag = "identity"},
                                   [&identity, one](const Actor& actor, const SetEmail& in) -> Result<AccountRow> {
                                     MANDATE_TRY(identity.set_email(actor, in.id, in.email.value_or("")));
                                     return one(in.id);
                                   });
  router.post<Disable, AccountRow>("/api/accounts/{id}/disablement", {.permission = "account.edit", .summary = "Disable an account; its sessions end at once", .tag = "identity"},
                                   [&identity, one](const Actor& actor, const Disable& in) -> Result<AccountRow> {
                                     MANDATE_TRY(identity.set_disabled(actor, in.id, true, in.reason));
                                     return one(in.id);
                                   });
  router.remove<AccountById, AccountRow>("/api/accounts/{id}/disablement", {.permission = "account.edit", .summary = "Enable an account again", .tag = "identity"},
                                         [&identity, one](const Actor& actor, const AccountById& in) -> Result<AccountRow> {
                                           MANDATE_TRY(identity.set_disabled(actor, in.id, false, ""));
                                           return one(in.id);
                                         });

  router.get<http::Nothing, RoleList>("/api/roles", {.permission = "account.read", .summary = "The matrix of roles and permissions", .tag = "identity"}, [](const Actor&, const http::Nothing&) -> Result<RoleList> {
    RoleList list;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Role>>([&](auto role) {
      const auto& permissions = permissions_of(role.value);
      list.roles.push_back({role.name, {permissions.begin(), permissions.end()}});
    });
    list.permissions = all_permissions();
    return list;
  });
}

}  // namespace mandate::identity
