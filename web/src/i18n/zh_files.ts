// Texts of choosing a file and of what is wrong in it.
export const zhFiles = {
  file_drop: {
    drop: "將檔案拖放到這裡，或",
    choose: "選擇檔案",
    chosen: (name: string, size: string) => `已選擇：${name}（${size}）`,
    empty_file: "這個檔案是空的，請確認是否選錯檔案",
  },
  csv_import: {
    more_faults: (count: number) => `另有 ${count} 個問題未列出。`,
    title: "匯入機關資料",
    lead: "先試匯入，列出每一列的問題；確認無誤後才會寫入。",
    file: "CSV 檔",
    dry_run: "試匯入",
    commit: "正式匯入",
    result: (rows: number, created: number, changed: number, unchanged: number) => `共 ${rows} 列：新增 ${created}、修改 ${changed}、相同 ${unchanged}。`,
    faults: (count: number) => `有 ${count} 個問題，未寫入任何資料`,
    line: "行",
    column: "欄",
    message: "問題",
    no_faults: "沒有發現問題，可以正式匯入。",
    done: "已匯入機關資料",
    choose_first: "請先選擇 CSV 檔",
  },
  columns: {
    code: "代碼", name: "名稱", short_name: "簡稱", aliases: "別名", kind: "類別", parent_code: "上級機關代碼", valid_from: "生效日", valid_to: "迄日", self_governing: "自治", contact_name: "窗口名稱", phone: "電話", email: "電子郵件",
    date: "日期", week: "星期", is_holiday: "是否放假", isHoliday: "是否放假", description: "備註", note: "備註",
  },
};
