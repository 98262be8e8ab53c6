#include "foundation/collaboration/parts.hpp"

#include <algorithm>

MANDATE_EMBEDDED(foundation_collaboration)

namespace mandate::collaboration {
namespace {

struct LinkRow {
  LinkId id;
  Relation relation = Relation::relates;
  std::string from_kind;
  std::int64_t from_id = 0;
  std::string to_kind;
  std::int64_t to_id = 0;
  Instant added_at;
  std::int64_t added_by = 0;
};
BOOST_DESCRIBE_STRUCT(LinkRow, (), (id, relation, from_kind, from_id, to_kind, to_id, added_at, added_by))

constexpr auto columns = "id, relation, from_kind, from_id, to_kind, to_id, added_at, added_by";

// Whether a way of this relation leads from one record to another.
bool leads_to(db::Session& s, Relation relation, const RecordRef& from, const RecordRef& to) {
  return s.find<std::int64_t>(
              "WITH RECURSIVE reached (kind, id) AS (SELECT to_kind, to_id FROM record_link WHERE from_kind = ? AND from_id = ? AND relation = ? AND removed_at IS NULL "
              "UNION SELECT l.to_kind, l.to_id FROM record_link l JOIN reached r ON l.from_kind = r.kind AND l.from_id = r.id WHERE l.relation = ? AND l.removed_at IS NULL) "
              "SELECT id FROM reached WHERE kind = ? AND id = ? LIMIT 1",
              from.kind, from.id, relation, relation, to.kind, to.id)
      .has_value();
}

}  // namespace

db::MigrationSet collaboration_migrations() { return db::migrations_of("foundation_collaboration", embedded::foundation_collaboration); }

Collaboration::Collaboration(db::Database& database, const Clock& clock, identity::Identity& identity, audit::Audit& audit) : parts_(std::make_unique<Parts>(Parts{database, clock, identity, audit, {}})) {}
Collaboration::~Collaboration() = default;

void Collaboration::add_record_kind(const std::string& kind, RecordKind record_kind) { parts_->kinds[kind] = std::move(record_kind); }

Result<> Collaboration::Parts::check(db::Session& s, const Actor& actor, const RecordRef& record, Wish wish) const {
  const auto kind = kinds.find(record.kind);
  if (kind == kinds.end()) return field_fault("record_kind", "collaboration.unknown_kind");
  return kind->second.check(s, actor, record.id, wish);
}

Result<RecordLinkList> Collaboration::Parts::list_links(const Actor& actor, const RecordRef& record) {
  return database.read([&](db::Session& s) -> Result<RecordLinkList> {
    MANDATE_TRY(check(s, actor, record, Wish::read));
    auto rows = s.list<LinkRow>(std::string("SELECT ") + columns + " FROM record_link WHERE from_kind = ? AND from_id = ? AND removed_at IS NULL ORDER BY relation, id LIMIT ?", record.kind, record.id, links_max);
    const auto out = rows.size();
    const auto in = s.list<LinkRow>(std::string("SELECT ") + columns + " FROM record_link WHERE to_kind = ? AND to_id = ? AND removed_at IS NULL ORDER BY relation, id LIMIT ?", record.kind, record.id, links_max);
    rows.insert(rows.end(), in.begin(), in.end());
    // The other ends by kind, in one question each; those that the actor may not read are left out, as if they were not there.
    std::map<std::string, std::vector<std::int64_t>> ids;
    for (std::size_t i = 0; i < rows.size(); ++i) i < out ? ids[rows[i].to_kind].push_back(rows[i].to_id) : ids[rows[i].from_kind].push_back(rows[i].from_id);
    std::map<std::pair<std::string, std::int64_t>, RecordName> names;
    for (const auto& [kind, of_kind] : ids) {
      const auto known = kinds.find(kind);
      if (known == kinds.end()) continue;
      for (auto& name : known->second.names(s, actor, of_kind)) names[{kind, name.id}] = std::move(name);
    }
    RecordLinkList list;
    list.may_change = may(s, actor, record, Wish::change);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto& row = rows[i];
      const bool inverse = i >= out && row.relation != Relation::relates;
      const auto& kind = i < out ? row.to_kind : row.from_kind;
      const auto name = names.find({kind, i < out ? row.to_id : row.from_id});
      if (name == names.end()) continue;
      list.rows.push_back({row.id, row.relation, inverse, {kind, {name->second.id}, name->second.number, name->second.title, name->second.state}, row.added_at, identity.name_of(s, row.added_by)});
    }
    return list;
  });
}

