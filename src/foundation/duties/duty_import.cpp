#include "foundation/duties/duty_import.hpp"

#include "foundation/duties/service.hpp"
#include "foundation/places/api.hpp"
#include "kernel/text.hpp"
#include "platform/db/lists.hpp"

namespace mandate::duties {
namespace {

using imports::ColumnType;
using imports::Loaded;
using imports::Reading;

// A value and the words of the messages for it, in both languages.
std::vector<imports::Choice> choices_of(const std::string& prefix, const std::vector<std::string>& values) {
  std::vector<imports::Choice> out;
  for (const auto& value : values) out.push_back({value, {i18n::text(prefix + value, Language::zh_tw), i18n::text(prefix + value, Language::en)}});
  return out;
}

// "豐原區、大里區（跨區）": a matter of several districts lies in none of them alone.
bool names_several(const std::string& written) {
  const auto text = fold(written);
  return std::count_if(places::districts().begin(), places::districts().end(), [&](const auto& one) { return text.find(fold(one.name)) != std::string::npos; }) > 1;
}

template <class E>
E enum_of(const std::string& text, E otherwise) {
  E out = otherwise;
  if (!text.empty()) boost::describe::enum_from_string(text.c_str(), out);
  return out;
}

class DutyTarget final : public imports::Target {
 public:
  DutyTarget(Duties::Parts& parts, Actor actor) : p_(parts), actor_(std::move(actor)), today_(parts.clock.today()), days_(parts.calendar.snapshot()), scope_(parts.scope(actor_, "duty.create")) {
    if (p_.directory.goal_names) {
      for (const auto& [id, name] : p_.directory.goal_names()) {
        goals_.emplace(fold(name), id);
        // "112 提升施政效能" is also known without its year, as that of the newest plan.
        if (const auto space = name.find(' '); space != std::string::npos) goals_.insert_or_assign(fold(name.substr(space + 1)), id);
      }
    }
  }

  void check(Reading& row) override {
    NewDuty n;
    n.title = row.text("title");
    n.detail = row.text("detail");
    n.origin = row.text("origin").empty() ? "own" : row.text("origin");
    n.due_on = row.date("due_on").value_or(today_);
    n.severity = enum_of(row.text("severity"), Severity::normal);
    n.confidentiality = enum_of(row.text("confidentiality"), Confidentiality::internal);
    n.agency_id = agency_of(row.text("agency"));
    if (n.agency_id == 0) row.refuse("agency", "duty.import.no_agency", {{"text", truncate_cjk(row.text("agency"), 40)}});
    if (const auto& written = row.text("district"); !written.empty()) {
      const auto* district = places::find_district(written);
      if (district == nullptr) district = places::match_district(written);
      if (district != nullptr) n.district = district->code;
      else if (names_several(written)) row.mend("district", "duty.import.many_districts", {{"text", truncate_cjk(written, 40)}});
      else row.refuse("district", "duty.import.no_district", {{"text", truncate_cjk(written, 40)}});
    }
    if (const auto& written = row.text("goal"); !written.empty()) {
      const auto goal = goals_.find(fold(written));
      if (goal == goals_.end()) row.refuse("goal", "duty.import.no_goal", {{"text", truncate_cjk(written, 40)}});
      else n.goal_id = goal->second;
    }
    if (!row.refusals.empty()) return;
    if (auto good = check_new(n); !good.ok()) {
      for (const auto& one : good.fault().fields) row.refuse(one.path == "agency_id" ? "agency" : one.path, one.key, one.args);
      return;
    }
    if (!identity::reaches(scope_, {n.agency_id, 0, n.origin, n.confidentiality, 0})) return row.refuse("agency", "duty.out_of_scope");
    row.key = row.text("source_number");
    row.parsed = n;
  }

  Result<Loaded> create(db::Session& s, const Reading& row) override {
    const auto& n = std::any_cast<const NewDuty&>(row.parsed);
    Actor actor = actor_;
    actor.now = p_.clock.now();
    MANDATE_ASSIGN(const auto duty, p_.put(s, actor, n, n.due_on, {}, *days_, "duty.imported"));
    return Loaded{duty.id.value, 0, duty.revision};
  }

  Result<Loaded> change(db::Session& s, std::int64_t id, const Reading& row) override {
    const auto& n = std::any_cast<const NewDuty&>(row.parsed);
    const auto before = p_.store.find(s, DutyId{id});
    if (!before) return create(s, row);
    if (before->state != DutyState::open) return fault(FaultKind::conflict, "duty.not_open");
    if (!identity::reaches(p_.scope(actor_, "duty.edit"), before->facts())) return fault(FaultKind::forbidden, "duty.out_of_scope");
    auto after = *before;
    after.title = n.title;
    after.detail = n.detail;
    after.agency_id = n.agency_id;
    if (after.agency_id != before->agency_id) after.unit_id = after.post_id = 0;
    after.severity = n.severity;
    after.confidentiality = n.confidentiality;
    after.district = n.district;
    after.goal_id = n.goal_id;
    if (n.due_on != before->nominal_due_on) after.due_on = p_.rules().move_off_closed_days ? moved_off_closed(n.due_on, days_->days) : n.due_on;
    const Instant now = p_.clock.now();
    if (!p_.store.replace(s, *before, after, now)) return fault(FaultKind::stale, "duty.stale");
    note(s, now, "duty.reimported", id, {{"title", after.title}, {"agency", p_.directory.agency_name(after.agency_id)}, {"due_on", after.due_on.iso()}});
    return Loaded{id, before->revision, after.revision};
  }

