#include "app/sample_plan.hpp"

namespace mandate::app {
namespace {

constexpr const char* text = R"(臺中市政府研究發展考核委員會{Y}年度施政計畫

壹、前言

本會負責市政規劃、管制考核、為民服務與資訊公開，協助各機關把答應市民的事如期做到，並讓市民隨時查得到進度。

貳、年度施政目標及策略

一、青年參與

(一)青年事務諮詢委員會

邀集不同領域的青年共同討論市政議題，由本會追蹤各機關回應情形。

二、強化管考

(一)分層管考

由機關先自主管理，再由本會逐案檢討，需要跨機關協調的事項提報府層級會議。

三、便民服務

(一)陳情與1999

簡化陳情流程，讓市民看得到案件走到哪裡。

參、年度重要計畫

工作計畫名稱	重要計畫項目	實施內容
青年參與	青年事務諮詢委員會	一、於{Y}年3月及9月各召開一次委員大會，邀請80位委員出席。 二、每季彙整各機關回應情形，提報委員會備查。
強化管考	標案進度管制	一、各機關每月召開標案進度會報，就落後案件提出改善措施。 二、本會每月召開府級檢討會議，請整體執行率未達9成之機關報告，並逐案檢討進度落後10%以上之標案。
	公文時效管考	一、每月公布各機關公文處理時效統計。 二、每年擇定時效最後5名之機關辦理實地檢核。
	一般性補助款管考	一、每年1月底前完成選案審查。 二、3月底前完成計畫檢核點設定。 三、每月7日前完成執行進度填報。
	重大建設追蹤	每季檢討重大建設執行情形，必要時邀請副市長主持協調會議。
工程品質	施工品質查核	一、本年度查核件數達{N}件以上。 二、每半年辦理一次查核人員教育訓練。
	道路品質抽驗	建設局每月辦理道路鋪面抽驗，並於次月10日前公布結果。
便民服務	陳情系統精進	一、持續優化陳情系統功能。 二、每季提出陳情案件分析報告，供各機關檢討。
	1999話務服務	一、每年辦理1次備援切換演練。 二、每月彙整市民關心議題，送各機關參考。
{EXTRA}透明市政	合作備忘錄公開	各機關應於簽訂後30日內公開合作備忘錄，本會每半年抽查一次。
)";

std::string replaced(std::string out, const std::string& mark, const std::string& value) {
  for (auto at = out.find(mark); at != std::string::npos; at = out.find(mark, at + value.size())) out.replace(at, mark.size(), value);
  return out;
}

}  // namespace

std::string sample_plan(int year_roc, bool present) {
  std::string out = replaced(text, "{Y}", std::to_string(year_roc));
  out = replaced(out, "{N}", present ? "220" : "200");
  return replaced(out, "{EXTRA}", present ? "區域合作\t跨縣市治理平臺\t一、每季召開跨縣市工作會議。 二、於11月辦理年度成果發表會，提出至少10項合作案。\n" : "");
}

}  // namespace mandate::app
