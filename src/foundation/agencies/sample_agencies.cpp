#include "foundation/agencies/sample_agencies.hpp"

#include "foundation/agencies/store.hpp"
#include "platform/db/events.hpp"

namespace mandate::agencies {
namespace {

constexpr const char* founding = "2010-12-25";

struct SampleAgency {
  const char* code;
  const char* name;        // after 臺中市政府
  const char* short_name;
  const char* head;        // title of the head
};

// The thirty of 2023. Names and changes of names: the city's organisation charter and press reports.
constexpr SampleAgency first_level[] = {
    {"TC-01", "秘書處", "秘書處", "處長"},           {"TC-02", "民政局", "民政局", "局長"},
    {"TC-03", "財政局", "財政局", "局長"},           {"TC-04", "教育局", "教育局", "局長"},
    {"TC-05", "經濟發展局", "經發局", "局長"},       {"TC-06", "建設局", "建設局", "局長"},
    {"TC-07", "交通局", "交通局", "局長"},           {"TC-08", "都市發展局", "都發局", "局長"},
    {"TC-09", "水利局", "水利局", "局長"},           {"TC-10", "農業局", "農業局", "局長"},
    {"TC-11", "觀光旅遊局", "觀旅局", "局長"},       {"TC-12", "社會局", "社會局", "局長"},
    {"TC-13", "勞工局", "勞工局", "局長"},           {"TC-14", "警察局", "警察局", "局長"},
    {"TC-15", "消防局", "消防局", "局長"},           {"TC-16", "衛生局", "衛生局", "局長"},
    {"TC-17", "環境保護局", "環保局", "局長"},       {"TC-18", "文化局", "文化局", "局長"},
    {"TC-19", "地政局", "地政局", "局長"},           {"TC-20", "法制局", "法制局", "局長"},
    {"TC-21", "新聞局", "新聞局", "局長"},           {"TC-22", "地方稅務局", "地稅局", "局長"},
    {"TC-23", "運動局", "運動局", "局長"},           {"TC-24", "數位治理局", "數位局", "局長"},
    {"TC-25", "主計處", "主計處", "處長"},           {"TC-26", "人事處", "人事處", "處長"},
    {"TC-27", "政風處", "政風處", "處長"},           {"TC-28", "研究發展考核委員會", "研考會", "主任委員"},
    {"TC-29", "原住民族事務委員會", "原民會", "主任委員"}, {"TC-30", "客家事務委員會", "客委會", "主任委員"},
};

// In the order of their official codes, 66000010, 66000020 ...
constexpr const char* districts[] = {"中區",   "東區",   "南區",   "西區",   "北區",   "西屯區", "南屯區", "北屯區", "豐原區", "東勢區", "大甲區", "清水區", "沙鹿區", "梧棲區", "后里區",
                                     "神岡區", "潭子區", "大雅區", "新社區", "石岡區", "外埔區", "大安區", "烏日區", "大肚區", "龍井區", "霧峰區", "太平區", "大里區", "和平區"};

constexpr const char* commission_units[] = {"綜合規劃組", "管制考核組", "研究發展組", "為民服務組", "工程施工查核小組", "話務中心"};

Date d(const char* iso) { return *Date::parse(iso); }

// People nobody is: a common surname and a pair of the sixty-year cycle, such as 趙甲子.
class People {
 public:
  std::string next() {
    static constexpr std::array<const char*, 12> surnames{"趙", "錢", "孫", "李", "周", "吳", "鄭", "王", "馮", "陳", "褚", "衛"};
    static constexpr std::array<const char*, 10> stems{"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};
    static constexpr std::array<const char*, 12> branches{"子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"};
    const std::size_t n = count_++;
    return std::string(surnames[n / 60 % 12]) + stems[n % 10] + branches[n % 12];
  }

 private:
  std::size_t count_ = 0;
};

class Sample {
 public:
  Sample(db::Session& session, const Actor& actor, Instant at) : session_(session), by_(actor.account_id), at_(at) {}

  AgencyId agency(const char* code, const std::string& name, const std::string& short_name, const std::string& aliases, AgencyKind kind, AgencyId parent, bool self_governing, const char* from,
                  std::optional<Date> to = {}, AgencyId id = {}) {
    AgencyRecord record;
    record.valid_from = d(from);
    record.valid_to = to;
    record.id = id ? id : new_id<AgencyId>();
    record.code = code;
    record.name = name;
    record.short_name = short_name;
    record.aliases = aliases;
    record.kind = kind;
    record.parent_id = parent;
    record.self_governing = self_governing;
    if (!id) AgencyStore::insert_agency(session_, record.id, code);
    AgencyStore::insert(session_, record, at_, by_);
    return record.id;
  }

  UnitId unit(AgencyId agency, const char* name, const char* from) {
    UnitRecord record;
    record.valid_from = d(from);
    record.id = new_id<UnitId>();
    record.agency_id = agency;
    record.name = name;
    AgencyStore::insert(session_, record, at_, by_);
    return record.id;
  }

  // With somebody who holds it.
  PersonId post(AgencyId agency, UnitId unit, const std::string& name, PostKind kind, const char* from) {
    PostRecord record;
    record.valid_from = d(from);
    record.id = new_id<PostId>();
    record.agency_id = agency;
    record.unit_id = unit;
    record.name = name;
    record.kind = kind;
    AgencyStore::insert(session_, record, at_, by_);
    HolderRecord holder;
    holder.valid_from = std::max(d(from), d("2022-12-25"));
    holder.post_id = record.id;
    holder.person_id = new_id<PersonId>();
    AgencyStore::insert_person(session_, holder.person_id, people_.next(), at_);
    AgencyStore::insert(session_, holder, at_, by_);
    return holder.person_id;
  }

