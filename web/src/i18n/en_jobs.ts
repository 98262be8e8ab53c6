import type { zhJobs } from "./zh_jobs";

export const enJobs: typeof zhJobs = {
  jobs: {
    names: { "duties.extend_series": "Makes the next occurrences of recurring duties", "http.forget_idempotency": "Forgets old repeated requests", "identity.forget_sessions": "Forgets ended sessions and locks", "audit.verify": "Verifies the audit log", "mail.forget": "Deletes mail kept long enough", "jobs.forget_done": "Deletes jobs done ninety days ago", "system.measure": "Measures what the data takes", "reports.send": "Sends scheduled reports" },
    seconds: (seconds) => (seconds % 86400 === 0 ? `every ${seconds / 86400} d` : seconds % 3600 === 0 ? `every ${seconds / 3600} h` : seconds % 60 === 0 ? `every ${seconds / 60} min` : `every ${seconds} s`),
    title: "Jobs",
    lead: (failed, waiting) => `**${failed}** failed, **${waiting}** waiting.`,
    kind: "Job",
    state: "State",
    states: { waiting: "Waiting", running: "Running", done: "Done", failed: "Failed", cancelled: "Given up" },
    run_at: "Runs at",
    attempts: "Attempts",
    progress: "Progress",
    last_error: "Fault",
    schedules: "Schedules",
    every: "Every",
    last_run: "Last run",
    next_run: "Next run",
    empty: "No jobs",
    empty_hint: "Imports, recomputed due dates and reminders appear here while they run.",
  },
};
