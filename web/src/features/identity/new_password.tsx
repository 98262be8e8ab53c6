import { useRead } from "../../api/hooks";
import type { PasswordRules } from "../../api/types";
import { TextField } from "../../ui/form/form";
import { checkPassword, type PasswordCheck } from "./password_checks";
import { useAccountText } from "./words";
import "./identity.css";

/** The rules of a class of users; none while they are on their way. */
export function usePasswordRules(userClass: string | undefined): PasswordRules | undefined {
  const rules = useRead<{ classes: PasswordRules[] }>("/password-rules");
  return rules.data?.classes.find((one) => one.user_class === userClass);
}

const marks = { met: "✓", unmet: "○", saving: "…" };

/** A field for a new password that says each rule as it is met. */
export function NewPasswordField({ name, login, rules, value, onChange, error }: {
  name: string;
  login: string;
  rules: PasswordRules | undefined;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
}) {
  const { t } = useAccountText();
  const words = t.password_rules;
  const text = (check: PasswordCheck) => {
    if (check.name === "length") return words.must.length(rules?.length_min ?? 0);
    if (check.name === "history") return words.must.history(rules?.history ?? 0);
    return words.must[check.name];
  };
  const said = { met: words.met, unmet: words.unmet, saving: words.on_saving };
  return (
    <div className="new-password">
      <TextField name={name} type="password" label={t.security.new_password} value={value} onChange={onChange} error={error} autoComplete="new-password" required />
      {rules ? (
        <ul className="password-checks" aria-live="polite">
          {checkPassword(value, login, rules).map((check) => (
            <li key={check.name} className={`password-checks__${check.state}`}>
              <span aria-hidden="true">{marks[check.state]}</span> {text(check)}<span className={check.state === "saving" ? "muted" : "visually-hidden"}>（{said[check.state]}）</span>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
