#include "app/record_kinds.hpp"

#include "app/city.hpp"

namespace mandate::app {
namespace {

// Who may do what with the attachments of a duty: whoever sees its details reads them; adding and withdrawing have permissions of their own.
attachments::RecordKind attachments_of_duties(duties::Duties& duties) {
  using attachments::Wish;
  return {[&duties](db::Session& s, const Actor& actor, std::int64_t id, Wish wish) {
            return duties.check(s, actor, duties::DutyId{id}, wish == Wish::read ? "duty.read" : wish == Wish::add ? "attachment.add" : "attachment.withdraw");
          },
          [&duties](db::Session& s, std::int64_t id) { return duties.number_of(s, duties::DutyId{id}); }};
}

// A plan's items are everybody's to read; whoever decides on them keeps their papers.
attachments::RecordKind attachments_of_plan_items(plan::PlanService& plans) {
  using attachments::Wish;
  return {[&plans](db::Session& s, const Actor& actor, std::int64_t id, Wish wish) -> Result<> {
            MANDATE_TRY(plans.check_item(s, actor, plan::NodeId{id}));
            if (wish != Wish::read && !(identity::may(actor, "plan.decide") && identity::may(actor, wish == Wish::add ? "attachment.add" : "attachment.withdraw"))) return fault(FaultKind::forbidden, "attachment.not_to_add");
            return done();
          },
          [&plans](db::Session& s, std::int64_t id) { return plans.title_of_item(s, plan::NodeId{id}); }};
}

// The papers of a work under control are read by whoever reads it, and added by whoever files for it.
attachments::RecordKind attachments_of_tracked(tracking::Tracking& tracking) {
  using attachments::Wish;
  return {[&tracking](db::Session& s, const Actor& actor, std::int64_t id, Wish wish) -> Result<> {
            MANDATE_TRY(tracking.reach(s, actor, tracking::ItemId{id}, wish == Wish::read ? "tracking.read" : "tracking.file"));
            if (wish != Wish::read && !identity::may(actor, wish == Wish::add ? "attachment.add" : "attachment.withdraw")) return fault(FaultKind::forbidden, "attachment.not_to_add");
            return done();
          },
          [&tracking](db::Session& s, std::int64_t id) {
            const auto found = tracking.list_cores(s, {id});
            return found.empty() ? std::string() : found.front().number;
          }};
}

collaboration::RecordKind collaboration_on_duties(duties::Duties& duties, identity::Identity& identity) {
  using collaboration::Wish;
  return {[&duties](db::Session& s, const Actor& actor, std::int64_t id, Wish wish) { return duties.check(s, actor, duties::DutyId{id}, wish == Wish::read ? "duty.read" : "collaboration.change"); },
          [&duties, &identity](db::Session& s, const Actor& actor, const std::vector<std::int64_t>& ids) {
            const auto scope = identity.scope(actor, "duty.read", "duty");
            std::vector<collaboration::RecordName> names;
            for (const auto& d : duties.list_cores(s, ids)) {
              if (identity::reaches(scope, d.facts())) names.push_back({d.id.value, d.number, d.title, boost::describe::enum_to_string(d.state, "")});
            }
            return names;
          }};
}

}  // namespace

void add_record_kinds(City& city) {
  city.attachments.add_record_kind("duty", attachments_of_duties(city.duties));
  city.attachments.add_record_kind("plan_node", attachments_of_plan_items(city.plan.service()));
  city.attachments.add_record_kind("tracking", attachments_of_tracked(city.tracking));
  city.collaboration.add_record_kind("duty", collaboration_on_duties(city.duties, city.identity));
}

}  // namespace mandate::app