  // No Taiwanese subscriber's number begins with 0000, and no mail reaches .invalid.
  void contact(AgencyId agency, const std::string& name) {
    ++contacts_;
    AgencyStore::set_contact(session_, {agency, "general", name, fmt::format("(04)0000-{:04}", contacts_), fmt::format("window{:02}@sample.invalid", contacts_), at_, 0, {}}, by_);
  }

  void deputy(PersonId person, PersonId deputy, const char* from, const char* to) {
    DeputyRecord record;
    record.valid_from = d(from);
    record.valid_to = d(to);
    record.person_id = person;
    record.deputy_id = deputy;
    AgencyStore::insert(session_, record, at_, by_);
  }

 private:
  db::Session& session_;
  std::int64_t by_;
  Instant at_;
  People people_;
  int contacts_ = 0;
};

void make(Sample& sample) {
  const std::string government = "臺中市政府";
  const AgencyId city = sample.agency(sample_city, government, "市府", "本府", AgencyKind::city, {}, false, founding);
  const UnitId mayor = sample.unit(city, "市長室", founding);
  sample.post(city, mayor, "市長", PostKind::head, founding);
  sample.post(city, mayor, "副市長", PostKind::deputy_head, founding);
  const UnitId secretariat = sample.unit(city, "秘書長室", founding);
  sample.post(city, secretariat, "秘書長", PostKind::chief_secretary, founding);
  sample.post(city, secretariat, "副秘書長", PostKind::deputy_head, founding);

  for (const auto& one : first_level) {
    const std::string code = one.code;
    const bool digital = code == "TC-24";  // first-level since 2022-12-25, renamed with 2025
    const bool commission = code == sample_commission;
    const char* from = digital ? "2022-12-25" : founding;
    const AgencyId id = sample.agency(one.code, government + one.name, one.short_name, "", AgencyKind::first_level, city, false, from, digital ? std::optional(d("2024-12-31")) : std::nullopt);
    if (digital) sample.agency(one.code, government + "數位發展局", "數位局", "數位治理局", AgencyKind::first_level, city, false, "2025-01-01", {}, id);
    const auto head = sample.post(id, {}, one.head, PostKind::head, from);
    const auto secretary = sample.post(id, {}, "主任秘書", PostKind::chief_secretary, from);
    if (commission) {
      sample.deputy(head, secretary, "2023-07-24", "2023-07-28");
      for (const char* name : commission_units) {
        const UnitId unit = sample.unit(id, name, founding);
        const bool centre = std::string_view(name).ends_with("中心");
        sample.post(id, unit, std::string(name) + (centre ? "主任" : std::string_view(name).ends_with("小組") ? "召集人" : "組長"), PostKind::unit_head, founding);
        sample.post(id, unit, std::string(name) + "承辦", PostKind::officer, founding);
      }
      sample.post(id, {}, "研考會管考窗口", PostKind::liaison, founding);
    } else {
      const UnitId office = sample.unit(id, "秘書室", from);
      sample.post(id, office, "研考承辦", PostKind::liaison, from);
    }
    sample.contact(id, std::string(one.short_name) + "研考窗口");
  }
  const AgencyId metro = sample.agency("TC-31", government + "捷運工程局", "捷運局", "", AgencyKind::first_level, city, false, "2025-01-01");
  sample.post(metro, {}, "局長", PostKind::head, "2025-01-01");
  sample.post(metro, {}, "主任秘書", PostKind::chief_secretary, "2025-01-01");
  sample.post(metro, sample.unit(metro, "秘書室", "2025-01-01"), "研考承辦", PostKind::liaison, "2025-01-01");
  sample.contact(metro, "捷運局研考窗口");

  int number = 10;
  for (const char* district : districts) {
    const std::string code = fmt::format("660{:05}", number);
    number += 10;
    // 中區 has 中區區公所, 豐原區 has 豐原區公所.
    const std::string name = std::string(district).size() == 6 ? std::string(district) + "區公所" : std::string(district) + "公所";
    const std::string full = "臺中市" + name;
    const bool heping = std::string_view(district) == "和平區";
    // A self-governing indigenous district since 2014-12-25: a partner, no office of the city.
    const AgencyId id = sample.agency(code.c_str(), full, district, "", AgencyKind::district_office, city, false, founding, heping ? std::optional(d("2014-12-24")) : std::nullopt);
    if (heping) sample.agency(code.c_str(), full, district, "", AgencyKind::partner, {}, true, "2014-12-25", {}, id);
    sample.post(id, {}, "區長", PostKind::head, founding);
    sample.post(id, {}, "主任秘書", PostKind::chief_secretary, founding);
    const UnitId office = sample.unit(id, "秘書室", founding);
    sample.post(id, office, "研考承辦", PostKind::liaison, founding);
    sample.contact(id, std::string(district) + "研考窗口");
  }
}

}  // namespace

Result<> seed_sample_agencies(db::Database& database, const Actor& actor) {
  return database.write([&](db::Session& session) -> Result<> {
    if (AgencyStore::state(session).stamp != 0) return done();
    const auto state = AgencyStore::advance(session, actor.now);
    Sample sample(session, actor, state.recorded_at);
    make(sample);
    db::append_event(session, {state.recorded_at, actor.account_id, "agency.sample_made", "agency", 0, "{}", {}});
    return done();
  });
}

}  // namespace mandate::agencies
