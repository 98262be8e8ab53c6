#include "foundation/notices/service.hpp"

#include "kernel/roc_date.hpp"
#include "platform/http/json.hpp"

MANDATE_EMBEDDED(foundation_notices)

namespace mandate::notices {
namespace {

constexpr std::size_t alike_events_max = 4;

// The parts of a sentence, as the notice's data holds them; dates as the reader writes them.
MessageArgs args_of(const std::string& data, Language language) {
  MessageArgs args;
  boost::system::error_code bad;
  const auto json = boost::json::parse(data, bad);
  if (bad || !json.is_object()) return args;
  for (const auto& [name, value] : json.get_object()) {
    auto text = value.is_string() ? std::string(value.get_string()) : boost::json::serialize(value);
    if (const auto on = Date::parse(text); on && language == Language::zh_tw) text = roc_short(*on);
    args.emplace_back(name, std::move(text));
  }
  return args;
}

}  // namespace

db::MigrationSet notice_migrations() { return db::migrations_of("foundation_notices", embedded::foundation_notices); }

Notices::Notices(db::Database& database, const Clock& clock, identity::Identity& identity, Directory directory)
    : parts_(std::make_unique<Parts>(Parts{*this, database, clock, identity, std::move(directory), {}})) {}

Notices::~Notices() { stop(); }

std::vector<std::int64_t> Notices::audience(const identity::AccountBook& book, Audience audience, const Place& place, Date on) const {
  const auto& directory = parts_->directory;
  switch (audience) {
    case Audience::owner: {
      if (place.post_id != 0 && directory.holder_account) {
        const auto holder = directory.holder_account(place.post_id, on);
        if (book.find(holder) != nullptr) return {holder};
      }
      // Owed by a unit, by the agency as a whole, or by a post that nobody fills: whoever works there, else the agency's window.
      if (auto handlers = book.holding("handler", place.agency_id, place.unit_id); !handlers.empty()) return handlers;
      return book.holding("agency_liaison", place.agency_id, 0);
    }
    case Audience::unit_head: return place.unit_id != 0 ? book.holding("unit_head", place.agency_id, place.unit_id) : std::vector<std::int64_t>{};
    case Audience::liaison: return book.holding("agency_liaison", place.agency_id, 0);
    case Audience::agency_head: {
      // An office below another one answers to the head of that.
      auto agency = place.agency_id;
      for (int depth = 0; depth < 6 && agency != 0; ++depth) {
        if (auto heads = book.holding("agency_head", agency, 0); !heads.empty()) return heads;
        agency = directory.parent_agency ? directory.parent_agency(agency, on) : 0;
      }
      return {};
    }
    case Audience::rdec: return book.holding("rdec_controller", 0, 0);
  }
  return {};
}

// What of it goes to deputies too: only what they may read, for a deputyship does not reach what is confidential unless that was said.
void Notices::add_deputies(db::Session& s, const std::vector<NewNotice>& told, std::set<std::tuple<std::int64_t, std::string, std::int64_t>>& direct, std::vector<StoredNotice>& rows, Instant now) {
  auto& p = *parts_;
  const Date today = taipei_date(now);
  std::map<std::int64_t, std::vector<identity::AccountId>> deputies;
  std::vector<StoredNotice> copies;
  for (const auto& n : told) {
    if (n.account_id == 0) continue;
    auto known = deputies.find(n.account_id);
    if (known == deputies.end()) known = deputies.emplace(n.account_id, p.identity.deputies_of(identity::AccountId{n.account_id}, today)).first;
    for (const auto deputy : known->second) {
      if (deputy.value == n.actor_id || !direct.emplace(deputy.value, n.kind, n.record_id).second) continue;
      copies.push_back({deputy.value, 0, now, n.kind, n.category, n.record_kind, n.record_id, n.actor_id, n.data, n.account_id, std::nullopt});
    }
  }
  if (copies.empty()) return;
  const auto lines = p.lines_of(s, copies);
  const auto book = p.identity.accounts(s);
  for (auto& copy : copies) {
    if (copy.record_id == 0 || !p.in_words(s, p.identity.reader(*book, copy.account_id, now), copy, lines).hidden) rows.push_back(std::move(copy));
  }
}

void Notices::tell(db::Session& s, const std::vector<NewNotice>& told, Instant now) {
  if (told.empty()) return;
  auto& p = *parts_;
  std::vector<StoredNotice> rows;
  std::set<std::tuple<std::int64_t, std::string, std::int64_t>> direct;  // who is told of it as himself needs no copy as a deputy
  for (const auto& n : told) {
    if (n.account_id == 0) continue;
    rows.push_back({n.account_id, 0, now, n.kind, n.category, n.record_kind, n.record_id, n.actor_id, n.data, 0, std::nullopt});
    direct.emplace(n.account_id, n.kind, n.record_id);
  }
  add_deputies(s, told, direct, rows, now);
  p.store.insert(s, rows, now);

  std::set<std::int64_t> accounts;
  for (const auto& row : rows) accounts.insert(row.account_id);
  const auto chosen = p.store.list_preferences(s, {accounts.begin(), accounts.end()});
  std::vector<WaitingMail> waiting;
  std::map<std::pair<std::int64_t, MailMode>, Instant> due;
  const Preferences usual;
  for (const auto& row : rows) {
    const auto own = chosen.find(row.account_id);
    const auto& preferences = own == chosen.end() ? usual : own->second;
    const auto mode = mode_of(preferences, row.category);
    if (mode == MailMode::none) continue;
    waiting.push_back({row.account_id, mode, row.seq});
    if (due.count({row.account_id, mode}) == 0) due.emplace(std::pair(row.account_id, mode), next_mail_at(mode, preferences, now, p.directory.open_day));
  }
  p.store.insert_waiting(s, waiting);
  std::vector<MailDue> dues;
  for (const auto& [who, at] : due) dues.push_back({who.first, who.second, at});
  p.store.insert_due(s, dues);
}

Result<> Notices::follow(db::Session& s, const std::vector<db::Event>& events) {
  auto& p = *parts_;
  std::map<std::string, std::vector<db::Event>> by_kind;
  for (const auto& event : events) {
    if (tellers_.count(event.record_kind) == 1) by_kind[event.record_kind].push_back(event);
  }
  if (by_kind.empty()) return done();
  const auto book = p.identity.accounts(s);
  std::vector<NewNotice> all;
  for (const auto& [kind, some] : by_kind) {
    for (const auto& teller : tellers_.at(kind)) {
      auto told = teller(s, *book, some);
      all.insert(all.end(), std::make_move_iterator(told.begin()), std::make_move_iterator(told.end()));
    }
  }
  // Nobody is told what he did himself, and nobody twice of one thing.
  std::set<std::tuple<std::int64_t, std::string, std::string, std::int64_t, std::string>> seen;
  std::erase_if(all, [&](const NewNotice& n) {
    return n.account_id == 0 || n.account_id == n.actor_id || book->find(n.account_id) == nullptr || !seen.emplace(n.account_id, n.kind, n.record_kind, n.record_id, n.data).second;
  });
  tell_together(s, std::move(all), alike_events_max, p.clock.now());
  return done();
}

void Notices::tell_together(db::Session& s, std::vector<NewNotice> all, std::size_t alike_max, Instant now) {
  std::map<std::tuple<std::int64_t, std::string, std::int64_t>, std::vector<NewNotice>> groups;
  for (auto& n : all) groups[{n.account_id, n.kind, n.actor_id}].push_back(std::move(n));
  std::vector<NewNotice> told;
  for (auto& [key, some] : groups) {
    if (some.size() <= alike_max) {
      told.insert(told.end(), std::make_move_iterator(some.begin()), std::make_move_iterator(some.end()));
      continue;
    }
    auto one = some.front();
    one.data = boost::json::serialize(boost::json::object{{"count", static_cast<std::int64_t>(some.size())}});
    one.kind += ".many";
    one.record_id = 0;
    told.push_back(std::move(one));
  }
  tell(s, told, now);
}

Notices::Parts::Lines Notices::Parts::lines_of(db::Session& s, const std::vector<StoredNotice>& rows) {
  std::map<std::string, std::set<std::int64_t>> wanted;
  for (const auto& row : rows) {
    if (row.record_id != 0) wanted[row.record_kind].insert(row.record_id);
  }
  Lines lines;
  for (const auto& [kind, ids] : wanted) {
    const auto source = notices.sources_.find(kind);
    if (source == notices.sources_.end()) continue;
    for (auto& line : source->second.lines(s, {ids.begin(), ids.end()})) lines.of_kind[kind].emplace(line.id, std::move(line));
  }
  return lines;
}

NoticeRow Notices::Parts::in_words(db::Session& s, const Actor& reader, const StoredNotice& row, const Lines& lines) {
  NoticeRow out;
  out.seq = row.seq;
  out.at = row.at;
  out.kind = row.kind;
  out.category = row.category;
  out.read = row.read_at.has_value();
  if (row.for_account_id != 0) out.instead_of = identity.name_of(s, row.for_account_id);
  const auto source = notices.sources_.find(row.record_kind);
  bool readable = row.record_id == 0;
  if (row.record_id != 0 && source != notices.sources_.end()) {
    if (const auto kind = lines.of_kind.find(row.record_kind); kind != lines.of_kind.end()) {
      if (const auto line = kind->second.find(row.record_id); line != kind->second.end()) {
        readable = identity::reaches(identity.scope(reader, source->second.permission, row.record_kind), line->second.facts);
        if (readable) {
          out.record = NoticeRecord{{row.record_id}, line->second.number, line->second.title};
          out.place = source->second.place + std::to_string(row.record_id);
        }
      }
    }
  }
  if (row.record_id == 0) out.place = source == notices.sources_.end() ? "/notices" : source->second.place.substr(0, source->second.place.size() - 1);
  out.hidden = !readable;
  if (out.hidden) {
    out.text = i18n::text("notice.hidden", reader.language);
    return out;
  }
  auto args = args_of(row.data, reader.language);
  args.emplace_back("actor", row.actor_id == 0 ? i18n::text("notice.system", reader.language) : identity.name_of(s, row.actor_id));
  out.text = i18n::text("notice." + row.kind, reader.language, args);
  return out;
}

std::vector<NoticeRow> Notices::Parts::in_words(db::Session& s, const Actor& reader, const std::vector<StoredNotice>& rows) {
  const auto lines = lines_of(s, rows);
  std::vector<NoticeRow> out;
  for (const auto& row : rows) out.push_back(in_words(s, reader, row, lines));
  return out;
}

Result<Notices::FoundRecord> Notices::find_record(db::Session& s, const Actor& actor, const std::string& kind, std::int64_t id) const {
  const auto source = sources_.find(kind);
  if (source == sources_.end()) return field_fault("record_kind", "notice.unknown_record_kind");
  auto lines = source->second.lines(s, {id});
  if (lines.empty() || !identity::reaches(parts_->identity.scope(actor, source->second.permission, kind), lines.front().facts)) return fault(FaultKind::not_found, "notice.no_record");
  return FoundRecord{std::move(lines.front()), &source->second};
}

void Notices::forget_read(db::Session& s, Instant before) { parts_->store.forget_read_before(s, before); }

Result<> Notices::watch(const Actor& actor, const std::string& kind, std::int64_t id, bool muted) {
  return parts_->database.write([&](db::Session& s) -> Result<> {
    MANDATE_TRY(find_record(s, actor, kind, id));
    parts_->store.set_watch(s, {kind, id, actor.account_id, muted ? "muted" : "watching", actor.now});
    return done();
  });
}

Result<> Notices::unwatch(const Actor& actor, const std::string& kind, std::int64_t id) {
  return parts_->database.write([&](db::Session& s) -> Result<> {
    // Kept as a choice: what one left on purpose does not come back by itself.
    if (parts_->store.find_watch(s, kind, id, actor.account_id)) parts_->store.set_watch(s, {kind, id, actor.account_id, "left", actor.now});
    return done();
  });
}

void Notices::watch_unasked(db::Session& s, const std::string& kind, const std::vector<std::pair<std::int64_t, std::int64_t>>& record_and_account, Instant now) {
  std::vector<WatchRow> rows;
  for (const auto& [record, account] : record_and_account) {
    if (account != 0) rows.push_back({kind, record, account, "watching", now});
  }
  parts_->store.add_watches_if_none(s, rows);
}

std::map<std::int64_t, Notices::Watchers> Notices::watchers(db::Session& s, const std::string& kind, const std::vector<std::int64_t>& ids) {
  std::map<std::int64_t, Watchers> out;
  for (const auto& row : parts_->store.list_watchers(s, kind, ids)) {
    if (row.state == "watching") out[row.record_id].watching.insert(row.account_id);
    if (row.state == "muted") out[row.record_id].muted.insert(row.account_id);
  }
  return out;
}

}  // namespace mandate::notices
