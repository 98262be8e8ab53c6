// Texts of people that every page may need: the second step, what an account must do first, whom one stands in for.
export const zhPeople = {
  second_step: {
    title: "兩步驟驗證",
    text: "請輸入手機驗證器上顯示的六位數字；手機不在身邊時，可輸入備用碼。",
    code: "驗證碼或備用碼",
    back: "回上一步",
    wrong: "驗證碼不正確或已用過",
    wrong_cure: "請輸入目前顯示的六位數字；剛用過的數字請等下一組，或改用未用過的備用碼。",
  },
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
