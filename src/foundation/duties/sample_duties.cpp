// Many duties at once, always the same ones: for trying the program out at size.
#include "foundation/duties/service.hpp"

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
      db::append_event(s, {actor.now, actor.account_id, "duty.filled", "sample", 0, boost::json::serialize(boost::json::object{{"count", batch}}), {}});
      return mandate::done();
    }));
    made += batch;
  }
  return made;
}

}  // namespace mandate::duties
