// The command line. Reads arguments and files; everything else is elsewhere.
#include "app/command.hpp"
#include "app/curve_command.hpp"
#include "app/mail_options.hpp"
#include "app/pack_command.hpp"
#include "app/serve.hpp"
#include "foundation/calendar/batch.hpp"
#include "modules/planreader/plan_json.hpp"
#include "platform/documents/document_text.hpp"
#include "platform/sheets/csv_text.hpp"
#include "kernel/text.hpp"
#include "platform/files/apart.hpp"
#include "platform/http/server.hpp"
#include "platform/i18n/messages.hpp"
#include "platform/log/log.hpp"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <sstream>

namespace {

using namespace mandate;

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// A table as CSV: what is none yet is turned into one.
Result<std::string> table_text(const std::string& path) {
  auto content = read_file(path);
  if (content.rfind("PK\x03\x04", 0) != 0 && !first_invalid_utf8(content)) return content;
  return sheets::csv_text(path);
}

// A plan as it was typed, or taken out of an office document.
Result<std::string> plan_text(const std::string& path) {
  auto content = read_file(path);
  if (content.rfind("PK\x03\x04", 0) != 0) return content;
  return documents::document_text(path);
}

// Where a file that a command makes goes; "-" for standard output.
std::string file_out;

int print(const app::CommandOutput& output) {
  if (!output.file.empty()) {
    std::ifstream made(output.file, std::ios::binary);
    std::ofstream place;
    if (file_out != "-") place.open(file_out, std::ios::binary);
    auto& out = file_out == "-" ? std::cout : static_cast<std::ostream&>(place);
    out << made.rdbuf() << std::flush;
    const bool good = made.good() && out.good();
    std::filesystem::remove(output.file);
    if (!good) throw std::runtime_error("cannot write " + file_out);
  }
  std::cout << output.out;
  std::cerr << output.err;
  return output.exit_code;
}

// By the running server when there is one, else here.
int run(const app::CityOptions& options, const app::Command& command) {
  if (options.database_url.empty()) {
    if (const auto answer = http::ask_local(options.data / "mandate.sock", "/command", app::command_to_json(command))) {
      return print(app::output_from_json(answer->body));
    }
  }
  log::set_level(log::Level::warning);
  app::City city(options);
  return print(app::run_command(city, command));
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App cli{"Mandate: one ledger of everything a city has promised"};
  cli.require_subcommand(1);
  cli.fallthrough();
  app::CityOptions city;
  std::string data = "data";
  std::string fake_clock;
  cli.add_option("--data", data, "folder of the SQLite database, keys and socket")->capture_default_str();
  cli.add_option("--database", city.database_url, "PostgreSQL URL instead of SQLite: postgresql://user@host/name");
  cli.add_option("--fake-clock", fake_clock, "a time that stands still, for tests; a server takes it on a loopback address only");

  app::ServeOptions serve_options;
  auto* serve = cli.add_subcommand("serve", "answer requests until stopped");
  serve->add_option("--address", serve_options.address, "IP address to listen on")->capture_default_str();
  serve->add_option("--port", serve_options.port, "port; 0 for any free one")->capture_default_str();
  serve->add_option("--trusted-proxy", serve_options.trusted_proxies, "address of a proxy in front, whose X-Forwarded-For and X-Forwarded-Proto are believed; may be given several times");
  serve->add_option("--web", serve_options.web, "folder of the web files (with dist/ and public/)");
  serve->add_option("--files", city.files, "folder of uploaded files, when several processes share it; else files/ in the data folder");
  serve->add_flag("--sample", serve_options.sample, "fill an empty database with the sample city");
  serve->add_flag("--first-admin", serve_options.first_admin, "make an administrator when there is no account, and print the password once");
  serve->add_flag("--banner", serve_options.banner, "print the address and the sample accounts when ready");
  serve->add_flag("--quiet", serve_options.quiet, "log warnings and errors only");
  serve->add_flag("--print-port", serve_options.print_port, "print \"port N\" on standard output when ready");

  app::MailOptions mail;
  app::add_mail_options(*serve, mail);

  auto* plan = cli.add_subcommand("plan", "yearly plans");
  plan->require_subcommand(1);
  std::string plan_file;
  bool as_json = false;
  auto* plan_read = plan->add_subcommand("read", "read a plan's text and print what it holds; needs no database");
  plan_read->add_option("file", plan_file, "the plan as UTF-8 text, .odt or .docx")->required();
  plan_read->add_flag("--json", as_json, "print one JSON object");

  auto* import = cli.add_subcommand("import", "bring files in");
  import->require_subcommand(1);
  std::string import_file;
  bool accept = false;
  bool dry_run = false;
  bool skip_bad = false;
  auto* import_plan = import->add_subcommand("plan", "a yearly plan, as a preview for the controller to decide on");
  import_plan->add_option("file", import_file, "the plan as UTF-8 text, .odt or .docx")->required();
  import_plan->add_flag("--accept", accept, "accept every obligation that was found");
  auto* import_calendar = import->add_subcommand("calendar", "a year's office calendar (JSON or CSV)");
  import_calendar->add_option("file", import_file)->required();
  import_calendar->add_flag("--dry-run", dry_run, "show what would happen and change nothing");
  auto* import_agencies = import->add_subcommand("agencies", "the agency list (CSV)");
  import_agencies->add_option("file", import_file)->required();
  import_agencies->add_flag("--dry-run", dry_run, "show what would happen and change nothing");
  import_agencies->add_flag("--skip-bad", skip_bad, "load the good rows though others are bad");
  std::string mapping_file;
  auto* import_duties = import->add_subcommand("duties", "duties as a table (CSV, ODS or XLSX)");
  import_duties->add_option("file", import_file)->required();
  import_duties->add_flag("--dry-run", dry_run, "check every row and load nothing");
  import_duties->add_flag("--skip-bad", skip_bad, "load the good rows though others are bad");
  import_duties->add_option("--mapping", mapping_file, "JSON: where each column comes from, [{\"column\":\"title\",\"from\":[0],\"otherwise\":null}]; without it the titles of the file are matched");
  for (auto* one : {import_plan, import_calendar, import_agencies, import_duties}) one->add_flag("--json", as_json, "print one JSON object");

  auto* calendar = cli.add_subcommand("calendar", "the office calendar");
  calendar->require_subcommand(1);
  std::vector<std::string> calendar_files;
  std::string batch;
  std::string curve_file;
  std::optional<double> curve_total;
  auto* curve = cli.add_subcommand("curve", "how far behind a plan a work is, in points and in periods, with forecasts; needs no database");
  curve->add_option("file", curve_file, "CSV, ODS or XLSX with the columns period, planned, actual (cumulative)")->required();
  curve->add_option("--total", curve_total, "what the whole is; else 100 for per cent, or where the plan ends");
  curve->add_flag("--json", as_json, "print one JSON object a period");
  auto* calendar_due = calendar->add_subcommand("due", "due dates of many cases from calendar files; needs no database");
  calendar_due->add_option("--calendar", calendar_files, "calendar file; may be given several times")->required();
  calendar_due->add_option("--batch", batch, "CSV with the columns start,working_days")->required();

  auto* audit = cli.add_subcommand("audit", "the audit log");
  audit->require_subcommand(1);
  auto* audit_verify = audit->add_subcommand("verify", "check every event, checkpoint and personal value");

  std::string pack_path;
  auto* pack = cli.add_subcommand("pack", "frozen packs of meetings");
  pack->require_subcommand(1);
  auto* pack_verify = pack->add_subcommand("verify", "check a pack file against its hash, and against the ledger where the data is at hand; names what differs");
  pack_verify->add_option("file", pack_path, "the .json of the pack")->required();
  pack_verify->add_flag("--json", as_json, "print one JSON object");

  std::string token_name;
  std::string token_for;
  std::string token_permissions;
  std::int64_t token_days = 90;
  auto* token = cli.add_subcommand("token", "make a service token for scripts; prints its secret once");
  token->add_option("--name", token_name, "what it is for")->required();
  token->add_option("--for", token_for, "login name of the account it acts for")->required();
  token->add_option("--permissions", token_permissions, "comma-separated permissions")->required();
  token->add_option("--days", token_days, "days until it expires")->capture_default_str();

  std::int64_t sample_duties = 0;
  std::int64_t sample_mails = 0;
  auto* sample = cli.add_subcommand("sample", "make the sample city in an empty database, and duties by the number");
  sample->add_option("--duties", sample_duties, "this many further duties");
  std::int64_t sample_steps = 0;
  sample->add_option("--steps", sample_steps, "this many further events in the histories of the duties");
  sample->add_option("--mails", sample_mails, "this many reminders into the mail queue, to addresses that do not exist");

  std::string report_name;
  std::string report_format;
  std::map<std::string, std::string> report_args;
  auto* report = cli.add_subcommand("report", "a report about a day, as a file");
  report->add_option("name", report_name, "duties-month, duties-late ...")->required();
  report->add_option("--month", report_args["month"], "the month it is about, such as 112-07 or 2023-07; then --as-of is the day it is known on");
  report->add_option("--as-of", report_args["as_of"], "the day it is about, such as 2023-03-31; else today");
  report->add_option("--known-on", report_args["known_on"], "as known at the end of that day; else as known now");
  report->add_option("--filter", report_args["filter"], "the report's parameters as a query: agency_id=7");
  report->add_option("--for", report_args["for"], "login name of the account whose rights bound it; else everything");
  report->add_option("--format", report_format, "csv, ods, xlsx or html; else by the ending of --out");
  report->add_option("--out", file_out, "the file to write; - for standard output")->required();

  std::map<std::string, std::string> export_args;
  auto* exporting = cli.add_subcommand("export", "the open tenders for everybody, in an international format");
  exporting->add_option("format", export_args["what"], "oc4ids (projects, 0.9) or ocds (release package, 1.1)")->required()->check(CLI::IsMember({"oc4ids", "ocds"}));
  exporting->add_option("--url", export_args["url"], "where the public pages stand, for links: https://example.org; else there are none");
  exporting->add_option("--out", file_out, "the file to write; - for standard output")->required();

  // For the running server, which looks at uploaded files in a process apart.
  std::string file_path;
  std::string file_about;
  std::string file_more;
  auto* inspect = cli.add_subcommand("inspect", "say what an uploaded file is, or why it is refused")->group("");
  auto* preview = cli.add_subcommand("preview", "make pictures of an uploaded file")->group("");
  for (auto* one : {inspect, preview}) {
    one->add_option("file", file_path)->required();
    one->add_option(one == inspect ? "name" : "type", file_about)->required();
    one->add_option(one == inspect ? "limits" : "folder", file_more)->required();
  }

  std::string query_by;
  std::map<std::string, std::string> query_texts;
  std::vector<std::string> query_where;
  bool query_compare = false;
  bool query_empty = false;
  auto* query = cli.add_subcommand("query", "figures by up to three dimensions, such as agency,due_month");
  query->add_option("dimensions", query_by, "names with commas between them; none: the total alone");
  query->add_option("--dataset", query_texts["dataset"], "what is counted: duties, steps");
  query->add_option("--measures", query_texts["measures"], "figures with commas between them, such as count,late,on_time_rate");
  query->add_option("--where", query_where, "a condition, such as origin=plan, severity!=normal or due>=2026-01-01; may be given several times");
  query->add_option("--period", query_texts["period"], "the day that --from and --to mean");
  query->add_option("--from", query_texts["from"], "first day");
  query->add_option("--to", query_texts["to"], "last day");
  query->add_option("--as-known-on", query_texts["as_known_on"], "as it was known on that day");
  query->add_flag("--compare", query_compare, "the year before beside it (in the JSON)");
  query->add_flag("--empty", query_empty, "known values without records too");
  query->add_flag("--json", as_json, "print one JSON object");
  std::vector<std::string> search_words;
  std::map<std::string, std::string> search_args;
  bool search_json = false;
  auto* search = cli.add_subcommand("search", "find records by number, words, agency or person");
  search->add_option("words", search_words, "all of them; \"several words\" stand together")->required();
  for (const char* name : {"kind", "origin", "state", "from", "to", "district", "sort", "limit", "cursor", "leave-out"}) {
    static const std::map<std::string, const char*> about = {{"kind", "duty, plan, plan_item, agency or post"}, {"origin", "where it came from"},  {"state", "open, done or cancelled"},       {"from", "the first day, as 2023-03-07"},
                                                             {"to", "the last day"},                      {"district", "code of a district"}, {"sort", "newest (the default) or relevance"}, {"limit", "how many, at most 100"},
                                                             {"cursor", "from the answer before"},        {"leave-out", "a word that must not be there"}};
    search->add_option("--" + std::string(name), search_args[name], about.at(name));
  }
  search->add_flag("--json", search_json, "as the HTTP interface answers");

  auto* status = cli.add_subcommand("status", "how many open duties are late");
  auto* openapi = cli.add_subcommand("openapi", "print the OpenAPI document");

  CLI11_PARSE(cli, argc, argv);

  try {
    if (*inspect || *preview) {
      std::cout << (*inspect ? files::inspect_command(file_path, file_about, file_more) : files::preview_command(file_path, file_about, file_more)) << "\n";
      return 0;
    }
    app::add_messages();
    city.data = data;
    if (*plan_read) {
      const auto text = plan_text(plan_file);
      const auto read = text.ok() ? plan_reader::read_plan(*text) : Result<plan_reader::PlanText>(text.fault());
      if (!read.ok()) {
        std::cerr << plan_file << ": " << app::fault_text(read.fault());
        return 1;
      }
      if (as_json) {
        std::cout << plan_reader::to_json(*read) << "\n";
      } else {
        std::cout << fmt::format("{} {}: {} work plans, {} sentences ({} with obligations, {} without, {} undecided)\n", read->agency, read->year_roc.value_or(0), read->work_plans.size(), read->coverage.sentences,
                                 read->coverage.obligation, read->coverage.none, read->coverage.undecided);
      }
      return 0;
    }
    if (*curve) return app::curve_command(curve_file, curve_total, as_json);
    if (*pack_verify) {
      // Where there is no data, or nothing that could be compared with it, the file is checked by itself; no data folder is made for that.
      const bool at_hand = !city.database_url.empty() || std::filesystem::exists(std::filesystem::path(data) / "mandate.db");
      const auto file = read_file(pack_path);
      if (!at_hand || !app::names_a_pack(file)) return print(app::verify_pack_alone(file, as_json));
    }
    if (*calendar_due) {
      std::vector<calendar::NamedText> calendars;
      for (const auto& file : calendar_files) calendars.push_back({file, read_file(file)});
      const auto answer = calendar::due_batch(calendars, {batch, read_file(batch)});
      if (!answer.ok()) {
        std::cerr << app::fault_text(answer.fault());
        return 1;
      }
      std::cout << *answer;
      return 0;
    }
    if (!fake_clock.empty()) {
      city.fake_now = Instant::parse(fake_clock);
      if (!city.fake_now) throw std::runtime_error("--fake-clock takes a time such as 2023-03-07T01:00:00Z");
    }
    if (*serve || *openapi) {
      city.mail = app::mail_settings(mail);
      serve_options.city = city;
      if (*serve) return app::serve(serve_options);
      const auto folder = std::filesystem::temp_directory_path() / ("mandate-openapi-" + std::to_string(next_id()));
      {
        city.data = folder;
        city.database_url.clear();
        log::set_level(log::Level::warning);
        app::City whole(city);
        http::Router router(*whole.database, *whole.clock);
        whole.add_routes(router);
        std::cout << boost::json::serialize(router.openapi()) << "\n";
      }
      std::filesystem::remove_all(folder);
      return 0;
    }
    app::Command command;
    const auto with_file = [&](const Result<std::string>& content) {
      if (!content.ok()) {
        std::cerr << import_file << ": " << app::fault_text(content.fault());
        return false;
      }
      command.args["file"] = std::filesystem::path(import_file).filename();
      command.files["file"] = *content;
      return true;
    };
    const auto flag = [](bool on) { return std::string(on ? "true" : "false"); };
    if (*import_plan) {
      command.name = "import plan";
      if (!with_file(plan_text(import_file))) return 1;
      command.args["accept"] = flag(accept);
    } else if (*import_calendar) {
      command.name = "import calendar";
      if (!with_file(table_text(import_file))) return 1;
      command.args["dry_run"] = flag(dry_run);
    } else if (*import_agencies) {
      command.name = "import agencies";
      if (!with_file(table_text(import_file))) return 1;
      command.args["dry_run"] = flag(dry_run);
      command.args["skip_bad"] = flag(skip_bad);
    } else if (*import_duties) {
      command.name = "import table";
      // Read where the data is: a table may be larger than what fits between two processes.
      command.args = {{"kind", "duties"}, {"path", std::filesystem::absolute(import_file).string()}, {"dry_run", flag(dry_run)}, {"skip_bad", flag(skip_bad)}, {"mapping", mapping_file.empty() ? "" : read_file(mapping_file)}};
    } else if (*pack_verify) {
      command.name = "pack verify";
      command.files["file"] = read_file(pack_path);
    } else if (*audit_verify) {
      command.name = "audit verify";
    } else if (*token) {
      command.name = "token";
      command.args = {{"name", token_name}, {"for", token_for}, {"permissions", token_permissions}, {"days", std::to_string(token_days)}};
    } else if (*sample) {
      command.name = "sample";
      command.args = {{"duties", std::to_string(sample_duties)}, {"steps", std::to_string(sample_steps)}, {"mails", std::to_string(sample_mails)}};
    } else if (*query) {
      command.name = "query";
      command.args = query_texts;
      command.args["by"] = query_by;
      for (const auto& one : query_where) command.args["where"] += one + ";";
      command.args["compare"] = flag(query_compare);
      command.args["empty"] = flag(query_empty);
      command.args["json"] = flag(as_json);
    } else if (*report) {
      command.name = "report";
      command.args = report_args;
      command.args["name"] = report_name;
      const auto ending = std::filesystem::path(file_out).extension().string();
      command.args["format"] = !report_format.empty() ? report_format : ending.size() > 1 ? ending.substr(1) : "csv";
    } else if (*exporting) {
      command.name = "export";
      command.args = export_args;
    } else if (*search) {
      command.name = "search";
      command.args = search_args;
      for (const auto& word : search_words) command.args["q"] += (command.args["q"].empty() ? "" : " ") + (word.find(' ') == std::string::npos || word.find('"') != std::string::npos ? word : '"' + word + '"');
      if (!command.args["leave-out"].empty()) command.args["q"] += " -\"" + command.args["leave-out"] + '"';
      command.args["json"] = flag(search_json);
    } else if (*status) {
      command.name = "status";
    }
    if (as_json) command.args["json"] = "true";
    return run(city, command);
  } catch (const std::exception& e) {
    std::cerr << "mandate: " << e.what() << "\n";
    return 1;
  }
}
