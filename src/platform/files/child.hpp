// A program run apart, for what reads files that strangers made: with a limit on memory, time and what it may write, and nothing of ours but its
// arguments. Its standard output comes back in pieces.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mandate::files {

struct ChildLimits {
  std::uint64_t memory_bytes = std::uint64_t{1} << 30;  // address space
  int cpu_seconds = 20;
  int wall_seconds = 60;
  std::uint64_t file_bytes = std::uint64_t{64} << 20;  // the longest file it may write
};

struct ChildEnd {
  bool started = false;
  bool timed_out = false;
  bool stopped = false;  // because `take` wanted no more
  int exit_code = -1;    // -1: ended by a signal
  bool good() const { return started && !timed_out && exit_code == 0; }
};

// `take` gets standard output as it comes; false ends the program. Standard error goes nowhere: it may name what is in the file.
ChildEnd run_child(const std::vector<std::string>& arguments, const ChildLimits& limits, const std::function<bool(std::string_view)>& take = nullptr);

}  // namespace mandate::files
