#include "platform/files/apart.hpp"

#include "platform/files/child.hpp"
#include "platform/files/names.hpp"
#include "platform/files/preview.hpp"

#include <boost/json.hpp>
#include <semaphore>

namespace mandate::files {
namespace {

std::string limits_text(const InspectLimits& l) { return fmt::format("{},{},{},{},{},{}", l.megapixels_max, l.pages_max, l.archive_levels_max, l.archive_entries_max, l.archive_megabytes_max, l.archive_ratio_max); }

InspectLimits limits_from(const std::string& text) {
  InspectLimits l;
  std::int64_t* const members[] = {&l.megapixels_max, &l.pages_max, &l.archive_levels_max, &l.archive_entries_max, &l.archive_megabytes_max, &l.archive_ratio_max};
  std::size_t at = 0;
  for (auto* member : members) {
    const auto end = std::min(text.find(',', at), text.size());
    *member = std::stoll(text.substr(at, end - at));
    at = end + 1;
  }
  return l;
}

// Two cores decode; more at once would only take memory.
std::counting_semaphore<2> places{2};
struct Place {
  Place() { places.acquire(); }
  ~Place() { places.release(); }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
};

std::optional<boost::json::object> ask(const std::vector<std::string>& arguments, const ChildLimits& limits, bool& timed_out) {
  const Place place;
  std::string text;
  const auto end = run_child(arguments, limits, [&](std::string_view part) {
    text += part;
    return text.size() < 64 * 1024;
  });
  timed_out = end.timed_out;
  if (!end.good()) return std::nullopt;
  boost::json::error_code error;
  auto answer = boost::json::parse(text, error);
  if (error || !answer.is_object()) return std::nullopt;
  return std::move(answer.get_object());
}

}  // namespace

Workshop workshop_here() { return {inspect, make_preview}; }

Workshop workshop_apart(const std::filesystem::path& program) {
  Workshop shop;
  shop.inspect = [program](const std::filesystem::path& file, const std::string& name, const InspectLimits& limits) -> Result<Inspection> {
    // Of the name only its ending: arguments of a process can be read by others on the machine.
    bool timed_out = false;
    const auto answer = ask({program.string(), "inspect", file.string(), "x." + extension_of(name), limits_text(limits)}, ChildLimits{.cpu_seconds = 60, .wall_seconds = 90}, timed_out);
    // A file that breaks its reader, or keeps it busy without end, is refused like any other that is not what it should be.
    if (!answer) return fault(FaultKind::invalid, timed_out ? "file.too_complex" : "file.broken");
    if (const auto* key = answer->if_contains("key")) {
      Fault f = fault(answer->at("kind").as_string() == "invalid" ? FaultKind::invalid : FaultKind::unavailable, std::string(key->as_string()));
      for (const auto& arg : answer->at("args").as_object()) f.args.emplace_back(std::string(arg.key()), std::string(arg.value().as_string()));
      return f;
    }
    const auto number = [&](const char* name_of) { return answer->at(name_of).as_int64(); };
    return Inspection{std::string(answer->at("type").as_string()), number("width"), number("height"), number("pages")};
  };
  shop.preview = [program](const std::filesystem::path& file, const std::string& type, const std::filesystem::path& folder) {
    bool timed_out = false;
    const auto answer = ask({program.string(), "preview", file.string(), type, folder.string()}, ChildLimits{.cpu_seconds = 60, .wall_seconds = 90}, timed_out);
    return answer ? static_cast<int>(answer->at("pages").as_int64()) : 0;
  };
  return shop;
}

std::string inspect_command(const std::string& file, const std::string& name, const std::string& limits) {
  const auto found = inspect(file, name, limits_from(limits));
  boost::json::object answer;
  if (found.ok()) {
    answer = {{"type", found->type}, {"width", found->width}, {"height", found->height}, {"pages", found->pages}};
  } else {
    boost::json::object args;
    for (const auto& [key, value] : found.fault().args) args[key] = value;
    answer = {{"key", found.fault().key}, {"kind", found.fault().kind == FaultKind::invalid ? "invalid" : "unavailable"}, {"args", args}};
  }
  return boost::json::serialize(answer);
}

std::string preview_command(const std::string& file, const std::string& type, const std::string& folder) { return boost::json::serialize(boost::json::object{{"pages", make_preview(file, type, folder)}}); }

}  // namespace mandate::files
