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
  std::vector<std::string> must;  // "password", "second_step": to be put in order before the session holds a role
  std::optional<Date> second_step_due_on;  // the last day without one
  std::vector<std::string> stands_in_for;  // whom one stands in for today, by name
};
BOOST_DESCRIBE_STRUCT(SessionView, (), (account, grants, permissions, form_token, today, sample, must, second_step_due_on, stands_in_for))

struct SignIn {
  std::string login_name;
  std::string password;
  std::optional<std::string> code;  // of the second step
};
BOOST_DESCRIBE_STRUCT(SignIn, (), (login_name, password, code))

struct SignedInState {
  std::string login_name;
  std::optional<Instant> password_due_at;
  std::optional<Instant> second_step_due_at;
};
BOOST_DESCRIBE_STRUCT(SignedInState, (), (login_name, password_due_at, second_step_due_at))

struct DeviceRow {
  SessionId id;
  Instant created_at;
  Instant seen_at;
  Instant expires_at;
  std::string device;
  bool current = false;
  std::optional<std::string> name;  // what its owner calls it
};
BOOST_DESCRIBE_STRUCT(DeviceRow, (), (id, created_at, seen_at, expires_at, device, current, name))

struct DeviceList {
  std::vector<DeviceRow> rows;
};
BOOST_DESCRIBE_STRUCT(DeviceList, (), (rows))

struct SessionById {
  SessionId id;
};
BOOST_DESCRIBE_STRUCT(SessionById, (), (id))

struct NameSession {
  SessionId id;
  std::string name;  // "": as the browser says
};
BOOST_DESCRIBE_STRUCT(NameSession, (), (id, name))

struct SessionsEnded {
  std::int64_t ended = 0;
};
BOOST_DESCRIBE_STRUCT(SessionsEnded, (), (ended))

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
    const auto state = database.read([&](db::Session& s) {
      return s.value<SignedInState>("SELECT a.login_name, s.password_due_at, s.second_step_due_at FROM account a LEFT JOIN session s ON s.id = ? WHERE a.id = ?", actor.session_id, actor.account_id);
    });
    view.account.login_name = state.login_name;
    if (state.password_due_at && *state.password_due_at <= actor.now) view.must.push_back("password");
    if (state.second_step_due_at) {
      if (*state.second_step_due_at <= actor.now) view.must.push_back("second_step");
      view.second_step_due_on = taipei_date(state.second_step_due_at->plus_seconds(-1));
    }
    view.grants = views_of(actor.grants, identity.organisation());
    view.permissions = permissions_of(actor);
    for (const auto& deputyship : actor.stands_in_for) view.stands_in_for.push_back(deputyship.name);
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
                                     MANDATE_ASSIGN(auto signed_in, identity.sign_in(in.login_name, in.password, request.peer, std::string(request.header("user-agent")), in.code.value_or("")));
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
                                                "SELECT id, created_at, seen_at, expires_at, device, CASE WHEN id = ? THEN 1 ELSE 0 END, name FROM session WHERE account_id = ? AND revoked_at IS NULL AND expires_at > ? ORDER BY created_at DESC LIMIT 100",
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

  router.remove<http::Nothing, SessionsEnded>("/api/sessions", {.permission = "signed_in", .summary = "End all of one's own sessions but this one", .tag = "identity"},
                                              [&database](const Actor& actor, const http::Nothing&) -> Result<SessionsEnded> {
                                                return database.write([&](db::Session& s) -> Result<SessionsEnded> {
                                                  SessionsEnded out{s.execute("UPDATE session SET revoked_at = ? WHERE account_id = ? AND id <> ? AND revoked_at IS NULL AND expires_at > ?", actor.now, actor.account_id, actor.session_id, actor.now)};
                                                  if (out.ended > 0) db::append_event(s, event_of(actor, "session.others_ended", "account", actor.account_id, boost::json::serialize(boost::json::object{{"count", out.ended}})));
                                                  return out;
                                                });
                                              });
  router.put<NameSession, http::Nothing>("/api/sessions/{id}/name", {.permission = "signed_in", .summary = "Give one of one's own devices a name", .tag = "identity"},
                                         [&database](const Actor& actor, const NameSession& in) -> Result<http::Nothing> {
                                           if (in.name.size() > 120) return field_fault("name", "input.too_long", {{"max", "40"}});
                                           return database.write([&](db::Session& s) -> Result<http::Nothing> {
                                             if (s.execute("UPDATE session SET name = ? WHERE id = ? AND account_id = ? AND revoked_at IS NULL", in.name.empty() ? std::nullopt : std::optional(in.name), in.id, actor.account_id) == 0) {
                                               return fault(FaultKind::not_found, "session.not_found");
                                             }
                                             return http::Nothing{};
                                           });
                                         });

  add_account_routes(router, identity);
  add_own_account_routes(router, identity);
  add_second_step_routes(router, identity);
  add_link_routes(router, identity);
  add_token_routes(router, identity);
}

}  // namespace mandate::identity
