// What parts below agencies ask of them: names, posts, holders, deputies, open days. Each part says what it needs; here it is answered.
#pragma once

#include "foundation/agencies/module.hpp"
#include "foundation/calendar/module.hpp"
#include "foundation/duties/api.hpp"
#include "foundation/identity/api.hpp"
#include "foundation/meetings/api.hpp"
#include "foundation/notices/api.hpp"

namespace mandate::app {

duties::Directory directory_of(const agencies::Agencies& agencies, const Clock& clock, std::function<std::map<std::int64_t, std::string>()> goal_names);
identity::Organisation organisation_of(const agencies::Agencies& agencies, const Clock& clock);
meetings::Directory meeting_directory(const agencies::Agencies& agencies);
notices::Directory notice_directory(const agencies::Agencies& agencies, calendar::Calendar& calendar);
std::vector<std::int64_t> subtree_of(const agencies::Agencies& agencies, std::int64_t id, Date on);

}  // namespace mandate::app
