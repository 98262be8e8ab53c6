// Texts of jobs.
export const zhJobs = {
  jobs: {
    names: { "duties.extend_series": "產生定期事項的下一期", "http.forget_idempotency": "清除逾期的重送紀錄", "identity.forget_sessions": "清除過期的登入與鎖定", "audit.verify": "驗證稽核紀錄", "mail.forget": "刪除逾保存日數的郵件", "jobs.forget_done": "刪除九十天前完成的作業紀錄", "system.measure": "測量儲存空間", "reports.send": "寄送排程報表" },
    seconds: (seconds: number) => (seconds % 86400 === 0 ? `每 ${seconds / 86400} 天` : seconds % 3600 === 0 ? `每 ${seconds / 3600} 小時` : seconds % 60 === 0 ? `每 ${seconds / 60} 分鐘` : `每 ${seconds} 秒`),
    title: "排程作業",
    lead: (failed: string, waiting: string) => `失敗 **${failed} 件**，等候執行 **${waiting} 件**。`,
    kind: "作業",
    state: "狀態",
    states: { waiting: "等候中", running: "執行中", done: "完成", failed: "失敗", cancelled: "已放棄" },
    run_at: "執行時間",
    attempts: "次數",
    progress: "進度",
    last_error: "錯誤訊息",
    schedules: "固定排程",
    every: "頻率",
    last_run: "上次執行",
    next_run: "下次執行",
    empty: "目前沒有作業",
    empty_hint: "匯入、重新計算期限與提醒等作業執行時會列在這裡。",
  },
};
