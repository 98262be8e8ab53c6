#include "foundation/comments/api.hpp"

namespace mandate::comments {

const std::vector<i18n::Message>& comment_messages() {
  static const std::vector<i18n::Message> messages = {
      {"comment.no_detail", "您只能看到這筆資料的摘要，不能參與討論。", "You see only a summary of this record and take no part in its talk."},
      {"comment.not_yours", "這筆資料不在您的權責範圍，不能留言。", "This record is outside your responsibility."},
      {"comment.too_many_mentions", "一則留言最多提及 {max} 人。", "A comment mentions at most {max} people."},
      {"comment.cannot_read", "此人無權檢視這筆資料，不能提及。", "This person may not read the record and cannot be mentioned."},
      {"comment.not_found", "沒有這則留言。", "There is no such comment."},
      {"comment.only_own", "只能修改或收回自己的留言。", "Only the writer changes or withdraws a comment."},
      {"comment.withdrawn", "這則留言已收回。", "This comment was withdrawn."},
      {"comment.stale", "這則留言剛在另一個視窗修改過，請重新載入。", "This comment was changed in another window; reload it."},
      {"notice.comment.mention", "{actor}在討論中提及您。", "{actor} mentioned you."},
      {"notice.comment.added", "{actor}在討論中留言。", "{actor} commented."},
      {"event.comment.added", "留言", "Commented"},
      {"event.comment.changed", "修改留言", "Changed a comment"},
      {"event.comment.withdrawn", "收回留言", "Withdrew a comment"},
      {"permission.comment.read", "查看討論", "Read comments"},
      {"permission.comment.add", "留言", "Comment"},
  };
  return messages;
}

}  // namespace mandate::comments
