#include "foundation/duties/service.hpp"

namespace mandate::duties {
namespace {

using notices::Audience;
using notices::Category;
using notices::NewNotice;

// What one kind of event tells, and to whom.
struct Told {
  const char* event;
  bool owner;                      // whoever has the work now
  bool watchers;
  std::vector<Audience> deciders;  // the first of them that exists
  Category category;               // of the owner's notice; watchers hear of a change
  const char* watcher_kind = nullptr;  // another sentence for them
};

const std::vector<Told>& all_told() {
  static const std::vector<Told> rows = {
      {"duty.created", true, false, {}, Category::task},
      {"duty.imported", true, false, {}, Category::task},
      {"duty.reassigned", true, true, {}, Category::task, "duty.moved_on"},
      {"duty.reopened", true, true, {}, Category::task},
      {"duty.done", false, true, {}, Category::change},
      {"duty.cancelled", true, true, {}, Category::change},
      {"duty.extension_asked", false, false, {Audience::agency_head, Audience::rdec}, Category::task},
      {"duty.extension_approved", true, true, {}, Category::task},
      {"duty.extension_refused", true, true, {}, Category::task},
      {"duty.calendar_moved", true, true, {}, Category::change},
  };
  return rows;
}

std::string value_of(const std::string& data, const char* name) {
  boost::system::error_code bad;
  const auto json = boost::json::parse(data, bad);
  if (bad || !json.is_object()) return "";
  const auto* value = json.get_object().if_contains(name);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

}  // namespace

void add_duty_notices(notices::Notices& notices, Duties& duties) {
  notices.add_source("duty", {"duty.read", "/duties/", [&duties](db::Session& s, const std::vector<std::int64_t>& ids) {
                                std::vector<notices::RecordLine> lines;
                                for (const auto& d : duties.list_cores(s, ids)) lines.push_back({d.id.value, d.number, d.title, d.facts()});
                                return lines;
                              },
                              [&notices, &duties](db::Session& s, const identity::AccountBook& book, std::int64_t id) {
                                const auto cores = duties.list_cores(s, {id});
                                if (cores.empty()) return std::vector<std::int64_t>{};
                                const auto& d = cores.front();
                                return notices.audience(book, Audience::owner, {d.agency_id, d.unit_id, d.post_id}, duties.parts().clock.today());
                              }});

  notices.add_teller("duty", [&notices, &duties](db::Session& s, const identity::AccountBook& book, const std::vector<db::Event>& events) {
    std::vector<NewNotice> out;
    std::vector<std::int64_t> ids;
    for (const auto& event : events) {
      const bool tells = std::any_of(all_told().begin(), all_told().end(), [&](const Told& told) { return told.event == event.kind; });
      if (tells) ids.push_back(event.record_id);
    }
    if (ids.empty()) return out;
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::map<std::int64_t, DutyCore> cores;
    for (auto& core : duties.list_cores(s, ids)) cores.emplace(core.id.value, std::move(core));
    const auto watchers = notices.watchers(s, "duty", ids);
    auto& parts = duties.parts();
    const Date today = parts.clock.today();
    const auto may_read = [&](std::int64_t account, const DutyCore& duty, std::string_view permission) {
      return identity::reaches(parts.identity.scope(parts.identity.reader(book, account, parts.clock.now()), permission, "duty"), duty.facts());
    };
    std::vector<std::pair<std::int64_t, std::int64_t>> following;
    for (const auto& event : events) {
      const auto found = cores.find(event.record_id);
      if (found == cores.end()) continue;
      const auto& duty = found->second;
      for (const auto& told : all_told()) {
        if (told.event != event.kind) continue;
        const auto data = boost::json::serialize(boost::json::object{{"due_on", duty.due_on.iso()}, {"until", value_of(event.data, "due_on")}});
        std::set<std::int64_t> hearing;
        const auto tell = [&](std::int64_t account, const char* kind, Category category) {
          if (hearing.insert(account).second) out.push_back({account, kind, category, "duty", event.record_id, event.actor_id, data});
        };
        const notices::Place place{duty.agency_id, duty.unit_id, duty.post_id};
        if (told.owner) {
          for (const auto account : notices.audience(book, Audience::owner, place, today)) {
            if (may_read(account, duty, "duty.read")) tell(account, told.event, told.category);
          }
        }
        for (const auto audience : told.deciders) {
          const auto heard_before = hearing.size();
          for (const auto account : notices.audience(book, audience, place, today)) {
            // Nobody decides on his own request.
            if (account != event.actor_id && may_read(account, duty, "duty.decide_extension")) tell(account, told.event, told.category);
          }
          if (hearing.size() > heard_before) break;
        }
        if (told.watchers) {
          if (const auto watching = watchers.find(event.record_id); watching != watchers.end()) {
            for (const auto account : watching->second.watching) {
              if (may_read(account, duty, "duty.read")) tell(account, told.watcher_kind != nullptr ? told.watcher_kind : told.event, Category::change);
            }
          }
        }
      }
      // Who asks for something himself wants to hear what becomes of it; who imports a plan of four hundred duties does not follow each.
      if ((event.kind == "duty.created" && value_of(event.data, "origin") == "own") || event.kind == "duty.extension_asked") following.emplace_back(event.record_id, event.actor_id);
    }
    notices.watch_unasked(s, "duty", following, parts.clock.now());
    return out;
  });
}

}  // namespace mandate::duties
