// Texts of people: signing in safely, accounts' addresses.
export const zhPeople = {
  security: {
    title: "登入安全",
    lead: "您登入系統的方式，與系統寄信給您的信箱。只有您自己能在這裡變更。",
    login_name: "帳號",
    display_name: "姓名",
    email: "電子郵件",
    no_email: "未填寫；系統無法寄信給您",
    edit_email: "變更電子郵件",
    email_hint: "通知、稽催與重設密碼的連結會寄到這個信箱；留空表示不收信",
    present_password: "目前的密碼",
    present_password_hint: "確認是您本人在操作",
    email_saved: "已變更電子郵件",
    devices: "登入裝置",
    devices_text: "查看您的帳號目前在哪些裝置登入，並登出不認得的裝置。",
  },
  account_mail: {
    email: "電子郵件",
    none: "—",
    hint: "選填；通知與重設密碼的連結寄到這裡",
    edit: "設定電子郵件",
    title: (name: string) => `設定 ${name} 的電子郵件`,
    saved: "已設定電子郵件",
    bad: "電子郵件格式不正確，請以 name@example.gov.tw 的樣式填寫",
  },
};
