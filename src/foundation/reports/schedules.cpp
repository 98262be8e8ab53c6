#include "foundation/reports/schedules.hpp"

#include "foundation/identity/rules.hpp"
#include "kernel/roc_date.hpp"
#include "platform/db/events.hpp"
#include "platform/log/log.hpp"

namespace mandate::reports {
namespace {

constexpr auto columns = "id, owner_id, report, parameters, format, rhythm, day, about, state, reason, next_on, created_at, revision";
constexpr int batch_max = 100;
constexpr std::size_t readers_max = 50;

std::string one_of(const char* name, const std::string& value) { return boost::json::serialize(boost::json::object{{name, value}}); }

}  // namespace

Date next_sending(Rhythm rhythm, int day, Date after, const std::function<bool(Date)>& open_day) {
  // The days of the rhythm from a month before on: what falls on a closed day moves ahead and may still lie before us.
  const auto moved = [&](Date on) {
    for (int tries = 0; tries < 30 && !open_day(on); ++tries) on = on.plus_days(1);
    return on;
  };
  if (rhythm == Rhythm::weekly) {
    for (Date on = after.plus_days(-13);; on = on.plus_days(1)) {
      if (on.weekday() != day) continue;
      if (const Date sent = moved(on); sent > after) return sent;
    }
  }
  for (Date month = after.first_of_month().plus_months(-1);; month = month.plus_months(1)) {
    const Date last = month.last_of_month();
    const Date on = day >= last.day() ? last : month.plus_days(day - 1);
    if (const Date sent = moved(on); sent > after) return sent;
  }
}

Schedules::Schedules(db::Database& database, const Clock& clock, identity::Identity& identity, Issues& issues, mail::PostOffice& mail, std::function<bool(Date)> open_day)
    : database_(database), clock_(clock), identity_(identity), issues_(issues), mail_(mail), open_day_(std::move(open_day)) {}

Result<ScheduleId> Schedules::create(const Actor& actor, ScheduleRecord wanted, const std::vector<std::int64_t>& to) {
  const auto* kind = issues_.reports().find(wanted.report);
  if (kind == nullptr) return field_fault("report", "report.unknown");
  if (!identity::may(actor, kind->permission)) return fault(FaultKind::forbidden, "fault.no_permission", {{"permission", i18n::text("permission." + kind->permission, actor.language)}});
  const int last = wanted.rhythm == Rhythm::weekly ? 7 : 31;
  if (wanted.day < 1 || wanted.day > last) return field_fault("day", "input.out_of_range", {{"min", "1"}, {"max", std::to_string(last)}});
  if (to.empty()) return field_fault("readers", "input.required");
  if (to.size() > readers_max) return field_fault("readers", "schedule.too_many_readers", {{"max", std::to_string(readers_max)}});
  const auto today = clock_.today();
  // A parameter that the report does not know is refused now and not at night.
  MANDATE_TRY(issues_.reports().ask(wanted.report, {identity_.scope(actor, kind->permission, "duty"), actor.language, read_query(wanted.parameters), today, clock_.now(), nullptr}));
  wanted.id = ScheduleId{next_id()};
  wanted.owner_id = actor.account_id;
  wanted.state = ScheduleState::active;
  wanted.created_at = actor.now;
  wanted.next_on = next_sending(wanted.rhythm, wanted.day, today, open_day_);
  wanted.revision = 1;
  return database_.write([&](db::Session& s) -> Result<ScheduleId> {
    const auto book = identity_.accounts(s);
    std::set<std::int64_t> readers(to.begin(), to.end());
    for (const auto account : readers) {
      if (book->find(account) == nullptr || !identity::may(identity_.reader(*book, account, actor.now), kind->permission)) return field_fault("readers", "schedule.reader_may_not", {{"name", identity_.name_of(s, account)}});
    }
    s.execute(std::string("INSERT INTO report_schedule (") + columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", wanted.id, wanted.owner_id, wanted.report, wanted.parameters, wanted.format, wanted.rhythm, wanted.day, wanted.about,
              wanted.state, wanted.reason, wanted.next_on, wanted.created_at, wanted.revision);
    for (const auto account : readers) s.execute("INSERT INTO report_reader (schedule_id, account_id) VALUES (?, ?)", wanted.id, account);
    db::append_event(s, {actor.now, actor.account_id, "report.scheduled", "report", wanted.id.value, one_of("title", issues_.reports().title_of(wanted.report, read_query(wanted.parameters), Language::zh_tw)), {}});
    return wanted.id;
  });
}

Result<ScheduleRecord> Schedules::find(db::Session& s, const Actor& actor, ScheduleId id) {
  auto found = s.find<ScheduleRecord>(std::string("SELECT ") + columns + " FROM report_schedule WHERE id = ?", id);
  if (!found || (found->owner_id != actor.account_id && !identity::may(actor, "account.read"))) return fault(FaultKind::not_found, "schedule.not_found");
  return *found;
}

std::vector<ScheduleRecord> Schedules::list(db::Session& s, const Actor& actor, std::int64_t before, int limit) {
  if (identity::may(actor, "account.read")) return s.list<ScheduleRecord>(std::string("SELECT ") + columns + " FROM report_schedule WHERE id < ? ORDER BY id DESC LIMIT ?", before, limit);
  return s.list<ScheduleRecord>(std::string("SELECT ") + columns + " FROM report_schedule WHERE owner_id = ? AND id < ? ORDER BY id DESC LIMIT ?", actor.account_id, before, limit);
}

std::vector<std::int64_t> Schedules::readers(db::Session& s, ScheduleId id) { return s.list<std::int64_t>("SELECT account_id FROM report_reader WHERE schedule_id = ? ORDER BY account_id", id); }

std::vector<RunRecord> Schedules::runs(db::Session& s, ScheduleId id, int limit) {
  return s.list<RunRecord>("SELECT schedule_id, period, account_id, at, outcome, issue_id FROM report_run WHERE schedule_id = ? ORDER BY period DESC, account_id LIMIT ?", id, limit);
}

Result<> Schedules::change(const Actor& actor, ScheduleId id, std::int64_t revision, ScheduleState state) {
  if (state == ScheduleState::stopped) return field_fault("state", "input.expected_choice", {{"choices", "active, paused"}});
  return database_.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto schedule, find(s, actor, id));
    if (schedule.owner_id != actor.account_id) return fault(FaultKind::forbidden, "schedule.not_yours");
    if (schedule.revision != revision) return fault(FaultKind::stale, "fault.stale");
    if (schedule.state == state) return done();
    // What fell due while it rested is not sent afterwards.
    const Date next = state == ScheduleState::active ? next_sending(schedule.rhythm, schedule.day, clock_.today(), open_day_) : schedule.next_on;
    s.execute("UPDATE report_schedule SET state = ?, reason = '', next_on = ?, revision = revision + 1 WHERE id = ?", state, next, id);
    db::append_event(s, {actor.now, actor.account_id, state == ScheduleState::active ? "report.resumed" : "report.paused", "report", id.value, "{}", {}});
    return done();
  });
}

