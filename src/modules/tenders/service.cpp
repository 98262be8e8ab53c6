#include "modules/tenders/service.hpp"

#include "platform/db/lists.hpp"

MANDATE_EMBEDDED(modules_tenders)

namespace mandate::tenders {
namespace {

constexpr auto own_columns = "status_code, works_kind, summary, place, latitude, longitude, budget, award_price, contract_price, central_share, awarded_on, contract_start_on, contract_finish_on, contract_finish_changed_on, contractor, designer, supervisor, public_number, recorded_at, recorded_by, revision";

TenderRecord record_of(const TenderFields& f, ItemId id) {
  return {id, f.status_code, f.works_kind, f.summary, f.place, f.latitude, f.longitude, f.budget, f.award_price, f.contract_price, f.central_share, f.awarded_on, f.contract_start_on, f.contract_finish_on, f.contract_finish_changed_on, f.contractor, f.designer, f.supervisor, f.public_number, {}, 0, 1};
}

Result<> as_result(std::vector<FieldFault> faults) {
  if (faults.empty()) return done();
  Fault f = fault(FaultKind::invalid, "input.invalid");
  f.fields = std::move(faults);
  return f;
}

}  // namespace

TenderFields fields_of(const TenderRecord& r) {
  return {r.status_code, r.works_kind, r.summary, r.place, r.latitude, r.longitude, r.budget, r.award_price, r.contract_price, r.central_share, r.awarded_on, r.contract_start_on, r.contract_finish_on, r.contract_finish_changed_on, r.contractor, r.designer, r.supervisor, r.public_number};
}

db::MigrationSet tender_migrations() { return db::migrations_of("modules_tenders", embedded::modules_tenders); }

Tenders::Tenders(db::Database& database, const Clock& clock, identity::Identity& identity, tracking::Tracking& tracking) : database_(database), clock_(clock), identity_(identity), tracking_(tracking) { tracking_.add_kind(kind()); }

tracking::Kind Tenders::kind() {
  using tracking::CheckpointFlag;
  using tracking::ReviewLevel;
  tracking::Kind k;
  k.name = "tender";
  k.origin = "tender";
  k.page = "/tracking/";
  k.measures = {{"overall", "tender.severe_overall_lag", CheckpointFlag::none, CheckpointFlag::none}, {"construction", "tender.severe_construction_lag", CheckpointFlag::start, CheckpointFlag::completion}};
  k.tiers = {{"city", "市府列管", "City", tracking::PeriodType::month, {ReviewLevel::agency, ReviewLevel::controller}, "標案進度管制會報", "臺中市政府研究發展考核委員會112年度施政計畫"},
             {"self", "自行列管", "Self-controlled", tracking::PeriodType::month, {ReviewLevel::agency}, "機關標案進度會議", "臺中市政府研究發展考核委員會112年度施政計畫"}};
  k.flag_changed = [this](db::Session& s, const Actor& actor, ItemId id, CheckpointFlag flag, std::optional<Date> on) { return flag_changed(s, actor, id, flag, on); };
  return k;
}

std::optional<TenderRecord> Tenders::find(db::Session& s, ItemId id) { return s.find<TenderRecord>(std::string("SELECT item_id, ") + own_columns + " FROM tender WHERE item_id = ?", id); }

std::map<std::int64_t, TenderRecord> Tenders::list_records(db::Session& s, const std::vector<std::int64_t>& ids) {
  const std::array<db::Value, 1> values{db::id_list(s.engine(), ids)};
  std::map<std::int64_t, TenderRecord> out;
  for (auto& record : s.list_values<TenderRecord>(std::string("SELECT item_id, ") + own_columns + " FROM tender WHERE " + db::among(s.engine(), "item_id"), values)) out[record.item_id.value] = std::move(record);
  return out;
}

void Tenders::insert(db::Session& s, const TenderRecord& r) {
  s.execute(std::string("INSERT INTO tender (item_id, ") + own_columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", r.item_id, r.status_code, r.works_kind, r.summary, r.place, r.latitude, r.longitude, r.budget, r.award_price, r.contract_price, r.central_share,
            r.awarded_on, r.contract_start_on, r.contract_finish_on, r.contract_finish_changed_on, r.contractor, r.designer, r.supervisor, r.public_number, r.recorded_at, r.recorded_by, r.revision);
}

bool Tenders::replace(db::Session& s, const TenderRecord& before, TenderRecord& after, Instant now) {
  after.revision = before.revision + 1;
  after.recorded_at = std::max(now, before.recorded_at);
  if (s.execute("DELETE FROM tender WHERE item_id = ? AND revision = ?", before.item_id, before.revision) != 1) return false;
  s.execute(std::string("INSERT INTO tender_version (item_id, superseded_at, ") + own_columns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", before.item_id, after.recorded_at, before.status_code, before.works_kind, before.summary, before.place, before.latitude,
            before.longitude, before.budget, before.award_price, before.contract_price, before.central_share, before.awarded_on, before.contract_start_on, before.contract_finish_on, before.contract_finish_changed_on, before.contractor, before.designer, before.supervisor, before.public_number,
            before.recorded_at, before.recorded_by, before.revision);
  insert(s, after);
  return true;
}

Result<TenderView> Tenders::create(const Actor& actor, tracking::NewItem item, const TenderFields& fields) {
  item.kind = "tender";
  MANDATE_TRY(as_result(faults_of(fields)));
  if (!identity::reaches(identity_.scope(actor, "tracking.file", "tracking"), {item.agency_id, item.unit_id, "tender", item.confidentiality, item.post_id})) return fault(FaultKind::forbidden, "tracking.out_of_scope");
  ItemId id;
  MANDATE_TRY(database_.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(id, tracking_.create(actor, item));
    auto record = record_of(fields, id);
    record.recorded_at = actor.now;
    record.recorded_by = actor.account_id;
    insert(s, record);
    return done();
  }));
  return view(actor, id);
}

