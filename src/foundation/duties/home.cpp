#include "foundation/duties/worklist.hpp"

namespace mandate::duties {

constexpr std::int64_t home_cap = 9999;

struct HomePart {
  std::int64_t count = 0;
  bool count_is_capped = false;
  std::vector<DutyRow> rows;
};
BOOST_DESCRIBE_STRUCT(HomePart, (), (count, count_is_capped, rows))
struct HomeCounts {
  std::int64_t open = 0, due_this_week = 0, late = 0, severe = 0, done_this_month = 0;
};
BOOST_DESCRIBE_STRUCT(HomeCounts, (), (open, due_this_week, late, severe, done_this_month))
struct Home {
  Date today;
  WorklistView scope = WorklistView::mine;
  HomePart needs_me;
  HomePart late;
  std::vector<audit::ChangeRow> changes;
  HomeCounts counts;
};
BOOST_DESCRIBE_STRUCT(Home, (), (today, scope, needs_me, late, changes, counts))

void add_home_routes(http::Router& router, Duties::Parts& p) {
  router.get<http::Nothing, Home>("/api/home", {.permission = "signed_in", .summary = "What needs me today, what is late, what changed", .tag = "duties"}, [&p](const Actor& actor, const http::Nothing&) -> Result<Home> {
    Home home;
    home.today = p.clock.today();
    home.scope = default_view(actor);
    const auto rules = p.rules();
    DutyFilter base;
    base.scope = p.scope(actor, "duty.read");
    MANDATE_TRY(narrow(base, home.scope, actor, p));
    base.state = DutyState::open;
    return p.database.read([&](db::Session& s) -> Result<Home> {
      const auto part = [&](const DutyFilter& filter) {
        HomePart out;
        out.count = p.store.count(s, filter, home_cap);
        if (out.count > home_cap) {
          out.count = home_cap;
          out.count_is_capped = true;
        }
        for (const auto& d : p.store.list(s, filter, 8)) out.rows.push_back(p.row(d, home.today, rules));
        return out;
      };
      auto late = base;
      late.due_to = home.today.plus_days(-1);
      home.late = part(late);
      // What needs a decision of mine comes first; then what is due within the days of warning.
      const auto decide = p.scope(actor, "duty.decide_extension");
      const auto waiting = decide.none() ? std::vector<ListedDuty>{} : p.store.list_waiting_for_decision(s, decide, 8);
      auto soon = base;
      soon.due_from = home.today;
      soon.due_to = home.today.plus_days(rules.at_risk_days);
      const auto posts = p.directory.posts_of_account(actor.account_id, home.today);
      if (!posts.empty() && home.scope != WorklistView::city) soon.posts = posts;
      home.needs_me = part(soon);
      home.needs_me.count += static_cast<std::int64_t>(waiting.size());
      std::vector<DutyRow> rows;
      for (const auto& d : waiting) rows.push_back(p.row(d, home.today, rules));
      rows.insert(rows.end(), home.needs_me.rows.begin(), home.needs_me.rows.end());
      if (rows.size() > 8) rows.resize(8);
      home.needs_me.rows = std::move(rows);
      const auto counted = [&](DutyFilter filter) { return p.store.count(s, filter, home_cap); };
      home.counts.open = counted(base);
      auto week = base;
      week.due_from = home.today;
      week.due_to = home.today.plus_days(7 - home.today.weekday());
      home.counts.due_this_week = counted(week);
      home.counts.late = home.late.count;
      auto severe = base;
      severe.due_to = home.today.plus_days(-rules.severe_days - 1);
      home.counts.severe = counted(severe);
      auto finished = base;
      finished.state = DutyState::done;
      finished.due_from = home.today.first_of_month();
      finished.due_to = home.today.last_of_month();
      home.counts.done_this_month = counted(finished);
      // The latest changes of records this actor may see, among the latest few thousand of all.
      const auto condition = identity::condition_of(base.scope, "d");
      auto values = condition.values;
      const auto events = s.list_values<db::Event>(
          "SELECT COALESCE(e.position, 0), e.id, e.at, e.actor_id, e.kind, e.record_kind, e.record_id, e.data, e.salt, e.commitments FROM (SELECT * FROM event WHERE kind <> 'duty.chased' ORDER BY id DESC LIMIT 3000) e JOIN duty d ON d.id = e.record_id "
          "WHERE e.record_kind = 'duty' AND " +
              condition.where + " ORDER BY e.id DESC LIMIT 10",
          values);
      home.changes = p.audit.in_words(s, events, actor.language);
      return home;
    });
  });
}

}  // namespace mandate::duties