Result<> Schedules::remove(const Actor& actor, ScheduleId id) {
  return database_.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto schedule, find(s, actor, id));
    if (schedule.owner_id != actor.account_id && !identity::may(actor, "account.edit")) return fault(FaultKind::forbidden, "schedule.not_yours");
    // The row stays, because its runs and issues name it.
    s.execute("UPDATE report_schedule SET state = ?, reason = 'schedule.removed', revision = revision + 1 WHERE id = ?", ScheduleState::stopped, id);
    db::append_event(s, {actor.now, actor.account_id, "report.unscheduled", "report", id.value, "{}", {}});
    return done();
  });
}

void Schedules::stop(const ScheduleRecord& schedule, const std::string& reason, Instant now) {
  (void)database_.write([&](db::Session& s) -> Result<> {
    if (s.execute("UPDATE report_schedule SET state = ?, reason = ?, revision = revision + 1 WHERE id = ? AND state = ?", ScheduleState::stopped, reason, schedule.id, ScheduleState::active) == 1) {
      db::append_event(s, {now, 0, "report.schedule_stopped", "report", schedule.id.value, one_of("reason", reason), {}});
    }
    return done();
  }).ok();
}

int Schedules::send_due(Instant now) {
  const Date today = taipei_date(now);
  int queued = 0;
  const auto due = database_.read([&](db::Session& s) { return s.list<ScheduleRecord>(std::string("SELECT ") + columns + " FROM report_schedule WHERE state = 'active' AND next_on <= ? ORDER BY next_on, id LIMIT ?", today, batch_max); });
  for (const auto& schedule : due) {
    const auto* kind = issues_.reports().find(schedule.report);
    const auto owner = database_.read([&](db::Session& s) { return identity_.actor_of(s, identity::AccountId{schedule.owner_id}); });
    if (kind == nullptr || !owner || !identity::may(*owner, "report.schedule") || !identity::may(*owner, kind->permission)) {
      stop(schedule, kind == nullptr ? "report.unknown" : "schedule.owner_may_not", now);
      continue;
    }
    bool all = true;
    for (const auto account : database_.read([&](db::Session& s) { return readers(s, schedule.id); })) {
      try {
        const auto sent = send_to(schedule, account, now);
        if (sent.ok()) {
          queued += *sent ? 1 : 0;
        } else {
          all = false;
          log::warning("report_not_sent", {{"schedule", static_cast<long>(schedule.id.value)}, {"reason", sent.fault().key}});
        }
      } catch (const std::exception& e) {
        all = false;  // the next look tries again; who has theirs gets no other
        log::error("report_not_sent", {{"schedule", static_cast<long>(schedule.id.value)}, {"reason", e.what()}});
      }
    }
    if (!all) continue;
    if (at_step) at_step("sent");
    (void)database_.write([&](db::Session& s) -> Result<> {
      s.execute("UPDATE report_schedule SET next_on = ? WHERE id = ? AND next_on = ?", next_sending(schedule.rhythm, schedule.day, today, open_day_), schedule.id, schedule.next_on);
      return done();
    }).ok();
  }
  return queued;
}

