// How a work stands, in words for everybody: pure, so that each case has a test.
#pragma once

#include "modules/tenders/publication.hpp"

namespace mandate::tenders {

// late: by the policies of the newest accepted period; severe implies late.
struct WorkStanding {
  const char* code = "not_yet_due";  // of the class status--*
  std::string status;                // "落後"
  std::string lead;                  // the answer, in a sentence
  std::string note;                  // what is missing or under review behind it; "": nothing
  std::string lag;                   // "12.34 個百分點，約 1.5 個月"; "—" when it is not known
};
WorkStanding standing_of(const tracking::PublishedItem& item, bool late, bool severe, Language language);

std::string month_name(Date period, tracking::PeriodType every, Language language);
std::string lag_words(const tracking::PublishedFigure& figure, Language language);
std::string dollars(std::int64_t amount, Language language);  // with thousands separated

}  // namespace mandate::tenders
