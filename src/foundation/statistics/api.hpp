// Statistics of any module's facts: what may be asked, what each figure is called and how it is defined, and the answer with its missing values said.
#pragma once

#include "foundation/facts/api.hpp"
#include "foundation/identity/api.hpp"
#include "foundation/statistics/answer.hpp"
#include "foundation/statistics/where.hpp"

namespace mandate::http {
class Router;
}

namespace mandate::statistics {

// What policy rows give.
struct Policy {
  facts::Moment moment;
  std::int64_t small_cell_min = 3;
};

// As whom, about which day and with whose knowledge a question is asked.
struct Standing {
  identity::Scope scope;
  Language language = Language::zh_tw;
  Date today;
  std::optional<Instant> known_at;  // none: with what is known now
};

class Statistics {
 public:
  Statistics(db::Database& database, const Clock& clock, identity::Identity& identity, facts::Facts& facts, std::function<Policy(Date)> policy);
  // One registration makes a module's records countable: their facts and their words.
  void add(Subject subject, std::unique_ptr<facts::Source> source);

  Result<StatisticAnswer> ask(const Actor& actor, const StatisticQuery& query);
  // The same question under a scope that was written down: how an issued statistic is made and checked. `as_known_on` in the query is refused.
  Result<StatisticAnswer> ask(const Standing& standing, const StatisticQuery& query);
  // A list's conditions in words, for the page that shows the records behind a number.
  std::string in_words(const std::string& dataset, const std::vector<WrittenCondition>& conditions, Language language) const;
  const Subject* find(const std::string& dataset) const;
  const std::vector<std::unique_ptr<Subject>>& subjects() const { return subjects_; }

  db::Database& database;
  const Clock& clock;
  identity::Identity& identity;
  facts::Facts& facts;

 private:
  std::function<Policy(Date)> policy_;
  std::vector<std::unique_ptr<Subject>> subjects_;
};

void add_statistic_routes(http::Router& router, Statistics& statistics);
// The answer as a file: the figures, then how they are defined and what was left out.
std::string csv_of(const StatisticAnswer& answer, Language language);
db::MigrationSet statistic_migrations();
const std::vector<i18n::Message>& statistic_messages();

}  // namespace mandate::statistics
