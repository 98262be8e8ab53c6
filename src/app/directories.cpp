#include "app/directories.hpp"

namespace mandate::app {

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

meetings::Directory meeting_directory(const agencies::Agencies& agencies) {
  using namespace mandate::agencies;
  return {[&](std::int64_t id, Date on) { return agencies.recent()->name_of(AgencyId{id}, on); },
          [&](std::int64_t id, Date on) { return agencies.snapshot()->find(AgencyId{id}, {on, {}}) != nullptr; },
          [&](std::int64_t id, Date on) { return subtree_of(agencies, id, on); },
          [&](std::int64_t id, Date on) -> std::optional<meetings::Directory::Post> {
            const auto organisation = agencies.recent();
            const auto* post = organisation->find_post(PostId{id}, {on, {}});
            if (post == nullptr) return std::nullopt;
            return meetings::Directory::Post{post->name, organisation->holder_name(post->id, on), post->agency_id.value};
          }};
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

}  // namespace mandate::app
