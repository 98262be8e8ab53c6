// What the data takes, today and over time: measured once a day, drawn on the screen of the system's state.
#pragma once

#include "app/city.hpp"

namespace mandate::app {

struct StorageRow {
  std::string name;  // a part of the data folder, or a table
  std::int64_t bytes = 0;
  std::int64_t rows = 0;  // of tables
};
BOOST_DESCRIBE_STRUCT(StorageRow, (), (name, bytes, rows))

struct StorageDay {
  Date day;
  std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(StorageDay, (), (day, bytes))

struct Storage {
  std::optional<Date> measured_on;
  std::int64_t bytes = 0;  // of everything, on that day
  std::int64_t disk_free = 0;
  std::int64_t disk_total = 0;
  std::vector<StorageRow> parts;
  std::vector<StorageRow> tables;  // largest first
  std::vector<StorageDay> growth;  // a year at most
  std::optional<std::int64_t> bytes_a_day;  // over the last thirty days that were measured
};
BOOST_DESCRIBE_STRUCT(Storage, (), (measured_on, bytes, disk_free, disk_total, parts, tables, growth, bytes_a_day))

// Writes today's measure; a second one of the same day takes the first one's place.
Result<> measure_storage(City& city);
Storage read_storage(City& city);

}  // namespace mandate::app
