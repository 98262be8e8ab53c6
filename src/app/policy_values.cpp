#include "app/policy_values.hpp"

namespace mandate::app {

duties::DutyPolicy duty_policy(const policy::Policies& policies, Date on) {
  const auto p = policies.recent();
  return {static_cast<int>(p->integer("duty.at_risk_days", {on, {}})), static_cast<int>(p->integer("duty.severe_days", {on, {}})), static_cast<int>(p->integer("duty.undo_minutes", {on, {}})), true};
}

identity::IdentityPolicy identity_policy(const policy::Policies& policies, Date on) {
  const auto p = policies.recent();
  const auto number = [&](const char* key) { return static_cast<int>(p->integer(key, {on, {}})); };
  const auto yes = [&](const char* key) { return p->text(key, {on, {}}) == "yes"; };
  return {number("sign_in.failures_max"),
          number("sign_in.lock_minutes"),
          number("sign_in.address_failures_max"),
          number("session.idle_minutes"),
          number("session.idle_minutes_admin"),
          number("session.hours_max"),
          number("session.hours_max_admin"),
          {number("password.length_min"), number("password.history"), number("password.age_max_days"), number("password.age_min_days"), yes("password.mixed")},
          {number("password.length_min_admin"), number("password.history_admin"), number("password.age_max_days_admin"), number("password.age_min_days_admin"), yes("password.mixed_admin")},
          yes("second_step.required"),
          yes("second_step.required_admin"),
          number("second_step.grace_days"),
          number("link.invitation_days"),
          number("link.reset_minutes"),
          number("link.resets_max")};
}

identity::ReviewPolicy review_policy(const policy::Policies& policies, Date on) {
  const auto p = policies.recent();
  const auto number = [&](const char* key) { return static_cast<int>(p->integer(key, {on, {}})); };
  return {number("review.idle_days"), number("review.unused_days"), number("review.agencies_max"), number("review.keep_days_max")};
}

attachments::AttachmentPolicy attachment_policy(const policy::Policies& policies, Date on) {
  const auto p = policies.recent();
  attachments::AttachmentPolicy out;
  out.file_megabytes_max = p->integer("attachment.file_mb_max", {on, {}});
  out.record_megabytes_max = p->integer("attachment.record_mb_max", {on, {}});
  out.record_files_max = p->integer("attachment.record_files_max", {on, {}});
  out.limits.megapixels_max = p->integer("attachment.megapixels_max", {on, {}});
  out.limits.pages_max = p->integer("attachment.pages_max", {on, {}});
  out.limits.archive_levels_max = p->integer("attachment.archive_levels_max", {on, {}});
  out.limits.archive_megabytes_max = p->integer("attachment.archive_mb_max", {on, {}});
  return out;
}

statistics::Policy statistic_policy(const policy::Policies& policies, Date on) {
  const auto duty = duty_policy(policies, on);
  return {{on, duty.at_risk_days, duty.severe_days}, policies.recent()->integer("statistics.small_cell_min", {on, {}})};
}

}  // namespace mandate::app
