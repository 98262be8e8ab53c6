// One's own account: what its owner sees and changes alone.
#include "foundation/identity/views.hpp"

namespace mandate::identity {

struct OwnAccount {
  std::string login_name;
  std::string display_name;
  std::optional<std::string> email;
};
BOOST_DESCRIBE_STRUCT(OwnAccount, (), (login_name, display_name, email))

struct SetOwnEmail {
  std::optional<std::string> email;  // none: no address
  std::string password;              // the present one
};
BOOST_DESCRIBE_STRUCT(SetOwnEmail, (), (email, password))

void add_own_account_routes(http::Router& router, Identity& identity) {
  auto& database = identity.database();
  const auto own = [&database](const Actor& actor) -> Result<OwnAccount> {
    auto account = database.read([&](db::Session& s) { return s.find<OwnAccount>("SELECT login_name, display_name, email FROM account WHERE id = ?", actor.account_id); });
    if (!account) return fault(FaultKind::not_found, "account.not_found");
    return *account;
  };
  router.get<http::Nothing, OwnAccount>("/api/own-account", {.permission = "signed_in", .summary = "One's own account: how it signs in and where it is written to", .tag = "identity"},
                                        [own](const Actor& actor, const http::Nothing&) { return own(actor); });
  // A password is checked before anything is written: the one writer does not wait for it.
  router.put<SetOwnEmail, OwnAccount>("/api/own-account/email", {.permission = "signed_in", .summary = "Set one's own address, with the present password", .tag = "identity", .once = http::Once::by_nature},
                                      [&identity, own](const Actor& actor, const SetOwnEmail& in) -> Result<OwnAccount> {
                                        MANDATE_TRY(identity.set_own_email(actor, in.email.value_or(""), in.password));
                                        return own(actor);
                                      });
}

}  // namespace mandate::identity
