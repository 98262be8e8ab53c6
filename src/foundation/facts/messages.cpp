#include "foundation/facts/api.hpp"

namespace mandate::facts {

const std::vector<i18n::Message>& fact_messages() {
  static const std::vector<i18n::Message> messages = {
      {"facts.being_read", "統計資料正在重建（{percent}%），請稍候再試。", "The figures are being rebuilt ({percent} %); try again in a moment."},
      {"facts.log_busy", "剛有大量異動，統計資料尚未跟上，請稍候再試。", "Many changes came just now and the figures have not caught up; try again in a moment."},
      {"facts.unknown_dataset", "沒有「{name}」這種統計資料。", "There is no data set {name}."},
      {"facts.unknown_dimension", "沒有「{name}」這個分類。", "There is no dimension {name}."},
      {"facts.too_many_dimensions", "分類最多 {max} 個。", "At most {max} dimensions."},
      {"facts.too_many_groups", "結果超過 {max} 組，請減少分類或縮小範圍。", "More than {max} groups: take fewer dimensions or narrow the question."},
      {"facts.too_many_alternatives", "您的權責範圍太分散，無法一次統計。", "Your scope has too many parts to be counted at once."},
      {"facts.no_past", "這種統計無法回溯到過去的時點。", "This data set cannot be asked as known on a past day."},
  };
  return messages;
}

}  // namespace mandate::facts
