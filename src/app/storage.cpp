#include "app/storage.hpp"

#include "platform/db/sizes.hpp"

namespace mandate::app {
namespace {

constexpr int days_kept = 400;

std::int64_t bytes_of(const std::filesystem::directory_entry& entry) {
  std::error_code ignored;
  if (entry.is_regular_file(ignored)) return static_cast<std::int64_t>(entry.file_size(ignored));
  std::int64_t bytes = 0;
  if (!entry.is_directory(ignored)) return 0;
  for (auto at = std::filesystem::recursive_directory_iterator(entry.path(), std::filesystem::directory_options::skip_permission_denied, ignored); at != std::filesystem::recursive_directory_iterator(); at.increment(ignored)) {
    std::error_code gone;  // a file may go while we look
    if (at->is_regular_file(gone)) {
      const auto size = at->file_size(gone);
      if (!gone) bytes += static_cast<std::int64_t>(size);
    }
  }
  return bytes;
}

struct Measure {
  std::string kind;
  std::string name;
  std::int64_t bytes = 0;
  std::int64_t row_count = 0;
};
BOOST_DESCRIBE_STRUCT(Measure, (), (kind, name, bytes, row_count))

}  // namespace

Result<> measure_storage(City& city) {
  std::vector<Measure> measures;
  std::int64_t total = 0;
  const auto part = [&](std::string name, std::int64_t bytes) {
    if (bytes == 0) return;  // a lock, a socket
    total += bytes;
    measures.push_back({"part", std::move(name), bytes, 0});
  };
  city.database->read([&](db::Session& s) {
    for (auto& table : db::measure_tables(s)) measures.push_back({"table", table.name, table.bytes, table.rows});
    if (s.engine() == db::Engine::postgres) part("postgres", db::database_bytes(s));
    return 0;
  });
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(city.options.data, ignored)) part(entry.path().filename().string(), bytes_of(entry));
  measures.push_back({"total", "", total, 0});
  const Date today = city.clock->today();
  return city.database->write([&](db::Session& s) -> Result<> {
    s.execute("DELETE FROM storage_measure WHERE day = ? OR day < ?", today, today.plus_days(-days_kept));
    for (const auto& m : measures) s.execute("INSERT INTO storage_measure (day, kind, name, bytes, row_count) VALUES (?, ?, ?, ?, ?)", today, m.kind, m.name, m.bytes, m.row_count);
    return done();
  });
}

Storage read_storage(City& city) {
  Storage out;
  std::error_code ignored;
  const auto space = std::filesystem::space(city.options.data, ignored);
  out.disk_free = static_cast<std::int64_t>(space.available);
  out.disk_total = static_cast<std::int64_t>(space.capacity);
  city.database->read([&](db::Session& s) {
    out.growth = s.list<StorageDay>("SELECT day, bytes FROM storage_measure WHERE kind = 'total' AND name = '' AND day > ? ORDER BY day", city.clock->today().plus_days(-366));
    if (out.growth.empty()) return 0;
    out.measured_on = out.growth.back().day;
    out.bytes = out.growth.back().bytes;
    for (auto& m : s.list<Measure>("SELECT kind, name, bytes, row_count FROM storage_measure WHERE day = ? AND kind <> 'total' ORDER BY bytes DESC, name", *out.measured_on)) {
      (m.kind == "part" ? out.parts : out.tables).push_back({std::move(m.name), m.bytes, m.row_count});
    }
    return 0;
  });
  const auto month = std::find_if(out.growth.begin(), out.growth.end(), [&](const StorageDay& d) { return d.day >= out.growth.back().day.plus_days(-30); });
  if (month != out.growth.end() && out.growth.back().day - month->day > 0) out.bytes_a_day = (out.growth.back().bytes - month->bytes) / (out.growth.back().day - month->day);
  return out;
}

}  // namespace mandate::app
