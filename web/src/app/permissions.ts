import type { Session } from "../api/types";

/** The permissions the console asks about. The server decides; this only keeps useless doors out of sight. */
export const permission = {
  duties: "duties.read",
  create_duty: "duties.create",
  statistics: "duties.read",
  plans: "plans.read",
  import_plan: "plans.import",
  decide_plan: "plans.decide",
  agencies: "agencies.read",
  edit_agencies: "agencies.write",
  calendar: "calendar.read",
  edit_calendar: "calendar.write",
  policies: "policies.read",
  edit_policies: "policies.write",
  audit: "audit.read",
  jobs: "jobs.read",
  accounts: "accounts.read",
  edit_accounts: "accounts.write",
  tokens: "service_tokens.write",
} as const;

export type Permission = keyof typeof permission;

export function may(session: Session, what: Permission): boolean {
  return session.permissions.includes(permission[what]);
}
