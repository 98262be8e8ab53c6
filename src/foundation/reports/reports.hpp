// Reports: tables with a name, a definition and a day they are about, that can be asked for again as of any past day.
//
// Two days belong to a report. `as_of` is what it is about: what was late on that day, what was done by then. `known_at` is the state of knowledge: the
// ledger as it stood at that moment. The same pair gives the same figures for ever; that is how an issued report is checked.
#pragma once

#include "foundation/identity/api.hpp"
#include "foundation/reports/lists.hpp"
#include "platform/digest/digest.hpp"

namespace mandate::reports {

struct Question {
  identity::Scope scope;
  Language language = Language::zh_tw;
  Query parameters;
  Date as_of;
  Instant known_at;
  std::function<std::string(std::int64_t)> agency_name;  // as it was called then
};

struct ReportParameter {
  std::string name;
  std::string title;  // message key
  ListFilter::Kind kind = ListFilter::Kind::agency;
};

struct ReportKind {
  std::string name;        // "duties-month"
  std::string title;       // message key
  std::string about;       // message key: what it shows, in a sentence
  std::string permission;  // whose scope over duties bounds it
  std::vector<ReportParameter> parameters = {};
  std::function<Result<Table>(const Question&)> open = nullptr;
  // A question of somebody's own making (a statistic): its parameter "title" is its title, its table says the filter itself, and it stands in no list of
  // reports.
  bool free = false;
};

class Reports {
 public:
  void add(ReportKind kind);
  const ReportKind* find(const std::string& name) const;
  const std::vector<ReportKind>& all() const { return kinds_; }
  // The name of an agency on a day, as known at a moment.
  void set_agency_name(std::function<std::string(std::int64_t, Date, Instant)> name) { agency_name_ = std::move(name); }

  // What the report is called with these parameters; the name itself when there is no such report.
  std::string title_of(const std::string& name, const Query& parameters, Language language) const;
  // The table with everything that stands above it. Faults: unknown report or parameter.
  Result<Table> ask(const std::string& name, Question question) const;

 private:
  std::vector<ReportKind> kinds_;
  std::function<std::string(std::int64_t, Date, Instant)> agency_name_;
};

// A digest of the figures alone, whatever the format and whoever asked; row by row, because a report may be long.
class Figures {
 public:
  void add(const Row& row);
  std::int64_t rows() const { return rows_; }
  std::string finish();  // ends it

 private:
  digest::Sha256 hash_;
  std::int64_t rows_ = 0;
};
std::string figures_of(const std::vector<Row>& rows);

// The scope under which a report was made, kept with it.
std::string scope_to_text(const identity::Scope& scope);
identity::Scope scope_from_text(const std::string& text);
// Whether who reaches the one reaches everything of the other; careful: false when in doubt.
bool covers(const identity::Scope& reader, const identity::Scope& made_under);

}  // namespace mandate::reports
