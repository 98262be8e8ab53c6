// The column store against the same questions in SQL, in turn: steps of duties, all combinations of three dimensions that are asked of them, and others
// that nobody foresaw. Prints one JSON object a line.
//   facts FACTS DUTIES [postgresql://...]     without a database the store alone
#include "foundation/facts/question.hpp"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <map>
#include <memory>
#include <time.h>
#include <stdexcept>

using namespace mandate;

namespace {

using Clock = std::chrono::steady_clock;
// The processor's time of this thread: what the question costs when others keep the machine busy.
double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}
double ms_since(Clock::time_point begun) { return std::chrono::duration<double, std::milli>(Clock::now() - begun).count(); }

std::uint64_t seed = 88172645463325252ULL;
std::int64_t random_below(std::int64_t n) {
  seed ^= seed << 13;
  seed ^= seed >> 7;
  seed ^= seed << 17;
  return static_cast<std::int64_t>(seed % static_cast<std::uint64_t>(n));
}

struct Step {
  std::int64_t what, origin, severity, confidentiality, agency, unit, post, district, goal, day;
};

// A city of 62 agencies, 400 units and 2,000 posts over five years.
Step random_step() {
  const auto post = random_below(2000);
  const auto unit = post % 400;
  return {random_below(12), random_below(11), random_below(3), random_below(50) == 0 ? 2 : random_below(2), unit % 62, unit, post, random_below(30), random_below(60), random_below(1826)};
}

// The columns of foundation/duties/facts.cpp.
facts::Attribute number(const char* name) { return {name, facts::AttributeKind::number, {}}; }
facts::Attribute word(const char* name) { return {name, facts::AttributeKind::text, {}}; }
const facts::Tuple owner_columns = {"owner", {number("agency"), number("unit"), number("post")}};
const facts::Tuple place_columns = {"place", {word("district"), number("goal")}};
facts::Schema steps_schema() { return {"steps", facts::Keys::rising, {{"kind", {number("what"), word("origin"), number("severity"), number("confidentiality")}}, owner_columns, place_columns}, {"at"}}; }
facts::Schema duties_schema() {
  return {"duties", facts::Keys::dense, {{"kind", {word("origin"), number("severity"), number("confidentiality"), number("state"), number("recurring"), number("extended")}}, owner_columns, place_columns}, {"due", "done", "created"}};
}

const char* const what_names[] = {"created", "done", "reopened", "cancelled", "reassigned", "extension_asked", "extension_approved", "extension_refused", "edited", "calendar_moved", "undone", "other"};
const char* const severity_names[] = {"normal", "high", "critical"};
const char* const confidentiality_names[] = {"open", "internal", "confidential"};
const Date first_day = *Date::from_ymd(2022, 1, 1);

std::string text(const char* what, std::int64_t at) { return fmt::format("{}{}", what, at); }

void put(facts::Dataset& d, std::int64_t key, const Step& s) {
  const std::array<std::int64_t, 4> kind{s.what, d.intern_text(text("origin_", s.origin)), s.severity, s.confidentiality};
  const std::array<std::int64_t, 3> owner{s.agency, s.unit, s.post};
  const std::array<std::int64_t, 2> place{d.intern_text(text("66", s.district)), s.goal};
  const std::array<facts::Code, 3> codes{d.intern(0, kind), d.intern(1, owner), d.intern(2, place)};
  const std::array<std::uint16_t, 1> days{facts::day_code(first_day.plus_days(s.day))};
  d.put(key, codes, days);
}

struct Asked {
  std::vector<std::string> by;
  facts::Conditions where = {};
  std::string sql_where = "TRUE";
};

std::string sql_of(const std::string& dimension) {
  if (dimension == "at_month") return "date_trunc('month', at)";
  if (dimension == "at_quarter") return "date_trunc('quarter', at)";
  if (dimension == "at_year") return "date_trunc('year', at)";
  if (dimension == "at_day") return "at";
  return dimension;
}

