#include "foundation/search/api.hpp"

namespace mandate::search {

const std::vector<i18n::Message>& search_messages() {
  static const std::vector<i18n::Message> messages = {
      {"search.no_words", "請輸入要查詢的字詞。", "Type what to look for."},
      {"search.too_many_words", "一次最多查詢 {max} 個字詞。", "At most {max} words at a time."},
      {"search.bad_option", "無法辨識「{value}」。", "“{value}” cannot be read."},
      {"search.to_before_from", "迄日不可早於起日。", "The last day is before the first."},
  };
  return messages;
}

}  // namespace mandate::search
