#include "modules/handover/module.hpp"

MANDATE_EMBEDDED(modules_handover)

namespace mandate::handover {
namespace {

BOOST_DEFINE_ENUM_CLASS(HandoverState, open, half, signed_off)

struct SignatureView {
  Part part = Part::leaving;
  std::string by_name;
  Instant at;
};
BOOST_DESCRIBE_STRUCT(SignatureView, (), (part, by_name, at))

struct HandoverRow {
  HandoverId id;
  std::string agency_name;
  std::string post_name;
  std::string from_name;
  std::optional<std::string> to_name;  // none: vacant
  Date changes_on;
  HandoverState state = HandoverState::open;
  std::vector<SignatureView> signatures;
};
BOOST_DESCRIBE_STRUCT(HandoverRow, (), (id, agency_name, post_name, from_name, to_name, changes_on, state, signatures))

struct HandoverList {
  std::vector<HandoverRow> rows;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(HandoverList, (), (rows, next))

struct HandoverItem {
  duties::DutyRow duty;
  bool extension_asked = false;
  std::string note;
};
BOOST_DESCRIBE_STRUCT(HandoverItem, (), (duty, extension_asked, note))

struct HandoverView {
  HandoverRow handover;
  std::vector<HandoverItem> items;
  std::int64_t hidden = 0;
  std::int64_t late = 0;
  std::string note;
  std::optional<Instant> frozen_at;
  std::vector<std::string> actions;  // "sign_leaving", "sign_coming", "sign_supervisor", "note"
};
BOOST_DESCRIBE_STRUCT(HandoverView, (), (handover, items, hidden, late, note, frozen_at, actions))

BOOST_DEFINE_ENUM_CLASS(WhoseHandovers, mine, agency)

struct HandoverQuery {
  std::optional<WhoseHandovers> view;
  std::optional<std::string> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(HandoverQuery, (), (view, cursor, limit))

struct HandoverById {
  HandoverId id;
};
BOOST_DESCRIBE_STRUCT(HandoverById, (), (id))

struct SignInput {
  HandoverId id;
  Part part = Part::leaving;
};
BOOST_DESCRIBE_STRUCT(SignInput, (), (id, part))

struct NoteInput {
  HandoverId id;
  std::optional<duties::DutyId> duty_id;  // none: on the whole list
  std::string note;
};
BOOST_DESCRIBE_STRUCT(NoteInput, (), (id, duty_id, note))

HandoverState state_of(const std::vector<Signature>& signatures) {
  const auto has = [&](Part part) { return std::any_of(signatures.begin(), signatures.end(), [&](const Signature& one) { return one.part == part; }); };
  if (has(Part::leaving) && has(Part::coming)) return HandoverState::signed_off;
  return signatures.empty() ? HandoverState::open : HandoverState::half;
}

HandoverRow row_of(Handovers& handovers, db::Session& s, const agencies::AgencySnapshot& organisation, const HandoverRecord& r, const std::vector<Signature>& signatures) {
  HandoverRow row;
  row.id = r.id;
  row.agency_name = organisation.short_name_of(r.agency_id, r.changes_on);
  row.post_name = organisation.post_name(r.post_id, r.changes_on);
  row.from_name = organisation.person_name(r.from_person);
  if (r.to_person) row.to_name = organisation.person_name(r.to_person);
  row.changes_on = r.changes_on;
  row.state = state_of(signatures);
  for (const auto& one : signatures) row.signatures.push_back({one.part, handovers.identity().name_of(s, one.account_id), one.at});
  return row;
}

Result<HandoverView> view_of(Handovers& handovers, const Actor& actor, HandoverId id) {
  MANDATE_ASSIGN(const auto whole, handovers.view(actor, id));
  HandoverView view;
  view.handover = handovers.database().read([&](db::Session& s) { return row_of(handovers, s, *handovers.agencies().recent(), whole.record, whole.signatures); });
  for (const auto& item : whole.items) {
    view.items.push_back({item.duty, item.extension_asked, item.note});
    if (item.duty.state == duties::DutyState::open && item.duty.days_left < 0) ++view.late;
  }
  view.hidden = whole.hidden;
  view.note = whole.record.note;
  view.frozen_at = whole.record.frozen_at;
  const auto has = [&](Part part) { return std::any_of(whole.signatures.begin(), whole.signatures.end(), [&](const Signature& one) { return one.part == part; }); };
  const auto& standing = whole.standing;
  if (standing.leaving && !has(Part::leaving)) view.actions.emplace_back("sign_leaving");
  if (standing.coming && !has(Part::coming)) view.actions.emplace_back("sign_coming");
  if (standing.looks_after && !standing.leaving && !standing.coming && !has(Part::supervisor)) view.actions.emplace_back("sign_supervisor");
  if ((standing.leaving && !has(Part::leaving) && !has(Part::coming)) || (standing.coming && !has(Part::coming))) view.actions.emplace_back("note");
  return view;
}

}  // namespace

db::MigrationSet handover_migrations() { return db::migrations_of("modules_handover", embedded::modules_handover); }

void add_handover_routes(http::Router& router, Handovers& handovers) {
  // Who leaves may hold no role any more when the list is signed: it asks for a person, not for a permission.
  const auto own = [](const char* summary) { return http::RouteOptions{.permission = "signed_in", .summary = summary, .tag = "handover"}; };
  router.get<HandoverQuery, HandoverList>("/api/handovers", own("Handover lists: one's own, or of the agencies one looks after"), [&handovers](const Actor& actor, const HandoverQuery& in) -> Result<HandoverList> {
    std::optional<std::int64_t> before;
    if (in.cursor) {
      std::int64_t id = 0;
      if (!http::read_int64(*in.cursor, id)) return field_fault("cursor", "input.bad_cursor");
      before = id;
    }
    const int limit = std::clamp(in.limit.value_or(25), 1, 200);
    auto records = handovers.list(actor, in.view.value_or(WhoseHandovers::mine) == WhoseHandovers::agency, before, limit + 1);
    HandoverList list;
    if (static_cast<int>(records.size()) > limit) {
      records.pop_back();
      list.next = records.back().id.text();
    }
    const auto signatures = handovers.signatures_of(records);
    const auto organisation = handovers.agencies().recent();
    handovers.database().read([&](db::Session& s) {
      for (const auto& record : records) {
        const auto found = signatures.find(record.id);
        list.rows.push_back(row_of(handovers, s, *organisation, record, found == signatures.end() ? std::vector<Signature>{} : found->second));
      }
      return true;
    });
    return list;
  });
  router.get<HandoverById, HandoverView>("/api/handovers/{id}", own("A handover list with the work of the post"), [&handovers](const Actor& actor, const HandoverById& in) { return view_of(handovers, actor, in.id); });
  router.put<NoteInput, HandoverView>("/api/handovers/{id}/notes", own("A note on one duty of the list, or on the whole"), [&handovers](const Actor& actor, const NoteInput& in) -> Result<HandoverView> {
    MANDATE_TRY(handovers.set_note(actor, in.id, in.duty_id, in.note));
    return view_of(handovers, actor, in.id);
  });
  router.post<SignInput, HandoverView>("/api/handovers/{id}/signatures", own("Signs one's part of a handover list"), [&handovers](const Actor& actor, const SignInput& in) -> Result<HandoverView> {
    MANDATE_TRY(handovers.sign(actor, in.id, in.part));
    return view_of(handovers, actor, in.id);
  });
}

}  // namespace mandate::handover
