// How the audit log reads: roles, permissions and policies by their names, accounts and agencies by theirs.
#pragma once

namespace mandate::app {

class City;

void set_audit_words(City& city);

}  // namespace mandate::app
