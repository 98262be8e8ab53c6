// Commands that touch the data. With a server running on the same folder they are run by it, through its Unix socket; without one they open the
// data themselves. The command line is read where it was typed, files included, so that paths mean what the person meant.
#pragma once

#include "app/city.hpp"

#include <map>
#include <string>
#include <vector>

namespace mandate::app {

struct Command {
  std::string name;                         // "audit verify"
  std::map<std::string, std::string> args;
  std::map<std::string, std::string> files;  // argument name -> content
};

struct CommandOutput {
  int exit_code = 0;
  std::string out;
  std::string err;
  std::string file = {};  // for --out: where it was made, in the data folder; whoever asked moves it to its place
};

CommandOutput run_command(City& city, const Command& command);
std::vector<std::string> command_names();

std::string output_to_json(const CommandOutput& output);
CommandOutput output_from_json(const std::string& text);
std::string command_to_json(const Command& command);
Command command_from_json(const std::string& text);

// A fault as a person at a terminal reads it: the sentence, then each field with its own.
std::string fault_text(const Fault& fault);

}  // namespace mandate::app
