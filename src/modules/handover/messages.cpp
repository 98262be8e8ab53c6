#include "modules/handover/module.hpp"

namespace mandate::handover {

std::vector<i18n::Message> handover_messages() {
  return {
      {"handover.not_found", "沒有這份交接清冊，或您不在交接人員之列。", "There is no such handover list, or none that names you."},
      {"handover.not_yours", "只有移交人與接收人可以加註。", "Only who leaves and who comes may add notes."},
      {"handover.signed", "這一欄已經簽署，內容不可再更動。", "This part is signed already and stays as it is."},
      {"handover.no_item", "清冊中沒有這一件。", "The list has no such duty."},
      {"handover.vacant", "這個職務尚無接收人，請待派任後再簽收。", "Nobody has come to this post yet."},
      {"handover.not_your_signature", "這一欄須由本人簽署，請由移交人、接收人或其主管各自簽署。", "Each signs their own part: who leaves, who comes, and their supervisor."},
      {"event.handover.made", "製作交接清冊：{post}（{changes_on} 異動）", "Made a handover list: {post} (on {changes_on})"},
      {"event.handover.corrected", "更正交接清冊（{changes_on} 異動）", "Set a handover list right (on {changes_on})"},
      {"event.handover.dropped", "異動取消，交接清冊作廢", "Nobody leaves after all; the handover list is void"},
      {"event.handover.noted", "加註交接清冊", "Added a note to a handover list"},
      {"event.handover.signed_leaving", "移交人簽署交接清冊", "Who leaves signed the handover list"},
      {"event.handover.signed_coming", "接收人簽收交接清冊", "Who comes signed the handover list"},
      {"event.handover.signed_supervisor", "監交人簽署交接清冊", "A supervisor signed the handover list"},
  };
}

}  // namespace mandate::handover
