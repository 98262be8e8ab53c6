#include "foundation/chasing/service.hpp"
#include "foundation/reports/text_document.hpp"
#include "kernel/roc_date.hpp"
#include "platform/http/router.hpp"

namespace mandate::chasing {

struct ChaseRow {  // a duty that one may chase
  duties::DutyId id;
  std::string number;
  std::string title;
  std::string origin;
  http::Number63 agency_id;
  std::string agency_name;
  Date due_on;
  std::int64_t days_late = 0;  // negative: days left
  duties::Severity severity = duties::Severity::normal;
  duties::Confidentiality confidentiality = duties::Confidentiality::internal;
  std::int64_t chase_count = 0;
  std::int64_t waiting_count = 0;
  std::optional<Channel> last_channel;
  std::optional<Date> last_on;
};
BOOST_DESCRIBE_STRUCT(ChaseRow, (), (id, number, title, origin, agency_id, agency_name, due_on, days_late, severity, confidentiality, chase_count, waiting_count, last_channel, last_on))

BOOST_DEFINE_ENUM_CLASS(ChaseFilter, all, never, waiting, answered)
struct ChaseQuery {
  std::optional<ChaseFilter> filter;
  std::optional<http::Number63> agency_id;
  std::optional<int> days_late_min;  // 0: due today or before; negative: that many days ahead
  std::optional<std::string> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(ChaseQuery, (), (filter, agency_id, days_late_min, cursor, limit))
struct ChaseList {
  std::vector<ChaseRow> rows;
  std::optional<std::string> next;
  Date as_of;
};
BOOST_DESCRIBE_STRUCT(ChaseList, (), (rows, next, as_of))

struct ChaseByDuty {
  duties::DutyId id;
};
BOOST_DESCRIBE_STRUCT(ChaseByDuty, (), (id))
struct ChasesOfDuty {
  std::vector<ChaseView> rows;
  bool may_answer = false;
};
BOOST_DESCRIBE_STRUCT(ChasesOfDuty, (), (rows, may_answer))
struct AnswerChase {
  duties::DutyId id;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(AnswerChase, (), (id, text))

struct MakeChases {
  std::vector<http::Number63> duty_ids;
  Channel channel = Channel::phone;
  std::optional<Audience> audience;
  std::string note;
  std::optional<Date> reply_by;
  std::optional<bool> dry_run;
};
BOOST_DESCRIBE_STRUCT(MakeChases, (), (duty_ids, channel, audience, note, reply_by, dry_run))

struct BatchRow {
  BatchId id;
  std::string number;
  Channel channel = Channel::phone;
  Instant made_at;
  std::string made_by_name;
  std::string note;
  std::optional<Date> reply_by;
  std::int64_t chase_count = 0;
};
BOOST_DESCRIBE_STRUCT(BatchRow, (), (id, number, channel, made_at, made_by_name, note, reply_by, chase_count))
struct BatchQuery {
  std::optional<std::string> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(BatchQuery, (), (cursor, limit))
struct BatchList {
  std::vector<BatchRow> rows;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(BatchList, (), (rows, next))
struct BatchById {
  BatchId id;
};
BOOST_DESCRIBE_STRUCT(BatchById, (), (id))
struct BatchDuty {
  duties::DutyId id;
  std::string number;
  std::string title;
  Date due_on;
  std::int64_t days_late = 0;
  std::int64_t chase_count = 0;  // in all
  std::optional<AnswerKind> answer_kind;
  std::optional<std::string> answer;
};
BOOST_DESCRIBE_STRUCT(BatchDuty, (), (id, number, title, due_on, days_late, chase_count, answer_kind, answer))
struct BatchAgency {
  http::Number63 agency_id;
  std::string agency_name;
  std::string window_name;
  std::string window_phone;
  std::vector<BatchDuty> duties;
};
BOOST_DESCRIBE_STRUCT(BatchAgency, (), (agency_id, agency_name, window_name, window_phone, duties))
struct BatchView {
  BatchRow batch;
  std::vector<BatchAgency> agencies;  // one letter each
};
BOOST_DESCRIBE_STRUCT(BatchView, (), (batch, agencies))

struct EffectQuery {
  Date from;
  Date to;
  std::optional<int> within;
};
BOOST_DESCRIBE_STRUCT(EffectQuery, (), (from, to, within))
struct EffectGroup {
  std::string key;  // of a rung "3c:owner", of a channel "phone", of an agency its id
  std::string name;
  std::int64_t chases = 0;           // without those whose duty was cancelled
  std::int64_t answered = 0;         // at all
  std::int64_t answered_within = 0;  // within so many days
  std::optional<std::int64_t> median_days;
  std::vector<std::int64_t> by_day;  // answered after 0, 1, 2 ... days, the last for that many and more
};
BOOST_DESCRIBE_STRUCT(EffectGroup, (), (key, name, chases, answered, answered_within, median_days, by_day))
struct EffectView {
  EffectGroup all;
  std::vector<EffectGroup> rungs;
  std::vector<EffectGroup> agencies;
  int within = 7;
};
BOOST_DESCRIBE_STRUCT(EffectView, (), (all, rungs, agencies, within))

namespace {

constexpr std::size_t scan_max = 4'000;  // duties looked through for one page; the next one goes on from there
constexpr std::size_t days_shown = 31;

BatchRow batch_row(db::Session& s, Chasing::Parts& p, const BatchRecord& b) { return {b.id, b.number, b.channel, b.made_at, p.identity.name_of(s, b.made_by), b.note, b.reply_by, b.chase_count}; }

Result<std::optional<std::pair<Date, duties::DutyId>>> place_of(const std::optional<std::string>& cursor) {
  using Place = std::optional<std::pair<Date, duties::DutyId>>;
  if (!cursor) return Place{};
  const auto tilde = cursor->find('~');
  std::int64_t id = 0;
  const auto on = tilde == std::string::npos ? std::nullopt : Date::parse(cursor->substr(0, tilde));
  if (!on || !http::read_int64(std::string_view(*cursor).substr(tilde + 1), id)) return field_fault("cursor", "input.bad_cursor");
  return Place{{*on, duties::DutyId{id}}};
}

bool wanted(ChaseFilter filter, const StandingRow* standing) {
  switch (filter) {
    case ChaseFilter::all: return true;
    case ChaseFilter::never: return standing == nullptr;
    case ChaseFilter::waiting: return standing != nullptr && standing->waiting_count > 0;
    case ChaseFilter::answered: return standing != nullptr && standing->waiting_count == 0;
  }
  return true;
}

Result<ChaseList> list_chases(Chasing::Parts& p, const Actor& actor, const ChaseQuery& in) {
  MANDATE_ASSIGN(auto after, place_of(in.cursor));
  const auto limit = static_cast<std::size_t>(std::clamp(in.limit.value_or(50), 1, 200));
  const Date today = p.clock.today();
  const int least = in.days_late_min.value_or(1);
  if (least < -366 || least > 3660) return field_fault("days_late_min", "input.out_of_range", {{"min", "-366"}, {"max", "3660"}});
  const auto readable = p.identity.scope(actor, "chase.read", "duty");
  return p.database.read([&](db::Session& s) -> Result<ChaseList> {
    ChaseList list;
    list.as_of = today;
    std::size_t seen = 0;
    while (true) {
      const auto page = p.duties.list_open_until(s, today.plus_days(-least), after, 200);
      std::vector<duties::DutyId> ids;
      for (const auto& duty : page) ids.push_back(duty.id);
      std::map<duties::DutyId, StandingRow> standings;
      for (const auto& row : p.store.list_standings(s, ids)) standings.emplace(row.duty_id, row);
      for (const auto& duty : page) {
        after = {duty.due_on, duty.id};
        ++seen;
        if (in.agency_id && in.agency_id->value != duty.agency_id) continue;
        if (!identity::reaches(readable, duty.facts())) continue;
        const auto found = standings.find(duty.id);
        const auto* standing = found == standings.end() ? nullptr : &found->second;
        if (!wanted(in.filter.value_or(ChaseFilter::all), standing)) continue;
        ChaseRow row{duty.id, duty.number, duty.title, duty.origin, {duty.agency_id}, p.duties.agency_name(duty.agency_id), duty.due_on, today - duty.due_on, duty.severity, duty.confidentiality, 0, 0, {}, {}};
        if (standing != nullptr) {
          row.chase_count = standing->chase_count;
          row.waiting_count = standing->waiting_count;
          row.last_channel = standing->last_channel;
          row.last_on = standing->last_on;
        }
        list.rows.push_back(std::move(row));
        if (list.rows.size() == limit) break;
      }
      const bool over = page.size() < 200 && (page.empty() || after->second == page.back().id);
      if (over) return list;
      if (list.rows.size() == limit || seen >= scan_max) {
        list.next = after->first.iso() + "~" + after->second.text();
        return list;
      }
    }
  });
}

Result<BatchView> batch_view(Chasing::Parts& p, const Actor& actor, BatchId id) {
  return p.database.read([&](db::Session& s) -> Result<BatchView> {
    const auto batch = p.store.find_batch(s, id);
    if (!batch) return fault(FaultKind::not_found, "chase.no_batch");
    const auto chases = p.store.list_of_batch(s, id);
    std::vector<std::int64_t> ids;
    std::vector<duties::DutyId> duty_ids;
    for (const auto& chase : chases) {
      ids.push_back(chase.duty_id.value);
      duty_ids.push_back(chase.duty_id);
    }
    std::map<duties::DutyId, duties::DutyCore> cores;
    for (auto& core : p.duties.list_cores(s, ids)) cores.emplace(core.id, std::move(core));
    std::map<duties::DutyId, std::int64_t> counts;
    for (const auto& row : p.store.list_standings(s, duty_ids)) counts[row.duty_id] = row.chase_count;
    const auto scope = p.identity.scope(actor, "chase.read", "duty");
    BatchView view{batch_row(s, p, *batch), {}};
    const Date on = taipei_date(batch->made_at);
    for (const auto& chase : chases) {
      const auto core = cores.find(chase.duty_id);
      if (core == cores.end() || !identity::reaches(scope, core->second.facts())) continue;
      if (view.agencies.empty() || view.agencies.back().agency_id.value != chase.agency_id) {
        const auto window = p.windows ? p.windows(chase.agency_id) : Chasing::Window{};
        view.agencies.push_back({{chase.agency_id}, p.duties.agency_name(chase.agency_id), window.name, window.phone, {}});
      }
      view.agencies.back().duties.push_back({chase.duty_id, core->second.number, core->second.title, chase.due_on, on - chase.due_on, counts[chase.duty_id], chase.answer_kind, chase.answer});
    }
    if (view.agencies.empty() && batch->made_by != actor.account_id) return fault(FaultKind::not_found, "chase.no_batch");
    return view;
  });
}

// A letter to each agency, each on a page of its own: what the console prints, as a text that can be worked on.
std::string letters_of(const BatchView& view, Language language) {
  const auto t = [&](const char* key, const MessageArgs& args = {}) { return i18n::text(key, language, args); };
  const auto day = [&](Date on) { return language == Language::en ? on.iso() : roc_long(on); };
  std::string out;
  reports::TextDocument text([&](std::string_view piece) { out += piece; }, t("letter.title") + " " + view.batch.number, t("letter.from"));
  using reports::Cell;
  using reports::ColumnType;
  const std::vector<reports::Column> columns = {{t("column.number"), ColumnType::text}, {t("column.title"), ColumnType::long_text}, {t("column.due_on"), ColumnType::date}, {t("column.days_late"), ColumnType::integer}, {t("column.chase_count"), ColumnType::integer}};
  bool first = true;
  for (const auto& agency : view.agencies) {
    text.heading(t("letter.title"), 1, !first);
    first = false;
    text.paragraph(t("letter.to", {{"agency", agency.agency_name}}), reports::TextDocument::Look::strong);
    if (!agency.window_name.empty()) text.paragraph(t("letter.window", {{"name", agency.window_name}, {"phone", agency.window_phone}}));
    text.paragraph(t("letter.number", {{"number", view.batch.number}}));
    text.paragraph(t("letter.date", {{"date", day(taipei_date(view.batch.made_at))}}));
    if (!view.batch.note.empty()) text.paragraph(view.batch.note);
    text.paragraph(t("letter.count", {{"count", std::to_string(agency.duties.size())}}));
    text.begin_table(columns);
    for (const auto& duty : agency.duties) text.row({Cell::of(duty.number), Cell::of(duty.title), Cell::of(duty.due_on), Cell::of(duty.days_late), Cell::of(duty.chase_count)});
    text.end_table();
    if (view.batch.reply_by) text.paragraph(t("letter.reply_by", {{"date", day(*view.batch.reply_by)}}));
    text.paragraph(t("letter.from"), reports::TextDocument::Look::right);
  }
  text.finish();
  return out;
}

struct Tally {
  std::int64_t chases = 0, answered = 0, within = 0;
  std::map<std::int64_t, std::int64_t> days;
  void add(const EffectRow& row, int limit) {
    if (row.answer_kind == AnswerKind::closed) return;
    chases += row.count;
    if (!row.answer_days) return;
    answered += row.count;
    days[*row.answer_days] += row.count;
    if (*row.answer_days <= limit) within += row.count;
  }
  EffectGroup group(std::string key, std::string name) const {
    EffectGroup out{std::move(key), std::move(name), chases, answered, within, std::nullopt, std::vector<std::int64_t>(days_shown, 0)};
    std::int64_t before = 0;
    for (const auto& [after, count] : days) {
      if (!out.median_days && (before + count) * 2 >= answered) out.median_days = after;
      before += count;
      out.by_day[std::min<std::size_t>(static_cast<std::size_t>(std::max<std::int64_t>(0, after)), days_shown - 1)] += count;
    }
    return out;
  }
};

Result<EffectView> effect(Chasing::Parts& p, const Actor& actor, const EffectQuery& in) {
  if (in.to < in.from || in.to - in.from > 3660) return field_fault("to", "input.out_of_range", {{"min", in.from.iso()}, {"max", in.from.plus_days(3660).iso()}});
  const int within = in.within.value_or(7);
  if (within < 0 || within > 365) return field_fault("within", "input.out_of_range", {{"min", "0"}, {"max", "365"}});
  const auto rows = p.database.read([&](db::Session& s) { return p.store.tally(s, p.identity.scope(actor, "chase.read", "duty"), in.from, in.to); });
  Tally all;
  std::map<std::pair<std::int64_t, std::string>, Tally> rungs;  // rungs of the ladder by their day, then what people did, by channel
  std::map<std::int64_t, Tally> agencies;
  std::map<std::string, std::string> names;
  for (const auto& row : rows) {
    all.add(row, within);
    agencies[row.agency_id].add(row, within);
    if (row.channel == Channel::notice) {
      const Rung rung{static_cast<int>(row.offset_days), row.day_kind, row.audience, 0};
      const auto key = rung_key(rung, 0);
      rungs[{row.offset_days, key.substr(0, key.rfind(':'))}].add(row, within);
    } else {
      rungs[{100'000, boost::describe::enum_to_string(row.channel, "")}].add(row, within);
    }
  }
  EffectView view;
  view.within = within;
  view.all = all.group("all", "");
  for (const auto& [key, tally] : rungs) view.rungs.push_back(tally.group(key.second, ""));
  for (const auto& [id, tally] : agencies) view.agencies.push_back(tally.group(std::to_string(id), p.duties.agency_name(id)));
  // Where chasing brings least stands first.
  std::stable_sort(view.agencies.begin(), view.agencies.end(), [](const auto& a, const auto& b) { return a.answered_within * b.chases < b.answered_within * a.chases; });
  return view;
}

}  // namespace

void add_ladder_routes(http::Router& router, Chasing::Parts& p);

void add_chase_routes(http::Router& router, Chasing& chasing) {
  auto& p = chasing.parts();
  router.get<ChaseQuery, ChaseList>("/api/chases", {.permission = "chase.read", .summary = "Open duties to chase, the latest first, with how their chasing stands", .tag = "chasing"}, [&p](const Actor& actor, const ChaseQuery& in) { return list_chases(p, actor, in); });
  router.post<MakeChases, ChasedNow>("/api/chases", {.permission = "chase.make", .summary = "Chase duties by phone, mail or letter; with dry_run says who would be told and what is refused", .tag = "chasing"}, [&p](const Actor& actor, const MakeChases& in) {
    NewChases made{{}, in.channel, in.audience.value_or(Audience::owner), in.note, in.reply_by, in.dry_run.value_or(false)};
    for (const auto id : in.duty_ids) made.duty_ids.push_back(id.value);
    return p.chase(actor, made);
  });
  router.get<ChaseByDuty, ChasesOfDuty>("/api/duties/{id}/chases", {.permission = "duty.read", .summary = "How one duty was chased and what was answered", .tag = "chasing"}, [&p](const Actor& actor, const ChaseByDuty& in) -> Result<ChasesOfDuty> {
    MANDATE_ASSIGN(auto rows, p.list_of_duty(actor, in.id));
    const auto cores = p.database.read([&](db::Session& s) { return p.duties.list_cores(s, {in.id.value}); });
    const bool waits = std::any_of(rows.begin(), rows.end(), [](const ChaseView& chase) { return !chase.answered_at; });
    return ChasesOfDuty{std::move(rows), waits && !cores.empty() && identity::reaches(p.identity.scope(actor, "chase.answer", "duty"), cores.front().facts())};
  });
  router.post<AnswerChase, ChasesOfDuty>("/api/duties/{id}/chase-answer", {.permission = "chase.answer", .summary = "Answer the chases of a duty that still wait", .tag = "chasing"}, [&p](const Actor& actor, const AnswerChase& in) -> Result<ChasesOfDuty> {
    MANDATE_ASSIGN(auto rows, p.answer(actor, in.id, in.text));
    return ChasesOfDuty{std::move(rows), false};
  });
  router.get<BatchQuery, BatchList>("/api/chase-batches", {.permission = "chase.make", .summary = "One's own rounds of chasing, newest first", .tag = "chasing"}, [&p](const Actor& actor, const BatchQuery& in) -> Result<BatchList> {
    std::int64_t before = 0;
    if (in.cursor && !http::read_int64(*in.cursor, before)) return field_fault("cursor", "input.bad_cursor");
    const int limit = std::clamp(in.limit.value_or(50), 1, 200);
    return p.database.read([&](db::Session& s) -> Result<BatchList> {
      BatchList list;
      auto rows = p.store.list_batches(s, actor.account_id, before, limit + 1);
      if (static_cast<int>(rows.size()) > limit) {
        rows.pop_back();
        list.next = rows.back().id.text();
      }
      for (const auto& row : rows) list.rows.push_back(batch_row(s, p, row));
      return list;
    });
  });
  router.get<BatchById, BatchView>("/api/chase-batches/{id}", {.permission = "chase.read", .summary = "One round of chasing by agency: a letter each", .tag = "chasing"}, [&p](const Actor& actor, const BatchById& in) { return batch_view(p, actor, in.id); });
  router.download<BatchById>("/api/chase-batches/{id}/letters.odt", {.permission = "chase.read", .summary = "The letters of a round of chasing as ODT, one agency a page", .tag = "chasing"}, [&p](const Actor& actor, const BatchById& in) -> Result<http::Download> {
    MANDATE_ASSIGN(const auto view, batch_view(p, actor, in.id));
    return http::Download{"application/vnd.oasis.opendocument.text", i18n::text("letter.title", actor.language) + "-" + view.batch.number + ".odt", letters_of(view, actor.language)};
  });
  router.get<EffectQuery, EffectView>("/api/chase-effect", {.permission = "chase.read", .summary = "What chasing brings: answered within so many days, by rung and agency", .tag = "chasing"}, [&p](const Actor& actor, const EffectQuery& in) { return effect(p, actor, in); });
  add_ladder_routes(router, p);
}

}  // namespace mandate::chasing
