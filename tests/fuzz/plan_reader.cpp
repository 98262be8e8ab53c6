// A yearly plan's text, whatever it holds.
// sources: src/kernel/*.cpp src/modules/planreader/*.cpp
#include "modules/planreader/reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = mandate::plan_reader::read_plan({reinterpret_cast<const char*>(data), size});
  if (!read.ok()) return 0;
  // Every sentence is counted once, and its parts lie within it.
  if (read->coverage.obligation + read->coverage.none + read->coverage.undecided != read->coverage.sentences) __builtin_trap();
  return 0;
}
