import { describe, expect, it } from "vitest";
import type { PasswordRules } from "../../api/types";
import { checkPassword, type PasswordCheck } from "./password_checks";

const rules: PasswordRules = { user_class: "administrator", length_min: 12, length_max: 1024, history: 3, age_max_days: 0, age_min_days: 1, mixed: true, second_step: false };
const unmet = (checks: PasswordCheck[]) => checks.filter((check) => check.state === "unmet").map((check) => check.name);

describe("the rules of a password, while it is typed", () => {
  it("says each one that is not met yet", () => {
    expect(unmet(checkPassword("", "lin", rules))).toEqual(["length", "login_name", "variety", "mixed"]);
    expect(unmet(checkPassword("Elevenchars", "lin", rules))).toEqual(["length", "mixed"]);
    expect(unmet(checkPassword("Twelve-chars", "lin", rules))).toEqual([]);
    expect(unmet(checkPassword("my-LIN-password", "lin", rules))).toEqual(["login_name"]);
    expect(unmet(checkPassword("aaaaaaaaaaaa", "lin", rules))).toEqual(["variety", "mixed"]);
  });
  it("counts Chinese by characters, and leaves to the server what only the server knows", () => {
    const checks = checkPassword("臺中市政府研考會的長密碼", "lin", { ...rules, mixed: false, history: 0 });
    expect(unmet(checks)).toEqual([]);
    expect(checks.filter((check) => check.state === "saving").map((check) => check.name)).toEqual(["uncommon"]);
  });
});
