// What can be counted of duties: the duties as they stand, and the steps of each as the log of events tells them.
#include "foundation/duties/facts.hpp"

#include "foundation/places/api.hpp"
#include "platform/db/lists.hpp"

namespace mandate::duties {
namespace {

using facts::Attribute;
using facts::AttributeKind;
using facts::Dataset;
using facts::day_code;

template <class E>
std::vector<std::string> names_of() {
  std::vector<std::string> names;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto one) { names.emplace_back(one.name); });
  return names;
}

// Districts without a single record are asked for too: that they have none is an answer.
void know_places(Dataset& into) {
  for (const auto& district : places::districts()) into.intern_text(district.code);
}

// ---- the duties

struct FactRow {
  std::int64_t id = 0;
  std::string number;
  std::string origin;
  Severity severity = Severity::normal;
  Confidentiality confidentiality = Confidentiality::internal;
  DutyState state = DutyState::open;
  std::int64_t series_id = 0;
  std::int64_t agency_id = 0;
  std::int64_t unit_id = 0;
  std::int64_t post_id = 0;
  std::string district;
  std::int64_t goal_id = 0;
  Date due_on;
  Date first_due_on;
  std::optional<Date> done_on;
  Instant created_at;
};
BOOST_DESCRIBE_STRUCT(FactRow, (), (id, number, origin, severity, confidentiality, state, series_id, agency_id, unit_id, post_id, district, goal_id, due_on, first_due_on, done_on, created_at))

constexpr auto columns = "d.id, d.number, d.origin, d.severity, d.confidentiality, d.state, d.series_id, d.agency_id, d.unit_id, d.post_id, d.district, d.goal_id, d.due_on, d.first_due_on, d.done_on, d.created_at";
constexpr int piece = 20'000;

// The running number within "112-000123": it is never given twice, whatever the year before it.
std::int64_t sequence_of(const std::string& number) {
  std::int64_t n = 0;
  const auto dash = number.find('-');
  if (dash == std::string::npos || !http::read_int64(std::string_view(number).substr(dash + 1), n)) throw std::runtime_error("facts: a duty's number without a running number");
  return n;
}

enum KindColumn { kind_origin, kind_severity, kind_confidentiality, kind_state, kind_recurring, kind_extended };

void put(Dataset& into, const FactRow& r) {
  const std::array<std::int64_t, 6> kind{into.intern_text(r.origin), static_cast<std::int64_t>(r.severity), static_cast<std::int64_t>(r.confidentiality), static_cast<std::int64_t>(r.state), r.series_id != 0 ? 1 : 0, r.due_on > r.first_due_on ? 1 : 0};
  const std::array<std::int64_t, 3> owner{r.agency_id, r.unit_id, r.post_id};
  const std::array<std::int64_t, 2> place{into.intern_text(r.district), r.goal_id};
  const std::array<facts::Code, 3> codes{into.intern(0, kind), into.intern(1, owner), into.intern(2, place)};
  const std::array<std::uint16_t, 3> days{day_code(r.due_on), day_code(r.done_on), day_code(taipei_date(r.created_at))};
  into.put(sequence_of(r.number), codes, days);
}

// The code of the lateness of each kind, or `by_day` for the open ones, whose due day decides.
constexpr std::uint8_t by_day = 255;
std::vector<std::uint8_t> by_state(const Dataset& d, std::uint8_t when_done, std::uint8_t when_cancelled) {
  std::vector<std::uint8_t> table(d.codes(0), when_cancelled);
  for (facts::Code code = 1; code < table.size(); ++code) {
    const auto state = static_cast<DutyState>(d.value(0, code, kind_state));
    table[code] = state == DutyState::open ? by_day : state == DutyState::done ? when_done : when_cancelled;
  }
  return table;
}

