#include "foundation/tracking/routes.hpp"

namespace mandate::tracking {

struct AskRequest {
  ItemId id;
  RequestKind kind = RequestKind::data;
  std::string reason;
  std::optional<std::string> title;
  std::optional<http::Number63> agency_id, unit_id, post_id;
  std::optional<std::string> district;
  std::vector<CheckpointInput> checkpoints;
  std::vector<CurveInput> curves;
  std::optional<ReleaseReason> release_reason;
};
BOOST_DESCRIBE_STRUCT(AskRequest, (), (id, kind, reason, title, agency_id, unit_id, post_id, district, checkpoints, curves, release_reason))
struct DecideRequest {
  RequestId id;
  bool approve = false;
  std::optional<std::string> comment;
  std::optional<std::string> approval_number;
  std::optional<std::int64_t> granted_days;
};
BOOST_DESCRIBE_STRUCT(DecideRequest, (), (id, approve, comment, approval_number, granted_days))
struct DisagreementQuery {
  std::string kind;
  Date period;
  std::optional<ItemId> cursor;
  std::optional<int> limit;
};
BOOST_DESCRIBE_STRUCT(DisagreementQuery, (), (kind, period, cursor, limit))
struct QualityQuery {
  std::string kind;
};
BOOST_DESCRIBE_STRUCT(QualityQuery, (), (kind))

void add_later_routes(http::Router& router, Tracking::Parts& p) {
  router.post<AskRequest, TrackedView>("/api/tracking-items/{id}/requests", {.permission = "tracking.file", .summary = "Ask for other data, another schedule, or an end without completion", .tag = "tracking"}, [&p](const Actor& actor, const AskRequest& in) {
    return p.ask(actor, in.id, {in.kind, in.reason, in.title, in.agency_id, in.unit_id, in.post_id, in.district, in.checkpoints, in.curves, in.release_reason});
  });
  router.post<DecideRequest, TrackedView>("/api/tracking-requests/{id}/decision", {.permission = "tracking.control", .summary = "Approve a request, which writes back what it asks for, or refuse it", .tag = "tracking"},
                                          [&p](const Actor& actor, const DecideRequest& in) { return p.decide_request(actor, in.id, {in.approve, in.comment.value_or(""), in.approval_number.value_or(""), in.granted_days.value_or(0)}); });
  router.get<DisagreementQuery, DisagreementList>("/api/tracking-disagreements", {.permission = "tracking.read", .summary = "Filings of a period whose own, reviewer's and computed ratings differ", .tag = "tracking"},
                                                  [&p](const Actor& actor, const DisagreementQuery& in) { return p.list_disagreements(actor, in.kind, in.period, in.cursor.value_or(ItemId{}), std::clamp(in.limit.value_or(100), 1, 500)); });
  router.get<QualityQuery, WarningQuality>("/api/tracking-warning-quality", {.permission = "tracking.read", .summary = "How good the early warnings were: hits, lead time, false alarms, what was missed", .tag = "tracking"}, [&p](const Actor&, const QualityQuery& in) { return p.warning_quality(in.kind); });
}

}  // namespace mandate::tracking
