// What the tests of this module share: a city of accounts under a clock that stands still.
#pragma once

#include "foundation/identity/api.hpp"
#include "platform/digest/digest.hpp"
#include "platform/db/store_test.hpp"

MANDATE_EMBEDDED(platform_db)

namespace mandate::identity::testing {

inline std::vector<db::MigrationSet> sets() { return {db::migrations_of("platform_db", embedded::platform_db), identity_migrations()}; }

inline const Subtree subtree = [](std::int64_t agency) { return agency == 10 ? std::vector<std::int64_t>{10, 11} : std::vector<std::int64_t>{agency}; };

struct Fixture {
  db::Database& database;
  FakeClock clock{*Instant::parse("2023-03-07T01:00:00Z")};
  IdentityPolicy numbers = {};
  Identity identity{database, clock, [this](Date) { return numbers; }, subtree};
  Actor system = system_actor(clock);
  explicit Fixture(db::Database& d) : database(d) {
    identity.set_sealing({[](std::string_view plain) { return digest::hex(plain); }, [](std::string_view text) { return std::optional(digest::from_hex(text)); }});
  }
  AccountId account(const std::string& name, const std::string& role = "rdec_controller") {
    auto made = identity.create_account(system, {name, "測試帳號", "Correct-horse-9", {{role, 0, 0}}, false});
    REQUIRE(made.ok());
    return *made;
  }
  SignedIn sign_in(const std::string& name, const std::string& password = "Correct-horse-9", const std::string& code = "") {
    auto in = identity.sign_in(name, password, "127.0.0.1", "test", code);
    REQUIRE(in.ok());
    return *in;
  }
  void later(std::int64_t seconds) {
    clock.set(clock.now().plus_seconds(seconds));
    system.now = clock.now();
  }
  http::Request with_cookie(const std::string& token) {
    http::Request request;
    request.headers.emplace_back("cookie", "a=b; mandate_session=" + token);
    return request;
  }
};

}  // namespace mandate::identity::testing
