// The composition root: every part of the program, made in the order in which they need each other. Reads as the list of what Mandate consists of.
#pragma once

#include "foundation/agencies/module.hpp"
#include "foundation/attachments/api.hpp"
#include "foundation/audit/api.hpp"
#include "foundation/calendar/module.hpp"
#include "foundation/chasing/api.hpp"
#include "foundation/comments/api.hpp"
#include "foundation/collaboration/api.hpp"
#include "foundation/duties/api.hpp"
#include "foundation/facts/api.hpp"
#include "foundation/reports/schedules.hpp"
#include "foundation/feeds/api.hpp"
#include "foundation/identity/api.hpp"
#include "foundation/imports/api.hpp"
#include "foundation/labels/api.hpp"
#include "foundation/meetings/api.hpp"
#include "foundation/identity/review.hpp"
#include "foundation/notices/api.hpp"
#include "foundation/places/api.hpp"
#include "foundation/policy/module.hpp"
#include "foundation/search/api.hpp"
#include "foundation/statistics/api.hpp"
#include "foundation/tracking/api.hpp"
#include "foundation/views/api.hpp"
#include "modules/handover/module.hpp"
#include "modules/plan/module.hpp"
#include "modules/tenders/publication.hpp"
#include "platform/clock/clock.hpp"
#include "platform/db/database.hpp"
#include "platform/files/store.hpp"
#include "platform/followers/followers.hpp"
#include "platform/http/router.hpp"
#include "platform/http/static_files.hpp"
#include "platform/jobs/jobs.hpp"
#include "platform/mail/post_office.hpp"

#include <filesystem>
#include <memory>

namespace mandate::app {

struct CityOptions {
  std::filesystem::path data = "data";  // SQLite database, keys, checkpoints, socket
  std::string database_url;             // "" for SQLite in the data folder
  std::filesystem::path files;          // uploaded files; empty: files/ in the data folder
  std::optional<Instant> fake_now;      // a clock that stands still, for tests on loopback only
  int readers = 6;
  mail::MailSettings mail;
  std::function<void(std::string_view)> at_mail_step;  // told of each step around sending
};

// Everything that the office calendar moves.
class DueDates final : public calendar::DueDateEffects {
 public:
  explicit DueDates(std::vector<calendar::DueDateEffects*> all) : all_(std::move(all)) {}
  std::int64_t count_affected(db::Session& session, const calendar::CalendarDays& after, const std::vector<Date>& changed) override {
    std::int64_t count = 0;
    for (auto* one : all_) count += one->count_affected(session, after, changed);
    return count;
  }
  std::int64_t recompute(db::Session& session, const Actor& actor, const calendar::CalendarDays& after, std::int64_t version, const std::vector<Date>& changed) override {
    std::int64_t count = 0;
    for (auto* one : all_) count += one->recompute(session, actor, after, version, changed);
    return count;
  }

 private:
  std::vector<calendar::DueDateEffects*> all_;
};

class City {
 public:
  // Opens and migrates the database. Throws std::runtime_error that says what is wrong and what to do.
  explicit City(const CityOptions& options);
  ~City();

  void add_routes(http::Router& router);

  CityOptions options;
  FakeClock* fake_clock = nullptr;  // when the clock is one; before the clock, whose making sets it
  std::unique_ptr<Clock> clock;
  std::unique_ptr<db::Database> database;
  mail::PostOffice mail;
  policy::PolicyModule policy;
  labels::Labels labels;
  calendar::CalendarModule calendar;
  agencies::AgenciesModule agencies;
  identity::Identity identity;
  identity::AccountReviews reviews;
  audit::Audit audit;
  notices::Notices notices;
  comments::Comments comments;
  imports::Imports imports;
  reports::Lists lists;
  reports::Reports reports;
  search::Search search;
  duties::Duties duties;
  tracking::Tracking tracking;
  tenders::Tenders tenders;
  tenders::Publication publication;
  facts::Facts facts;
  statistics::Statistics statistics;
  files::FileStore files;
  reports::Issues issues;
  reports::Schedules report_schedules;
  attachments::Attachments attachments;
  chasing::Chasing chasing;
  meetings::Meetings meetings;
  DueDates due_dates;
  feeds::Feeds feeds;
  collaboration::Collaboration collaboration;
  plan::PlanModule plan;
  handover::Handovers handovers;
  jobs::Jobs jobs;
  followers::Followers followers;

  // What goes on beside the requests: jobs, followers of the log, live notices. With a clock that stands still the jobs run when it is set.
  void start();
  void stop();
  void run_due();

 private:
  void add_jobs();
  void set_mail_surroundings();
  void add_followers();
};

// All messages of all modules, once a process; and what the guards ask of them.
void add_messages();
std::vector<db::MigrationSet> all_migrations();

}  // namespace mandate::app
