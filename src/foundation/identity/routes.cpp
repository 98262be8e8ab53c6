// Sessions: who is signed in, on which devices.
#include "foundation/identity/views.hpp"

namespace mandate::identity {

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

  add_account_routes(router, identity);
  add_own_account_routes(router, identity);
  add_token_routes(router, identity);
}

}  // namespace mandate::identity
