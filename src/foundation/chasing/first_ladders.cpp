#include "foundation/chasing/service.hpp"

namespace mandate::chasing {

std::vector<Ladder> first_ladders() {
  const Date founding = *Date::parse("2010-12-25");  // the municipality's first day
  // The day before and three days after: the cadence with which a hospital brought its overdue documents down from 75 days to 7 (高醫：落實公文稽催機制).
  const std::string practice = "unsourced：本府規定未能查得；期前一日與逾期三日參考公文稽催實務，其餘為建議值";
  const auto c = DayCount::calendar_day;
  const auto w = DayCount::working_day;
  return {
      {{}, {}, founding, practice, {{-7, c, Audience::owner, 0}, {-1, w, Audience::owner, 0}, {0, c, Audience::owner, 0}, {3, c, Audience::owner, 7}, {3, c, Audience::liaison, 0}, {7, c, Audience::unit_head, 0}, {15, c, Audience::agency_head, 0}, {30, c, Audience::rdec, 0}}},
      // Documents have days where plans have months.
      {{}, {std::string("document"), {}, {}}, founding, practice, {{-1, w, Audience::owner, 0}, {0, c, Audience::owner, 0}, {1, w, Audience::owner, 3}, {3, c, Audience::unit_head, 0}, {7, c, Audience::liaison, 0}, {15, c, Audience::agency_head, 0}, {30, c, Audience::rdec, 0}}},
      {{}, {std::string("petition"), {}, {}}, founding, practice, {{-2, w, Audience::owner, 0}, {0, c, Audience::owner, 0}, {1, w, Audience::owner, 3}, {1, w, Audience::unit_head, 0}, {5, w, Audience::agency_head, 0}, {10, w, Audience::rdec, 0}}},
      {{}, {{}, duties::Severity::critical, {}}, founding, practice, {{-14, c, Audience::owner, 0}, {-7, c, Audience::owner, 0}, {-3, c, Audience::unit_head, 0}, {-1, w, Audience::owner, 0}, {0, c, Audience::owner, 0}, {1, w, Audience::owner, 3}, {1, w, Audience::unit_head, 0}, {3, c, Audience::agency_head, 0}, {7, c, Audience::rdec, 0}}},
      // Nobody is told of a confidential duty who need not know: its owner, and the head of the agency when it is late.
      {{}, {{}, {}, duties::Confidentiality::confidential}, founding, practice, {{-7, c, Audience::owner, 0}, {-1, w, Audience::owner, 0}, {0, c, Audience::owner, 0}, {3, c, Audience::owner, 7}, {7, c, Audience::unit_head, 0}, {15, c, Audience::agency_head, 0}}},
  };
}

}  // namespace mandate::chasing
