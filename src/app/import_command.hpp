// `mandate import duties FILE` and its kind: records of a table, by foundation/imports.
#pragma once

#include "app/command.hpp"

namespace mandate::app {

// Arguments: kind, path (absolute: the file is read where the data is), dry_run, skip_bad, json, mapping (JSON, "" for the file's own titles).
CommandOutput import_table(City& city, const Command& command);

}  // namespace mandate::app