Result<RecordLinkList> Collaboration::Parts::add_link(const Actor& actor, const RecordRef& record, Relation relation, bool inverse, const RecordRef& other) {
  MANDATE_TRY(database.write([&](db::Session& s) -> Result<> {
    MANDATE_TRY(check(s, actor, record, Wish::change));
    // The other end has to be one's own to read; whether there is a record that is not stays unsaid.
    if (!may(s, actor, other, Wish::read)) return field_fault("other_id", "link.no_other");
    if (record.kind == other.kind && record.id == other.id) return field_fault("other_id", "link.itself");
    RecordRef from = inverse ? other : record;
    RecordRef to = inverse ? record : other;
    // "Relates" has no direction: kept one way, so that it cannot be there twice.
    if (relation == Relation::relates && std::pair(to.kind, to.id) < std::pair(from.kind, from.id)) std::swap(from, to);
    const bool there = s.find<std::int64_t>("SELECT id FROM record_link WHERE from_kind = ? AND from_id = ? AND relation = ? AND to_kind = ? AND to_id = ? AND removed_at IS NULL", from.kind, from.id, relation, to.kind, to.id).has_value();
    if (there) return fault(FaultKind::conflict, "link.there_already");
    if (relation != Relation::relates && leads_to(s, relation, to, from)) return fault(FaultKind::conflict, "link.circle");
    for (const auto& end : {from, to}) {
      const auto count = s.value<std::int64_t>("SELECT COUNT(*) FROM record_link WHERE from_kind = ? AND from_id = ? AND removed_at IS NULL", end.kind, end.id) +
                         s.value<std::int64_t>("SELECT COUNT(*) FROM record_link WHERE to_kind = ? AND to_id = ? AND removed_at IS NULL", end.kind, end.id);
      if (count >= links_max) return fault(FaultKind::conflict, "link.too_many", {{"max", std::to_string(links_max)}});
    }
    const auto id = new_id<LinkId>();
    s.execute("INSERT INTO record_link (id, relation, from_kind, from_id, to_kind, to_id, added_at, added_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", id, relation, from.kind, from.id, to.kind, to.id, actor.now, actor.account_id);
    // Each side's history says so of itself. Without the other's title, which not every reader of this side may see.
    note(s, actor, "link.added", from, {{"relation", boost::describe::enum_to_string(relation, "")}, {"link", id.text()}});
    note(s, actor, "link.added", to, {{"relation", std::string(boost::describe::enum_to_string(relation, "")) + "_inverse"}, {"link", id.text()}});
    return done();
  }));
  return list_links(actor, record);
}

Result<> Collaboration::Parts::remove_link(const Actor& actor, LinkId id) {
  return database.write([&](db::Session& s) -> Result<> {
    const auto row = s.find<LinkRow>(std::string("SELECT ") + columns + " FROM record_link WHERE id = ? AND removed_at IS NULL", id);
    if (!row) return fault(FaultKind::not_found, "link.not_found");
    const RecordRef from{row->from_kind, row->from_id};
    const RecordRef to{row->to_kind, row->to_id};
    // Whoever may change one end and sees the other.
    if (!may(s, actor, from, Wish::read) || !may(s, actor, to, Wish::read)) return fault(FaultKind::not_found, "link.not_found");
    if (!may(s, actor, from, Wish::change) && !may(s, actor, to, Wish::change)) return fault(FaultKind::forbidden, "collaboration.not_to_change");
    if (s.execute("UPDATE record_link SET removed_at = ?, removed_by = ? WHERE id = ? AND removed_at IS NULL", actor.now, actor.account_id, id) != 1) return fault(FaultKind::not_found, "link.not_found");
    note(s, actor, "link.removed", from, {{"relation", boost::describe::enum_to_string(row->relation, "")}, {"link", id.text()}});
    note(s, actor, "link.removed", to, {{"relation", std::string(boost::describe::enum_to_string(row->relation, "")) + "_inverse"}, {"link", id.text()}});
    return done();
  });
}

}  // namespace mandate::collaboration
