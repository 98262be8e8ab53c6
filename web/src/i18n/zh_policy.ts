// Texts of policy values.
export const zhPolicy = {
  policies: {
    title: "管考參數",
    lead: (count: string, unsourced: string) => `現行參數 **${count} 項**，其中 **${unsourced} 項**未載明來源。`,
    name: "參數",
    value: "現行值",
    valid_from: "生效日",
    source: "依據",
    unsourced: "未載明來源",
    changed_by: "設定人",
    history: "歷次設定",
    add: "新增設定值",
    add_title: (name: string) => `新增「${name}」設定值`,
    add_hint: "已結束月份仍依當時有效的規定評定，不受新值影響。",
    new_value: "新值",
    source_hint: "法規或簽准文號；沒有依據時請留白，將標示為未載明來源",
    as_of: "有效日期",
    said: "已新增設定值",
    empty: "這一天沒有有效的參數",
    until: (date: string) => `至 ${date}`,
  },
};
