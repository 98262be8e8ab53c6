#pragma once

#include "foundation/search/api.hpp"
#include "modules/plan/service.hpp"
#include "platform/db/migrations.hpp"
#include "platform/http/pages.hpp"
#include "platform/http/router.hpp"
#include "platform/i18n/messages.hpp"

namespace mandate::plan {

class PlanModule {
 public:
  PlanModule(db::Database& database, const Clock& clock, identity::Identity& identity, audit::Audit& audit, duties::Duties& duties, const agencies::Agencies& agencies);

  PlanService& service() { return service_; }
  void add_routes(http::Router& router);
  // The URL of a file of the public pages with its version; set by app.
  void set_asset_url(std::function<std::string(const std::string&)> url) { asset_url_ = std::move(url); }
  // A public page of another module: its own part between the site's header and footer.
  // `path`: where the same page stands, for the other language.
  std::string framed_page(const http::Call& call, const std::string& title, const std::string& body_file, const std::function<void(http::Values&)>& fill, const std::string& path = {}) const;
  std::string asset_url(const std::string& url) const { return asset_url_(url); }
  std::string error_page(const http::Call& call, int status, const std::string& title, const std::string& detail);

 private:
  void add_pages(http::Router& router);

  const Clock& clock_;
  PlanService service_;
  std::function<std::string(const std::string&)> asset_url_ = [](const std::string& url) { return url; };
};

// Plans and their headings, as search knows them.
std::vector<search::Kind> search_kinds(identity::Identity& identity);
db::MigrationSet plan_migrations();
std::vector<i18n::Message> plan_messages();

}  // namespace mandate::plan
