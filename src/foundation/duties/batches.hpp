// One action on many duties: a dry run that says what each would come to, the action itself with each duty in a savepoint of its own, and undoing it while
// that is allowed. Macros are such actions under a name.
#pragma once

#include "foundation/duties/service.hpp"

namespace mandate::duties {

using BatchId = Id<struct DutyBatchTag>;
using MacroId = Id<struct DutyMacroTag>;

BOOST_DEFINE_ENUM_CLASS(ActionKind, complete, reassign, cancel, ask_extension, set_severity, comment)

struct DutyActionInput {
  ActionKind kind = ActionKind::comment;
  std::string text;  // evidence, reason, or what is said
  std::optional<http::Number63> agency_id;
  std::optional<http::Number63> unit_id;
  std::optional<http::Number63> post_id;
  std::optional<int> days;  // of more time, after each duty's own due date
  std::optional<Severity> severity;
};
BOOST_DESCRIBE_STRUCT(DutyActionInput, (), (kind, text, agency_id, unit_id, post_id, days, severity))

// Refused by its field: a text that is missing, an agency, days or severity that the kind needs.
Result<> check_action(const DutyActionInput& action);

struct BatchRefusal {
  http::Number63 duty_id;
  std::string number;
  std::string reason;
};
BOOST_DESCRIBE_STRUCT(BatchRefusal, (), (duty_id, number, reason))
struct BatchResult {
  std::optional<BatchId> batch_id;  // none of a dry run, or when nothing was done
  std::int64_t done = 0;
  std::vector<BatchRefusal> refused;
  std::optional<Instant> undo_until;
};
BOOST_DESCRIBE_STRUCT(BatchResult, (), (batch_id, done, refused, undo_until))

Result<BatchResult> run_batch(Duties::Parts& p, const Actor& actor, const std::vector<std::int64_t>& duty_ids, const DutyActionInput& action, bool dry_run);
Result<BatchResult> undo_batch(Duties::Parts& p, const Actor& actor, BatchId id);

void add_batch_routes(http::Router& router, Duties::Parts& p);
void add_macro_routes(http::Router& router, Duties::Parts& p);

}  // namespace mandate::duties
