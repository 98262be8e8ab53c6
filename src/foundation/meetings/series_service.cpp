// Series: which meetings there are, whose, how often, and what fills their agendas.
#include "foundation/meetings/service.hpp"

MANDATE_EMBEDDED(foundation_meetings)

namespace mandate::meetings {
namespace {

// Nothing but spaces, full-width ones included.
bool blank(const std::string& text) {
  for (std::size_t at = 0; at < text.size();) {
    if (text.compare(at, 3, "\u3000") == 0) {
      at += 3;
    } else if (text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r')) {
      ++at;
    } else {
      return false;
    }
  }
  return true;
}

Fault out_of_range(const char* field, int min, int max) { return field_fault(field, "input.out_of_range", {{"min", std::to_string(min)}, {"max", std::to_string(max)}}); }

SeriesRecord record_of(const SeriesText& t) {
  SeriesRecord r;
  r.kind = t.kind;
  r.name = t.name;
  r.agency_id = t.agency_id;
  r.confidentiality = t.confidentiality;
  r.frequency = t.frequency;
  r.day = t.day;
  r.months_after = t.months_after;
  r.begins_at = t.begins_at;
  r.place = t.place;
  r.chair_post_id = t.chair_post_id;
  r.attendants = ids_text(t.attendants);
  r.stage = t.stage;
  r.gates = ids_text(t.gates);
  r.sources = words_text(t.sources);
  r.covers = ids_text(t.covers);
  r.ended = t.ended;
  return r;
}

Result<> check_series(Meetings::Parts& p, db::Session& s, SeriesId self, const SeriesText& t) {
  const Date today = p.clock.today();
  MANDATE_TRY(check_text("name", t.name, 600));
  if (!p.directory.agency_exists(t.agency_id, today)) return field_fault("agency_id", "meeting.no_agency");
  if (t.day < 0 || t.day > 31) return out_of_range("day", 0, 31);
  if (t.months_after < 0 || t.months_after > 3) return out_of_range("months_after", 0, 3);
  if (t.stage < 1 || t.stage > 2) return out_of_range("stage", 1, 2);
  if (!is_time_of_day(t.begins_at)) return field_fault("begins_at", "meeting.bad_time");
  if (t.place.size() > 600) return field_fault("place", "input.too_long", {{"max", "200"}});
  if (t.chair_post_id != 0 && !p.directory.post(t.chair_post_id, today)) return field_fault("chair_post_id", "meeting.no_post");
  if (t.attendants.size() > attendants_max) return field_fault("attendants", "meeting.too_many", {{"max", std::to_string(attendants_max)}});
  for (const auto post : t.attendants) {
    if (!p.directory.post(post, today)) return field_fault("attendants", "meeting.no_post");
  }
  if (t.gates.size() > gates_max) return field_fault("gates", "meeting.too_many", {{"max", std::to_string(gates_max)}});
  if (!t.gates.empty() && t.stage != 2) return field_fault("gates", "meeting.gates_need_stage_two");
  const auto gates = p.store.list_series_by_id(s, t.gates);
  if (gates.size() != std::set<std::int64_t>(t.gates.begin(), t.gates.end()).size()) return field_fault("gates", "meeting.no_series");
  for (const auto& gate : gates) {
    if (gate.stage != 1 || gate.id == self) return field_fault("gates", "meeting.gate_is_stage_one", {{"name", gate.name}});
  }
  for (const auto& key : t.sources) {
    if (p.source(key) == nullptr) return field_fault("sources", "meeting.no_source", {{"key", key}});
  }
  if (std::set<std::string>(t.sources.begin(), t.sources.end()).size() != t.sources.size()) return field_fault("sources", "meeting.twice");
  if (t.covers.size() > covers_max) return field_fault("covers", "meeting.too_many", {{"max", std::to_string(covers_max)}});
  for (const auto agency : t.covers) {
    if (!p.directory.agency_exists(agency, today)) return field_fault("covers", "meeting.no_agency");
  }
  return done();
}

}  // namespace

db::MigrationSet meeting_migrations() { return db::migrations_of("foundation_meetings", embedded::foundation_meetings); }

Result<> check_text(const char* field, const std::string& text, std::size_t max_bytes) {
  if (blank(text)) return field_fault(field, "input.required");
  if (text.size() > max_bytes) return field_fault(field, "input.too_long", {{"max", std::to_string(max_bytes / 3)}});
  return done();
}

Meetings::Meetings(db::Database& database, const Clock& clock, identity::Identity& identity, audit::Audit& audit, calendar::Calendar& calendar, duties::Duties& duties, Directory directory)
    : parts_(std::make_unique<Parts>(Parts{database, clock, identity, audit, calendar, duties, std::move(directory)})) {
  const auto titles_from = [&audit](const char* kind, const char* select) {
    audit.add_titles(kind, [select](db::Session& s, const std::vector<std::int64_t>& ids) {
      std::map<std::int64_t, std::string> titles;
      if (ids.empty()) return titles;
      std::string marks;
      std::vector<db::Value> values;
      for (const auto id : ids) {
        marks += marks.empty() ? "?" : ",?";
        values.push_back(db::to_value(id));
      }
      // Two columns in one text: a local struct cannot be described.
      for (const auto& row : s.list_values<std::string>(std::string(select) + " IN (" + marks + ")", values)) {
        const auto space = row.find(' ');
        titles[std::stoll(row.substr(0, space))] = row.substr(space + 1);
      }
      return titles;
    });
  };
  titles_from("meeting_series", "SELECT CAST(id AS TEXT) || ' ' || name FROM meeting_series WHERE superseded_at IS NULL AND id");
  titles_from("meeting", "SELECT CAST(m.id AS TEXT) || ' ' || n.name || ' ' || m.number FROM meeting m JOIN meeting_series n ON n.id = m.series_id AND n.superseded_at IS NULL WHERE m.superseded_at IS NULL AND m.id");
  // What was decided may be confidential: the log names a decision by its number alone.
  titles_from("meeting_decision", "SELECT CAST(id AS TEXT) || ' ' || number FROM meeting_decision WHERE superseded_at IS NULL AND id");
}

Meetings::~Meetings() = default;

void Meetings::add_source(AgendaSource source) {
  if (parts_->source(source.key) != nullptr) throw std::logic_error("two agenda sources with the key " + source.key);
  parts_->sources.push_back(std::move(source));
}

const AgendaSource* Meetings::Parts::source(const std::string& key) const {
  const auto found = std::find_if(sources.begin(), sources.end(), [&](const auto& one) { return one.key == key; });
  return found == sources.end() ? nullptr : &*found;
}

void Meetings::Parts::note(db::Session& s, const Actor& actor, const char* kind, const char* record_kind, std::int64_t id, boost::json::object data) {
  db::append_event(s, {actor.now, actor.account_id, kind, record_kind, id, boost::json::serialize(data), {}});
}

Result<SeriesId> Meetings::Parts::create_series(const Actor& actor, const SeriesText& text) {
  return database.write([&](db::Session& s) -> Result<SeriesId> {
    MANDATE_TRY(check_series(*this, s, {}, text));
    auto r = record_of(text);
    if (!reaches(actor, "meeting.arrange", r.facts())) return fault(FaultKind::forbidden, "meeting.out_of_scope");
    r.id = new_id<SeriesId>();
    r.recorded_at = actor.now;
    r.recorded_by = actor.account_id;
    store.insert(s, r);
    note(s, actor, "meeting_series.created", "meeting_series", r.id.value, {{"name", r.name}, {"agency", directory.agency_name(r.agency_id, clock.today())}});
    return r.id;
  });
}

Result<SeriesRecord> Meetings::Parts::series_of(db::Session& s, const Actor& actor, SeriesId id) {
  const auto series = store.find_series(s, id);
  if (!series || !reaches(actor, "meeting.read", series->facts())) return fault(FaultKind::not_found, "meeting.no_series");
  return *series;
}

Result<> Meetings::Parts::change_series(const Actor& actor, SeriesId id, const SeriesText& text, std::int64_t revision) {
  return database.write([&](db::Session& s) -> Result<> {
    MANDATE_ASSIGN(const auto before, series_of(s, actor, id));
    if (!reaches(actor, "meeting.arrange", before.facts())) return fault(FaultKind::forbidden, "meeting.out_of_scope");
    if (before.revision != revision) return fault(FaultKind::stale, "meeting.stale");
    MANDATE_TRY(check_series(*this, s, id, text));
    auto after = record_of(text);
    after.id = id;
    // Whose meetings these are, and of which kind, is what its records were judged by; another series is another.
    if (after.agency_id != before.agency_id) return field_fault("agency_id", "meeting.series_keeps");
    if (after.kind != before.kind) return field_fault("kind", "meeting.series_keeps");
    if (after.frequency != before.frequency) return field_fault("frequency", "meeting.series_keeps");
    if (after.confidentiality != before.confidentiality) return field_fault("confidentiality", "meeting.series_keeps");
    if (!store.replace(s, before, after, actor)) return fault(FaultKind::stale, "meeting.stale");
    note(s, actor, after.ended && !before.ended ? "meeting_series.ended" : "meeting_series.changed", "meeting_series", id.value, {{"name", after.name}});
    return done();
  });
}

}  // namespace mandate::meetings
