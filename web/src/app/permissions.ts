import type { Session } from "../api/types";

/** The permissions the console asks about. The server decides; this only keeps useless doors out of sight. */
export const permission = {
  duties: "duty.read",
  create_duty: "duty.create",
  statistics: "duty.read",
  chases: "chase.read",
  make_chases: "chase.make",
  meetings: "meeting.read",
  issue_reports: "report.issue",
  schedule_reports: "report.schedule",
  plans: "plan.read",
  import_plan: "plan.import",
  decide_plan: "plan.decide",
  agencies: "agency.read",
  edit_agencies: "agency.edit",
  calendar: "calendar.read",
  edit_calendar: "calendar.edit",
  policies: "policy.read",
  edit_policies: "policy.edit",
  audit: "audit.read",
  jobs: "jobs.read",
  edit_jobs: "jobs.edit",
  system: "system.health",
  labels: "label.read",
  edit_labels: "label.edit",
  mail: "mail.read",
  edit_mail: "mail.edit",
  accounts: "account.read",
  edit_accounts: "account.edit",
  edit_deputies: "deputy.edit",
  tokens: "token.edit",
  imports: "import.read",
  bring_files: "import.use",
  tracking: "tracking.read",
  file_progress: "tracking.file",
  control_works: "tracking.control",
} as const;

export type Permission = keyof typeof permission;

export function may(session: Session, what: Permission): boolean {
  return session.permissions.includes(permission[what]);
}
