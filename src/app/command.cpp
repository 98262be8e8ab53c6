#include "app/command.hpp"

#include "app/import_command.hpp"
#include "app/pack_command.hpp"
#include "app/sample_city.hpp"
#include "foundation/calendar/rules.hpp"
#include "foundation/duties/facts.hpp"
#include "kernel/text.hpp"
#include "foundation/search/model.hpp"
#include "platform/i18n/messages.hpp"

#include <fstream>


namespace mandate::app {
namespace {

CommandOutput refused(const Fault& fault) { return {1, "", fault_text(fault)}; }

std::string arg(const Command& command, const std::string& name) {
  const auto found = command.args.find(name);
  return found == command.args.end() ? "" : found->second;
}

template <class T>
std::string json_line(const T& x) {
  return boost::json::serialize(http::to_json(x)) + "\n";
}

CommandOutput audit_verify(City& city, const Command&) {
  city.audit.seal();
  const auto report = city.audit.verify();
  CommandOutput output;
  output.out = fmt::format("{} events, {} checkpoints compared, {} erased personal values\nroot {}\n", report.size, report.checkpoints, report.erased, report.root);
  if (report.good()) {
    output.out += "good: nothing was changed, removed, reordered, cut off or put back\n";
  } else {
    for (const auto& one : report.faults) output.err += "fault: " + one + "\n";
    output.exit_code = 1;
  }
  return output;
}

CommandOutput token(City& city, const Command& command) {
  const auto owner = city.identity.find_account(arg(command, "for"));
  if (!owner) return {1, "", "there is no account " + arg(command, "for") + ": name one with --for\n"};
  std::vector<std::string> permissions;
  http::from_text(arg(command, "permissions"), permissions);
  std::int64_t days = 0;
  http::read_int64(arg(command, "days"), days);
  auto actor = identity::system_actor(*city.clock);
  const auto made = city.identity.create_token(actor, arg(command, "name"), permissions, city.clock->today().plus_days(days), *owner);
  if (!made.ok()) return refused(made.fault());
  return {0, made->token + "\n", ""};
}

CommandOutput import_plan(City& city, const Command& command) {
  const auto actor = identity::system_actor(*city.clock);
  const auto imported = city.plan.service().import_plan(actor, arg(command, "file"), command.files.at("file"));
  if (!imported.ok()) return refused(imported.fault());
  const auto& r = *imported;
  CommandOutput output;
  if (arg(command, "json") == "true") {
    output.out = json_line(r);
    return output;
  }
  output.out = fmt::format("{} {}: {}\n{} sentences: {} yielded obligations, {} none, {} wait for a decision; {} obligations found\n", r.agency_name, r.year_roc,
                           r.same_as_before ? "the same file as before, nothing changed" : r.difference.empty() ? "imported as a preview" : fmt::format("{} sentences differ from the text before", r.difference.size()), r.coverage.sentences,
                           r.coverage.obligation, r.coverage.none, r.coverage.undecided, r.obligation_count);
  if (arg(command, "accept") == "true") {
    const auto accepted = city.plan.service().accept_all(actor, r.plan_id, std::nullopt);
    if (!accepted.ok()) return refused(accepted.fault());
    output.out += fmt::format("{} obligations accepted, {} duties made\n", accepted->accepted, accepted->duties);
  } else {
    output.out += "nothing is a duty yet: decide in the console, or run again with --accept\n";
  }
  return output;
}

CommandOutput import_calendar(City& city, const Command& command) {
  const auto imported = city.calendar.service().import_file(identity::system_actor(*city.clock), arg(command, "file"), command.files.at("file"), arg(command, "dry_run") == "true");
  if (!imported.ok()) return refused(imported.fault());
  CommandOutput output;
  for (const auto& f : imported->faults) output.err += csv::path_of(f) + ": " + i18n::text(f.key, Language::en, f.args) + "\n";
  output.exit_code = imported->faults.empty() ? 0 : 1;
  if (arg(command, "json") == "true") {
    output.out = boost::json::serialize(boost::json::object{{"year", imported->year}, {"days", imported->days}, {"changed", imported->changed}, {"due_dates_moved", imported->due_dates_moved}, {"version", imported->version}, {"faults", imported->faults.size()}}) + "\n";
    return output;
  }
  output.out = fmt::format("year {}: {} days, {} changed, {} due dates moved, version {}\n", imported->year, imported->days, imported->changed, imported->due_dates_moved, imported->version);
  return output;
}

CommandOutput import_agencies(City& city, const Command& command) {
  const auto imported = city.agencies.service().import_csv(identity::system_actor(*city.clock), arg(command, "file"), command.files.at("file"), arg(command, "dry_run") == "true", arg(command, "skip_bad") == "true");
  if (!imported.ok()) return refused(imported.fault());
  CommandOutput output;
  for (const auto& f : imported->faults) output.err += csv::path_of(f) + ": " + i18n::text(f.key, Language::en, f.args) + "\n";
  if (arg(command, "json") == "true") {
    output.out = boost::json::serialize(boost::json::object{{"rows", imported->rows}, {"created", imported->created}, {"changed", imported->changed}, {"unchanged", imported->unchanged}, {"faults", imported->faults.size()}}) + "\n";
    return output;
  }
  output.out = fmt::format("{} rows: {} new, {} changed, {} unchanged\n", imported->rows, imported->created, imported->changed, imported->unchanged);
  return output;
}

std::vector<std::int64_t> agency_ids(City& city) {
  std::vector<std::int64_t> ids;
  for (const auto* agency : city.agencies.agencies().snapshot()->list({city.clock->today(), {}})) {
    if (agency->kind != agencies::AgencyKind::city) ids.push_back(agency->id.value);
  }
  return ids;
}

// Reminders as a morning's chasing queues them: all in one transaction.
CommandOutput sample_mails(City& city, std::int64_t count) {
  std::vector<mail::NewMail> mails;
  for (std::int64_t i = 0; i < count; ++i) {
    mail::NewMail one;
    one.kind = "mail.sample";
    one.address = "reminder-" + std::to_string(i) + "@sample.invalid";
    one.letter = {i18n::text("mail.sample_subject", Language::zh_tw), {i18n::text("mail.sample_body", Language::zh_tw)}, {}, "", ""};
    mails.push_back(std::move(one));
  }
  const auto begun = std::chrono::steady_clock::now();
  const auto queued = city.database->write([&](db::Session& s) -> Result<> {
    city.mail.queue(s, mails);
    return done();
  });
  if (!queued.ok()) return refused(queued.fault());
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
  return {0, fmt::format("queued {} mails in {} ms\n", count, took.count()), ""};
}

CommandOutput sample(City& city, const Command& command) {
  CommandOutput output;
  if (is_empty(city)) {
    if (auto made = fill_sample_city(city); !made.ok()) return refused(made.fault());
    output.out += "the sample city was made\n";
  }
  std::int64_t count = 0;
  http::read_int64(arg(command, "duties"), count);
  if (count > 0) {
    const auto filled = city.duties.fill(identity::system_actor(*city.clock), count, agency_ids(city));
    if (!filled.ok()) return refused(filled.fault());
    output.out += fmt::format("{} duties made\n", *filled);
  }
  if (!city.search.started()) city.search.index_all();  // as in a city where they came over two years; a server's own thread does it beside its work
  std::int64_t steps = 0;
  http::read_int64(arg(command, "steps"), steps);
  if (steps > 0) {
    const auto filled = duties::fill_duty_steps(*city.database, identity::system_actor(*city.clock), steps);
    if (!filled.ok()) return refused(filled.fault());
    if (auto skipped = city.followers.skip_to_end(); !skipped.ok()) return refused(skipped.fault());
    output.out += fmt::format("{} steps made\n", *filled);
  }
  std::int64_t mails = 0;
  http::read_int64(arg(command, "mails"), mails);
  if (mails > 0) {
    auto queued = sample_mails(city, mails);
    queued.out.insert(0, output.out);
    return queued;
  }
  return output;
}

// A file for whoever gave the command may be larger than what fits between two processes. What somebody broke off and never fetched is gone after a day.
std::string place_for_file(const City& city) {
  const auto folder = std::filesystem::absolute(city.options.data) / "made";
  std::filesystem::create_directories(folder);
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
  const auto too_old = std::filesystem::file_time_type::clock::now() - std::chrono::hours(24);
  for (const auto& left : std::filesystem::directory_iterator(folder)) {
    if (left.last_write_time() < too_old) std::filesystem::remove(left.path());
  }
  return (folder / std::to_string(next_id())).string();
}

// 112-07 of the Republic, or 2023-07: its first day.
std::optional<Date> parse_month(const std::string& text) {
  const auto dash = text.find('-');
  std::int64_t year = 0;
  std::int64_t month = 0;
  if (dash == std::string::npos || dash > 4 || !http::read_int64(text.substr(0, dash), year) || !http::read_int64(text.substr(dash + 1), month) || year < 1) return std::nullopt;
  return Date::from_ymd(static_cast<int>(year < 1000 ? year + 1911 : year), static_cast<int>(month), 1);
}

// As an account may see it, or as the owner of the data.
CommandOutput report(City& city, const Command& command) {
  auto actor = identity::system_actor(*city.clock);
  if (const auto name = arg(command, "for"); !name.empty()) {
    const auto account = city.identity.find_account(name);
    const auto found = account ? city.database->read([&](db::Session& s) { return city.identity.actor_of(s, *account); }) : std::nullopt;
    if (!found) return {1, "", "there is no account " + name + " in use: name one with --for\n"};
    actor = *found;
  }
  const auto* kind = city.reports.find(arg(command, "name"));
  if (kind == nullptr) {
    std::string known;
    for (const auto& one : city.reports.all()) known += " " + one.name;
    return {2, "", "there is no report " + arg(command, "name") + "; there are:" + known + "\n"};
  }
  if (!identity::may(actor, kind->permission)) return refused(fault(FaultKind::forbidden, "fault.no_permission", {{"permission", i18n::text("permission." + kind->permission, Language::en)}}));
  reports::FileFormat format{};
  if (!http::from_text(arg(command, "format"), format)) return {2, "", "--format takes csv, ods, xlsx or html\n"};
  Date as_of = city.clock->today();
  Instant known_at = city.clock->now();
  if (const auto text = arg(command, "as_of"); !text.empty()) {
    const auto given = Date::parse(text);
    if (!given || *given > city.clock->today()) return {2, "", "--as-of takes a day such as 2023-03-07, not in the future\n"};
    as_of = *given;
  }
  auto known_on = arg(command, "known_on");
  if (const auto text = arg(command, "month"); !text.empty()) {
    const auto month = parse_month(text);
    if (!month || *month > city.clock->today()) return {2, "", "--month takes a month such as 112-07 or 2023-07, not in the future\n"};
    // A month's report of a day is that month as known on the day.
    if (!arg(command, "as_of").empty() && known_on.empty()) known_on = arg(command, "as_of");
    as_of = std::min(month->last_of_month(), city.clock->today());
  }
  if (const auto& text = known_on; !text.empty()) {
    const auto given = Date::parse(text);
    if (!given || *given > city.clock->today()) return {2, "", "--known-on takes a day such as 2023-03-07, not in the future\n"};
    if (*given < city.clock->today()) known_at = taipei_end_of_day(*given);
  }
  auto table = city.reports.ask(kind->name, {city.identity.scope(actor, kind->permission, "duty"), actor.language, reports::read_query(arg(command, "filter")), as_of, known_at, nullptr});
  if (!table.ok()) return refused(table.fault());
  reports::add_making(*table, actor);
  CommandOutput output;
  output.file = place_for_file(city);
  std::ofstream out(output.file, std::ios::binary);
  reports::write_file(*table, format, actor.language, [&](std::string_view piece) { out.write(piece.data(), static_cast<std::streamsize>(piece.size())); });
  out.close();
  if (out) return output;
  std::filesystem::remove(output.file);
  return {1, "", "cannot write " + output.file + ": is the disk full?\n"};
}

// The public part of the city's tenders, as everybody gets it from /open-data.
CommandOutput export_works(City& city, const Command& command) {
  tenders::PackageFormat format{};
  if (!http::from_text(arg(command, "what"), format)) return {2, "", "export takes oc4ids or ocds\n"};
  auto base = arg(command, "url");
  while (!base.empty() && base.back() == '/') base.pop_back();
  CommandOutput output;
  output.file = place_for_file(city);
  std::ofstream out(output.file, std::ios::binary);
  tenders::PackageStream package(city.publication, format, base);
  for (auto piece = package.next(); !piece.empty() && out; piece = package.next()) out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
  out.close();
  if (out) return output;
  std::filesystem::remove(output.file);
  return {1, "", "cannot write " + output.file + ": is the disk full?\n"};
}

CommandOutput search_records(City& city, const Command& command) {
  search::SearchQuery in;
  http::FieldFaults faults;
  const auto read = [&](const char* name, auto& member) {
    const auto text = arg(command, name);
    if (text.empty()) return;
    typename std::decay_t<decltype(member)>::value_type value{};
    if (http::from_text(text, value)) {
      member = std::move(value);
    } else {
      faults.push_back({name, "search.bad_option", {{"value", text}}});
    }
  };
  in.q = arg(command, "q");
  read("kind", in.kind);
  read("origin", in.origin);
  read("state", in.state);
  read("from", in.from);
  read("to", in.to);
  read("district", in.district);
  read("sort", in.sort);
  read("limit", in.limit);
  read("cursor", in.cursor);
  if (!faults.empty()) {
    Fault bad = fault(FaultKind::invalid, "input.invalid");
    bad.fields = std::move(faults);
    return refused(bad);
  }
  const auto found = city.search.parts().find(identity::system_actor(*city.clock), in);
  if (!found.ok()) return refused(found.fault());
  CommandOutput output;
  if (arg(command, "json") == "true") {
    output.out = boost::json::serialize(http::to_json(*found)) + "\n";
    return output;
  }
  for (const auto& place : found->places) output.out += place.name + (place.note.empty() ? "" : "  " + place.note) + "\n";
  for (const auto& row : found->rows) output.out += fmt::format("{}  {}  {}  {}\n", row.number.empty() ? row.kind : row.number, row.on ? row.on->iso() : std::string(10, ' '), row.title, row.agency_name);
  if (found->total) output.out += fmt::format("{}{} found\n", *found->total + found->places_total, found->total_is_capped ? " or more" : "");
  if (found->next) output.out += "more with --cursor " + *found->next + "\n";
  if (found->index_incomplete) output.err = "the index is being made: older records may be missing\n";
  return output;
}

CommandOutput status(City& city, const Command&) {
  const Date today = city.clock->today();
  CommandOutput output;
  const auto row = [&](const char* name, const char* where) {
    const auto count = city.database->read([&](db::Session& s) { return s.value<std::int64_t>(std::string("SELECT COUNT(*) FROM duty WHERE state = 'open' AND ") + where, today); });
    output.out += fmt::format("{:<12}{:>10}\n", name, count);
  };
  row("late", "due_on < ?");
  row("not late", "due_on >= ?");
  return output;
}

// The figures as a table in columns; words where there is no figure.
std::string query_table(const statistics::StatisticAnswer& answer, Language language) {
  std::vector<std::vector<std::string>> lines;
  std::vector<std::string> head;
  for (const auto& d : answer.dimensions) head.push_back(d.label);
  for (const auto& m : answer.measures) head.push_back(m.label);
  lines.push_back(head);
  const auto line = [&](const statistics::StatisticRow& row, bool total) {
    std::vector<std::string> cells;
    for (std::size_t i = 0; i < answer.dimensions.size(); ++i) cells.push_back(total ? (i == 0 ? i18n::text("statistics.total", language) : "") : row.keys[i].label);
    for (const auto& cell : row.cells) cells.push_back(cell.rate ? cell.rate->text() + "%" : cell.state == statistics::CellState::filed ? std::to_string(cell.value.value_or(0)) : i18n::text(std::string("cell.") + boost::describe::enum_to_string(cell.state, ""), language));
    lines.push_back(std::move(cells));
  };
  for (const auto& row : answer.rows) line(row, false);
  line(answer.total, true);
  std::vector<std::size_t> widths(head.size(), 0);
  for (const auto& cells : lines) {
    for (std::size_t i = 0; i < cells.size(); ++i) widths[i] = std::max(widths[i], display_width(cells[i]));
  }
  std::string out;
  for (const auto& cells : lines) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string space(widths[i] - display_width(cells[i]), ' ');
      out += (i == 0 ? "" : "  ") + (i < answer.dimensions.size() ? cells[i] + space : space + cells[i]);
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    out += "\n";
  }
  return out;
}

CommandOutput query(City& city, const Command& command) {
  const auto given = [&](const char* name) { return arg(command, name).empty() ? std::nullopt : std::optional(arg(command, name)); };
  const auto day = [&](const char* name) { return Date::parse(arg(command, name)); };
  for (const char* name : {"from", "to", "as_known_on"}) {
    if (given(name) && !day(name)) return refused(field_fault(name, "input.expected_date"));
  }
  const auto actor = identity::system_actor(*city.clock);
  statistics::StatisticQuery in{given("dataset"), given("by"), given("measures"), given("where"), given("period"), day("from"), day("to"), arg(command, "compare") == "true", arg(command, "empty") == "true", day("as_known_on")};
  const auto answer = city.statistics.ask(actor, in);
  if (!answer.ok()) return refused(answer.fault());
  return {0, arg(command, "json") == "true" ? boost::json::serialize(http::to_json(*answer)) + "\n" : query_table(*answer, actor.language), ""};
}

using Function = CommandOutput (*)(City&, const Command&);
const std::map<std::string, Function>& functions() {
  static const std::map<std::string, Function> table = {{"audit verify", audit_verify}, {"token", token},   {"import plan", import_plan}, {"import calendar", import_calendar}, {"import agencies", import_agencies}, {"import table", import_table},
                                                        {"sample", sample},             {"status", status},         {"query", query},   {"report", report}, {"search", search_records}, {"pack verify", verify_pack}, {"export", export_works}};
  return table;
}

}  // namespace

