#include "platform/log/log.hpp"

#include <atomic>
#include <boost/json.hpp>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace mandate::log {
namespace {

std::atomic<Level> lowest{Level::info};

spdlog::logger& sink() {
  static const auto logger = [] {
    auto made = std::make_shared<spdlog::logger>("mandate", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("{\"at\":\"%Y-%m-%dT%H:%M:%S.%f%z\",%v}");
    made->set_level(spdlog::level::trace);
    made->flush_on(spdlog::level::warn);
    return made;
  }();
  return *logger;
}

}  // namespace

void set_level(Level level) { lowest = level; }

void write(Level level, std::string_view event, std::initializer_list<Field> fields) {
  if (level < lowest.load(std::memory_order_relaxed)) return;
  static constexpr std::string_view names[] = {"debug", "info", "warning", "error"};
  std::string line = "\"level\":\"" + std::string(names[static_cast<int>(level)]) + "\",\"event\":" + boost::json::serialize(boost::json::value(event));
  for (const auto& field : fields) {
    line += ",\"" + std::string(field.name) + "\":";
    line += field.quoted ? boost::json::serialize(boost::json::value(field.value)) : field.value;
  }
  sink().log(spdlog::level::info, "{}", line);
}

}  // namespace mandate::log
