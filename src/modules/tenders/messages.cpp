#include "modules/tenders/service.hpp"

namespace mandate::tenders {

const std::vector<i18n::Message>& tender_messages() {
  static const std::vector<i18n::Message> messages = {
      {"tracking.kind.tender", "標案", "Tenders"},
      {"tender.no_status", "沒有這個執行狀態代碼。", "There is no such execution status."},
      {"tender.above_budget", "不可高於工程預算。", "More than the budget."},
      {"tender.ends_before_start", "契約完工日早於開工日。", "The contract ends before it begins."},
      {"tender.half_a_place", "經緯度須一起填。", "Give both coordinates or neither."},
      {"tender.not_in_taiwan", "座標不在臺灣範圍內，請確認經緯度是否對調。", "Outside of Taiwan: are the two swapped?"},
      {"tender.needed_when_started", "已開工，請先填決標金額與契約完工日。", "Works have started: award price and contract finish are needed."},
      {"event.tender.edited", "修改標案資料（執行狀態 {status}）", "Edited the tender (status {status})"},
  };
  return messages;
}

}  // namespace mandate::tenders
