// Texts of people that every page may need: what an account must do first, whom one stands in for.
export const zhPeople = {
  must: {
    title: "請先完成帳號設定",
    password: "您的密碼已超過效期。請到「登入安全」變更密碼，完成後即可辦理業務。",
    second_step: "依規定，您的帳號必須啟用兩步驟驗證。請到「登入安全」設定驗證器，完成後即可辦理業務。",
    soon: (date: string) => `依規定，您的帳號須在 ${date} 前啟用兩步驟驗證，逾期將無法辦理業務。`,
    set_up: "立即設定",
  },
  acting: {
    now: (names: string) => `您目前代理 ${names}，其職務的列管事項列在「我的事項」。`,
    here: (name: string) => `您以 ${name} 代理人的身分查看；辦理時，紀錄會註明代理。`,
  },
};