std::function<void(const facts::Piece&, std::uint8_t*)> prepare_lateness(const Dataset& d, const facts::Moment& m) {
  DutyPolicy policy;
  policy.at_risk_days = static_cast<int>(m.at_risk_days);
  policy.severe_days = static_cast<int>(m.severe_days);
  std::vector<std::uint8_t> open(65'536, 0);
  const auto [low, high] = d.day_range(0);
  for (std::size_t code = low; code <= high && low <= high; ++code) open[code] = static_cast<std::uint8_t>(lateness_of(DutyState::open, facts::date_of(static_cast<std::uint16_t>(code)), std::nullopt, m.today, policy));
  auto state = by_state(d, static_cast<std::uint8_t>(Lateness::done), static_cast<std::uint8_t>(Lateness::cancelled));
  return [open = std::move(open), state = std::move(state)](const facts::Piece& p, std::uint8_t* out) {
    constexpr auto done = static_cast<std::uint8_t>(Lateness::done);
    constexpr auto done_late = static_cast<std::uint8_t>(Lateness::done_late);
    for (std::size_t i = 0; i < p.count; ++i) {
      const auto due = p.day(0, i);
      const auto code = state[p.code(0, i)];
      out[i] = code == by_day ? open[due] : code == done && p.day(1, i) > due ? done_late : code;
    }
  };
}

const std::vector<std::string> no_yes = {"no", "yes"};

Attribute number(const char* name) { return {name, AttributeKind::number, {}}; }
Attribute text(const char* name) { return {name, AttributeKind::text, {}}; }
Attribute choice(const char* name, std::vector<std::string> choices) { return {name, AttributeKind::choice, std::move(choices)}; }

class DutySource final : public facts::Source {
 public:
  facts::Schema schema() const override {
    return {"duties",
            facts::Keys::dense,
            {{"kind", {text("origin"), choice("severity", names_of<Severity>()), choice("confidentiality", names_of<Confidentiality>()), choice("state", names_of<DutyState>()), choice("recurring", no_yes), choice("extended", no_yes)}},
             {"owner", {number("agency"), number("unit"), number("post")}},
             {"place", {text("district"), number("goal")}}},
            {"due", "done", "created"},
            {{"lateness", names_of<Lateness>(), prepare_lateness}}};
  }
  std::string record_kind() const override { return "duty"; }
  std::set<std::string> fill_kinds() const override { return {"duty.filled"}; }

  void load(db::Database& database, std::int64_t, Dataset& into, const std::function<bool(double)>& progress) override {
    know_places(into);
    std::int64_t after = 0;
    const auto total = database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM duty"); });
    std::int64_t seen = 0;
    while (true) {
      int count = 0;
      database.read([&](db::Session& s) {
        const std::array<db::Value, 2> values{db::to_value(after), db::to_value(piece)};
        s.each<FactRow>(std::string("SELECT ") + columns + " FROM duty d WHERE d.id > ? ORDER BY d.id LIMIT ?", values, [&](const FactRow& r) {
          put(into, r);
          after = r.id;
          ++count;
        });
        return 0;
      });
      seen += count;
      if (count < piece || !progress(total == 0 ? 1.0 : static_cast<double>(seen) / static_cast<double>(total))) return;
    }
  }

  void read_again(db::Session& s, const std::vector<std::int64_t>& records, std::int64_t, Dataset& into) override {
    db::in_chunks(records, [&](const std::vector<std::int64_t>& some) {
      std::vector<db::Value> values;
      for (const auto id : some) values.push_back(db::to_value(id));
      s.each<FactRow>(std::string("SELECT ") + columns + " FROM duty d WHERE d.id IN (" + db::marks(some.size()) + ")", values, [&](const FactRow& r) { put(into, r); });
    });
  }

  bool load_known(db::Session& s, Instant at, Dataset& into) override {
    know_places(into);
    const std::array<db::Value, 3> values{db::to_value(at), db::to_value(at), db::to_value(at)};
    s.each<FactRow>(std::string("SELECT ") + columns + " FROM duty d WHERE d.recorded_at <= ? UNION ALL "
                    // Of a duty that is no more the first version says when it came.
                    "SELECT v.duty_id, v.number, v.origin, v.severity, v.confidentiality, v.state, v.series_id, v.agency_id, v.unit_id, v.post_id, v.district, v.goal_id, v.due_on, v.first_due_on, v.done_on, "
                    "COALESCE(d.created_at, (SELECT MIN(f.recorded_at) FROM duty_version f WHERE f.duty_id = v.duty_id)) "
                    "FROM duty_version v LEFT JOIN duty d ON d.id = v.duty_id WHERE v.recorded_at <= ? AND v.superseded_at > ?",
                    values, [&](const FactRow& r) { put(into, r); });
    return true;
  }
};

// ---- their steps: one fact an event, with whose duty it is now

const std::vector<std::string> steps = {"created", "done", "reopened", "cancelled", "reassigned", "extension_asked", "extension_approved", "extension_refused", "edited", "calendar_moved", "undone", "other"};

std::int64_t step_of(const std::string& kind) {
  const std::string what = kind.substr(kind.find('.') + 1) == "renamed" ? "edited" : kind.substr(kind.find('.') + 1);
  const auto found = std::find(steps.begin(), steps.end(), what);
  return found == steps.end() ? static_cast<std::int64_t>(steps.size()) - 1 : found - steps.begin();
}

struct StepRow {
  std::int64_t position = 0;
  std::string kind;
  Instant at;
  std::int64_t record_id = 0;
};
BOOST_DESCRIBE_STRUCT(StepRow, (), (position, kind, at, record_id))

struct LoggedStep {
  std::int64_t position = 0;
  std::string kind;
  Instant at;
  std::int64_t record_id = 0;
  std::string record_kind;
};
BOOST_DESCRIBE_STRUCT(LoggedStep, (), (position, kind, at, record_id, record_kind))

struct OwnerRow {
  std::int64_t id = 0;
  std::string origin;
  Severity severity = Severity::normal;
  Confidentiality confidentiality = Confidentiality::internal;
  std::int64_t agency_id = 0;
  std::int64_t unit_id = 0;
  std::int64_t post_id = 0;
  std::string district;
  std::int64_t goal_id = 0;
};
BOOST_DESCRIBE_STRUCT(OwnerRow, (), (id, origin, severity, confidentiality, agency_id, unit_id, post_id, district, goal_id))
constexpr auto owner_columns = "id, origin, severity, confidentiality, agency_id, unit_id, post_id, district, goal_id";

// A duty as its steps need it, in 24 bytes: two million of them are held while the log is read.
struct OwnerCodes {
  std::int64_t id = 0;
  facts::Code owner = 0;
  facts::Code place = 0;
  std::uint16_t origin = 0;
  std::uint8_t severity = 0;
  std::uint8_t confidentiality = 0;
};

OwnerCodes codes_of(Dataset& into, const OwnerRow& r) {
  const std::array<std::int64_t, 3> owner{r.agency_id, r.unit_id, r.post_id};
  const std::array<std::int64_t, 2> place{into.intern_text(r.district), r.goal_id};
  return {r.id, into.intern(1, owner), into.intern(2, place), static_cast<std::uint16_t>(into.intern_text(r.origin)), static_cast<std::uint8_t>(r.severity), static_cast<std::uint8_t>(r.confidentiality)};
}

void put(Dataset& into, const StepRow& r, const OwnerCodes& o) {
  const std::array<std::int64_t, 4> kind{step_of(r.kind), o.origin, o.severity, o.confidentiality};
  const std::array<facts::Code, 3> codes{into.intern(0, kind), o.owner, o.place};
  const std::array<std::uint16_t, 1> days{day_code(taipei_date(r.at))};
  into.put(r.position, codes, days);
}

// `owners` in the order of their ids.
void put_logged(Dataset& into, const LoggedStep& logged, const std::vector<OwnerCodes>& owners) {
  if (logged.record_kind != "duty") return;
  const auto found = std::lower_bound(owners.begin(), owners.end(), logged.record_id, [](const OwnerCodes& o, std::int64_t id) { return o.id < id; });
  if (found != owners.end() && found->id == logged.record_id) put(into, {logged.position, logged.kind, logged.at, logged.record_id}, *found);
}

class StepSource final : public facts::Source {
 public:
  facts::Schema schema() const override {
    return {"steps",
            facts::Keys::rising,
            {{"kind", {choice("what", steps), text("origin"), choice("severity", names_of<Severity>()), choice("confidentiality", names_of<Confidentiality>())}}, {"owner", {number("agency"), number("unit"), number("post")}}, {"place", {text("district"), number("goal")}}},
            {"at"},
            {}};
  }
  std::string record_kind() const override { return "duty"; }
  std::set<std::string> fill_kinds() const override { return {"duty.filled"}; }

  void load(db::Database& database, std::int64_t until, Dataset& into, const std::function<bool(double)>& progress) override {
    // A duty's owner is looked up here and not joined in the statement: ten million look-ups in a table cost more than reading it once.
    know_places(into);
    std::vector<OwnerCodes> owners;
    std::int64_t after = 0;
    owners.reserve(static_cast<std::size_t>(database.read([](db::Session& s) { return s.value<std::int64_t>("SELECT COUNT(*) FROM duty"); })));
    for (int count = piece; count == piece;) {
      count = 0;
      database.read([&](db::Session& s) {
        const std::array<db::Value, 2> values{db::to_value(after), db::to_value(piece)};
        s.each<OwnerRow>(std::string("SELECT ") + owner_columns + " FROM duty WHERE id > ? ORDER BY id LIMIT ?", values, [&](const OwnerRow& r) {
          owners.push_back(codes_of(into, r));
          after = r.id;
          ++count;
        });
        return 0;
      });
      if (!progress(0.1)) return;
    }
    for (std::int64_t from = 0; from < until; from += piece) {
      database.read([&](db::Session& s) {
        const std::array<db::Value, 2> values{db::to_value(from), db::to_value(std::min<std::int64_t>(from + piece, until))};
        // Without the kind of record among the conditions: SQLite would take the index of records for it and sort the whole log for each piece.
        s.each<LoggedStep>("SELECT position, kind, at, record_id, record_kind FROM event WHERE position > ? AND position <= ? ORDER BY position", values, [&](const LoggedStep& logged) { put_logged(into, logged, owners); });
        return 0;
      });
      if (!progress(0.1 + 0.9 * static_cast<double>(from) / static_cast<double>(until))) return;
    }
  }

  void read_again(db::Session& s, const std::vector<std::int64_t>& records, std::int64_t until, Dataset& into) override {
    std::vector<StepRow> found;
    std::map<std::int64_t, OwnerCodes> owners;
    db::in_chunks(records, [&](const std::vector<std::int64_t>& some) {
      std::vector<db::Value> values;
      for (const auto id : some) values.push_back(db::to_value(id));
      const auto in = " IN (" + db::marks(some.size()) + ")";
      s.each<OwnerRow>(std::string("SELECT ") + owner_columns + " FROM duty WHERE id" + in, values, [&](const OwnerRow& r) { owners[r.id] = codes_of(into, r); });
      // Not what came after the events that are being taken in: positions must rise over all duties.
      values.push_back(db::to_value(until));
      s.each<StepRow>("SELECT position, kind, at, record_id FROM event WHERE record_kind = 'duty' AND record_id" + in + " AND position <= ?", values, [&](const StepRow& r) { found.push_back(r); });
    });
    // New ones rise: in the order of their positions.
    std::sort(found.begin(), found.end(), [](const StepRow& a, const StepRow& b) { return a.position < b.position; });
    for (const auto& r : found) {
      if (const auto owner = owners.find(r.record_id); owner != owners.end()) put(into, r, owner->second);
    }
  }

  // What had happened by then, with whose duty it was then.
  bool load_known(db::Session& s, Instant at, Dataset& into) override {
    know_places(into);
    std::vector<OwnerCodes> owners;
    const std::array<db::Value, 3> values{db::to_value(at), db::to_value(at), db::to_value(at)};
    s.each<OwnerRow>(std::string("SELECT ") + owner_columns + " FROM duty WHERE recorded_at <= ? UNION ALL SELECT duty_id, origin, severity, confidentiality, agency_id, unit_id, post_id, district, goal_id FROM duty_version "
                     "WHERE recorded_at <= ? AND superseded_at > ? ORDER BY 1",
                     values, [&](const OwnerRow& r) { owners.push_back(codes_of(into, r)); });
    // Numbered here: the last events may not have their place in the log yet.
    const std::array<db::Value, 1> until{db::to_value(at)};
    std::int64_t place = 0;
    s.each<LoggedStep>("SELECT 0, kind, at, record_id, record_kind FROM event WHERE at <= ?", until, [&](LoggedStep logged) {
      logged.position = ++place;
      put_logged(into, logged, owners);
    });
    return true;
  }
};

}  // namespace

std::unique_ptr<facts::Source> duty_facts() { return std::make_unique<DutySource>(); }
std::unique_ptr<facts::Source> step_facts() { return std::make_unique<StepSource>(); }

}  // namespace mandate::duties
