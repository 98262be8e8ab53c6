#include "app/import_command.hpp"

#include "foundation/imports/service.hpp"

namespace mandate::app {
namespace {

std::string arg(const Command& command, const std::string& name) {
  const auto found = command.args.find(name);
  return found == command.args.end() ? "" : found->second;
}

std::string line_of(const imports::ImportRemark& remark) { return fmt::format("row {}{}: {}\n", remark.row_number, remark.column ? ", " + *remark.column : "", remark.message); }

}  // namespace

CommandOutput import_table(City& city, const Command& command) {
  auto actor = identity::system_actor(*city.clock);
  actor.language = Language::en;
  const std::filesystem::path path = arg(command, "path");
  if (!std::filesystem::is_regular_file(path)) return {1, "", path.string() + ": there is no such file where the data is kept\n"};
  const bool dry = arg(command, "dry_run") == "true";
  const auto done = city.imports.run_file(actor, arg(command, "kind"), path.filename(), path, dry, arg(command, "skip_bad") == "true", arg(command, "mapping"));
  if (!done.ok()) return {1, "", fault_text(done.fault())};
  const auto& p = done->progress;
  const bool good = dry ? p.state == imports::RunState::checked && p.refused == 0 : p.state == imports::RunState::done;
  CommandOutput output;
  output.exit_code = good ? 0 : 1;
  if (arg(command, "json") == "true") {
    output.out = boost::json::serialize(http::to_json(imports::OutcomeView{done->id, p, done->failure, done->refused, done->mended, done->duplicates})) + "\n";
    return output;
  }
  output.out = fmt::format("{} rows read = {} unchanged + {} mended + {} duplicate + {} refused\n", p.rows_read, p.unchanged, p.mended, p.duplicate, p.refused);
  if (p.state == imports::RunState::done) {
    output.out += fmt::format("loaded: {} new, {} changed, {} there already\n", p.created, p.changed, p.same);
  } else if (p.state == imports::RunState::checked) {
    output.out += dry ? fmt::format("a dry run: {} would be new, {} changed, {} are there already\n", p.created, p.changed, p.same) : "nothing was loaded: mend the file, or run again with --skip-bad\n";
  } else {
    output.err += done->failure + "\n";
  }
  for (const auto& one : done->refused) output.err += line_of(one);
  if (p.refused > static_cast<std::int64_t>(done->refused.size()) && !done->refused.empty()) output.err += fmt::format("... the first {} remarks of {} refused rows\n", done->refused.size(), p.refused);
  return output;
}

}  // namespace mandate::app