// True when a mail was queued now.
Result<bool> Schedules::send_to(const ScheduleRecord& schedule, std::int64_t account, Instant now) {
  const auto ran = database_.read([&](db::Session& s) { return s.find<std::int64_t>("SELECT account_id FROM report_run WHERE schedule_id = ? AND period = ? AND account_id = ?", schedule.id, schedule.next_on, account); });
  if (ran) return false;
  const auto* kind = issues_.reports().find(schedule.report);
  auto reader = database_.read([&](db::Session& s) -> std::optional<Actor> {
    const auto book = identity_.accounts(s);
    const auto* entry = book->find(account);
    if (entry == nullptr) return std::nullopt;
    auto actor = identity_.reader(*book, account, now);
    actor.name = entry->name;
    actor.language = entry->language;
    return actor;
  });
  const auto note = [&](db::Session& s, RunOutcome outcome, std::int64_t issue) {
    return s.execute("INSERT INTO report_run (schedule_id, period, account_id, at, outcome, issue_id) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (schedule_id, period, account_id) DO NOTHING", schedule.id, schedule.next_on, account, now, outcome,
                     issue) == 1;
  };
  const auto only_note = [&](RunOutcome outcome) {
    return database_.write([&](db::Session& s) -> Result<bool> {
      note(s, outcome, 0);
      return false;
    });
  };
  if (!reader || !identity::may(*reader, kind->permission)) return only_note(RunOutcome::no_permission);
  if (!identity_.email_of(identity::AccountId{account})) return only_note(RunOutcome::no_address);
  const Date today = taipei_date(now);
  const Date as_of = schedule.about == About::month_before ? today.first_of_month().plus_days(-1) : today;
  auto made = issues_.make(*reader, {schedule.report, read_query(schedule.parameters), schedule.format, as_of, now});
  if (!made.ok()) return made.fault().kind == FaultKind::unavailable ? Result<bool>(made.fault()) : only_note(RunOutcome::failed);
  made->record.schedule_id = schedule.id.value;
  if (at_step) at_step("made");
  const auto t = [&](const char* key, const MessageArgs& args = {}) { return i18n::text(key, reader->language, args); };
  const auto& record = made->record;
  const bool attached = record.size <= mail_.settings().attached_max && record.format != FileFormat::html;
  mail::NewMail letter;
  letter.kind = "report.scheduled";
  letter.account_id = account;
  letter.language = reader->language;
  letter.record_kind = "report";
  letter.record_id = record.id.value;
  letter.letter.subject = t("schedule.mail_subject", {{"title", record.title}, {"date", reader->language == Language::en ? as_of.iso() : roc_long(as_of)}});
  letter.letter.paragraphs = {t(attached ? "schedule.mail_attached" : "schedule.mail_link", {{"title", record.title}})};
  if (!made->finding.empty()) letter.letter.paragraphs.push_back(made->finding);
  letter.letter.rows = {{t("schedule.rows"), std::to_string(record.row_count)}, {"SHA-256", record.hash}};
  letter.letter.action_label = t("schedule.mail_open");
  letter.letter.action_path = "/console/reports/issued";
  if (attached) letter.letter.files.push_back({record.hash, record.file_name, made->placed.file.type});
  if (made->chart) letter.letter.files.push_back({record.chart_hash, record.title + "-" + t("schedule.chart") + ".svg", made->chart->file.type});
  return database_.write([&](db::Session& s) -> Result<bool> {
    if (!note(s, RunOutcome::queued, record.id.value)) return false;  // another process was faster
    issues_.keep(s, identity::system_actor(clock_), *made);
    mail_.queue(s, letter);
    return true;
  });
}

}  // namespace mandate::reports
