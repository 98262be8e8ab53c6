#include "foundation/collaboration/parts.hpp"

#include <algorithm>

namespace mandate::collaboration {

namespace {

constexpr auto columns = "id, record_kind, record_id, text, place, added_at, added_by, done_at, done_by";

Result<std::string> clean(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string::npos) return field_fault("text", "input.required");
  const auto last = text.find_last_not_of(" \t\r\n");
  std::string out = text.substr(first, last - first + 1);
  std::replace(out.begin(), out.end(), '\n', ' ');
  if (out.size() > item_text_max) return field_fault("text", "input.too_long", {{"max", std::to_string(item_text_max / 3)}});
  return out;
}

std::vector<StoredItem> items_of(db::Session& s, const RecordRef& record) {
  return s.list<StoredItem>(std::string("SELECT ") + columns + " FROM checklist_item WHERE record_kind = ? AND record_id = ? AND removed_at IS NULL ORDER BY place, id LIMIT ?", record.kind, record.id, items_max);
}

}  // namespace

Result<StoredItem> Collaboration::Parts::reach_item(db::Session& s, const Actor& actor, ItemId id) {
  const auto item = s.find<StoredItem>(std::string("SELECT ") + columns + " FROM checklist_item WHERE id = ? AND removed_at IS NULL", id);
  if (!item || !may(s, actor, {item->record_kind, item->record_id}, Wish::read)) return fault(FaultKind::not_found, "checklist.not_found");
  MANDATE_TRY(check(s, actor, {item->record_kind, item->record_id}, Wish::change));
  return *item;
}

Result<Checklist> Collaboration::Parts::checklist_in(db::Session& s, const Actor& actor, const RecordRef& record) {
  MANDATE_TRY(check(s, actor, record, Wish::read));
  Checklist out;
  out.may_change = may(s, actor, record, Wish::change);
  for (const auto& i : items_of(s, record)) {
    out.rows.push_back({i.id, i.text, i.added_at, identity.name_of(s, i.added_by), i.done_at, i.done_by ? std::optional(identity.name_of(s, *i.done_by)) : std::nullopt});
    ++out.total_count;
    if (i.done_at) ++out.done_count;
  }
  return out;
}

Result<Checklist> Collaboration::Parts::checklist(const Actor& actor, const RecordRef& record) {
  return database.read([&](db::Session& s) { return checklist_in(s, actor, record); });
}

Result<Checklist> Collaboration::Parts::add_item(const Actor& actor, const RecordRef& record, const std::string& given) {
  MANDATE_ASSIGN(const auto text, clean(given));
  return database.write([&](db::Session& s) -> Result<Checklist> {
    MANDATE_TRY(check(s, actor, record, Wish::change));
    const auto before = items_of(s, record);
    if (static_cast<std::int64_t>(before.size()) >= items_max) return fault(FaultKind::conflict, "checklist.too_many", {{"max", std::to_string(items_max)}});
    s.execute("INSERT INTO checklist_item (id, record_kind, record_id, text, place, added_at, added_by) VALUES (?, ?, ?, ?, ?, ?, ?)", new_id<ItemId>(), record.kind, record.id, text, before.empty() ? 1 : before.back().place + 1, actor.now,
              actor.account_id);
    note(s, actor, "checklist.added", record, {{"text", text}});
    return checklist_in(s, actor, record);
  });
}

Result<Checklist> Collaboration::Parts::change_item(const Actor& actor, ItemId id, const std::string& given) {
  MANDATE_ASSIGN(const auto text, clean(given));
  return database.write([&](db::Session& s) -> Result<Checklist> {
    MANDATE_ASSIGN(const auto item, reach_item(s, actor, id));
    if (item.text != text) {
      s.execute("UPDATE checklist_item SET text = ? WHERE id = ?", text, id);
      note(s, actor, "checklist.changed", item.record(), {{"before", item.text}, {"text", text}});
    }
    return checklist_in(s, actor, item.record());
  });
}

Result<Checklist> Collaboration::Parts::set_done(const Actor& actor, ItemId id, bool is_done) {
  return database.write([&](db::Session& s) -> Result<Checklist> {
    MANDATE_ASSIGN(const auto item, reach_item(s, actor, id));
    // Two who tick the same item at once: it is done once, by the first.
    if (item.done_at.has_value() != is_done) {
      if (is_done) {
        s.execute("UPDATE checklist_item SET done_at = ?, done_by = ? WHERE id = ?", actor.now, actor.account_id, id);
      } else {
        s.execute("UPDATE checklist_item SET done_at = NULL, done_by = NULL WHERE id = ?", id);
      }
      note(s, actor, is_done ? "checklist.done" : "checklist.undone", item.record(), {{"text", item.text}});
    }
    return checklist_in(s, actor, item.record());
  });
}

Result<Checklist> Collaboration::Parts::remove_item(const Actor& actor, ItemId id) {
  return database.write([&](db::Session& s) -> Result<Checklist> {
    MANDATE_ASSIGN(const auto item, reach_item(s, actor, id));
    s.execute("UPDATE checklist_item SET removed_at = ?, removed_by = ? WHERE id = ?", actor.now, actor.account_id, id);
    note(s, actor, "checklist.removed", item.record(), {{"text", item.text}});
    return checklist_in(s, actor, item.record());
  });
}

Result<Checklist> Collaboration::Parts::order_items(const Actor& actor, const RecordRef& record, const std::vector<std::int64_t>& ids) {
  return database.write([&](db::Session& s) -> Result<Checklist> {
    MANDATE_TRY(check(s, actor, record, Wish::change));
    std::set<std::int64_t> present;
    for (const auto& item : items_of(s, record)) present.insert(item.id.value);
    // Somebody added or removed an item meanwhile: the order in hand is of another list.
    if (present != std::set<std::int64_t>(ids.begin(), ids.end()) || present.size() != ids.size()) return fault(FaultKind::stale, "checklist.stale");
    if (!ids.empty()) {
      std::string places = "CASE id";
      std::vector<db::Value> values;
      for (std::size_t i = 0; i < ids.size(); ++i) {
        places += " WHEN ? THEN " + std::to_string(i + 1);
        values.push_back(db::to_value(ids[i]));
      }
      values.push_back(db::to_value(record.kind));
      values.push_back(db::to_value(record.id));
      s.execute_values("UPDATE checklist_item SET place = " + places + " ELSE place END WHERE record_kind = ? AND record_id = ? AND removed_at IS NULL", values);
      note(s, actor, "checklist.ordered", record, {});
    }
    return checklist_in(s, actor, record);
  });
}

}  // namespace mandate::collaboration