Result<TenderView> Tenders::edit(const Actor& actor, ItemId id, const TenderFields& fields, std::int64_t revision) {
  MANDATE_TRY(as_result(faults_of(fields)));
  MANDATE_TRY(database_.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto item, tracking_.reach(s, actor, id, "tracking.file"));
    const auto before = find(s, id);
    if (!before) return fault(FaultKind::not_found, "tracking.not_found");
    if (before->revision != revision) return fault(FaultKind::stale, "tracking.stale");
    if (item.state == tracking::ItemState::closed || item.state == tracking::ItemState::cancelled) return fault(FaultKind::conflict, "tracking.not_open");
    if (tracking_.flag_done_on(s, id, tracking::CheckpointFlag::start)) MANDATE_TRY(as_result(faults_of_started(fields)));
    auto after = record_of(fields, id);
    after.recorded_by = actor.account_id;
    if (!replace(s, *before, after, actor.now)) return fault(FaultKind::stale, "tracking.stale");
    db::append_event(s, {actor.now, actor.account_id, "tender.edited", "tracking", id.value, boost::json::serialize(boost::json::object{{"status", fields.status_code}}), {}});
    return done();
  }));
  return view(actor, id);
}

Result<> Tenders::flag_changed(db::Session& s, const Actor& actor, ItemId id, tracking::CheckpointFlag flag, std::optional<Date> on) {
  if (flag != tracking::CheckpointFlag::start) return done();
  const auto before = find(s, id);
  if (!before) return done();
  if (on) return as_result(faults_of_started(fields_of(*before)));
  // Section 2.2: without a start there is no contract that could end.
  auto after = *before;
  after.award_price.reset();
  after.contract_price.reset();
  after.contract_finish_on.reset();
  after.contract_finish_changed_on.reset();
  after.recorded_by = actor.account_id;
  return replace(s, *before, after, actor.now) ? done() : Result<>(fault(FaultKind::stale, "tracking.stale"));
}

Result<TenderView> Tenders::view(const Actor& actor, ItemId id) {
  return database_.read([&](db::Session& s) -> Result<TenderView> {
    MANDATE_ASSIGN(const auto item, tracking_.reach(s, actor, id, "tracking.read"));
    const auto record = find(s, id);
    if (!record) return fault(FaultKind::not_found, "tracking.not_found");
    TenderView v{id, item.number, item.title, item.state, fields_of(*record), {}, record->revision};
    const bool ended = item.state == tracking::ItemState::closed || item.state == tracking::ItemState::cancelled;
    if (!ended && tracking_.reach(s, actor, id, "tracking.file").ok()) v.actions.emplace_back("edit");
    return v;
  });
}

}  // namespace mandate::tenders
