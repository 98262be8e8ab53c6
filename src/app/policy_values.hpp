// The policy rows of a day as the values that each part works with.
#pragma once

#include "foundation/attachments/api.hpp"
#include "foundation/duties/api.hpp"
#include "foundation/identity/api.hpp"
#include "foundation/identity/review.hpp"
#include "foundation/policy/module.hpp"
#include "foundation/statistics/api.hpp"

namespace mandate::app {

duties::DutyPolicy duty_policy(const policy::Policies& policies, Date on);
identity::IdentityPolicy identity_policy(const policy::Policies& policies, Date on);
identity::ReviewPolicy review_policy(const policy::Policies& policies, Date on);
attachments::AttachmentPolicy attachment_policy(const policy::Policies& policies, Date on);
statistics::Policy statistic_policy(const policy::Policies& policies, Date on);

}  // namespace mandate::app
