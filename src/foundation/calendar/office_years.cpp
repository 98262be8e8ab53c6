#include "foundation/calendar/office_years.hpp"

#include "foundation/calendar/rules.hpp"

namespace mandate::calendar {
namespace {

// "-0102補假": the office is closed on 2 January; "+0107補行上班": it is open on the 7th.
struct Edition {
  int year;
  const char* note;
  const char* exceptions;
};

constexpr Edition editions[] = {
    {2023, "112年辦公日曆表",
     "-0101開國紀念日 -0102補假 +0107補行上班 -0120小年夜 -0121農曆除夕 -0122春節 -0123春節 -0124春節 -0125補假 -0126補假 -0127調整放假 +0204補行上班 +0218補行上班 "
     "-0227調整放假 -0228和平紀念日 +0325補行上班 -0403調整放假 -0404兒童節 -0405民族掃墓節 +0617補行上班 -0622端午節 -0623調整放假 +0923補行上班 -0929中秋節 "
     "-1009調整放假 -1010國慶日"},
    {2024, "113年辦公日曆表",
     "-0101開國紀念日 -0208小年夜 -0209農曆除夕 -0210春節 -0211春節 -0212春節 -0213補假 -0214補假 +0217補行上班 -0228和平紀念日 -0404兒童節及民族掃墓節 -0405補假 "
     "-0610端午節 -0917中秋節 -1010國慶日"},
    {2025, "114年辦公日曆表",
     "-0101開國紀念日 -0127小年夜 -0128農曆除夕 -0129春節 -0130春節 -0131春節 +0208補行上班 -0228和平紀念日 -0403補假 -0404兒童節及民族掃墓節 -0530補假 -0531端午節 "
     "-1006中秋節 -1010國慶日"},
    {2025, "114年辦公日曆表（依114年5月公布之紀念日及節日實施條例修正）",
     "-0101開國紀念日 -0127小年夜 -0128農曆除夕 -0129春節 -0130春節 -0131春節 +0208補行上班 -0228和平紀念日 -0403補假 -0404兒童節及民族掃墓節 -0530補假 -0531端午節 "
     "-0928孔子誕辰紀念日/教師節 -0929補假 -1006中秋節 -1010國慶日 -1024補假 -1025臺灣光復暨金門古寧頭大捷紀念日 -1225行憲紀念日"},
    {2026, "115年辦公日曆表",
     "-0101開國紀念日 -0215小年夜 -0216農曆除夕 -0217春節 -0218春節 -0219春節 -0220補假 -0227補假 -0228和平紀念日 -0403補假 -0404兒童節 -0405清明節 -0406補假 "
     "-0501勞動節 -0619端午節 -0925中秋節 -0928孔子誕辰紀念日/教師節 -1009補假 -1010國慶日 -1025臺灣光復暨金門古寧頭大捷紀念日 -1026補假 -1225行憲紀念日"},
};

}  // namespace

std::vector<OfficeYear> office_years() {
  std::vector<OfficeYear> years;
  for (const auto& edition : editions) {
    CalendarDays days;
    const Date first = *Date::from_ymd(edition.year, 1, 1);
    const Date last = *Date::from_ymd(edition.year, 12, 31);
    for (Date on = first; on <= last; on = on.plus_days(1)) days.put(ordinary_day(on));
    std::string_view rest = edition.exceptions;
    while (!rest.empty()) {
      const auto end = std::min(rest.find(' '), rest.size());
      const auto word = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      const int month = (word[1] - '0') * 10 + (word[2] - '0');
      const int day = (word[3] - '0') * 10 + (word[4] - '0');
      days.put(day_from_file(*Date::from_ymd(edition.year, month, day), word[0] == '-', std::string(word.substr(5))));
    }
    years.push_back({edition.year, edition.note, days.between(first, last)});
  }
  return years;
}

}  // namespace mandate::calendar
