#include "app/city.hpp"

#include "app/audit_words.hpp"
#include "app/feed_kinds.hpp"
#include "app/health.hpp"
#include "app/job_routes.hpp"
#include "app/list_kinds.hpp"
#include "app/messages.hpp"
#include "app/notice_mail.hpp"
#include "app/people_mail.hpp"
#include "app/record_kinds.hpp"
#include "app/search_kinds.hpp"
#include "app/policy_effects.hpp"
#include "app/statistic_files.hpp"
#include "app/storage.hpp"
#include "foundation/duties/overview.hpp"

#include "foundation/duties/duty_import.hpp"
#include "platform/csv/csv.hpp"
#include "platform/documents/document_text.hpp"
#include "platform/sheets/reader.hpp"
#include "platform/db/migrations.hpp"
#include "platform/http/messages.hpp"
#include "platform/i18n/messages.hpp"

#include <fstream>

MANDATE_EMBEDDED(platform_db)
MANDATE_EMBEDDED(app)

namespace mandate::app {
namespace {

std::unique_ptr<Clock> make_clock(const CityOptions& options, FakeClock*& fake) {
  if (!options.fake_now) return std::make_unique<SystemClock>();
  auto clock = std::make_unique<FakeClock>(*options.fake_now);
  fake = clock.get();
  return clock;
}

std::unique_ptr<db::Database> open_database(const CityOptions& options) {
  std::filesystem::create_directories(options.data);
  auto database = db::Database::open({.url = options.database_url, .directory = options.data, .readers = options.readers});
  db::migrate(*database, all_migrations());
  return database;
}

identity::IdentityPolicy identity_policy(const policy::Policies& policies, Date on) {
  const auto p = policies.recent();
  const auto number = [&](const char* key) { return static_cast<int>(p->integer(key, {on, {}})); };
  const auto yes = [&](const char* key) { return p->text(key, {on, {}}) == "yes"; };
  return {number("sign_in.failures_max"),
          number("sign_in.lock_minutes"),
          number("sign_in.address_failures_max"),
          number("session.idle_minutes"),
          number("session.idle_minutes_admin"),
          number("session.hours_max"),
          number("session.hours_max_admin"),
          {number("password.length_min"), number("password.history"), number("password.age_max_days"), number("password.age_min_days"), yes("password.mixed")},
          {number("password.length_min_admin"), number("password.history_admin"), number("password.age_max_days_admin"), number("password.age_min_days_admin"), yes("password.mixed_admin")},
          yes("second_step.required"),
          yes("second_step.required_admin"),
          number("second_step.grace_days"),
          number("link.invitation_days"),
          number("link.reset_minutes"),
          number("link.resets_max")};
}

identity::ReviewPolicy review_policy(const policy::Policies& policies, Date on) {
  const auto p = policies.recent();
  const auto number = [&](const char* key) { return static_cast<int>(p->integer(key, {on, {}})); };
  return {number("review.idle_days"), number("review.unused_days"), number("review.agencies_max"), number("review.keep_days_max")};
}

attachments::AttachmentPolicy attachment_policy(const policy::Policies& policies, Date on) {
  const auto p = policies.recent();
  attachments::AttachmentPolicy out;
  out.file_megabytes_max = p->integer("attachment.file_mb_max", {on, {}});
  out.record_megabytes_max = p->integer("attachment.record_mb_max", {on, {}});
  out.record_files_max = p->integer("attachment.record_files_max", {on, {}});
  out.limits.megapixels_max = p->integer("attachment.megapixels_max", {on, {}});
  out.limits.pages_max = p->integer("attachment.pages_max", {on, {}});
  out.limits.archive_levels_max = p->integer("attachment.archive_levels_max", {on, {}});
  out.limits.archive_megabytes_max = p->integer("attachment.archive_mb_max", {on, {}});
  return out;
}

statistics::Policy statistic_policy(const policy::Policies& policies, Date on) {
  const auto duty = duty_policy(policies, on);
  return {{on, duty.at_risk_days, duty.severe_days}, policies.recent()->integer("statistics.small_cell_min", {on, {}})};
}

duties::Directory directory_of(const agencies::Agencies& agencies, const Clock& clock, std::function<std::map<std::int64_t, std::string>()> goal_names) {
  using namespace mandate::agencies;
  return {[&](std::int64_t id) { return agencies.recent()->name_of(AgencyId{id}, clock.today()); },
          [&](std::int64_t id, Date on) { return agencies.recent()->find(AgencyId{id}, {on, {}}) != nullptr; },
          [&](std::int64_t id) { return agencies.recent()->post_name(PostId{id}, clock.today()); },
          [&](std::int64_t id, Date on) { return agencies.recent()->holder_name(PostId{id}, on); },
          [&](std::int64_t id, Date on) {
            std::vector<std::int64_t> posts;
            for (const auto post : agencies.recent()->posts_of_account(id, on)) posts.push_back(post.value);
            return posts;
          },
          [&](std::int64_t agency, std::int64_t unit, std::int64_t post, Date on) {
            const auto organisation = agencies.snapshot();  // a post may have been made a moment ago
            const Moment moment{on, {}};
            const auto units = organisation->units_of(AgencyId{agency}, moment);
            if (unit != 0 && std::none_of(units.begin(), units.end(), [&](const auto* one) { return one->id.value == unit; })) return false;
            const auto posts = organisation->posts_of(AgencyId{agency}, moment);
            return post == 0 || std::any_of(posts.begin(), posts.end(), [&](const auto* one) { return one->id.value == post && (unit == 0 || one->unit_id.value == unit); });
          },
          [&] {
            const auto organisation = agencies.recent();
            const Date today = clock.today();
            std::map<std::string, std::int64_t> by_code;
            for (const auto& one : organisation->rows().agencies) by_code[one.code] = one.id.value;
            std::vector<std::int64_t> ids;
            for (const auto& [code, id] : by_code) ids.push_back(id);
            // By kind first, as the city lists its agencies: its own, then the districts.
            std::stable_sort(ids.begin(), ids.end(), [&](std::int64_t a, std::int64_t b) { return organisation->nearest(AgencyId{a}, today)->kind < organisation->nearest(AgencyId{b}, today)->kind; });
            return ids;
          },
          std::move(goal_names),
          [&](std::string_view name, Date on) { return agencies.recent()->match_by_name(name, on).value; },
          [&](std::int64_t id) { return agencies.recent()->unit_name(UnitId{id}, clock.today()); }};
}

identity::Organisation organisation_of(const agencies::Agencies& agencies, const Clock& clock) {
  using namespace mandate::agencies;
  return {[&](std::int64_t id) { return agencies.recent()->name_of(AgencyId{id}, clock.today()); },
          [&](std::int64_t id) { return agencies.snapshot()->nearest(AgencyId{id}, clock.today()) != nullptr; },
          [&](std::int64_t agency, std::int64_t unit) {
            const auto organisation = agencies.snapshot();
            const auto& units = organisation->rows().units;
            return std::any_of(units.begin(), units.end(), [&](const UnitRecord& one) { return one.id.value == unit && one.agency_id.value == agency && !one.superseded_at; });
          },
          [&]() -> identity::Organisation::PersonOf {
            return [organisation = agencies.snapshot(), today = clock.today()](std::int64_t account) -> std::optional<identity::Organisation::Person> {
              const auto person = organisation->person_of_account(account);
              if (!person) return std::nullopt;
              identity::Organisation::Person out{person.value, organisation->person_name(person), "", {}};
              const Moment moment{today, {}};
              for (const auto& holder : organisation->rows().holders) {
                if (holder.person_id != person || !holder.holds(moment)) continue;
                const auto* post = organisation->find_post(holder.post_id, moment);
                if (post == nullptr) continue;
                out.posts += (out.posts.empty() ? "" : "、") + organisation->short_name_of(post->agency_id, moment.as_of) + " " + post->name;
                out.agencies.push_back(post->agency_id.value);
              }
              return out;
            };
          },
          [&](std::int64_t account) {
            const Date today = clock.today();
            const auto in_force = [&](const AgencySnapshot& organisation) { return organisation.standing_in_by(organisation.person_of_account(account), {today, {}}); };
            std::vector<Deputyship> out;
            const auto recent = agencies.recent();
            if (in_force(*recent).empty()) return out;
            // A right that somebody took back a moment ago in another process is gone: what it rests on is read exactly.
            const auto organisation = agencies.snapshot();
            for (const auto* period : in_force(*organisation)) {
              Deputyship one;
              one.account_id = organisation->account_of_person(period->person_id);
              one.confidential = period->confidential;
              for (const auto post : organisation->posts_of_person(period->person_id, today)) one.posts.push_back(post.value);
              if (one.account_id != 0 && !one.posts.empty()) out.push_back(std::move(one));
            }
            return out;
          },
          [&](std::int64_t account, Date on) { return agencies.recent()->deputies_of_account(account, on); }};
}

notices::Directory notice_directory(const agencies::Agencies& agencies, calendar::Calendar& calendar) {
  using namespace mandate::agencies;
  return {[&](std::int64_t post, Date on) {
            const auto organisation = agencies.recent();
            const auto person = organisation->holder_of(PostId{post}, {on, {}});
            for (const auto& one : organisation->rows().people) {
              if (person && one.id == person) return one.account_id;
            }
            return std::int64_t{0};
          },
          [&](std::int64_t agency, Date on) {
            const auto* found = agencies.recent()->find(AgencyId{agency}, {on, {}});
            return found == nullptr ? std::int64_t{0} : found->parent_id.value;
          },
          [&](Date on) {
            const auto days = calendar.snapshot();
            const auto* day = days->days.find(on);
            return day != nullptr ? day->working() : on.weekday() <= 5;
          }};
}

std::vector<std::int64_t> subtree_of(const agencies::Agencies& agencies, std::int64_t id, Date on) {
  std::vector<std::int64_t> ids;
  for (const auto one : agencies.recent()->subtree(agencies::AgencyId{id}, {on, {}})) ids.push_back(one.value);
  return ids;
}

}  // namespace

duties::DutyPolicy duty_policy(const policy::Policies& policies, Date on) {
  const auto p = policies.recent();
  return {static_cast<int>(p->integer("duty.at_risk_days", {on, {}})), static_cast<int>(p->integer("duty.severe_days", {on, {}})), static_cast<int>(p->integer("duty.undo_minutes", {on, {}})), true};
}

std::vector<db::MigrationSet> all_migrations() {
  return {db::migrations_of("platform_db", embedded::platform_db), jobs::jobs_migrations(), mail::mail_migrations(), followers::followers_migrations(), policy::policy_migrations(), labels::label_migrations(), calendar::calendar_migrations(), agencies::agencies_migrations(),
          identity::identity_migrations(), audit::audit_migrations(), notices::notice_migrations(), comments::comment_migrations(), views::view_migrations(), imports::import_migrations(), search::search_migrations(), statistics::statistic_migrations(), duties::duty_migrations(), reports::report_migrations(), chasing::chase_migrations(), files::files_migrations(), attachments::attachment_migrations(), feeds::feed_migrations(), collaboration::collaboration_migrations(), plan::plan_migrations(), handover::handover_migrations(), db::migrations_of("app", embedded::app)};
}

void add_messages() {
  i18n::add(app_messages());
  i18n::add(list_messages());
  i18n::add(reports::list_route_messages());
  i18n::add(reports::report_messages());
  i18n::add(reports::schedule_messages());
  i18n::add(http::http_messages());
  i18n::add(csv::csv_messages());
  i18n::add(mail::mail_messages());
  i18n::add(policy::policy_messages());
  i18n::add(labels::label_messages());
  i18n::add(calendar::calendar_messages());
  i18n::add(agencies::agencies_messages());
  i18n::add(identity::identity_messages());
  i18n::add(audit::audit_messages());
  i18n::add(notices::notice_messages());
  i18n::add(comments::comment_messages());
  i18n::add(views::view_messages());
  i18n::add(sheets::sheet_messages());
  i18n::add(documents::document_messages());
  i18n::add(imports::import_messages());
  i18n::add(search::search_messages());
  i18n::add(duties::duty_messages());
  i18n::add(facts::fact_messages());
  i18n::add(statistics::statistic_messages());
  i18n::add(files::files_messages());
  i18n::add(attachments::attachment_messages());
  i18n::add(chasing::chase_messages());
  i18n::add(feeds::feed_messages());
  i18n::add(collaboration::collaboration_messages());
  i18n::add(plan::plan_messages());
  i18n::add(handover::handover_messages());
}

City::City(const CityOptions& o)
    : options(o),
      clock(make_clock(o, fake_clock)),
      database(open_database(o)),
      mail(*database, *clock, o.data / "keys", o.mail),
      policy(*database, *clock),
      labels(*database),
      calendar(*database),
      agencies(*database, *clock),
      identity(*database, *clock, [this](Date on) { return identity_policy(policy.policies(), on); }, [this](std::int64_t id) { return subtree_of(agencies.agencies(), id, clock->today()); }),
      reviews(identity, [this](std::int64_t id) { return subtree_of(agencies.agencies(), id, clock->today()); }, [this] { return review_policy(policy.policies(), clock->today()); }),
      audit(*database, *clock, o.data / "keys", o.data / "audit" / "checkpoints.txt"),
      notices(*database, *clock, identity, notice_directory(agencies.agencies(), calendar.calendar())),
      comments(*database, *clock, identity, notices),
      imports(*database, *clock, identity, (o.files.empty() ? o.data / "files" : o.files) / "imports"),
      search(*database, *clock),
      duties(*database, *clock, identity, audit, calendar.calendar(), directory_of(agencies.agencies(), *clock, [this] { return plan.service().goal_names(); }), [this](Date on) { return duty_policy(policy.policies(), on); }),
      facts(*database, *clock),
      statistics(*database, *clock, identity, facts, [this](Date on) { return statistic_policy(policy.policies(), on); }),
      files(*database, *clock, o.files.empty() ? o.data / "files" : o.files, files::workshop_apart("/proc/self/exe")),
      issues(*database, *clock, identity, reports, files),
      report_schedules(*database, *clock, identity, issues, mail, notice_directory(agencies.agencies(), calendar.calendar()).open_day),
      attachments(*database, *clock, identity, files, [this](Date on) { return attachment_policy(policy.policies(), on); }),
      chasing(*database, *clock, identity, calendar.calendar(), notices, duties, notice_directory(agencies.agencies(), calendar.calendar())),
      feeds(*database, *clock, identity),
      collaboration(*database, *clock, identity, audit),
      plan(*database, *clock, identity, audit, duties, agencies.agencies()),
      handovers(*database, *clock, identity, duties, agencies.agencies()),
      jobs(*database, *clock),
      followers(*database, *clock) {
  db::set_personal_vault(&audit);
  policy.policies().define(policy::policy_definitions());
  policy.policies().install(clock->now());
  const auto account_name = [this](std::int64_t id) { return database->read([&](db::Session& s) { return identity.name_of(s, id); }); };
  policy.set_account_name(account_name);
  labels.set_account_name(account_name);
  labels.load();
  agencies.set_account_name(account_name);
  agencies.set_account_exists([this](std::int64_t id) { return identity.account_exists(identity::AccountId{id}); });
  agencies.set_looks_after([this](const Actor& actor, std::int64_t agency) { return identity::reaches(identity.scope(actor, "deputy.edit", "post"), {agency, 0, "", identity::Confidentiality::internal, 0}); });
  agencies.service().set_holder_changed([this](db::Session& s, const Actor& actor, agencies::PostId post, agencies::PersonId before, agencies::PersonId after, Date on) {
    return handovers.holder_changed(s, actor, post, before, after, on);
  });
  identity.set_sealing(sealing_of(o.data / "keys"));
  // Where no mail can leave, links are shown to whoever makes them.
  if (mail.settings().smtp && !mail.settings().public_url.empty()) identity.set_courier(courier_of(mail));
  identity.set_organisation(organisation_of(agencies.agencies(), *clock));
  calendar.service().set_due_date_effects(&duties);
  audit.set_hidden([](const Actor& actor, const std::string& kind) { return kind == "duty" && !identity::may(actor, "duty.read"); });
  audit.set_names([this](db::Session& s, std::int64_t id) { return identity.name_of(s, id); });
  set_audit_words(*this);
  set_policy_effects(*this);
  set_mail_surroundings();
  duties::add_duty_notices(notices, duties);
  imports.add_kind(duties::duty_import(duties));
  duties::add_duty_statistics(statistics, duties);
  duties.set_commenter([this](db::Session&, const Actor& actor, std::int64_t duty, const std::string& text) -> Result<> {
    MANDATE_TRY(comments.add(actor, "duty", duty, text, {}));
    return done();
  });
  chasing.install();
  chasing.set_windows([this](std::int64_t agency) {
    const auto contacts = agencies.agencies().recent()->contacts_of(agencies::AgencyId{agency});
    return contacts.empty() ? chasing::Chasing::Window{} : chasing::Chasing::Window{contacts.front()->name, contacts.front()->phone};
  });
  set_notice_mail(*this);
  add_followers();
  add_feed_kinds(*this);
  add_record_kinds(*this);
  add_list_kinds(*this);
  add_search_kinds(*this);
  add_jobs();
}

City::~City() {
  stop();
  db::set_personal_vault(nullptr);
}

void City::add_routes(http::Router& router) {
  policy.add_routes(router);
  labels.add_routes(router);
  calendar.add_routes(router);
  agencies.add_routes(router);
  identity::add_identity_routes(router, identity);
  identity::add_review_routes(router, reviews);
  audit::add_audit_routes(router, audit);
  notices::add_notice_routes(router, notices);
  comments::add_comment_routes(router, comments);
  views::add_view_routes(router, *database, identity);
  search::add_search_routes(router, search);
  duties::add_duty_routes(router, duties);
  imports::add_import_routes(router, imports);
  statistics::add_statistic_routes(router, statistics);
  duties::add_overview_routes(router, duties, statistics, [this](Date on) {
    const auto begins = Date::parse(policy.policies().recent()->text("term.starts_on", {on, {}}));
    return begins && *begins <= on ? *begins : Date(*Date::from_ymd(on.year(), 1, 1));  // no day that can be read: this year
  });
  attachments::add_attachment_routes(router, attachments);
  chasing::add_chase_routes(router, chasing);
  feeds::add_feed_routes(router, feeds);
  collaboration::add_collaboration_routes(router, collaboration);
  places::add_place_routes(router);
  plan.add_routes(router);
  handover::add_handover_routes(router, handovers);
  mail.add_routes(router);
  reports::add_list_routes(router, lists);
  add_statistic_file_routes(router, statistics);
  reports::add_issue_routes(router, issues);
  reports::add_schedule_routes(router, report_schedules);
  add_job_routes(router, *database, jobs);
  add_system_routes(router, *this);
}

void City::set_mail_surroundings() {
  mail::Surroundings around;
  around.addresses_of = [this](const std::vector<std::int64_t>& accounts) {
    std::vector<identity::AccountId> ids;
    for (const auto id : accounts) ids.emplace_back(id);
    mail::Addresses out;
    for (auto& [id, address] : identity.emails_of(ids)) out[id.value] = std::move(address);
    return out;
  };
  around.account_name = [this](std::int64_t id) { return database->read([&](db::Session& s) { return identity.name_of(s, id); }); };
  around.may_edit = [](const Actor& actor) { return identity::may(actor, "mail.edit"); };
  around.policy = [this] {
    const auto p = policy.policies().recent();
    const policy::PolicyMoment today{clock->today(), {}};
    return mail::MailPolicy{p->integer("mail.give_up_hours", today), p->integer("mail.keep_days", today)};
  };
  around.page = [this](const http::Call& call, const std::string& title, const std::string& file, const std::function<void(http::Values&)>& fill) { return plan.framed_page(call, title, file, fill); };
  around.file = [this](const std::string& hash) -> std::optional<std::string> {
    std::ifstream in(files.path_of(hash), std::ios::binary);
    if (!in) return std::nullopt;
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  around.on_unsubscribe = [this](db::Session& session, std::int64_t account) { notices.stop_mail(session, account, clock->now()); };
  if (options.at_mail_step) {
    around.at_step = options.at_mail_step;
    report_schedules.at_step = [this](const char* step) { options.at_mail_step(std::string("report_") + step); };
  }
  mail.set_surroundings(std::move(around));
}

void City::start() {
  if (fake_clock == nullptr) {
    jobs.start();
    mail.start();
  }
  followers.start();
  notices.start();
  facts.start();
}

void City::stop() {
  jobs.stop();
  mail.stop();
  database->on_events(nullptr);
  followers.stop();
  notices.stop();
  facts.stop();
}

void City::run_due() {
  followers.run();
  jobs.run_due();
  followers.run();
  mail.work();
}

void City::add_followers() {
  followers.add("notices", [this](db::Session& s, const std::vector<db::Event>& events) { return notices.follow(s, events); });
  followers.add("chasing", [this](db::Session& s, const std::vector<db::Event>& events) { return chasing.follow(s, events); });
  followers.on_step([this] { notices.wake(); });
  database->on_events([this] {
    followers.wake();
    search.wake();
    notices.wake();  // what was told in the change's own transaction needs no follower
    facts.wake();
  });
}

void City::add_jobs() {
  constexpr std::int64_t day = 86'400;
  jobs.every("duties.extend_series", day, [this](Instant) -> Result<> {
    MANDATE_TRY(duties.extend_series(identity::system_actor(*clock), clock->today()));
    return done();
  });
  jobs.every("http.forget_idempotency", day, [this](Instant now) -> Result<> {
    return database->write([&](db::Session& s) -> Result<> {
      s.execute("DELETE FROM idempotency WHERE at < ?", now.plus_seconds(-3 * day));  // kept for 72 hours
      return done();
    });
  });
  jobs.every("identity.forget_sessions", day, [this](Instant now) -> Result<> {
    return database->write([&](db::Session& s) -> Result<> {
      s.execute("DELETE FROM session WHERE expires_at < ?", now.plus_seconds(-30 * day));
      s.execute("DELETE FROM sign_in_failure WHERE since < ?", now.plus_seconds(-day));
      s.execute("DELETE FROM reset_request WHERE asked_at < ?", now.plus_seconds(-30 * day));
      return done();
    });
  });
  jobs.every("mail.forget", day, [this](Instant) -> Result<> {
    mail.forget_old();
    return done();
  }, true);
  jobs.every("identity.answer_reset_requests", 60, [this](Instant) { return identity.answer_reset_requests(identity::system_actor(*clock)); });
  attachments.add_jobs(jobs);
  imports.add_jobs(jobs);
  jobs.every("collaboration.forget_presence", day, [this](Instant now) { return collaboration.forget_old(now); });
  // Rungs are of days; an hour is soon enough for a duty that was made late. Each manages its own transactions.
  jobs.every("chasing.run", 3'600, [this](Instant now) -> Result<> {
    chasing.run(now);
    return done();
  }, true);
  jobs.every("notices.mail", 20, [this](Instant now) -> Result<> {
    notices.send_due(now);
    return done();
  }, true);
  jobs.every("notices.forget", day, [this](Instant now) -> Result<> {
    return database->write([&](db::Session& s) -> Result<> {
      notices.forget_read(s, now.plus_seconds(-400 * day));  // a year, and the time in which a year is closed
      return done();
    });
  });
  // Each reader's report is made and queued in a transaction of its own, once a period.
  jobs.every("reports.send", 600, [this](Instant now) -> Result<> {
    report_schedules.send_due(now);
    return done();
  }, true);
  jobs.every("jobs.forget_done", day, [this](Instant now) -> Result<> {
    while (*database->write([&](db::Session& s) -> Result<std::int64_t> { return jobs::Jobs::forget_done(s, now.plus_seconds(-90 * day), 500); }) > 0) {
    }
    return done();
  }, true);
  // Reads the whole database: outside of any transaction.
  jobs.every("system.measure", day, [this](Instant) { return measure_storage(*this); }, true);
  // Reads the whole log: outside of any transaction, and harmless when run twice.
  jobs.every("audit.verify", day, [this](Instant) -> Result<> {
    audit.verify();
    return done();
  }, true);
}

}  // namespace mandate::app
