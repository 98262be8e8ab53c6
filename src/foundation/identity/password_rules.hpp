// What a password must be, as one object for each class of users. The numbers are policy rows.
#pragma once

#include "kernel/actor.hpp"
#include "kernel/result.hpp"

#include <boost/describe.hpp>

namespace mandate::identity {

enum class UserClass { staff, administrator };
BOOST_DESCRIBE_ENUM(UserClass, staff, administrator)
UserClass class_of(const std::vector<Grant>& grants);

struct PasswordRules {
  int length_min = 12;
  int history = 3;        // not one of the last so many, the present one included
  int age_max_days = 0;   // 0: it does not grow old
  int age_min_days = 0;   // 0: it may be changed at any time
  bool mixed = false;     // signs of at least three kinds: capital letters, small letters, digits, others
};

constexpr int password_length_max = 1024;  // bytes; beyond that hashing is only work for us

// All that is wrong with it: length, kinds of signs, the login name in it, one sign repeated, or a common word with trimmings. History and age are
// known to the account alone.
Result<> check_password(std::string_view password, std::string_view login_name, const PasswordRules& rules, const std::string& field = "password");

}  // namespace mandate::identity
