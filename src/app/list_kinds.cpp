#include "app/list_kinds.hpp"

#include "app/city.hpp"
#include "app/statistic_files.hpp"
#include "foundation/duties/lists.hpp"
#include "modules/tenders/module.hpp"

namespace mandate::app {

using reports::ColumnType;
using reports::ListFilter;
using reports::ListKind;

namespace {

constexpr auto long_text = ColumnType::long_text;
constexpr auto integer = ColumnType::integer;
constexpr auto date = ColumnType::date;
constexpr auto instant = ColumnType::instant;
constexpr auto text = ColumnType::text;
constexpr auto words = ListFilter::Kind::words;
constexpr auto on_date = ListFilter::Kind::date;
constexpr auto agency = ListFilter::Kind::agency;
constexpr auto percent = ColumnType::percent;

std::vector<ListKind> work_lists() {
  return {
      {"chases", "list.chases", "/api/chases", "chase.read",
       {{"number", "column.number"}, {"title", "column.title", long_text}, {"origin", "column.origin", text, "origin."}, {"agency_name", "column.agency"}, {"due_on", "column.due_on", date}, {"days_late", "column.days_late", integer},
        {"severity", "column.severity", text, "severity."}, {"chase_count", "column.chase_count", integer}, {"waiting_count", "column.chase_waiting", integer}, {"last_channel", "column.last_channel", text, "list.channel."}, {"last_on", "column.last_chased_on", date}},
       {{"filter", "column.state", words, "list.chase."}, {"agency_id", "column.agency", agency}, {"days_late_min", "list.days_late_min"}}},
      {"chase-batches", "list.chase_batches", "/api/chase-batches", "chase.make",
       {{"number", "column.number"}, {"channel", "column.channel", text, "list.channel."}, {"made_at", "column.at", instant}, {"made_by_name", "column.by"}, {"note", "column.note", long_text}, {"reply_by", "column.reply_by", date}, {"chase_count", "column.duty_count", integer}}},
      {"ladders", "list.ladders", "/api/ladders", "policy.read",
       {{"origin", "column.origin", text, "origin."}, {"severity", "column.severity", text, "severity."}, {"valid_from", "column.valid_from", date}, {"source", "column.source", long_text}, {"in_force", "column.in_force"}, {"recorded_at", "column.at", instant},
        {"recorded_by_name", "column.by"}, {"superseded_at", "column.superseded_at", instant}},
       {}, ""},
      {"report-issues", "list.report_issues", "/api/report-issues", "signed_in",
       {{"title", "column.report", long_text}, {"as_of", "list.as_of", date}, {"issued_at", "column.at", instant}, {"issued_by_name", "column.by"}, {"format", "column.format"}, {"row_count", "column.rows", integer}, {"size", "column.bytes", integer}, {"sha256", "column.sha256", long_text}}},
      {"report-schedules", "list.report_schedules", "/api/report-schedules", "report.schedule",
       {{"title", "column.report", long_text}, {"rhythm", "column.rhythm", text, "list.rhythm."}, {"day", "column.day", integer}, {"readers[].name", "column.readers"}, {"state", "column.state", text, "list.schedule."}, {"next_on", "column.next_on", date}, {"owner_name", "column.by"}}},
      {"imports", "list.imports", "/api/imports", "import.read",
       {{"kind", "column.kind"}, {"file_name", "column.file", long_text}, {"created_at", "column.at", instant}, {"by_name", "column.by"}, {"progress.state", "column.state"}, {"progress.rows_total", "column.rows", integer}, {"progress.created", "column.created", integer},
        {"progress.changed", "column.changed", integer}, {"progress.mended", "column.mended", integer}, {"progress.refused", "column.refused", integer}},
       {}, "after"},
      {"import-remarks", "list.import_remarks", "/api/imports/{id}/remarks", "import.read", {{"row_number", "column.line", integer}, {"column", "column.column"}, {"message", "column.text", long_text}}, {{"what", "column.kind"}}, "after"},
      {"notices", "list.notices", "/api/notices", "signed_in", {{"at", "column.at", instant}, {"text", "column.text", long_text}, {"record.number", "column.number"}, {"read", "column.read"}}, {}, "before"},
      {"watched", "list.watched", "/api/watched", "signed_in", {{"number", "column.number"}, {"title", "column.title", long_text}, {"since", "column.since", instant}}, {}, ""},
      {"plans", "list.plans", "/api/plans", "plan.read",
       {{"title", "column.title", long_text}, {"year_roc", "column.year_roc", integer}, {"agency_name", "column.agency"}, {"imported_at", "column.imported_at", instant}, {"coverage.sentences", "column.sentences", integer},
        {"coverage.obligation", "column.with_obligation", integer}, {"coverage.waiting", "column.waiting", integer}, {"standing.total", "column.duty_count", integer}, {"standing.open", "column.open", integer}, {"standing.done", "column.done", integer},
        {"standing.late", "column.late", integer}},
       {}, ""},
      {"plan-sentences", "list.plan_sentences", "/api/plans/{id}/sentences", "plan.read",
       {{"line", "column.line", integer}, {"work_plan", "column.work_plan"}, {"item", "column.item"}, {"text", "column.text", long_text}, {"decision", "column.decision", text, "list.sentence."}, {"obligations[].what", "column.obligations", long_text},
        {"obligations[].agency_name", "column.agency"}, {"obligations[].state", "column.state", text, "list.obligation."}},
       {{"decision", "column.decision", words, "list.sentence."}}},
      {"meetings", "list.meetings", "/api/meetings", "meeting.read",
       {{"number", "column.number"}, {"series_name", "column.meeting", long_text}, {"kind", "column.kind", text, "meeting.kind."}, {"stage", "column.stage", integer}, {"agency_name", "column.owner"}, {"period_from", "column.period_from", date}, {"period_to", "column.period_to", date},
        {"planned_on", "column.meeting_on", date}, {"begins_at", "column.begins_at"}, {"place", "column.place"}, {"state", "column.state", text, "meeting.state."}, {"held_on", "column.held_on", date}},
       {{"state", "column.state", words, "meeting.state."}, {"agency_id", "column.owner", agency}, {"series_id", "column.meeting"}, {"from", "list.from", on_date}, {"to", "list.to", on_date}}},
      {"meeting-series", "list.meeting_series", "/api/meeting-series", "meeting.read",
       {{"name", "column.meeting", long_text}, {"kind", "column.kind", text, "meeting.kind."}, {"stage", "column.stage", integer}, {"agency_name", "column.owner"}, {"frequency", "column.frequency", text, "meeting.frequency."}, {"chair.name", "column.chair"},
        {"attendants[].name", "column.attendants", long_text}, {"gates[].name", "column.gates", long_text}, {"sources[].title", "column.rules", long_text}, {"next_on", "column.meeting_on", date}, {"ended", "column.ended"}}},
      {"meeting-decisions", "list.meeting_decisions", "/api/meeting-decisions", "meeting.read",
       {{"number", "column.number"}, {"text", "column.text", long_text}, {"agency_name", "column.agency"}, {"due_on", "column.due_on", date}, {"duty.number", "column.duty"}, {"duty.lateness", "column.lateness", text, "lateness."}, {"state", "column.state", text, "meeting.decision."},
        {"reason", "column.note", long_text}},
       {{"state", "column.state", words, "meeting.decision."}, {"agency_id", "column.agency", agency}, {"series_id", "column.meeting"}}},
      {"handovers", "list.handovers", "/api/handovers", "signed_in",
       {{"agency_name", "column.agency"}, {"post_name", "column.post"}, {"from_name", "column.leaving"}, {"to_name", "column.coming"}, {"changes_on", "column.changes_on", date}, {"state", "column.state", text, "list.handover."}, {"signatures[].by_name", "column.signed_by"}},
       {{"view", "list.view", words, "list.view."}}},
  };
}

std::vector<ListKind> tracking_lists() {
  return {
      {"tracking-items", "list.tracking_items", "/api/tracking-items", "tracking.read",
       {{"number", "column.number"}, {"title", "column.title", long_text}, {"agency_name", "column.agency"}, {"district", "column.district"}, {"state", "column.state", text, "list.tracked."}, {"period_label", "column.period"},
        {"principal.planned_current", "column.planned_current", percent}, {"principal.actual", "column.actual", percent}, {"principal.lag_first", "column.lag_first", percent}, {"principal.lag_current", "column.lag_current", percent},
        {"principal.months_first", "column.months_first"}, {"principal.months_current", "column.months_current"}, {"principal.severe", "column.severe"}, {"principal.graded", "column.graded"},
        {"second.actual", "column.second_actual", percent}, {"second.lag_first", "column.second_lag_first", percent}, {"second.lag_current", "column.second_lag_current", percent}, {"second.severe", "column.second_severe"},
        {"lag_kind", "column.lag_kind", text, "list.lag_kind."}, {"lag_run", "column.lag_run", integer}},
       {{"kind", "column.kind"}, {"view", "list.view", words, "list.tracked_view."}, {"agency_id", "column.agency", agency}, {"sort", "list.sort"}, {"as_known_on", "list.as_known_on", on_date}}},
      {"tracking-cycles", "list.tracking_cycles", "/api/tracking-cycles", "tracking.read",
       {{"label", "column.period"}, {"tier", "column.tier"}, {"phase", "column.state", text, "list.phase."}, {"due_on", "column.due_on", date}, {"closes_on", "column.closes_on", date}, {"owed", "column.owed", integer}, {"submitted", "column.submitted", integer}, {"late", "column.late", integer},
        {"accepted", "column.accepted", integer}, {"missing", "column.missing", integer}},
       {}, ""},
  };
}

std::vector<ListKind> organisation_lists() {
  return {
      {"agencies", "list.agencies", "/api/agencies", "agency.read",
       {{"code", "column.code"}, {"name", "column.name"}, {"short_name", "column.short_name"}, {"aliases", "column.aliases"}, {"kind", "column.kind", text, "list.agency_kind."}, {"valid_from", "column.valid_from", date}, {"valid_to", "column.valid_to", date}},
       {{"as_of", "list.as_of", on_date}, {"as_known_on", "list.as_known_on", on_date}}, ""},
      {"agency-people", "list.agency_people", "/api/agency-people", "agency.edit", {{"name", "column.name"}, {"posts[]", "column.posts"}, {"has_account", "column.has_account"}}, {{"q", "list.words"}}},
      {"delegations", "list.delegations", "/api/delegations", "deputy.edit",
       {{"person.name", "column.person"}, {"person.posts", "column.posts"}, {"deputy.name", "column.deputy"}, {"valid_from", "column.valid_from", date}, {"valid_to", "column.valid_to", date}, {"state", "column.state", text, "list.delegation."},
        {"confidential", "column.confidential"}, {"set_by_name", "column.by"}, {"set_at", "column.at", instant}},
       {{"state", "column.state", words, "list.delegation."}, {"q", "list.words"}}},
      {"policies", "list.policies", "/api/policies", "policy.read",
       {{"title", "column.name"}, {"value", "column.value"}, {"unit", "column.unit"}, {"valid_from", "column.valid_from", date}, {"valid_to", "column.valid_to", date}, {"source", "column.source", long_text}, {"changed_by_name", "column.by"}, {"recorded_at", "column.at", instant},
        {"explanation", "column.explanation", long_text}},
       {{"as_of", "list.as_of", on_date}, {"as_known_on", "list.as_known_on", on_date}}, ""},
      {"label-texts", "list.label_texts", "/api/label-texts", "label.read", {{"key", "column.code"}, {"wordings[].wording", "column.wording", long_text}}, {}, ""},
  };
}

std::vector<ListKind> system_lists() {
  return {
      {"accounts", "list.accounts", "/api/accounts", "account.read",
       {{"login_name", "column.login_name"}, {"display_name", "column.name"}, {"grants[].role", "column.roles", text, "role."}, {"person.posts", "column.posts"}, {"state", "column.state", text, "list.account."}, {"email", "column.email"},
        {"second_step", "column.second_step"}, {"last_sign_in_at", "column.last_sign_in_at", instant}},
       {{"q", "list.words"}}},
      {"account-reviews", "list.account_reviews", "/api/account-reviews", "account.read",
       {{"started_at", "column.started_at", instant}, {"started_by_name", "column.by"}, {"closed_at", "column.closed_at", instant}, {"closed_by_name", "column.closed_by"}, {"note", "column.note", long_text}, {"items", "column.account_count", integer},
        {"undecided", "column.undecided", integer}}},
      {"account-review-items", "list.account_review_items", "/api/account-reviews/{id}", "account.read",
       {{"login_name", "column.login_name"}, {"display_name", "column.name"}, {"grants[].role", "column.roles", text, "role."}, {"posts", "column.posts"}, {"reasons[].text", "column.reasons", long_text}, {"decision", "column.decision", text, "list.review."},
        {"note", "column.note", long_text}, {"decided_at", "column.at", instant}, {"decided_by_name", "column.by"}}},
      {"service-tokens", "list.service_tokens", "/api/service-tokens", "token.edit",
       {{"name", "column.name"}, {"permissions", "column.permissions", long_text}, {"created_at", "column.created_at", instant}, {"expires_at", "column.expires_at", instant}, {"revoked_at", "column.revoked_at", instant}}, {}, ""},
      {"sessions", "list.sessions", "/api/sessions", "signed_in", {{"name", "column.name"}, {"device", "column.device", long_text}, {"created_at", "column.created_at", instant}, {"seen_at", "column.seen_at", instant}, {"expires_at", "column.expires_at", instant}}, {}, ""},
      {"audit-events", "list.audit_events", "/api/audit-events", "audit.read",
       {{"position", "column.position", integer}, {"at", "column.at", instant}, {"actor_name", "column.by"}, {"record_title", "column.record", long_text}, {"text", "column.text", long_text}, {"kind", "column.code"}},
       {{"record_kind", "list.record_kind"}, {"record_id", "list.record_id"}, {"actor", "list.actor"}}},
      {"mail", "list.mail", "/api/mail", "mail.read",
       {{"kind_name", "column.kind"}, {"to", "column.recipient"}, {"address", "column.masked_address"}, {"state", "column.state", text, "list.mail_state."}, {"attempts", "column.attempts", integer}, {"created_at", "column.created_at", instant},
        {"sent_at", "column.sent_at", instant}, {"error", "column.error", long_text}},
       {{"state", "column.state", words, "list.mail_filter."}, {"error", "column.error"}}},
      {"jobs", "list.jobs", "/api/jobs", "jobs.read",
       {{"kind", "column.kind"}, {"state", "column.state", text, "list.job."}, {"run_at", "column.run_at", instant}, {"attempts", "column.attempts", integer}, {"done_count", "column.done", integer}, {"total_count", "column.total", integer}, {"last_error", "column.error", long_text}},
       {{"state", "column.state", words, "list.job."}}},
  };
}

}  // namespace

void add_list_kinds(City& city) {
  duties::add_duty_lists(city.lists, city.duties);
  for (auto& kind : work_lists()) city.lists.add(std::move(kind));
  for (auto& kind : tracking_lists()) city.lists.add(std::move(kind));
  for (auto& kind : organisation_lists()) city.lists.add(std::move(kind));
  for (auto& kind : system_lists()) city.lists.add(std::move(kind));
  duties::add_duty_reports(city.reports, city.duties);
  tenders::add_tender_reports(city.reports, *city.database);
  add_statistic_reports(city.reports, city.statistics);
  city.reports.set_agency_name([&city](std::int64_t id, Date as_of, Instant known_at) {
    const auto organisation = city.agencies.agencies().recent();
    const auto* found = organisation->find(agencies::AgencyId{id}, {as_of, known_at});
    return found != nullptr ? found->name : city.duties.agency_name(id);
  });
  city.lists.set_agency_name([&city](std::int64_t id) { return city.duties.agency_name(id); });
}

}  // namespace mandate::app
