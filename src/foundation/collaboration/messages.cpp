#include "foundation/collaboration/api.hpp"

namespace mandate::collaboration {

const std::vector<i18n::Message>& collaboration_messages() {
  static const std::vector<i18n::Message> messages = {
      {"collaboration.unknown_kind", "這類資料沒有這項功能。", "Records of this kind have no such thing."},
      {"collaboration.not_to_change", "您不能變更這筆資料。", "You cannot change this record."},
      {"link.not_found", "沒有這個關聯，或已移除。", "There is no such link, or it was taken away."},
      {"link.no_other", "沒有這筆資料，或不在您的權責範圍。", "There is no such record, or it is not yours to see."},
      {"link.itself", "不可與自己建立關聯。", "A record is not linked with itself."},
      {"link.there_already", "這兩筆已有相同的關聯。", "They are linked like that already."},
      {"link.circle", "這樣會形成循環（互相等待），請檢查順序。", "That would make a circle in which each waits for the other; check their order."},
      {"link.too_many", "每筆資料最多 {max} 個關聯。", "A record has at most {max} links."},
      {"checklist.not_found", "沒有這個檢核項目，或已移除。", "There is no such item, or it was taken off."},
      {"checklist.too_many", "檢核表最多 {max} 項。", "A checklist has at most {max} items."},
      {"checklist.stale", "檢核表剛被他人更新，請重新載入後再排序。", "Somebody changed the checklist meanwhile; reload it and order it again."},
      {"permission.collaboration.read", "查看關聯、檢核表與歷程", "See links, checklists and timelines"},
      {"permission.collaboration.change", "維護關聯與檢核表", "Edit links and checklists"},
      {"link.word.relates", "相關", "relates to"},
      {"link.word.relates_inverse", "相關", "relates to"},
      {"link.word.blocks", "須先完成本筆", "blocks"},
      {"link.word.blocks_inverse", "須等候另一筆", "is blocked by"},
      {"link.word.duplicates", "與另一筆重複", "duplicates"},
      {"link.word.duplicates_inverse", "另一筆重複本筆", "is duplicated by"},
      {"link.word.follows", "接續另一筆", "follows"},
      {"link.word.follows_inverse", "由另一筆接續", "is followed by"},
      {"event.link.added", "建立關聯（{relation}）", "Linked ({relation})"},
      {"event.link.removed", "移除關聯（{relation}）", "Took a link away ({relation})"},
      {"event.checklist.added", "新增檢核項目「{text}」", "Added to the checklist: “{text}”"},
      {"event.checklist.changed", "檢核項目由「{before}」改為「{text}」", "Changed in the checklist: “{before}” to “{text}”"},
      {"event.checklist.done", "完成檢核項目「{text}」", "Ticked “{text}”"},
      {"event.checklist.undone", "取消完成「{text}」", "Unticked “{text}”"},
      {"event.checklist.removed", "移除檢核項目「{text}」", "Took off the checklist: “{text}”"},
      {"event.checklist.ordered", "調整檢核表順序", "Put the checklist in another order"},
  };
  return messages;
}

}  // namespace mandate::collaboration
