#include "foundation/identity/api.hpp"
#include "platform/db/events.hpp"
#include "platform/http/router.hpp"

namespace mandate::identity {

struct GrantView {
  std::string role;
  std::optional<http::Number63> agency_id;
  std::string agency_name;
  std::optional<http::Number63> unit_id;
};
BOOST_DESCRIBE_STRUCT(GrantView, (), (role, agency_id, agency_name, unit_id))

struct AccountView {
  http::Number63 id;
  std::string login_name;
  std::string display_name;
  std::string language;
};
BOOST_DESCRIBE_STRUCT(AccountView, (), (id, login_name, display_name, language))

struct SessionView {
  AccountView account;
  std::vector<GrantView> grants;
  std::vector<std::string> permissions;
  std::string form_token;
  Date today;
  bool sample = false;
};
BOOST_DESCRIBE_STRUCT(SessionView, (), (account, grants, permissions, form_token, today, sample))

struct SignIn {
  std::string login_name;
  std::string password;
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (login_name, password))

struct DeviceRow {
  SessionId id;
  Instant created_at;
  Instant seen_at;
  Instant expires_at;
  std::string device;
  bool current = false;
};
BOOST_DESCRIBE_STRUCT(DeviceRow, (), (id, created_at, seen_at, expires_at, device, current))

struct DeviceList {
  std::vector<DeviceRow> rows;
};
BOOST_DESCRIBE_STRUCT(DeviceList, (), (rows))

struct SessionById {
  SessionId id;
};
BOOST_DESCRIBE_STRUCT(SessionById, (), (id))
struct AccountById {
  AccountId id;
};
BOOST_DESCRIBE_STRUCT(AccountById, (), (id))
struct TokenById {
  TokenId id;
};
BOOST_DESCRIBE_STRUCT(TokenById, (), (id))

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
};
BOOST_DESCRIBE_STRUCT(AccountRow, (), (id, login_name, display_name, state, grants, person, last_sign_in_at))

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
};
BOOST_DESCRIBE_STRUCT(AccountRecord, (), (id, login_name, display_name, state, grants, last_sign_in_at))

struct GrantInput {
  std::string role;
  std::optional<http::Number63> agency_id;
  std::optional<http::Number63> unit_id;
};
BOOST_DESCRIBE_STRUCT(GrantInput, (), (role, agency_id, unit_id))

struct CreateAccount {
  std::string login_name;
  std::string display_name;
  std::string password;
  std::vector<GrantInput> grants;
};
BOOST_DESCRIBE_STRUCT(CreateAccount, (), (login_name, display_name, password, grants))

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

struct CreateToken {
  std::string name;
  std::vector<std::string> permissions;
  Date expires_on;
};
BOOST_DESCRIBE_STRUCT(CreateToken, (), (name, permissions, expires_on))
struct TokenMade {
  TokenId id;
  std::string name;
  std::string token;
};
BOOST_DESCRIBE_STRUCT(TokenMade, (), (id, name, token))
struct TokenView {
  TokenId id;
  std::string name;
  std::string permissions;
  Instant created_at;
  Instant expires_at;
  std::optional<Instant> revoked_at;
};
BOOST_DESCRIBE_STRUCT(TokenView, (), (id, name, permissions, created_at, expires_at, revoked_at))
struct TokenList {
  std::vector<TokenView> rows;
};
BOOST_DESCRIBE_STRUCT(TokenList, (), (rows))

namespace {

std::vector<Grant> grants_of(const std::vector<GrantInput>& inputs) {
  std::vector<Grant> grants;
  for (const auto& input : inputs) grants.push_back({input.role, input.agency_id.value_or(http::Number63{}).value, input.unit_id.value_or(http::Number63{}).value});
  return grants;
}

std::vector<GrantView> views_of(const std::vector<Grant>& grants, const Organisation& organisation) {
  std::vector<GrantView> views;
  for (const auto& grant : grants) {
    GrantView view;
    view.role = grant.role;
    if (grant.agency_id != 0) {
      view.agency_id = http::Number63{grant.agency_id};
      if (organisation.agency_name) view.agency_name = organisation.agency_name(grant.agency_id);
    }
    if (grant.unit_id != 0) view.unit_id = http::Number63{grant.unit_id};
    views.push_back(view);
  }
  return views;
}

AccountRow view_of(const AccountRecord& r, const Organisation& organisation, const Organisation::PersonOf& person_of) {
  AccountRow row{r.id, r.login_name, r.display_name, r.state, views_of(grants_from_text(r.grants), organisation), {}, r.last_sign_in_at};
  if (const auto person = person_of ? person_of(r.id.value) : std::nullopt) row.person = AccountPerson{{person->id}, person->name, person->posts};
  return row;
}

Organisation::PersonOf people_of(const Organisation& organisation) { return organisation.people ? organisation.people() : Organisation::PersonOf{}; }

constexpr auto account_columns = "id, login_name, display_name, state, grants, last_sign_in_at";

}  // namespace

