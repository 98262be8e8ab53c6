#pragma once

#include "foundation/calendar/service.hpp"
#include "platform/db/migrations.hpp"
#include "platform/http/router.hpp"
#include "platform/i18n/messages.hpp"

namespace mandate::calendar {

class CalendarModule {
 public:
  explicit CalendarModule(db::Database& database) : calendar_(database), service_(database) {}

  Calendar& calendar() { return calendar_; }
  CalendarService& service() { return service_; }
  void add_routes(http::Router& router);

 private:
  Calendar calendar_;
  CalendarService service_;
};

db::MigrationSet calendar_migrations();
std::vector<i18n::Message> calendar_messages();

}  // namespace mandate::calendar
