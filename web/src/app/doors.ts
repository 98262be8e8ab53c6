import type { Text } from "../i18n/zh";
import type { Permission } from "./permissions";

export interface Door {
  to: string;
  name: keyof Text["nav"];
  needs?: Permission;
}

/** The screens of the menu; the palette names them too. */
export const doors: { group: keyof Text["shell"]["groups"]; doors: Door[] }[] = [
  {
    group: "work",
    doors: [
      { to: "/", name: "home" },
      { to: "/duties", name: "duties", needs: "duties" },
      { to: "/duties/calendar", name: "duty_calendar", needs: "duties" },
      { to: "/overview", name: "overview", needs: "statistics" },
      { to: "/statistics", name: "statistics", needs: "statistics" },
      { to: "/reports", name: "reports", needs: "duties" },
      { to: "/chases", name: "chases", needs: "chases" },
      { to: "/chases/effect", name: "chase_effect", needs: "chases" },
      { to: "/tracking", name: "tracking", needs: "tracking" },
      { to: "/meetings", name: "meetings", needs: "meetings" },
      { to: "/plans", name: "plans", needs: "plans" },
      { to: "/imports", name: "imports", needs: "imports" },
      { to: "/delegations", name: "delegations", needs: "agencies" },
      { to: "/handovers", name: "handovers", needs: "agencies" },
    ],
  },
  {
    group: "base",
    doors: [
      { to: "/agencies", name: "agencies", needs: "agencies" },
      { to: "/calendar", name: "calendar", needs: "calendar" },
      { to: "/policies", name: "policies", needs: "policies" },
      { to: "/ladders", name: "ladders", needs: "policies" },
    ],
  },
  {
    group: "control",
    doors: [
      { to: "/accounts", name: "accounts", needs: "accounts" },
      { to: "/accounts/review", name: "account_review", needs: "accounts" },
      { to: "/accounts/permissions", name: "permissions", needs: "agencies" },
      { to: "/accounts/tokens", name: "tokens", needs: "tokens" },
      { to: "/audit", name: "audit", needs: "audit" },
      { to: "/mail", name: "mail", needs: "mail" },
      { to: "/jobs", name: "jobs", needs: "jobs" },
      { to: "/system", name: "system", needs: "system" },
      { to: "/labels", name: "labels", needs: "labels" },
      { to: "/interface", name: "interface", needs: "tokens" },
    ],
  },
];
