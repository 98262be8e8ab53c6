// Service tokens.
#include "foundation/identity/views.hpp"

namespace mandate::identity {

struct TokenById {
  TokenId id;
};
BOOST_DESCRIBE_STRUCT(TokenById, (), (id))

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

void add_token_routes(http::Router& router, Identity& identity) {
  auto& database = identity.database();
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