void add_identity_routes(http::Router& router, Identity& identity) {
  auto& database = identity.database();
  const auto session_view = [&identity, &database](const Actor& actor) {
    SessionView view;
    view.account = {http::Number63{actor.account_id}, "", actor.name, actor.language == Language::en ? "en" : "zh-TW"};
    view.account.login_name = database.read([&](db::Session& s) { return s.value<std::string>("SELECT login_name FROM account WHERE id = ?", actor.account_id); });
    view.grants = views_of(actor.grants, identity.organisation());
    view.permissions = permissions_of(actor);
    view.form_token = actor.form_key;
    view.today = identity.clock().today();
    view.sample = identity.count_sample_accounts() > 0;
    return view;
  };

  router.get<http::Nothing, SessionView>("/api/session", {.permission = "signed_in", .summary = "The present session: account, roles, permissions, form token", .tag = "identity"},
                                         [session_view](const Actor& actor, const http::Nothing&) -> Result<SessionView> { return session_view(actor); });
  // It can be run twice without harm: a second sign-in is a second session. Its answer is not kept, for it carries the form token.
  router.post<SignIn, SessionView>("/api/session", {.permission = "open", .summary = "Sign in", .tag = "identity", .once = http::Once::by_nature, .cross_origin = true},
                                   [&identity, session_view](const Actor&, const SignIn& in) -> Result<SessionView> {
                                     const auto& request = http::current_request();
                                     MANDATE_ASSIGN(auto signed_in, identity.sign_in(in.login_name, in.password, request.peer, std::string(request.header("user-agent"))));
                                     http::set_cookie("mandate_session=" + signed_in.cookie_token + "; Path=/; HttpOnly; SameSite=Lax" + (request.secure ? "; Secure" : ""));
                                     return session_view(signed_in.actor);
                                   });
  router.remove<http::Nothing, http::Nothing>("/api/session", {.permission = "signed_in", .summary = "Sign out", .tag = "identity"}, [&identity](const Actor& actor, const http::Nothing&) -> Result<http::Nothing> {
    MANDATE_TRY(identity.sign_out(actor));
    http::set_cookie("mandate_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    return http::Nothing{};
  });

  router.get<http::Nothing, DeviceList>("/api/sessions", {.permission = "signed_in", .summary = "One's own sessions that have not ended", .tag = "identity"},
                                        [&database](const Actor& actor, const http::Nothing&) -> Result<DeviceList> {
                                          DeviceList list;
                                          list.rows = database.read([&](db::Session& s) {
                                            return s.list<DeviceRow>(
                                                "SELECT id, created_at, seen_at, expires_at, device, CASE WHEN id = ? THEN 1 ELSE 0 END FROM session WHERE account_id = ? AND revoked_at IS NULL AND expires_at > ? ORDER BY created_at DESC LIMIT 100",
                                                actor.session_id, actor.account_id, actor.now);
                                          });
                                          return list;
                                        });
  router.remove<SessionById, http::Nothing>("/api/sessions/{id}", {.permission = "signed_in", .summary = "End one of one's own sessions", .tag = "identity"},
                                            [&database](const Actor& actor, const SessionById& in) -> Result<http::Nothing> {
                                              return database.write([&](db::Session& s) -> Result<http::Nothing> {
                                                if (s.execute("UPDATE session SET revoked_at = ? WHERE id = ? AND account_id = ? AND revoked_at IS NULL", actor.now, in.id, actor.account_id) == 0) {
                                                  return fault(FaultKind::not_found, "session.not_found");
                                                }
                                                db::append_event(s, {actor.now, actor.account_id, "session.ended", "session", in.id.value, "{}", {}});
                                                return http::Nothing{};
                                              });
                                            });

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
                                           MANDATE_ASSIGN(const auto id, identity.create_account(actor, {in.login_name, in.display_name, in.password, grants_of(in.grants), false}));
                                           return one(id);
                                         });
  router.put<SetGrants, AccountRow>("/api/accounts/{id}/grants", {.permission = "account.edit", .summary = "Set the roles of an account", .tag = "identity"},
                                    [&identity, one](const Actor& actor, const SetGrants& in) -> Result<AccountRow> {
                                      MANDATE_TRY(identity.set_grants(actor, in.id, grants_of(in.grants)));
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

  router.get<http::Nothing, TokenList>("/api/service-tokens", {.permission = "token.edit", .summary = "Service tokens, without their secrets", .tag = "identity"}, [&database](const Actor&, const http::Nothing&) -> Result<TokenList> {
    TokenList list;
    list.rows = database.read([](db::Session& s) { return s.list<TokenView>("SELECT id, name, permissions, created_at, expires_at, revoked_at FROM service_token ORDER BY created_at DESC LIMIT 500"); });
    return list;
  });
  router.post<CreateToken, TokenMade>("/api/service-tokens", {.permission = "token.edit", .summary = "Create a service token of one's own; its secret is in this answer only", .tag = "identity", .once = http::Once::secret},
                                      [&identity](const Actor& actor, const CreateToken& in) -> Result<TokenMade> {
                                        MANDATE_ASSIGN(auto made, identity.create_token(actor, in.name, in.permissions, in.expires_on, AccountId{actor.account_id}));
                                        return TokenMade{made.id, in.name, std::move(made.token)};
                                      });
  router.remove<TokenById, http::Nothing>("/api/service-tokens/{id}", {.permission = "token.edit", .summary = "Revoke a service token", .tag = "identity"},
                                          [&database](const Actor& actor, const TokenById& in) -> Result<http::Nothing> {
                                            return database.write([&](db::Session& s) -> Result<http::Nothing> {
                                              if (s.execute("UPDATE service_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", actor.now, in.id) == 0) return fault(FaultKind::not_found, "token.not_found");
                                              db::append_event(s, {actor.now, actor.account_id, "token.revoked", "token", in.id.value, "{}", {}});
                                              return http::Nothing{};
                                            });
                                          });
}

}  // namespace mandate::identity