  std::vector<std::int64_t> touched(db::Session& s, const std::vector<Loaded>& records) override {
    std::map<std::int64_t, std::int64_t> left;
    for (const auto& one : records) left[one.record_id] = one.revision_after;
    std::set<std::int64_t> out;
    db::in_chunks(records, [&](const std::vector<Loaded>& some) {
      std::vector<db::Value> ids;
      for (const auto& one : some) ids.push_back(db::to_value(one.record_id));
      const auto marks = db::marks(ids.size());
      std::set<std::int64_t> found;
      for (const auto& duty : s.list_values<Standing>("SELECT id, revision FROM duty WHERE id IN (" + marks + ")", ids)) {
        found.insert(duty.id);
        if (duty.revision != left[duty.id]) out.insert(duty.id);
      }
      for (const auto& one : some) {
        if (found.count(one.record_id) == 0) out.insert(one.record_id);
      }
      // Whatever else was said or hung on it since: remarks, files, reminders.
      for (const auto id : s.list_values<std::int64_t>("SELECT DISTINCT e.record_id FROM event e WHERE e.record_kind = 'duty' AND e.record_id IN (" + marks +
                                                           ") AND e.kind NOT IN ('duty.imported', 'duty.reimported') AND e.id > (SELECT MAX(i.id) FROM event i WHERE i.record_kind = 'duty' AND i.record_id = e.record_id AND i.kind IN "
                                                           "('duty.imported', 'duty.reimported'))",
                                                       ids)) {
        out.insert(id);
      }
    });
    return {out.begin(), out.end()};
  }

  Result<> take_back(db::Session& s, const Loaded& record) override {
    const auto now = p_.store.find(s, DutyId{record.record_id});
    if (!now) return fault(FaultKind::stale, "duty.stale");
    const Instant at = p_.clock.now();
    if (record.revision_before == 0) {
      if (!p_.store.remove(s, *now, at)) return fault(FaultKind::stale, "duty.stale");
    } else {
      auto after = p_.store.find_version(s, *now, record.revision_before);
      if (!after || !p_.store.replace(s, *now, *after, at)) return fault(FaultKind::stale, "duty.stale");
    }
    note(s, at, "duty.import_undone", record.record_id, {{"title", now->title}});
    return done();
  }

 private:
  struct Standing {
    std::int64_t id = 0;
    std::int64_t revision = 0;
    BOOST_DESCRIBE_CLASS(Standing, (), (id, revision), (), ())
  };

  void note(db::Session& s, Instant at, const char* kind, std::int64_t id, boost::json::object data) {
    Actor actor = actor_;
    actor.now = at;
    p_.note(s, actor, kind, DutyId{id}, std::move(data));
  }

  std::int64_t agency_of(const std::string& written) {
    const auto known = agencies_.find(written);
    if (known != agencies_.end()) return known->second;
    const auto id = p_.directory.match_agency ? p_.directory.match_agency(written, today_) : 0;
    agencies_.emplace(written, id);
    return id;
  }

  Duties::Parts& p_;
  Actor actor_;
  Date today_;
  std::shared_ptr<const calendar::CalendarSnapshot> days_;
  identity::Scope scope_;
  std::map<std::string, std::int64_t> goals_;
  std::map<std::string, std::int64_t> agencies_;
};

}  // namespace

imports::Kind duty_import(Duties& duties) {
  auto& parts = duties.parts();
  imports::Kind kind;
  kind.name = "duties";
  kind.permission = "duty.create";
  const auto& origins = duty_origins();
  kind.columns = {
      {"title", ColumnType::line, true, {"案名", "標題", "工程名稱", "計畫名稱", "事由", "name", "subject", "suggestion"}, {}},
      {"agency", ColumnType::line, true, {"機關", "主辦機關", "權責機關", "承辦機關", "局處", "department", "owner", "brought_by"}, {}},
      {"due_on", ColumnType::period_end, true, {"到期日", "期限", "應完成日", "截止日", "期程", "due", "deadline", "period_roc"}, {}},
      {"source_number", ColumnType::line, false, {"案號", "文號", "編號", "uid", "number", "id"}, {}},
      {"detail", ColumnType::text, false, {"內容", "備註", "摘要", "description", "summary"}, {}},
      {"origin", ColumnType::choice, false, {"類別"}, choices_of("origin.", {origins.begin(), origins.end()})},
      {"severity", ColumnType::choice, false, {"重要度", "優先順序"}, choices_of("severity.", {"normal", "high", "critical"})},
      {"confidentiality", ColumnType::choice, false, {"公開"}, choices_of("confidentiality.", {"open", "internal", "confidential"})},
      {"district", ColumnType::line, false, {"區", "行政區別", "地區"}, {}},
      {"goal", ColumnType::line, false, {"目標"}, {}},
  };
  kind.target = [&parts](const Actor& actor) { return std::unique_ptr<imports::Target>(std::make_unique<DutyTarget>(parts, actor)); };
  return kind;
}

}  // namespace mandate::duties
