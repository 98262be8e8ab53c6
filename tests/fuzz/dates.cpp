// Dates as people write them: what is read can be written, and is read the same again.
// sources: src/kernel/*.cpp src/foundation/imports/cells.cpp
#include "foundation/imports/cells.hpp"
#include "kernel/roc_date.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto roc = mandate::parse_roc_date(text)) {
    if (mandate::parse_roc_date(mandate::roc_long(*roc)) != roc) __builtin_trap();
    if (mandate::parse_roc_date(mandate::roc_short(*roc)) != roc) __builtin_trap();
  }
  for (const bool period : {false, true}) {
    if (const auto read = mandate::imports::read_date(text, period)) {
      const auto again = mandate::imports::read_date(read->on.iso(), period);
      if (!again || again->on != read->on) __builtin_trap();
    }
  }
  mandate::imports::read_integer(text);
  return 0;
}
