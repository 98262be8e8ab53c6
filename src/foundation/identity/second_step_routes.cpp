// The second step of signing in, set up by its owner; and taken away by an administrator when the device is lost.
#include "foundation/identity/totp.hpp"
#include "foundation/identity/views.hpp"

namespace mandate::identity {

struct AuthenticatorMade {
  std::string secret;
  std::string uri;
  int qr_size = 0;       // squares a side
  std::string qr_path;   // the dark ones, as an SVG path
  std::vector<std::string> recovery_codes;
};
BOOST_DESCRIBE_STRUCT(AuthenticatorMade, (), (secret, uri, qr_size, qr_path, recovery_codes))

struct ConfirmAuthenticator {
  std::string password;
  std::string code;
};
BOOST_DESCRIBE_STRUCT(ConfirmAuthenticator, (), (password, code))

struct PasswordOnly {
  std::string password;
};
BOOST_DESCRIBE_STRUCT(PasswordOnly, (), (password))

struct CodeOnly {
  std::string code;
};
BOOST_DESCRIBE_STRUCT(CodeOnly, (), (code))

struct RecoveryCodes {
  std::vector<std::string> recovery_codes;
};
BOOST_DESCRIBE_STRUCT(RecoveryCodes, (), (recovery_codes))

struct LostAuthenticator {
  AccountId id;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(LostAuthenticator, (), (id, reason))

void add_second_step_routes(http::Router& router, Identity& identity) {
  router.post<http::Nothing, AuthenticatorMade>("/api/own-account/authenticator", {.permission = "signed_in", .summary = "Begin an authenticator: its secret and recovery codes are in this answer only", .tag = "identity", .once = http::Once::secret},
                                                [&identity](const Actor& actor, const http::Nothing&) -> Result<AuthenticatorMade> {
                                                  MANDATE_ASSIGN(auto made, identity.begin_authenticator(actor));
                                                  auto picture = qr_of(made.uri);
                                                  return AuthenticatorMade{made.secret, made.uri, picture.size, std::move(picture.path), std::move(made.recovery_codes)};
                                                });
  router.post<ConfirmAuthenticator, http::Nothing>("/api/own-account/authenticator-confirmation",
                                                   {.permission = "signed_in", .summary = "Put the authenticator that was begun in use; every other session ends", .tag = "identity", .once = http::Once::by_nature},
                                                   [&identity](const Actor& actor, const ConfirmAuthenticator& in) -> Result<http::Nothing> {
                                                     MANDATE_TRY(identity.confirm_authenticator(actor, in.password, in.code));
                                                     return http::Nothing{};
                                                   });
  router.post<PasswordOnly, http::Nothing>("/api/own-account/authenticator-removal", {.permission = "signed_in", .summary = "Sign in with the password alone from now on", .tag = "identity", .once = http::Once::by_nature},
                                           [&identity](const Actor& actor, const PasswordOnly& in) -> Result<http::Nothing> {
                                             MANDATE_TRY(identity.remove_authenticator(actor, in.password));
                                             return http::Nothing{};
                                           });
  router.post<CodeOnly, RecoveryCodes>("/api/own-account/recovery-codes", {.permission = "signed_in", .summary = "New recovery codes, in this answer only; the old ones are void", .tag = "identity", .once = http::Once::secret_by_nature},
                                       [&identity](const Actor& actor, const CodeOnly& in) -> Result<RecoveryCodes> {
                                         MANDATE_ASSIGN(auto codes, identity.renew_recovery_codes(actor, in.code));
                                         return RecoveryCodes{std::move(codes)};
                                       });
  router.post<LostAuthenticator, http::Nothing>("/api/accounts/{id}/authenticator-removal", {.permission = "account.edit", .summary = "Take away an authenticator that was lost; the account's sessions end", .tag = "identity"},
                                                [&identity](const Actor& actor, const LostAuthenticator& in) -> Result<http::Nothing> {
                                                  MANDATE_TRY(identity.remove_lost_authenticator(actor, in.id, in.reason));
                                                  return http::Nothing{};
                                                });
}

}  // namespace mandate::identity
