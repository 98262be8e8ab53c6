// Dated policy values (管考參數): the numbers of rules, which the commission edits on a screen. A month that is closed is graded by the value that was
// in force in it, as it was known when the month closed.
#pragma once

#include "kernel/date.hpp"
#include "kernel/percent.hpp"
#include "platform/db/database.hpp"

#include <boost/describe.hpp>
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::policy {

// `time` is a time of day, "08:00"; `choice` one of the definition's choices.
BOOST_DEFINE_ENUM_CLASS(PolicyKind, integer, percent, text, list, time, choice)

inline constexpr const char* unsourced = "unsourced";

struct PolicySeed {
  std::string valid_from;
  std::string value;
  std::string source;
};

// What a module says about one of its numbers. The values themselves are rows.
struct PolicyDefinition {
  std::string key;  // "sign_in.failures_max"
  PolicyKind kind = PolicyKind::integer;
  std::string title_zh;
  std::string title_en;
  std::string unit;  // "", or the word of a message policy.unit.*
  std::string explanation_zh;
  std::string explanation_en;
  std::int64_t least = 0;  // of integers, and of percentages in basis points
  std::int64_t most = 0;
  std::vector<std::string> choices;
  std::vector<PolicySeed> seeds;
};

// Times a value is asked for: the day it is in force, and what was known when (none: now).
struct PolicyMoment {
  Date on;
  std::optional<Instant> known_at;
};

struct PolicyRow {
  std::string value;  // canonical: "5", "10.5", "08:00", a list with one item a line
  Date valid_from;
  std::string source;
  Instant recorded_at;
  std::int64_t recorded_by = 0;
  std::optional<Instant> superseded_at;
};

using PolicyRows = std::map<std::string, std::vector<PolicyRow>, std::less<>>;

// Asking for a key that no module defined, or for another kind than it has, is a bug and throws std::logic_error.
class PolicySnapshot {
 public:
  PolicySnapshot(std::int64_t stamp, std::shared_ptr<const std::map<std::string, PolicyDefinition, std::less<>>> definitions, PolicyRows rows)
      : stamp_(stamp), definitions_(std::move(definitions)), rows_(std::move(rows)) {}

  std::int64_t integer(std::string_view key, PolicyMoment moment) const;
  Percent percent(std::string_view key, PolicyMoment moment) const;
  std::string text(std::string_view key, PolicyMoment moment) const;  // of texts, choices and times
  int minutes(std::string_view key, PolicyMoment moment) const;       // of times, after midnight
  std::vector<std::string> list(std::string_view key, PolicyMoment moment) const;
  std::int64_t stamp() const { return stamp_; }
  const std::vector<PolicyRow>& rows_of(std::string_view key) const;

 private:
  const std::string& find(std::string_view key, std::initializer_list<PolicyKind> kinds, const PolicyMoment& moment) const;

  std::int64_t stamp_;
  std::shared_ptr<const std::map<std::string, PolicyDefinition, std::less<>>> definitions_;
  PolicyRows rows_;
};

// Safe from any thread. Each question costs one small statement, which finds out whether another process has changed a value; many questions of one use
// case should go to one snapshot.
class Policies {
 public:
  explicit Policies(db::Database& database) : database_(database) {}

  // At start, before anything is asked: what a module needs. Throws std::logic_error on a key given twice.
  void define(const std::vector<PolicyDefinition>& definitions);
  // Writes the seeds of keys that have no row yet; `at` is when they count as recorded.
  void install(Instant at);

  std::shared_ptr<const PolicySnapshot> snapshot() const;
  // For what is asked in every request: checked at most a quarter of a second ago, at once after a change made by this process.
  std::shared_ptr<const PolicySnapshot> recent() const;
  void forget_recent() const;
  std::int64_t integer(std::string_view key, Date on) const { return snapshot()->integer(key, {on, {}}); }
  Percent percent(std::string_view key, Date on) const { return snapshot()->percent(key, {on, {}}); }
  std::string text(std::string_view key, Date on) const { return snapshot()->text(key, {on, {}}); }
  std::vector<std::string> list(std::string_view key, Date on) const { return snapshot()->list(key, {on, {}}); }

  const std::vector<std::string>& keys() const { return order_; }  // as defined
  const PolicyDefinition* find_definition(std::string_view key) const;

 private:
  db::Database& database_;
  std::shared_ptr<std::map<std::string, PolicyDefinition, std::less<>>> definitions_ = std::make_shared<std::map<std::string, PolicyDefinition, std::less<>>>();
  std::vector<std::string> order_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const PolicySnapshot> cached_;
  mutable std::shared_ptr<const PolicySnapshot> recent_;
  mutable std::chrono::steady_clock::time_point checked_{};
};

}  // namespace mandate::policy
