// The column 期程 of a table: when the duties of its row are due that say nothing of their own time.
#pragma once

#include "modules/planreader/obligations.hpp"
#include "modules/planreader/reader.hpp"

#include <string_view>

namespace mandate::plan_reader {

// Gives the row's one time (每月, 6月底前) to the obligations of `read` without a time, and makes an obligation of a duty that names nothing
// but what is done, when it is the row's only sentence. Does nothing where the row runs all year or has several times.
void apply_period(ReadSentence& read, const Row& row, std::u32string_view sentence, bool only_sentence);

}  // namespace mandate::plan_reader
