// Chasing (稽催): the reminders that the ladder gives, those that people give by phone, mail or letter, the answers, and what it all brings.
#pragma once

#include "foundation/chasing/rules.hpp"
#include "platform/db/migrations.hpp"

namespace mandate::chasing {

class Chasing {
 public:
  Chasing(db::Database& database, const Clock& clock, identity::Identity& identity, calendar::Calendar& calendar, notices::Notices& notices, duties::Duties& duties, notices::Directory directory);
  ~Chasing();

  // Writes the ladders that the city begins with; once, and never over one that somebody set.
  void install();
  // Every rung that is due and was not run: chases, notices and mails to come, a few hundred duties in one transaction. Safe to run as often as one
  // likes and by several processes. Returns how many chases were made.
  std::int64_t run(Instant now);
  // For the follower of the log: a duty that is done, or for which more time is asked, answers its chases.
  Result<> follow(db::Session& session, const std::vector<db::Event>& events);
  void set_mailer(notices::Mailer mailer);
  // The window of an agency (name, phone) for letters and calls; given by app.
  struct Window {
    std::string name;
    std::string phone;
  };
  void set_windows(std::function<Window(std::int64_t agency_id)> windows);

  struct Parts;  // what the routes need
  Parts& parts() { return *parts_; }

 private:
  std::unique_ptr<Parts> parts_;
};

void add_chase_routes(http::Router& router, Chasing& chasing);
db::MigrationSet chase_migrations();
const std::vector<i18n::Message>& chase_messages();

}  // namespace mandate::chasing
