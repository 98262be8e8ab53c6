import type { PasswordRules } from "../../api/types";
import { fold } from "../../lib/fold";

export type CheckName = "length" | "login_name" | "variety" | "mixed" | "uncommon" | "history";
/** What the console sees itself while somebody types; "saving" is what only the server knows. */
export interface PasswordCheck {
  name: CheckName;
  state: "met" | "unmet" | "saving";
}

function kinds(password: string): number {
  const has = [/[A-Z]/, /[a-z]/, /[0-9]/, /[^A-Za-z0-9]/];
  return has.filter((kind) => kind.test(password)).length;
}

export function checkPassword(password: string, login: string, rules: PasswordRules): PasswordCheck[] {
  const state = (met: boolean): PasswordCheck["state"] => (met ? "met" : "unmet");
  const checks: PasswordCheck[] = [
    { name: "length", state: state(Array.from(password).length >= rules.length_min) },
    { name: "login_name", state: state(password !== "" && (login === "" || !fold(password).includes(fold(login)))) },
    { name: "variety", state: state(new Set(password).size >= 5) },
  ];
  if (rules.mixed) checks.push({ name: "mixed", state: state(kinds(password) >= 3) });
  checks.push({ name: "uncommon", state: "saving" });
  if (rules.history > 0) checks.push({ name: "history", state: "saving" });
  return checks;
}
