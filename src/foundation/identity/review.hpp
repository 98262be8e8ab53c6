// Rounds of going through accounts (帳號清查): what was found, and what somebody decided of each.
#pragma once

#include "foundation/identity/api.hpp"
#include "foundation/identity/review_rules.hpp"

namespace mandate::identity {

using ReviewId = Id<struct ReviewTag>;

enum class Decision { disable, take_role, keep };
BOOST_DESCRIBE_ENUM(Decision, disable, take_role, keep)

struct ReviewRecord {
  ReviewId id;
  Instant started_at;
  std::int64_t started_by = 0;
  std::optional<Instant> closed_at;
  std::optional<std::int64_t> closed_by;
  std::string note;
  std::int64_t items = 0;
  std::int64_t undecided = 0;
};
BOOST_DESCRIBE_STRUCT(ReviewRecord, (), (id, started_at, started_by, closed_at, closed_by, note, items, undecided))

struct ReviewItem {
  AccountId account_id;
  std::string login_name;
  std::string display_name;
  std::string state;
  std::string grants;
  std::optional<Instant> last_sign_in_at;
  std::string reasons;
  std::optional<std::string> decision;
  std::string detail;  // the role that was taken
  std::optional<Date> keep_until;
  std::string note;
  std::optional<Instant> decided_at;
  std::optional<std::int64_t> decided_by;
};
BOOST_DESCRIBE_STRUCT(ReviewItem, (), (account_id, login_name, display_name, state, grants, last_sign_in_at, reasons, decision, detail, keep_until, note, decided_at, decided_by))

struct Verdict {
  Decision decision = Decision::keep;
  Grant role;                      // of take_role
  std::optional<Date> keep_until;  // of keep
  std::string note;
};

class AccountReviews {
 public:
  AccountReviews(Identity& identity, Subtree subtree, std::function<ReviewPolicy()> policy) : identity_(identity), subtree_(std::move(subtree)), policy_(std::move(policy)) {}

  // What is found now is written down; accounts that somebody keeps until a later day are left out while nothing new is found of them.
  Result<ReviewId> start(const Actor& actor);
  Result<> decide(const Actor& actor, ReviewId id, AccountId account, const Verdict& verdict);
  Result<> close(const Actor& actor, ReviewId id, const std::string& note);
  // What a round that began now would find.
  std::int64_t count_found(Instant now);

  std::vector<ReviewRecord> list(std::optional<ReviewId> before, int limit);
  Result<ReviewRecord> find(ReviewId id);
  // By login name, behind the one given.
  std::vector<ReviewItem> items(ReviewId id, std::optional<bool> decided, const std::string& after, int limit);
  Identity& identity() { return identity_; }

 private:
  std::map<std::int64_t, std::vector<Found>> found_now(db::Session& session, Instant now);

  Identity& identity_;
  Subtree subtree_;
  std::function<ReviewPolicy()> policy_;
};

void add_review_routes(http::Router& router, AccountReviews& reviews);

}  // namespace mandate::identity