void copy_line(PGconn* connection, std::string& buffer, bool flush) {
  if (buffer.empty() || (!flush && buffer.size() < 1 << 20)) return;
  if (PQputCopyData(connection, buffer.data(), static_cast<int>(buffer.size())) != 1) throw std::runtime_error(PQerrorMessage(connection));
  buffer.clear();
}

void run(PGconn* connection, const std::string& sql) {
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection, sql.c_str()), &PQclear);
  const auto status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_COPY_IN) throw std::runtime_error(PQerrorMessage(connection));
}

// Groups as SQL counts them: how many there are and their sum, to be compared with the store's.
std::pair<std::int64_t, std::int64_t> ask_sql(PGconn* connection, const std::string& sql) {
  const std::unique_ptr<PGresult, decltype(&PQclear)> result(PQexec(connection, sql.c_str()), &PQclear);
  if (PQresultStatus(result.get()) != PGRES_TUPLES_OK) throw std::runtime_error(PQerrorMessage(connection));
  const int columns = PQnfields(result.get());
  std::int64_t sum = 0;
  for (int row = 0; row < PQntuples(result.get()); ++row) sum += std::stoll(PQgetvalue(result.get(), row, columns - 1));
  return {PQntuples(result.get()), sum};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const std::int64_t count = std::stoll(argv[1]);
  const std::int64_t duties = std::stoll(argv[2]);
  facts::Dataset d(steps_schema());
  std::unique_ptr<PGconn, decltype(&PQfinish)> connection(argc > 3 ? PQconnectdb(argv[3]) : nullptr, &PQfinish);
  if (connection && PQstatus(connection.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(connection.get()));
  if (connection) {
    run(connection.get(), "CREATE TABLE step_fact (position bigint, at date, what text, origin text, severity text, confidentiality text, agency bigint, unit bigint, post bigint, district text, goal bigint)");
    run(connection.get(), "COPY step_fact FROM STDIN (FORMAT csv)");
  }
  const auto filling = Clock::now();
  std::string buffer;
  for (std::int64_t i = 1; i <= count; ++i) {
    const auto s = random_step();
    put(d, i, s);
    if (!connection) continue;
    fmt::format_to(std::back_inserter(buffer), "{},{},{},origin_{},{},{},{},{},{},66{},{}\n", i, first_day.plus_days(s.day).iso(), what_names[s.what], s.origin, severity_names[s.severity], confidentiality_names[s.confidentiality], s.agency, s.unit, s.post,
                   s.district, s.goal);
    copy_line(connection.get(), buffer, false);
  }
  if (connection) {
    copy_line(connection.get(), buffer, true);
    if (PQputCopyEnd(connection.get(), nullptr) != 1) throw std::runtime_error(PQerrorMessage(connection.get()));
    const std::unique_ptr<PGresult, decltype(&PQclear)> ended(PQgetResult(connection.get()), &PQclear);
    while (PGresult* more = PQgetResult(connection.get())) PQclear(more);
    run(connection.get(), "VACUUM ANALYZE step_fact");
  }
  fmt::print("{{\"filled_ms\":{:.0f}}}\n", ms_since(filling));

  // The duties as they lie in the server, for the bytes of both.
  facts::Dataset ledger(duties_schema());
  for (std::int64_t i = 1; i <= duties; ++i) {
    const auto s = random_step();
    const std::array<std::int64_t, 6> kind{ledger.intern_text(text("origin_", s.origin)), s.severity, s.confidentiality, s.what % 3, s.day % 2, s.goal % 2};
    const std::array<std::int64_t, 3> owner{s.agency, s.unit, s.post};
    const std::array<std::int64_t, 2> place{ledger.intern_text(text("66", s.district)), s.goal};
    const std::array<facts::Code, 3> codes{ledger.intern(0, kind), ledger.intern(1, owner), ledger.intern(2, place)};
    const std::array<std::uint16_t, 3> days{facts::day_code(first_day.plus_days(s.day)), facts::day_code(first_day.plus_days(s.day + 3)), facts::day_code(first_day.plus_days(s.day - 30))};
    ledger.put(i, codes, days);
  }
  fmt::print("{{\"bytes_a_step\":{:.2f},\"bytes_a_duty\":{:.2f},\"bytes_a_fact\":{:.2f}}}\n", static_cast<double>(d.bytes()) / static_cast<double>(count), static_cast<double>(ledger.bytes()) / static_cast<double>(duties),
             static_cast<double>(d.bytes() + ledger.bytes()) / static_cast<double>(count + duties));

  const auto origin = d.intern_text("origin_3");
  const std::vector<Asked> all = {{{"at_month", "agency", "what"}},
                                  {{"at_year", "district", "severity"}},
                                  {{"agency", "origin", "what"}},
                                  {{"at_quarter", "origin", "confidentiality"}},
                                  {{"unit", "what", "severity"}},
                                  {{"goal", "district", "what"}},
                                  {{"post", "at_year", "what"}},
                                  {{"at_month", "unit", "origin"}},
                                  {{"at_day", "agency", "severity"}},
                                  {{"at_month", "agency", "what"}, {{"origin", {origin}, true}, {"at", {}, false, Date::from_ymd(2023, 1, 1), Date::from_ymd(2025, 12, 31)}}, "origin <> 'origin_3' AND at BETWEEN '2023-01-01' AND '2025-12-31'"}};
  for (const auto& asked : all) {
    facts::Question q;
    q.by = asked.by;
    q.where = asked.where;
    q.groups_max = 2'000'000;
    std::string keys;
    for (const auto& dimension : asked.by) keys += sql_of(dimension) + ", ";
    std::string numbers;
    for (std::size_t i = 1; i <= asked.by.size(); ++i) numbers += (i == 1 ? "" : ", ") + std::to_string(i);
    const std::string sql = "SELECT " + keys + "COUNT(*) FROM step_fact WHERE " + asked.sql_where + " GROUP BY " + numbers;
    std::vector<double> own;
    std::vector<double> cpu;
    std::vector<double> theirs;
    std::int64_t groups = 0;
    std::int64_t sum = 0;
    for (int round = 0; round < 5; ++round) {
      const auto begun = Clock::now();
      const double cpu_begun = cpu_ms();
      const auto answer = facts::count_groups(d, q);
      own.push_back(ms_since(begun));
      cpu.push_back(cpu_ms() - cpu_begun);
      if (!answer.ok()) throw std::runtime_error(answer.fault().key);
      groups = static_cast<std::int64_t>(answer->size());
      sum = 0;
      for (const auto& g : *answer) sum += g.count;
      if (!connection || round > 0) continue;
      const auto asking = Clock::now();
      const auto found = ask_sql(connection.get(), sql);
      theirs.push_back(ms_since(asking));
      if (found.first != groups || found.second != sum) throw std::runtime_error(fmt::format("{} groups of {} instead of {} of {}: {}", groups, sum, found.first, found.second, sql));
    }
    std::sort(own.begin(), own.end());
    std::sort(cpu.begin(), cpu.end());
    std::string name;
    for (const auto& dimension : asked.by) name += (name.empty() ? "" : " x ") + dimension;
    if (!asked.where.empty()) name += ", filtered";
    fmt::print("{{\"question\":\"{}\",\"groups\":{},\"ms\":{:.1f},\"least_ms\":{:.1f},\"cpu_ms\":{:.1f},\"sql_ms\":{:.0f}}}\n", name, groups, own[own.size() / 2], own.front(), cpu[cpu.size() / 2], theirs.empty() ? 0.0 : theirs.front());
    std::fflush(stdout);
  }
  return 0;
}
