#include "foundation/notices/service.hpp"
#include "platform/http/router.hpp"

namespace mandate::notices {

BOOST_DEFINE_ENUM_CLASS(NoticeFilter, unread, all)

struct NoticeQuery {
  std::optional<NoticeFilter> filter;
  std::optional<Category> category;
  std::optional<std::int64_t> before;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(NoticeQuery, (), (filter, category, before, limit))
struct NoticeList {
  std::vector<NoticeRow> rows;
  std::optional<std::int64_t> next;  // `before` of the next page
  std::int64_t unread = 0;
  std::int64_t last_seq = 0;
};
BOOST_DESCRIBE_STRUCT(NoticeList, (), (rows, next, unread, last_seq))

struct MarkNotices {
  std::vector<std::int64_t> seqs;
  std::optional<std::int64_t> up_to;
  std::optional<bool> read;
};
BOOST_DESCRIBE_STRUCT(MarkNotices, (), (seqs, up_to, read))
struct MarkRecord {
  std::string record_kind;
  http::Number63 record_id;
};
BOOST_DESCRIBE_STRUCT(MarkRecord, (), (record_kind, record_id))
struct UnreadCount {
  std::int64_t unread = 0;
};
BOOST_DESCRIBE_STRUCT(UnreadCount, (), (unread))

struct PreferencesView {
  MailMode chase = MailMode::single;
  MailMode task = MailMode::daily;
  MailMode mention = MailMode::single;
  MailMode change = MailMode::daily;
  std::string quiet_from;  // "18:00"
  std::string quiet_to;
  bool office_days = true;
  std::string digest_at;
  int weekly_on = 1;
};
BOOST_DESCRIBE_STRUCT(PreferencesView, (), (chase, task, mention, change, quiet_from, quiet_to, office_days, digest_at, weekly_on))
struct PreferencesAnswer {
  PreferencesView preferences;
  std::vector<Instant> next_mail_at;  // of a single mail, a daily and a weekly digest, if something came now
};
BOOST_DESCRIBE_STRUCT(PreferencesAnswer, (), (preferences, next_mail_at))

BOOST_DEFINE_ENUM_CLASS(WatchState, watching, muted, none)
struct WatchQuery {
  std::string record_kind;
  http::Number63 record_id;
};
BOOST_DESCRIBE_STRUCT(WatchQuery, (), (record_kind, record_id))
struct SetWatch {
  std::string record_kind;
  http::Number63 record_id;
  WatchState state = WatchState::watching;
};
BOOST_DESCRIBE_STRUCT(SetWatch, (), (record_kind, record_id, state))
struct WatchView {
  WatchState state = WatchState::none;
  std::int64_t watchers = 0;
};
BOOST_DESCRIBE_STRUCT(WatchView, (), (state, watchers))
struct WatchedRow {
  std::string record_kind;
  http::Number63 record_id;
  std::string number;
  std::string title;
  std::string place;
  Instant since;
};
BOOST_DESCRIBE_STRUCT(WatchedRow, (), (record_kind, record_id, number, title, place, since))
struct WatchedList {
  std::vector<WatchedRow> rows;
};
BOOST_DESCRIBE_STRUCT(WatchedList, (), (rows))

namespace {

constexpr int watched_max = 500;

std::string minute_text(int minute) { return fmt::format("{:02}:{:02}", minute / 60, minute % 60); }

Result<int> minute_from(const std::string& field, const std::string& text) {
  const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
  if (text.size() == 5 && text[2] == ':' && digit(0) && digit(1) && digit(3) && digit(4)) {
    const int hour = (text[0] - '0') * 10 + (text[1] - '0');
    const int minute = (text[3] - '0') * 10 + (text[4] - '0');
    if (hour < 24 && minute < 60) return hour * 60 + minute;
  }
  return field_fault(field, "notice.time_of_day");
}

Result<> of_a_person(const Actor& actor) {
  if (actor.account_id == 0 || actor.is_token) return fault(FaultKind::forbidden, "notice.for_people");
  return done();
}

PreferencesAnswer answer(const Preferences& p, const Notices::Parts& parts) {
  PreferencesAnswer out{{p.chase, p.task, p.mention, p.change, minute_text(p.quiet_from), minute_text(p.quiet_to), p.office_days, minute_text(p.digest_at), p.weekly_on}, {}};
  for (const auto mode : {MailMode::single, MailMode::daily, MailMode::weekly}) out.next_mail_at.push_back(next_mail_at(mode, p, parts.clock.now(), parts.directory.open_day));
  return out;
}

WatchState state_of(const std::optional<std::string>& stored) { return !stored || *stored == "left" ? WatchState::none : *stored == "muted" ? WatchState::muted : WatchState::watching; }

void add_watch_routes(http::Router& router, Notices& notices) {
  auto& p = notices.parts();
  const auto view = [&p, &notices](const Actor& actor, const std::string& kind, std::int64_t id) {
    return p.database.read([&](db::Session& s) -> Result<WatchView> {
      MANDATE_TRY(notices.find_record(s, actor, kind, id));
      WatchView out;
      for (const auto& row : p.store.list_watchers(s, kind, {id})) {
        if (row.account_id == actor.account_id) out.state = state_of(row.state);
        if (row.state == "watching") ++out.watchers;
      }
      return out;
    });
  };
  router.get<WatchQuery, WatchView>("/api/watch", {.permission = "signed_in", .summary = "Whether one follows a record", .tag = "notices"}, [view](const Actor& actor, const WatchQuery& in) -> Result<WatchView> {
    MANDATE_TRY(of_a_person(actor));
    return view(actor, in.record_kind, in.record_id.value);
  });
  router.put<SetWatch, WatchView>("/api/watch", {.permission = "signed_in", .summary = "Follow a record, hear nothing of it, or neither", .tag = "notices"}, [&notices, view](const Actor& actor, const SetWatch& in) -> Result<WatchView> {
    MANDATE_TRY(of_a_person(actor));
    if (in.state == WatchState::none) MANDATE_TRY(notices.unwatch(actor, in.record_kind, in.record_id.value));
    else MANDATE_TRY(notices.watch(actor, in.record_kind, in.record_id.value, in.state == WatchState::muted));
    return view(actor, in.record_kind, in.record_id.value);
  });
  router.get<http::Nothing, WatchedList>("/api/watched", {.permission = "signed_in", .summary = "What one follows, newest first", .tag = "notices"}, [&p](const Actor& actor, const http::Nothing&) -> Result<WatchedList> {
    MANDATE_TRY(of_a_person(actor));
    return p.database.read([&](db::Session& s) -> Result<WatchedList> {
      const auto watched = p.store.list_watched(s, actor.account_id, "watching", watched_max);
      std::vector<StoredNotice> as_notices;
      for (const auto& row : watched) as_notices.push_back({actor.account_id, 0, row.at, "", Category::change, row.record_kind, row.record_id, 0, "{}", 0, std::nullopt});
      const auto lines = p.lines_of(s, as_notices);
      WatchedList list;
      for (std::size_t i = 0; i < watched.size(); ++i) {
        // What one may not see any more is left out, not named.
        const auto words = p.in_words(s, actor, as_notices[i], lines);
        if (words.record) list.rows.push_back({watched[i].record_kind, {watched[i].record_id}, words.record->number, words.record->title, words.place, watched[i].at});
      }
      return list;
    });
  });
}

}  // namespace

void add_notice_routes(http::Router& router, Notices& notices) {
  auto& p = notices.parts();
  router.get<NoticeQuery, NoticeList>("/api/notices", {.permission = "signed_in", .summary = "One's own notices, newest first", .tag = "notices"}, [&p](const Actor& actor, const NoticeQuery& in) -> Result<NoticeList> {
    MANDATE_TRY(of_a_person(actor));
    if (in.before && *in.before < 1) return field_fault("before", "input.bad_cursor");
    const int limit = std::clamp(in.limit.value_or(50), 1, 200);
    return p.database.read([&](db::Session& s) -> Result<NoticeList> {
      auto rows = p.store.list(s, actor.account_id, in.filter.value_or(NoticeFilter::all) == NoticeFilter::unread, in.category, in.before.value_or(0), limit + 1);
      NoticeList list;
      if (static_cast<int>(rows.size()) > limit) {
        rows.pop_back();
        list.next = rows.back().seq;
      }
      const auto counter = p.store.counter(s, actor.account_id);
      list.rows = p.in_words(s, actor, rows);
      list.unread = counter.unread;
      list.last_seq = counter.last_seq;
      return list;
    });
  });

  router.post<MarkNotices, UnreadCount>("/api/notices/marks", {.permission = "signed_in", .summary = "Mark notices as read or unread", .tag = "notices"}, [&notices, &p](const Actor& actor, const MarkNotices& in) -> Result<UnreadCount> {
    MANDATE_TRY(of_a_person(actor));
    if (in.seqs.empty() && !in.up_to) return field_fault("seqs", "input.required");
    if (in.seqs.size() > 1000) return field_fault("seqs", "input.too_long", {{"max", "1000"}});
    if (in.up_to && !in.read.value_or(true)) return field_fault("up_to", "notice.only_read_up_to");
    auto result = p.database.write([&](db::Session& s) -> Result<UnreadCount> {
      p.store.mark(s, actor.account_id, in.seqs, in.up_to.value_or(0), in.read.value_or(true), actor.now);
      return UnreadCount{p.store.counter(s, actor.account_id).unread};
    });
    notices.wake();
    return result;
  });

  router.post<MarkRecord, UnreadCount>("/api/notices/record-marks", {.permission = "signed_in", .summary = "Mark all notices about one record as read: its page was opened", .tag = "notices"},
                                       [&notices, &p](const Actor& actor, const MarkRecord& in) -> Result<UnreadCount> {
    MANDATE_TRY(of_a_person(actor));
    auto result = p.database.write([&](db::Session& s) -> Result<UnreadCount> {
      p.store.mark_record_read(s, actor.account_id, in.record_kind, in.record_id.value, actor.now);
      return UnreadCount{p.store.counter(s, actor.account_id).unread};
    });
    notices.wake();
    return result;
  });

  router.events("/api/notices/stream", {.permission = "signed_in", .summary = "One's notices as they come; Last-Event-ID (or ?after=) catches up", .tag = "notices"}, [&notices](const http::Call& call) -> Result<std::shared_ptr<http::EventStream>> {
    MANDATE_TRY(of_a_person(call.actor));
    std::string text(call.request.header("last-event-id"));
    if (text.empty()) {
      if (const auto after = call.request.query.find("after"); after != call.request.query.end()) text = after->second;
    }
    std::int64_t seq = 0;
    if (!text.empty() && (!http::read_int64(text, seq) || seq < 0)) return field_fault("after", "input.bad_cursor");
    return notices.open_stream(call.actor, text.empty() ? std::nullopt : std::optional(seq));
  });

  router.get<http::Nothing, PreferencesAnswer>("/api/notice-preferences", {.permission = "signed_in", .summary = "How one is told by mail", .tag = "notices"}, [&p](const Actor& actor, const http::Nothing&) -> Result<PreferencesAnswer> {
    MANDATE_TRY(of_a_person(actor));
    const auto stored = p.database.read([&](db::Session& s) { return p.store.find_preferences(s, actor.account_id); });
    return answer(stored ? stored->rules() : Preferences{}, p);
  });

  router.put<PreferencesView, PreferencesAnswer>("/api/notice-preferences", {.permission = "signed_in", .summary = "Choose how one is told by mail; what waits moves with it", .tag = "notices"},
                                                 [&p, &notices](const Actor& actor, const PreferencesView& in) -> Result<PreferencesAnswer> {
    MANDATE_TRY(of_a_person(actor));
    Preferences chosen{in.chase, in.task, in.mention, in.change, 0, 0, in.office_days, 0, in.weekly_on};
    MANDATE_ASSIGN(chosen.quiet_from, minute_from("quiet_from", in.quiet_from));
    MANDATE_ASSIGN(chosen.quiet_to, minute_from("quiet_to", in.quiet_to));
    MANDATE_ASSIGN(chosen.digest_at, minute_from("digest_at", in.digest_at));
    MANDATE_TRY(check_preferences(chosen));
    return p.database.write([&](db::Session& s) -> Result<PreferencesAnswer> {
      p.store.set_preferences(s, actor.account_id, chosen, actor.now);
      if (chosen.task != MailMode::none || chosen.mention != MailMode::none || chosen.change != MailMode::none) notices.say_mail_wanted(s, actor.account_id);
      for (auto due : p.store.list_due_of(s, actor.account_id)) {
        due.due_at = next_mail_at(due.mode, chosen, actor.now, p.directory.open_day);
        p.store.move_due(s, due);
      }
      return answer(chosen, p);
    });
  });

  add_watch_routes(router, notices);
}

}  // namespace mandate::notices
