#include "app/pack_command.hpp"

#include "foundation/meetings/canonical.hpp"
#include "foundation/meetings/pack.hpp"
#include "foundation/meetings/service.hpp"

namespace mandate::app {
namespace {

constexpr std::size_t differences_shown = 20;

// What the ledger says: "same", "differs", "unknown" (it has no such pack), "not_asked" (no data at hand).
CommandOutput answer_of(const meetings::PackCheck& check, const char* ledger, bool json) {
  CommandOutput output;
  output.exit_code = check.good() ? 0 : 1;
  const auto part = check.pack ? std::string(boost::describe::enum_to_string(check.pack->part, "")) : std::string();
  if (json) {
    boost::json::array faults;
    for (const auto& one : check.faults) faults.emplace_back(one);
    output.out = boost::json::serialize(boost::json::object{{"good", check.good()}, {"number", check.pack ? check.pack->meeting.number : ""}, {"part", part}, {"sha256", check.hash}, {"ledger", ledger}, {"faults", faults}}) + "\n";
    return output;
  }
  for (const auto& one : check.faults) output.err += "fault: " + one + "\n";
  if (!check.good()) return output;
  const auto& pack = *check.pack;
  output.out = fmt::format("good: {} {}, part {}, as of {}, frozen {}\nSHA-256 {}\n", pack.meeting.series, pack.meeting.number, part, pack.as_of.iso(), pack.frozen_at.rfc3339(), check.hash);
  output.out += std::string_view(ledger) == "same" ? "the ledger holds the same hash\n" : "no data at hand: the file agrees with itself; whether it is the one that was frozen, the ledger can tell (--data)\n";
  return output;
}

}  // namespace

bool names_a_pack(const std::string& file) { return meetings::check_pack_file(file).pack.has_value(); }

CommandOutput verify_pack_alone(const std::string& file, bool json) { return answer_of(meetings::check_pack_file(file), "not_asked", json); }

CommandOutput verify_pack(City& city, const Command& command) {
  const auto json = command.args.count("json") == 1;
  auto check = meetings::check_pack_file(command.files.at("file"));
  const char* ledger = "not_asked";
  if (check.pack) {
    const meetings::MeetingId id{check.pack->meeting.id.value};
    auto& store = city.meetings.parts().store;
    city.database->read([&](db::Session& s) {
      const auto rows = store.list_packs(s, id);
      const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& one) { return one.part == check.pack->part; });
      if (row == rows.end()) {
        ledger = "unknown";
        check.faults.push_back("the ledger has no pack of meeting " + check.pack->meeting.number + " (" + id.text() + "), part " + boost::describe::enum_to_string(check.pack->part, ""));
        return 0;
      }
      if (row->hash == check.hash) {
        ledger = "same";
        return 0;
      }
      ledger = "differs";
      check.faults.push_back("the ledger froze " + row->hash + ", the file holds " + check.hash);
      const auto content = store.find_pack_content(s, id, check.pack->part);
      for (auto& one : meetings::differences(boost::json::parse(check.content), boost::json::parse(content.value_or("null")), differences_shown)) check.faults.push_back(std::move(one));
      return 0;
    });
  }
  return answer_of(check, ledger, json);
}

}  // namespace mandate::app
