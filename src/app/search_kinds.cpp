#include "app/search_kinds.hpp"

#include "app/city.hpp"
#include "foundation/search/folding.hpp"
#include "foundation/search/tokens.hpp"

namespace mandate::app {
namespace {

using agencies::AgencySnapshot;

// Agencies, and posts with who holds them, as every screen of the organisation shows them.
std::vector<search::Place> places_of(const AgencySnapshot& organisation, Date today) {
  const agencies::Moment moment{today, {}};
  std::vector<search::Place> places;
  const auto add = [&](const char* kind, std::int64_t id, const std::string& name, const std::string& note, const agencies::AgencyRecord& agency) {
    places.push_back({kind, id, name, note, "/agencies/" + agency.id.text(), search::fold_for_search(name) + search::field_end + search::fold_for_search(note)});
  };
  const auto agencies = organisation.list(moment);
  for (const auto* agency : agencies) add("agency", agency->id.value, agency->name, agency->short_name == agency->name ? "" : agency->short_name, *agency);
  for (const auto* agency : agencies) {
    for (const auto* post : organisation.posts_of(agency->id, moment)) {
      const auto holder = organisation.holder_of(post->id, moment);
      add("post", post->id.value, (holder ? organisation.person_name(holder) + "　" : "") + post->name, agency->name, *agency);
    }
  }
  return places;
}

std::string beginning_of_both(const std::string& a, const std::string& b) { return {a.begin(), std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first}; }

// The names of a day, folded once for each change of the organisation.
class FoldedNames {
 public:
  struct Names {
    std::shared_ptr<const AgencySnapshot> of;
    Date on;
    std::shared_ptr<const std::vector<search::Named>> agencies;
    std::shared_ptr<const std::vector<search::Named>> holders;
    std::shared_ptr<const std::vector<search::Place>> places;
  };

  Names names(const std::shared_ptr<const AgencySnapshot>& organisation, Date on) {
    const std::lock_guard lock(mutex_);
    if (last_.of != organisation || last_.on != on) last_ = fold(organisation, on);
    return last_;
  }

 private:
  static Names fold(const std::shared_ptr<const AgencySnapshot>& organisation, Date on) {
    std::vector<search::Named> found;
    std::set<std::int64_t> seen;
    std::optional<std::string> city;  // what the names of its own agencies begin with
    for (const auto* one : organisation->list({on, {}})) {
      if (one->kind != agencies::AgencyKind::first_level) continue;
      const auto name = search::fold_for_search(one->name);
      city = city ? beginning_of_both(*city, name) : name;
    }
    for (const auto& record : organisation->rows().agencies) {
      if (!seen.insert(record.id.value).second) continue;
      const auto* now = organisation->nearest(record.id, on);
      if (now == nullptr) continue;
      std::string names = search::fold_for_search(now->name);
      const std::string common = now->kind == agencies::AgencyKind::city || !city || *city == names ? "" : beginning_of_both(*city, names);
      for (const auto* more : {&now->short_name, &now->aliases}) names += search::field_end + search::fold_for_search(*more);
      found.push_back({record.id.value, std::move(names), common});
    }
    std::vector<search::Named> holders;
    for (const auto& holder : organisation->rows().holders) {
      if (holder.holds({on, {}})) holders.push_back({holder.post_id.value, search::fold_for_search(organisation->person_name(holder.person_id)), ""});
    }
    return {organisation, on, std::make_shared<const std::vector<search::Named>>(std::move(found)), std::make_shared<const std::vector<search::Named>>(std::move(holders)),
            std::make_shared<const std::vector<search::Place>>(places_of(*organisation, on))};
  }

  std::mutex mutex_;
  Names last_;
};

}  // namespace

void add_search_kinds(City& city) {
  city.duties.set_search(city.search);
  for (auto& kind : plan::search_kinds(city.identity)) city.search.add_kind(std::move(kind));
  auto& organisation = city.agencies.agencies();
  const auto now = [&organisation, &city, names = std::make_shared<FoldedNames>()] { return names->names(organisation.snapshot(), city.clock->today()); };
  city.search.set_surroundings({
      [now](const Actor& actor) { return identity::may(actor, "agency.read") ? now().places : nullptr; },
      [now] { return now().agencies; },
      [now] { return now().holders; },
      [&organisation, &city](std::int64_t id) { return organisation.recent()->name_of(agencies::AgencyId{id}, city.clock->today()); },
  });
}

}  // namespace mandate::app
