// Many duties at once, always the same ones: for trying the program out at size.
#include "foundation/duties/facts.hpp"
#include "foundation/duties/service.hpp"
#include "platform/db/many_events.hpp"

namespace mandate::duties {

Result<std::int64_t> Duties::fill(const Actor& actor, std::int64_t count, const std::vector<std::int64_t>& agencies) {
  static constexpr std::array<const char*, 6> subjects = {"路面改善", "排水清疏", "社區關懷據點", "公園照明", "校園安全檢查", "文化活動"};
  static constexpr std::array<const char*, 4> verbs = {"進度回報", "辦理情形填報", "期中檢討", "成果彙整"};
  static constexpr std::array<const char*, 5> origins = {"plan", "council", "tender", "own", "meeting"};
  const Date today = parts_->clock.today();
  constexpr std::int64_t span = 730;  // days, of which the last 130 are ahead
  std::int64_t made = 0;
  std::uint64_t seed = 88172645463325252ULL;
  const auto random = [&](std::uint64_t n) {  // xorshift: the same duties every time
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return seed % n;
  };
  while (made < count) {
    const auto batch = std::min<std::int64_t>(10'000, count - made);
    MANDATE_TRY(parts_->database.write([&](db::Session& s) -> Result<> {
      for (std::int64_t i = 0; i < batch; ++i) {
        DutyRecord d;
        d.id = new_id<DutyId>();
        d.number = next_duty_number(s, actor.now);
        d.origin = origins[random(origins.size())];
        d.title = fmt::format("{}{}（第{}案）", subjects[random(subjects.size())], verbs[random(verbs.size())], made + i + 1);
        d.agency_id = agencies[random(agencies.size())];
        // Duties come in the order of their time, as in a city that has kept its ledger for two years.
        d.due_on = today.plus_days((made + i) * span / count + static_cast<std::int64_t>(random(31)) - 15 - 600);
        d.first_due_on = d.nominal_due_on = d.due_on;
        // Most of what is past was done, some of it late; most of what is ahead is open.
        const bool done = d.due_on < today ? random(100) < 94 : random(100) < 15;
        d.state = done ? DutyState::done : DutyState::open;
        if (done) d.done_on = std::min(today, d.due_on.plus_days(static_cast<std::int64_t>(random(20)) - 14));
        d.confidentiality = random(50) == 0 ? Confidentiality::confidential : Confidentiality::internal;
        d.created_at = d.recorded_at = actor.now;
        d.created_by = actor.account_id;
        parts_->store.insert(s, d);
      }
      search::index_now(s);
      db::append_event(s, {actor.now, actor.account_id, "duty.filled", "sample", 0, boost::json::serialize(boost::json::object{{"count", batch}}), {}});
      return mandate::done();
    }));
    made += batch;
  }
  return made;
}

Result<std::int64_t> fill_duty_steps(db::Database& database, const Actor& actor, std::int64_t count) {
  static constexpr std::array<const char*, 6> kinds = {"duty.edited", "duty.extension_asked", "duty.extension_approved", "duty.reassigned", "duty.done", "duty.reopened"};
  const auto duties = database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM duty"); });
  if (duties == 0) return std::int64_t{0};
  std::int64_t made = 0;
  std::int64_t after = 0;
  std::int64_t seen = 0;
  const std::string data = R"({"reason":"示範","from":"建設局","to":"交通局","due_on":"2026-12-31","done_on":"2026-12-30","until":"2026-12-31"})";
  constexpr std::int64_t batch = 2'000;  // duties
  while (made < count) {
    MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
      const auto ids = s.list<std::int64_t>("SELECT id FROM duty WHERE id > ? ORDER BY id LIMIT ?", after, batch);
      std::vector<db::NewEvent> events;
      for (const auto id : ids) {
        ++seen;
        const auto wanted = count * seen / duties - made - static_cast<std::int64_t>(events.size());
        for (std::int64_t i = 0; i < wanted; ++i) {
          const std::int64_t days_ago = (seen * 7 + i * 131) % 1'095;
          events.push_back({actor.now.plus_seconds(-days_ago * 86'400), actor.account_id, kinds[static_cast<std::size_t>(seen + i) % kinds.size()], "duty", id, data, {}});
        }
      }
      // Before them, so that whoever follows the log reads everything anew instead of duty by duty.
      db::append_event(s, {actor.now, actor.account_id, "duty.filled", "sample", 0, boost::json::serialize(boost::json::object{{"count", events.size()}}), {}});
      db::append_events(s, events);
      if (!ids.empty()) after = ids.back();
      made += static_cast<std::int64_t>(events.size());
      return done();
    }));
  }
  return made;
}

}  // namespace mandate::duties
