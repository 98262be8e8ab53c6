// One-time links, and the rules that passwords must meet: what works without a session.
#include "foundation/identity/views.hpp"

namespace mandate::identity {

struct LinkAnswer {
  std::string kind;
  Instant expires_at;
  bool mailed = false;
  std::optional<std::string> path;  // of the console's page; none when it went to its owner by mail alone
};
BOOST_DESCRIBE_STRUCT(LinkAnswer, (), (kind, expires_at, mailed, path))

struct LinkToken {
  std::string token;
};
BOOST_DESCRIBE_STRUCT(LinkToken, (), (token))

struct LinkShown {
  std::string kind;
  std::string login_name;
  std::string display_name;
  std::string user_class;
  Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(LinkShown, (), (kind, login_name, display_name, user_class, expires_at))

struct UseLink {
  std::string token;
  std::string password;
};
BOOST_DESCRIBE_STRUCT(UseLink, (), (token, password))

struct AskReset {
  std::string login_name;
};
BOOST_DESCRIBE_STRUCT(AskReset, (), (login_name))

struct PasswordRulesView {
  std::string user_class;
  int length_min = 0;
  int length_max = 0;
  int history = 0;
  int age_max_days = 0;
  int age_min_days = 0;
  bool mixed = false;
  bool second_step = false;
};
BOOST_DESCRIBE_STRUCT(PasswordRulesView, (), (user_class, length_min, length_max, history, age_max_days, age_min_days, mixed, second_step))

struct PasswordRulesList {
  std::vector<PasswordRulesView> classes;
};
BOOST_DESCRIBE_STRUCT(PasswordRulesList, (), (classes))

namespace {

// Who opens a link has no session, and so no form token; the origin is checked all the same.
http::RouteOptions at_the_door(const char* summary) { return {.permission = "open", .summary = summary, .tag = "identity", .once = http::Once::by_nature, .cross_origin = true}; }

}  // namespace

void add_link_routes(http::Router& router, Identity& identity) {
  router.post<AccountById, LinkAnswer>("/api/accounts/{id}/links", {.permission = "account.edit", .summary = "Make a one-time link: an invitation, or a reset of the password", .tag = "identity", .once = http::Once::secret},
                                       [&identity](const Actor& actor, const AccountById& in) -> Result<LinkAnswer> {
                                         MANDATE_ASSIGN(const auto made, identity.make_link(actor, in.id));
                                         return LinkAnswer{made.kind == LinkKind::invitation ? "invitation" : "reset", made.expires_at, made.mailed, made.token.empty() ? std::nullopt : std::optional("/console/link#" + made.token)};
                                       });
  // The secret comes in a body: an address would stand in logs.
  router.post<LinkToken, LinkShown>("/api/account-link-views", at_the_door("What a one-time link leads to"), [&identity](const Actor&, const LinkToken& in) -> Result<LinkShown> {
    MANDATE_ASSIGN(const auto view, identity.view_link(in.token, http::current_request().peer));
    return LinkShown{view.kind == LinkKind::invitation ? "invitation" : "reset", view.login_name, view.display_name, view.user_class == UserClass::administrator ? "administrator" : "staff", view.expires_at};
  });
  router.post<UseLink, http::Nothing>("/api/account-link-uses", at_the_door("Set a password by a one-time link"), [&identity](const Actor&, const UseLink& in) -> Result<http::Nothing> {
    MANDATE_TRY(identity.use_link(in.token, in.password, http::current_request().peer));
    return http::Nothing{};
  });
  router.post<AskReset, http::Nothing>("/api/password-reset-requests", at_the_door("Ask for a link to set a new password; the answer is the same whether or not the name exists"),
                                       [&identity](const Actor&, const AskReset& in) -> Result<http::Nothing> {
                                         if (in.login_name.empty()) return field_fault("login_name", "input.required");
                                         MANDATE_TRY(identity.ask_reset(in.login_name, http::current_request().peer));
                                         return http::Nothing{};
                                       });
  router.get<http::Nothing, PasswordRulesList>("/api/password-rules", {.permission = "open", .summary = "What a password must be, for each class of users", .tag = "identity"},
                                               [&identity](const Actor&, const http::Nothing&) -> Result<PasswordRulesList> {
                                                 const auto numbers = identity.policy();
                                                 const auto view = [](const char* user_class, const PasswordRules& r, bool second_step) {
                                                   return PasswordRulesView{user_class, r.length_min, password_length_max, r.history, r.age_max_days, r.age_min_days, r.mixed, second_step};
                                                 };
                                                 return PasswordRulesList{{view("staff", numbers.password, numbers.second_step), view("administrator", numbers.password_admin, numbers.second_step_admin)}};
                                               });
}

}  // namespace mandate::identity
