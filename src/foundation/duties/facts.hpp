// The facts of duties; see foundation/facts.
#pragma once

#include "foundation/duties/rules.hpp"
#include "foundation/facts/api.hpp"

namespace mandate::duties {

// "duties": each duty as it stands. "steps": what happened to them.
std::unique_ptr<facts::Source> duty_facts();
std::unique_ptr<facts::Source> step_facts();

// Histories for the duties that are there, so many steps in all, each duty's spread over three years: for trying the program out at size.
Result<std::int64_t> fill_duty_steps(db::Database& database, const Actor& actor, std::int64_t count);

}  // namespace mandate::duties
