#pragma once

#include "foundation/agencies/service.hpp"
#include "platform/clock/clock.hpp"
#include "platform/db/migrations.hpp"
#include "platform/http/router.hpp"
#include "platform/i18n/messages.hpp"

namespace mandate::agencies {

// The name to show for an account; the system itself is 0.
using AccountName = std::function<std::string(std::int64_t)>;

class AgenciesModule {
 public:
  AgenciesModule(db::Database& database, const Clock& clock) : clock_(clock), agencies_(database), service_(database, agencies_) {}

  Agencies& agencies() { return agencies_; }
  AgencyService& service() { return service_; }
  void set_account_name(AccountName name) { account_name_ = std::move(name); }
  void set_account_exists(std::function<bool(std::int64_t)> exists) { account_exists_ = std::move(exists); }
  // Whether an actor may name deputies for people of that agency.
  void set_looks_after(std::function<bool(const Actor&, std::int64_t agency)> looks_after) { looks_after_ = std::move(looks_after); }
  void add_routes(http::Router& router);

 private:
  void add_delegation_routes(http::Router& router);  // who stands in for whom
  void add_place_routes(http::Router& router);   // units and posts
  void add_people_routes(http::Router& router);  // people, their accounts, contact windows

  const Clock& clock_;
  Agencies agencies_;
  AgencyService service_;
  AccountName account_name_;
  std::function<bool(std::int64_t)> account_exists_;
  std::function<bool(const Actor&, std::int64_t)> looks_after_;
};

db::MigrationSet agencies_migrations();
std::vector<i18n::Message> agencies_messages();

}  // namespace mandate::agencies
