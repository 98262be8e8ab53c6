// One's own account: what its owner sees and changes alone.
#include "foundation/identity/views.hpp"

namespace mandate::identity {

struct OwnAccount {
  std::string login_name;
  std::string display_name;
  std::optional<std::string> email;
  std::optional<Instant> password_set_at;  // none: somebody else gave it
  std::optional<Instant> second_step_since;  // none: signing in takes the password alone
  std::int64_t recovery_codes_left = 0;
  std::string user_class;
  bool second_step_required = false;
};
BOOST_DESCRIBE_STRUCT(OwnAccount, (), (login_name, display_name, email, password_set_at, second_step_since, recovery_codes_left, user_class, second_step_required))

struct OwnAccountRecord {
  std::string login_name;
  std::string display_name;
  std::optional<std::string> email;
  std::optional<Instant> password_set_at;
  std::optional<Instant> second_step_since;
  std::string grants;
};
BOOST_DESCRIBE_STRUCT(OwnAccountRecord, (), (login_name, display_name, email, password_set_at, second_step_since, grants))

struct ChangePassword {
  std::string password;  // the present one
  std::string new_password;
};
BOOST_DESCRIBE_STRUCT(ChangePassword, (), (password, new_password))

struct SetOwnEmail {
  std::optional<std::string> email;  // none: no address
  std::string password;              // the present one
};
BOOST_DESCRIBE_STRUCT(SetOwnEmail, (), (email, password))

void add_own_account_routes(http::Router& router, Identity& identity) {
  auto& database = identity.database();
  const auto own = [&database, &identity](const Actor& actor) -> Result<OwnAccount> {
    const auto numbers = identity.policy();
    return database.read([&](db::Session& s) -> Result<OwnAccount> {
      const auto r = s.find<OwnAccountRecord>(
          "SELECT a.login_name, a.display_name, a.email, a.password_set_at, u.confirmed_at, a.grants FROM account a "
          "LEFT JOIN authenticator u ON u.account_id = a.id AND u.confirmed_at IS NOT NULL AND u.removed_at IS NULL WHERE a.id = ?",
          actor.account_id);
      if (!r) return fault(FaultKind::not_found, "account.not_found");
      const bool admin = class_of(grants_from_text(r->grants)) == UserClass::administrator;
      return OwnAccount{r->login_name, r->display_name, r->email, r->password_set_at, r->second_step_since, identity.count_recovery_codes(s, AccountId{actor.account_id}), admin ? "administrator" : "staff",
                        admin ? numbers.second_step_admin : numbers.second_step};
    });
  };
  router.get<http::Nothing, OwnAccount>("/api/own-account", {.permission = "signed_in", .summary = "One's own account: how it signs in and where it is written to", .tag = "identity"},
                                        [own](const Actor& actor, const http::Nothing&) { return own(actor); });
  // A password is checked before anything is written: the one writer does not wait for it.
  router.put<SetOwnEmail, OwnAccount>("/api/own-account/email", {.permission = "signed_in", .summary = "Set one's own address, with the present password", .tag = "identity", .once = http::Once::by_nature},
                                      [&identity, own](const Actor& actor, const SetOwnEmail& in) -> Result<OwnAccount> {
                                        MANDATE_TRY(identity.set_own_email(actor, in.email.value_or(""), in.password));
                                        return own(actor);
                                      });
  router.put<ChangePassword, OwnAccount>("/api/own-account/password", {.permission = "signed_in", .summary = "Change one's own password; every other session ends", .tag = "identity", .once = http::Once::by_nature},
                                         [&identity, own](const Actor& actor, const ChangePassword& in) -> Result<OwnAccount> {
                                           MANDATE_TRY(identity.change_password(actor, in.password, in.new_password));
                                           return own(actor);
                                         });
}

}  // namespace mandate::identity
