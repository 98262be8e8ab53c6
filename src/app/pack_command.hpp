// `mandate pack verify FILE`: whether a pack file is what was frozen. By itself against the hash it carries; where the data is at hand, against the ledger.
#pragma once

#include "app/command.hpp"

namespace mandate::app {

// Whether the file holds a pack, changed or not, that a ledger can be asked for.
bool names_a_pack(const std::string& file);
// The file alone, without any data.
CommandOutput verify_pack_alone(const std::string& file, bool json);
// With the ledger; a command of the table in command.cpp ("pack verify").
CommandOutput verify_pack(City& city, const Command& command);

}  // namespace mandate::app
