#include "foundation/chasing/service.hpp"

#include "kernel/roc_date.hpp"
#include "platform/db/numbers.hpp"
#include "platform/log/log.hpp"

MANDATE_EMBEDDED(foundation_chasing)

namespace mandate::chasing {
namespace {

constexpr int duties_at_once = 500;
constexpr std::size_t chased_together_max = 500;
constexpr std::size_t alike_max = 20;  // more chases of one run are told to a person as one
constexpr std::size_t note_bytes_max = 6'000;

// When the action was done that an event of undoing names.
Instant undone_at(const std::string& data) {
  boost::system::error_code bad;
  const auto json = boost::json::parse(data, bad);
  const auto* at = !bad && json.is_object() ? json.get_object().if_contains("done_at") : nullptr;
  return at != nullptr && at->is_string() ? Instant::parse(std::string_view(at->get_string())).value_or(Instant{}) : Instant{};
}

std::string day_text(Date on, Language language) { return language == Language::en ? on.iso() : roc_short(on); }
std::string json_text(boost::json::object object) { return boost::json::serialize(object); }

}  // namespace

db::MigrationSet chase_migrations() { return db::migrations_of("foundation_chasing", embedded::foundation_chasing); }

Chasing::Chasing(db::Database& database, const Clock& clock, identity::Identity& identity, calendar::Calendar& calendar, notices::Notices& notices, duties::Duties& duties, notices::Directory directory)
    : parts_(std::make_unique<Parts>(Parts{database, clock, identity, calendar, notices, duties, std::move(directory), {}, {}, {}})) {}

Chasing::~Chasing() = default;

void Chasing::set_mailer(notices::Mailer mailer) { parts_->mailer = std::move(mailer); }
void Chasing::set_windows(std::function<Window(std::int64_t)> windows) { parts_->windows = std::move(windows); }

void Chasing::install() {
  auto& p = *parts_;
  if (p.database.read([&](db::Session& s) { return p.store.any_ladder(s); })) return;
  (void)p.database.write([&](db::Session& s) -> Result<> {
    if (p.store.any_ladder(s)) return done();
    for (auto ladder : first_ladders()) {
      ladder.id = new_id<LadderId>();
      p.store.insert_ladder(s, ladder, p.clock.now(), 0);
    }
    return done();
  }).ok();
}

std::vector<Ladder> Chasing::Parts::ladders(db::Session& s) {
  std::vector<Ladder> out;
  for (auto& [row, rungs] : store.list_ladders(s, false)) out.push_back(ladder_of(row, std::move(rungs)));
  return out;
}

std::vector<Chasing::Parts::Due> Chasing::Parts::due_of(db::Session& s, const std::vector<duties::DutyCore>& page, const std::vector<Ladder>& ladders, const calendar::CalendarDays& days, Date today) {
  std::vector<duties::DutyId> ids;
  for (const auto& duty : page) ids.push_back(duty.id);
  std::map<duties::DutyId, std::vector<DoneRung>> done;
  std::map<duties::DutyId, Date> due_on;
  for (const auto& duty : page) due_on[duty.id] = duty.due_on;
  for (const auto& row : store.list_done(s, ids)) {
    if (row.due_on == due_on[row.duty_id]) done[row.duty_id].push_back({row.rung_key, row.audience, row.rung_on});
  }
  std::vector<Due> out;
  for (const auto& duty : page) {
    const auto* ladder = ladder_for(ladders, duty.origin, duty.severity, duty.confidentiality, today);
    if (ladder == nullptr) continue;
    auto rungs = rungs_to_run(*ladder, duty.due_on, today, days, done[duty.id]);
    if (!rungs.empty()) out.push_back({duty, std::move(rungs)});
  }
  return out;
}

std::vector<std::int64_t> Chasing::Parts::people(const identity::AccountBook& book, Audience audience, const duties::DutyCore& duty, Instant now) {
  auto all = notices.audience(book, audience, {duty.agency_id, duty.unit_id, duty.post_id}, taipei_date(now));
  std::erase_if(all, [&](std::int64_t account) { return !identity::reaches(identity.scope(identity.reader(book, account, now), "duty.read", "duty"), duty.facts()); });
  return all;
}

std::int64_t Chasing::run(Instant now) {
  auto& p = *parts_;
  const Date today = taipei_date(now);
  const auto days = p.calendar.snapshot();
  const auto ladders = p.database.read([&](db::Session& s) { return p.ladders(s); });
  const Date until = last_due_concerned(ladders, today);
  std::int64_t made = 0;
  std::optional<std::pair<Date, duties::DutyId>> after;
  while (true) {
    std::vector<std::int64_t> waiting;  // duties of this page with a rung to run
    std::size_t read = 0;
    p.database.read([&](db::Session& s) {
      const auto page = p.duties.list_open_until(s, until, after, duties_at_once);
      read = page.size();
      if (!page.empty()) after = {page.back().due_on, page.back().id};
      for (const auto& due : p.due_of(s, page, ladders, days->days, today)) waiting.push_back(due.duty.id.value);
      return 0;
    });
    if (!waiting.empty()) {
      std::int64_t chased = 0;
      const auto result = p.database.write([&](db::Session& s) -> Result<> {
        chased = 0;
        // Read again: what was done or chased meanwhile is left alone.
        auto cores = p.duties.list_cores(s, waiting);
        std::erase_if(cores, [](const auto& duty) { return duty.state != duties::DutyState::open; });
        const auto book = p.identity.accounts(s);
        std::vector<ChaseRecord> chases;
        std::vector<notices::NewNotice> told;
        for (const auto& due : p.due_of(s, cores, ladders, days->days, today)) {
          const auto& duty = due.duty;
          boost::json::array rungs;
          for (const auto& one : due.rungs) {
            const auto people = p.people(*book, one.rung.audience, duty, now);
            chases.push_back({new_id<ChaseId>(), duty.id, duty.due_on, one.key, one.on, one.rung.offset_days, one.rung.day_kind, one.rung.audience, Channel::notice, {}, now, today, 0, duty.agency_id, duty.unit_id, duty.origin,
                              duty.confidentiality, static_cast<std::int64_t>(people.size()), "", {}, {}, {}, {}, {}});
            const auto late = today - duty.due_on;
            const char* kind = late < 0 ? "chase.ahead" : late == 0 ? "chase.today" : one.rung.audience == Audience::owner ? "chase.late" : "chase.late_above";
            for (const auto account : people) {
              told.push_back({account, kind, notices::Category::chase, "duty", duty.id.value, 0, json_text({{"due_on", duty.due_on.iso()}, {"days", std::to_string(late < 0 ? -late : late)}})});
            }
            rungs.emplace_back(one.key);
          }
          db::append_event(s, {now, 0, "duty.chased", "duty", duty.id.value, json_text({{"due_on", duty.due_on.iso()}, {"rungs", boost::json::serialize(rungs)}, {"count", static_cast<std::int64_t>(rungs.size())}}), {}});
        }
        if (chases.empty()) return done();
        p.store.insert(s, chases);
        p.notices.tell_together(s, std::move(told), alike_max, now);
        chased = static_cast<std::int64_t>(chases.size());
        return done();
      });
      if (!result.ok()) throw std::runtime_error("chases could not be made: " + result.fault().key);
      made += chased;
    }
    if (read < static_cast<std::size_t>(duties_at_once)) break;
  }
  if (made > 0) {
    log::info("chased", {{"count", static_cast<long>(made)}});
    p.notices.wake();
  }
  return made;
}

Result<> Chasing::follow(db::Session& s, const std::vector<db::Event>& events) {
  auto& p = *parts_;
  for (const auto& event : events) {
    if (event.record_kind != "duty") continue;
    const auto kind = event.kind == "duty.done" ? std::optional(AnswerKind::done) : event.kind == "duty.extension_asked" ? std::optional(AnswerKind::extension) : event.kind == "duty.cancelled" ? std::optional(AnswerKind::closed) : std::nullopt;
    if (event.kind == "duty.undone") p.store.take_back_answers(s, duties::DutyId{event.record_id}, undone_at(event.data));
    if (kind) p.store.answer(s, duties::DutyId{event.record_id}, event.at, event.actor_id, *kind, "");
  }
  return done();
}

Result<> Chasing::Parts::set_ladder(const Actor& actor, const Ladder& ladder) {
  MANDATE_TRY(check_rungs(ladder.rungs));
  if (ladder.source.empty()) return field_fault("source", "input.required");
  if (ladder.source.size() > 900) return field_fault("source", "input.too_long", {{"max", "300"}});
  if (ladder.valid_from < clock.today()) return field_fault("valid_from", "chase.ladder_not_in_the_past", {{"today", clock.today().iso()}});
  return database.write([&](db::Session& s) -> Result<> {
    store.supersede_ladder(s, ladder.match, ladder.valid_from, actor.now);
    auto made = ladder;
    made.id = new_id<LadderId>();
    store.insert_ladder(s, made, actor.now, actor.account_id);
    std::string rungs;
    for (const auto& rung : made.rungs) rungs += (rungs.empty() ? "" : " ") + rung_key(rung, 0);
    db::append_event(s, {actor.now, actor.account_id, "ladder.set", "ladder", made.id.value,
                         json_text({{"valid_from", made.valid_from.iso()}, {"rungs", rungs}, {"count", static_cast<std::int64_t>(made.rungs.size())}, {"source", made.source}}), {}});
    return done();
  });
}

Result<std::int64_t> Chasing::Parts::count_due(const Ladder& ladder) {
  MANDATE_TRY(check_rungs(ladder.rungs));
  const Date on = std::max(ladder.valid_from, clock.today());
  const auto days = calendar.snapshot();
  return database.read([&](db::Session& s) -> Result<std::int64_t> {
    // As it will be on that day: the ladder beside those that stand.
    auto all = ladders(s);
    std::erase_if(all, [&](const Ladder& one) {
      return one.match.origin == ladder.match.origin && one.match.severity == ladder.match.severity && one.match.confidentiality == ladder.match.confidentiality && one.valid_from == ladder.valid_from;
    });
    auto added = ladder;
    added.id = LadderId{-1};
    all.push_back(added);
    const Date until = last_due_concerned({added}, on);
    std::int64_t count = 0;
    std::optional<std::pair<Date, duties::DutyId>> after;
    while (true) {
      const auto page = duties.list_open_until(s, until, after, duties_at_once);
      std::vector<duties::DutyCore> concerned;
      for (const auto& duty : page) {
        const auto* chosen = ladder_for(all, duty.origin, duty.severity, duty.confidentiality, on);
        if (chosen != nullptr && chosen->id == added.id) concerned.push_back(duty);
      }
      count += static_cast<std::int64_t>(due_of(s, concerned, {added}, days->days, on).size());
      if (page.size() < static_cast<std::size_t>(duties_at_once)) return count;
      after = {page.back().due_on, page.back().id};
    }
  });
}

Result<ChasedNow> Chasing::Parts::chase(const Actor& actor, const NewChases& in) {
  if (in.duty_ids.empty()) return field_fault("duty_ids", "chase.none_chosen");
  if (in.duty_ids.size() > chased_together_max) return field_fault("duty_ids", "chase.too_many", {{"max", std::to_string(chased_together_max)}});
  if (in.channel == Channel::notice) return field_fault("channel", "chase.no_such_channel");
  if (in.note.empty()) return field_fault("note", "input.required");
  if (in.note.size() > note_bytes_max) return field_fault("note", "input.too_long", {{"max", "2000"}});
  if (in.reply_by && (*in.reply_by < clock.today() || *in.reply_by > clock.today().plus_days(366))) return field_fault("reply_by", "input.out_of_range", {{"min", clock.today().iso()}, {"max", clock.today().plus_days(366).iso()}});
  return database.write([&](db::Session& s) -> Result<ChasedNow> {
    ChasedNow out;
    auto ids = in.duty_ids;
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    const auto readable = identity.scope(actor, "duty.read", "duty");
    const auto chaseable = identity.scope(actor, "chase.make", "duty");
    std::map<std::int64_t, duties::DutyCore> cores;
    for (auto& core : duties.list_cores(s, ids)) cores.emplace(core.id.value, std::move(core));
    const auto book = identity.accounts(s);
    const Date today = clock.today();
    const auto refuse = [&](std::int64_t id, const std::string& number, const char* reason) { out.refused.push_back({{id}, number, i18n::text(reason, actor.language)}); };
    std::vector<ChaseRecord> chases;
    std::vector<notices::NewNotice> told;
    std::map<std::int64_t, std::vector<const duties::DutyCore*>> mails;
    const auto batch = new_id<BatchId>();
    for (const auto id : ids) {
      const auto found = cores.find(id);
      if (found == cores.end() || !identity::reaches(readable, found->second.facts())) {
        refuse(id, "", "duty.not_found");
        continue;
      }
      const auto& duty = found->second;
      if (!identity::reaches(chaseable, duty.facts())) {
        refuse(id, duty.number, "duty.out_of_scope");
        continue;
      }
      if (duty.state != duties::DutyState::open) {
        refuse(id, duty.number, "chase.not_open");
        continue;
      }
      const auto people = this->people(*book, in.audience, duty, actor.now);
      if (in.channel == Channel::mail && people.empty()) {
        refuse(id, duty.number, "chase.nobody_to_mail");
        continue;
      }
      const auto chase_id = new_id<ChaseId>();
      chases.push_back({chase_id, duty.id, duty.due_on, "manual:" + chase_id.text(), today, today - duty.due_on, DayCount::calendar_day, in.audience, in.channel, batch, actor.now, today, actor.account_id, duty.agency_id, duty.unit_id,
                        duty.origin, duty.confidentiality, static_cast<std::int64_t>(people.size()), in.note, {}, {}, {}, {}, {}});
      for (const auto account : people) {
        told.push_back({account, "chase.by_hand", notices::Category::chase, "duty", duty.id.value, actor.account_id, json_text({{"due_on", duty.due_on.iso()}})});
        if (in.channel == Channel::mail) mails[account].push_back(&duty);
      }
    }
    out.chased = static_cast<std::int64_t>(chases.size());
    std::set<std::int64_t> who;
    for (const auto& one : told) who.insert(one.account_id);
    out.told = static_cast<std::int64_t>(who.size());
    if (in.dry_run || chases.empty()) return out;
    const auto number = fmt::format("{}-{:05}", today.year() - 1911, db::next_number(s, "chase_number"));
    store.insert_batch(s, {batch, number, in.channel, actor.now, actor.account_id, in.note, in.reply_by, out.chased});
    store.insert(s, chases);
    notices.tell(s, told, actor.now);
    // A mail that somebody sends by hand goes out now, whatever each has chosen for the reminders of the system.
    std::vector<notices::MailDraft> drafts;
    for (const auto& [account, some] : mails) {
      const auto reader = identity.reader(*book, account, actor.now);
      notices::MailDraft draft{account, reader.language, i18n::text("chase.mail_subject", reader.language, {{"count", std::to_string(some.size())}}), {}, in.note, true};
      if (in.reply_by) draft.closing += "\n" + i18n::text("chase.mail_reply_by", reader.language, {{"date", day_text(*in.reply_by, reader.language)}});
      for (const auto* duty : some) {
        draft.lines.push_back({duty->number + " " + duty->title + i18n::text("chase.mail_due", reader.language, {{"due_on", day_text(duty->due_on, reader.language)}}), "/duties/" + duty->id.text()});
      }
      drafts.push_back(std::move(draft));
    }
    if (mailer && !drafts.empty()) mailer(s, drafts, actor.now);
    for (const auto& chase : chases) {
      db::append_event(s, {actor.now, actor.account_id, "duty.chased_by_hand", "duty", chase.duty_id.value, json_text({{"channel", boost::describe::enum_to_string(in.channel, "")}, {"number", number}, {"note", in.note}}), {}});
    }
    out.batch_id = batch;
    return out;
  });
}

ChaseView Chasing::Parts::view(db::Session& s, const ChaseRecord& c) {
  ChaseView v;
  v.id = c.id;
  v.channel = c.channel;
  v.due_on = c.due_on;
  v.rung = {static_cast<int>(c.offset_days), c.day_kind, c.audience, 0};
  v.by_ladder = c.channel == Channel::notice;
  v.chased_at = c.chased_at;
  v.chased_by_name = identity.name_of(s, c.chased_by);
  v.told_count = c.told_count;
  v.note = c.note;
  v.answered_at = c.answered_at;
  if (c.answered_by) v.answered_by_name = identity.name_of(s, *c.answered_by);
  v.answer_kind = c.answer_kind;
  v.answer = c.answer;
  v.answer_days = c.answer_days;
  return v;
}

Result<std::vector<ChaseView>> Chasing::Parts::list_of_duty(const Actor& actor, duties::DutyId id) {
  return database.read([&](db::Session& s) -> Result<std::vector<ChaseView>> {
    const auto cores = duties.list_cores(s, {id.value});
    if (cores.empty() || !identity::reaches(identity.scope(actor, "duty.read", "duty"), cores.front().facts())) return fault(FaultKind::not_found, "duty.not_found");
    std::vector<ChaseView> out;
    if (!identity::shows_detail(identity.scope(actor, "duty.read", "duty"), cores.front().facts())) return out;
    for (const auto& chase : store.list_of_duty(s, id, 200)) out.push_back(view(s, chase));
    return out;
  });
}

Result<std::vector<ChaseView>> Chasing::Parts::answer(const Actor& actor, duties::DutyId id, const std::string& text) {
  if (text.empty()) return field_fault("text", "input.required");
  if (text.size() > note_bytes_max) return field_fault("text", "input.too_long", {{"max", "2000"}});
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    const auto cores = duties.list_cores(s, {id.value});
    if (cores.empty() || !identity::reaches(identity.scope(actor, "duty.read", "duty"), cores.front().facts())) return fault(FaultKind::not_found, "duty.not_found");
    if (!identity::reaches(identity.scope(actor, "chase.answer", "duty"), cores.front().facts())) return fault(FaultKind::forbidden, "duty.out_of_scope");
    const auto waiting = store.list_waiting(s, {id}, actor.now);
    if (waiting.empty()) return fault(FaultKind::conflict, "chase.nothing_to_answer");
    store.answer(s, id, actor.now, actor.account_id, AnswerKind::reply, text);
    // Whoever chased by hand waits for this.
    std::vector<notices::NewNotice> told;
    std::set<std::int64_t> chasers;
    for (const auto& chase : waiting) {
      if (chase.chased_by != 0 && chase.chased_by != actor.account_id && chasers.insert(chase.chased_by).second) {
        told.push_back({chase.chased_by, "chase.answered", notices::Category::task, "duty", id.value, actor.account_id, "{}"});
      }
    }
    notices.tell(s, told, actor.now);
    db::append_event(s, {actor.now, actor.account_id, "duty.chase_answered", "duty", id.value, json_text({{"text", text}}), {}});
    return done();
  }));
  return list_of_duty(actor, id);
}

}  // namespace mandate::chasing
