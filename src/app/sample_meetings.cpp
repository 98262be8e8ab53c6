#include "app/sample_meetings.hpp"

#include "foundation/meetings/service.hpp"

namespace mandate::app {
namespace {

using agencies::PostKind;
using meetings::MeetingId;
using meetings::SeriesId;
using meetings::SeriesKind;

// The post of this name in an agency; 0 when the sample has none.
std::int64_t post_named(City& city, std::int64_t agency, std::string_view name) {
  const auto organisation = city.agencies.agencies().snapshot();
  for (const auto* post : organisation->posts_of(agencies::AgencyId{agency}, {city.clock->today(), {}})) {
    if (post->name == name) return post->id.value;
  }
  return 0;
}

struct Maker {
  City& city;
  const Actor& actor;
  Date today;
  Date last_month;

  std::int64_t agency(const char* name) const { return city.agencies.agencies().snapshot()->match_by_name(name, today).value; }
  meetings::Meetings::Parts& parts() const { return city.meetings.parts(); }

  Result<SeriesId> series(SeriesKind kind, const char* name, std::int64_t owner, int day, const char* begins_at, const char* place, std::int64_t chair, std::vector<std::int64_t> seats, std::vector<std::int64_t> gates) const {
    meetings::SeriesText text;
    text.kind = kind;
    text.name = name;
    text.agency_id = owner;
    text.frequency = kind == SeriesKind::committee ? meetings::Frequency::quarter : meetings::Frequency::month;
    text.day = day;
    text.months_after = 1;
    text.begins_at = begins_at;
    text.place = place;
    text.chair_post_id = chair;
    std::erase(seats, 0);
    text.attendants = std::move(seats);
    text.stage = kind == SeriesKind::agency ? 1 : 2;
    text.gates = std::move(gates);
    text.sources = {"duties.late", "duties.severe"};
    return parts().create_series(actor, text);
  }
  std::int64_t revision(MeetingId id) const {
    return city.database->read([&](db::Session& s) { return parts().store.find(s, id)->revision; });
  }
  // Of last month, up to its pack.
  Result<MeetingId> frozen(SeriesId id) const {
    MANDATE_ASSIGN(const auto meeting, parts().plan(actor, {id, last_month, today}));
    MANDATE_TRY(parts().run_rules(actor, meeting));
    MANDATE_TRY(parts().freeze(actor, meeting, std::nullopt, revision(meeting)));
    return meeting;
  }
  Result<> over(SeriesId id, const char* minutes) const {
    MANDATE_ASSIGN(const auto meeting, frozen(id));
    MANDATE_TRY(parts().hold(actor, meeting, today, revision(meeting)));
    MANDATE_TRY(parts().write_minutes(actor, meeting, minutes, 0));
    return parts().approve_minutes(actor, meeting, 1);
  }
};

}  // namespace

Result<> hold_sample_meetings(City& city, const Actor& actor) {
  const Date today = city.clock->today();
  const Maker make{city, actor, today, today.first_of_month().plus_days(-1)};
  const auto works = make.agency("建設局");
  const auto water = make.agency("水利局");
  const auto commission = make.agency("研究發展考核委員會");
  const auto government = make.agency("市府");
  const auto secretary = post_named(city, government, "秘書長");
  const auto deputy = post_named(city, government, "副秘書長");
  MANDATE_ASSIGN(const auto first, make.series(SeriesKind::agency, "建設局標案進度檢討會議", works, 5, "09:30", "建設局第一會議室", post_named(city, works, "局長"), {post_named(city, works, "主任秘書")}, {}));
  MANDATE_ASSIGN(const auto second, make.series(SeriesKind::agency, "水利局標案進度檢討會議", water, 5, "14:00", "水利局會議室", post_named(city, water, "局長"), {post_named(city, water, "主任秘書")}, {}));
  MANDATE_ASSIGN(const auto review, make.series(SeriesKind::review, "標案進度管制會報", commission, 15, "14:30", "市政大樓 801 會議室", deputy, {deputy, post_named(city, commission, "主任委員"), post_named(city, works, "局長"), post_named(city, water, "局長")},
                                                {first.value, second.value}));
  MANDATE_ASSIGN(const auto committee, make.series(SeriesKind::committee, "重大工程品質推動委員會", commission, 20, "10:00", "市政大樓 401 會議室", secretary, {secretary, deputy, post_named(city, commission, "主任委員")}, {}));
  MANDATE_TRY(make.over(first, "一、落後及逾期事項逐案檢討，請各科於期限內提報改善措施。\n二、即將到期事項請預為因應。"));
  MANDATE_TRY(make.over(second, "逾期事項逐案檢討，請主辦科每週回報進度。"));
  MANDATE_TRY(make.frozen(review));
  for (const auto id : {first, second, review, committee}) MANDATE_TRY(make.parts().plan(actor, {id, today, std::nullopt}));
  return done();
}

}  // namespace mandate::app