std::string fault_text(const Fault& f) {
  std::string out = i18n::text(f.key, Language::en, f.args) + "\n";
  for (const auto& field : f.fields) out += "  " + (field.path.empty() ? "" : field.path + ": ") + i18n::text(field.key, Language::en, field.args) + "\n";
  return out;
}

CommandOutput run_command(City& city, const Command& command) {
  const auto found = functions().find(command.name);
  if (found == functions().end()) return {2, "", "the server does not know the command " + command.name + "\n"};
  try {
    return found->second(city, command);
  } catch (const std::exception& e) {
    return {1, "", std::string(e.what()) + "\n"};
  }
}

std::vector<std::string> command_names() {
  std::vector<std::string> names;
  for (const auto& [name, function] : functions()) names.push_back(name);
  return names;
}

std::string output_to_json(const CommandOutput& output) {
  return boost::json::serialize(boost::json::object{{"exit_code", output.exit_code}, {"out", output.out}, {"err", output.err}, {"file", output.file}});
}

CommandOutput output_from_json(const std::string& text) {
  const auto object = boost::json::parse(text).as_object();
  if (!object.contains("exit_code")) throw std::runtime_error("the running server refused the command: " + text);
  const auto word = [&](const char* name) { return std::string(object.at(name).as_string()); };
  return {static_cast<int>(object.at("exit_code").as_int64()), word("out"), word("err"), word("file")};
}

std::string command_to_json(const Command& command) {
  boost::json::object args;
  boost::json::object files;
  for (const auto& [name, value] : command.args) args[name] = value;
  for (const auto& [name, value] : command.files) files[name] = value;
  return boost::json::serialize(boost::json::object{{"name", command.name}, {"args", args}, {"files", files}});
}

Command command_from_json(const std::string& text) {
  const auto object = boost::json::parse(text).as_object();
  Command command;
  command.name = object.at("name").as_string().c_str();
  for (const auto& pair : object.at("args").as_object()) command.args[std::string(pair.key())] = std::string(pair.value().as_string());
  for (const auto& pair : object.at("files").as_object()) command.files[std::string(pair.key())] = std::string(pair.value().as_string());
  return command;
}

}  // namespace mandate::app
