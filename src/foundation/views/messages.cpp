#include "foundation/views/api.hpp"

namespace mandate::views {

const std::vector<i18n::Message>& view_messages() {
  static const std::vector<i18n::Message> messages = {
      {"view.not_found", "沒有這個檢視。", "There is no such view."},
      {"view.not_yours", "只能修改自己建立的檢視。", "Only its maker changes a view."},
      {"view.name_taken", "您已有同名的檢視。", "You have a view of this name."},
      {"view.bad_page", "這一頁不能儲存檢視。", "Views of this page cannot be kept."},
      {"view.bad_query", "檢視的條件有無法辨識的內容。", "The filters of the view cannot be read."},
  };
  return messages;
}

}  // namespace mandate::views
