#include "app/city.hpp"

#include "app/audit_words.hpp"
#include "app/directories.hpp"
#include "app/feed_kinds.hpp"
#include "app/health.hpp"
#include "app/job_routes.hpp"
#include "app/list_kinds.hpp"
#include "app/messages.hpp"
#include "app/notice_mail.hpp"
#include "app/people_mail.hpp"
#include "app/policy_effects.hpp"
#include "app/policy_values.hpp"
#include "app/record_kinds.hpp"
#include "app/search_kinds.hpp"
#include "app/statistic_files.hpp"
#include "foundation/duties/duty_import.hpp"
#include "foundation/duties/overview.hpp"
#include "foundation/tracking/curve_file.hpp"
#include "modules/tenders/module.hpp"
#include "platform/csv/csv.hpp"
#include "platform/db/migrations.hpp"
#include "platform/documents/document_text.hpp"
#include "platform/http/messages.hpp"
#include "platform/i18n/messages.hpp"
#include "platform/sheets/reader.hpp"

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

}  // namespace

std::vector<db::MigrationSet> all_migrations() {
  return {db::migrations_of("platform_db", embedded::platform_db), jobs::jobs_migrations(), mail::mail_migrations(), followers::followers_migrations(), policy::policy_migrations(), labels::label_migrations(), calendar::calendar_migrations(), agencies::agencies_migrations(),
          identity::identity_migrations(), audit::audit_migrations(), notices::notice_migrations(), comments::comment_migrations(), views::view_migrations(), imports::import_migrations(), search::search_migrations(), statistics::statistic_migrations(), duties::duty_migrations(), tracking::tracking_migrations(), tenders::tender_migrations(), reports::report_migrations(), chasing::chase_migrations(), meetings::meeting_migrations(), files::files_migrations(), attachments::attachment_migrations(), feeds::feed_migrations(), collaboration::collaboration_migrations(), plan::plan_migrations(), handover::handover_migrations(), db::migrations_of("app", embedded::app)};
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
  i18n::add(tracking::tracking_messages());
  i18n::add(tenders::tender_messages());
  i18n::add(tenders::publication_messages());
  i18n::add(meetings::meeting_messages());
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
      tracking(*database, *clock, identity, audit, calendar.calendar(), policy.policies(), duties, directory_of(agencies.agencies(), *clock, nullptr)),
      tenders(*database, *clock, identity, tracking),
      publication(*database, *clock, policy.policies(), tracking, tenders),
      facts(*database, *clock),
      statistics(*database, *clock, identity, facts, [this](Date on) { return statistic_policy(policy.policies(), on); }),
      files(*database, *clock, o.files.empty() ? o.data / "files" : o.files, files::workshop_apart("/proc/self/exe")),
      issues(*database, *clock, identity, reports, files),
      report_schedules(*database, *clock, identity, issues, mail, notice_directory(agencies.agencies(), calendar.calendar()).open_day),
      attachments(*database, *clock, identity, files, [this](Date on) { return attachment_policy(policy.policies(), on); }),
      chasing(*database, *clock, identity, calendar.calendar(), notices, duties, notice_directory(agencies.agencies(), calendar.calendar())),
      meetings(*database, *clock, identity, audit, calendar.calendar(), duties, meeting_directory(agencies.agencies())),
      due_dates({&duties, &meetings}),
      feeds(*database, *clock, identity),
      collaboration(*database, *clock, identity, audit),
      plan(*database, *clock, identity, audit, duties, agencies.agencies()),
      handovers(*database, *clock, identity, duties, agencies.agencies()),
      jobs(*database, *clock),
      followers(*database, *clock) {
  db::set_personal_vault(&audit);
  policy.policies().define(policy::policy_definitions());
  policy.policies().define(tracking::policy_definitions());
  policy.policies().define(tenders::policy_definitions());
  policy.policies().define(tenders::publication_policies());
  policy.policies().install(clock->now());
  tracking.install(clock->now());
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
  calendar.service().set_due_date_effects(&due_dates);
  audit.set_hidden([](const Actor& actor, const std::string& kind) { return (kind == "duty" && !identity::may(actor, "duty.read")) || (kind.rfind("meeting", 0) == 0 && !identity::may(actor, "meeting.read")); });
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
  meetings::add_duty_sources(meetings, duties);
  tenders::add_tender_agenda(meetings, policy.policies());
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
  tracking::add_tracking_routes(router, tracking);
  tenders::add_tender_routes(router, tenders);
  tenders::add_open_data_routes(router, publication);
  tenders::add_work_pages(router, publication, {[this](const http::Call& call, const std::string& title, const std::string& file, const std::function<void(http::Values&)>& fill) { return plan.framed_page(call, title, file, fill, call.request.path); },
                                                [this](const std::string& url) { return plan.asset_url(url); }});
  imports::add_import_routes(router, imports);
  statistics::add_statistic_routes(router, statistics);
  duties::add_overview_routes(router, duties, statistics, [this](Date on) {
    const auto begins = Date::parse(policy.policies().recent()->text("term.starts_on", {on, {}}));
    return begins && *begins <= on ? *begins : Date(*Date::from_ymd(on.year(), 1, 1));  // no day that can be read: this year
  });
  attachments::add_attachment_routes(router, attachments);
  chasing::add_chase_routes(router, chasing);
  meetings::add_meeting_routes(router, meetings);
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
  search.start();
}

void City::stop() {
  jobs.stop();
  mail.stop();
  database->on_events(nullptr);
  search.stop();
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

}  // namespace mandate::app
