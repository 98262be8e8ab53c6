import type { ReactNode } from "react";
import { useRead } from "../../api/hooks";
import type { PasswordRules, Policy } from "../../api/types";
import { useMay } from "../../app/session";
import { nameOf } from "../../i18n/names";
import { LinkButton } from "../../ui/button/button";
import { Answer } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { PlainTable } from "../../ui/table/plain_table";
import { useAccountText } from "./words";

interface Line {
  key: string;
  rule: string;
  value: string;
  meaning: string;
  policy: string | null;
}

/** What a password must be for each class of users, what it means and where the number comes from. */
export function PasswordRulesPage() {
  const { t } = useAccountText();
  const allowed = useMay();
  const words = t.password_rules;
  const rules = useRead<{ classes: PasswordRules[] }>("/password-rules");
  const policies = useRead<{ rows: Policy[] }>("/policies", {}, { enabled: allowed("policies") });
  const lines = (one: PasswordRules): Line[] => {
    const of = (key: string) => (one.user_class === "administrator" ? `${key}_admin` : key);
    return [
      { key: "length", rule: words.length, value: words.length_value(one.length_min), meaning: words.length_meaning, policy: of("password.length_min") },
      { key: "mixed", rule: words.mixed, value: words.mixed_value[one.mixed ? "yes" : "no"], meaning: words.mixed_meaning, policy: of("password.mixed") },
      { key: "history", rule: words.history, value: words.history_value(one.history), meaning: words.history_meaning, policy: of("password.history") },
      { key: "age_max", rule: words.age_max, value: words.age_max_value(one.age_max_days), meaning: words.age_max_meaning, policy: of("password.age_max_days") },
      { key: "age_min", rule: words.age_min, value: words.age_min_value(one.age_min_days), meaning: words.age_min_meaning, policy: of("password.age_min_days") },
      { key: "checks", rule: words.checks, value: words.checks_value, meaning: words.checks_meaning, policy: null },
      { key: "second_step", rule: words.second_step, value: words.second_step_value[one.second_step ? "yes" : "no"], meaning: words.second_step_meaning, policy: of("second_step.required") },
    ];
  };
  const source = (policy: string | null): ReactNode => {
    if (policy === null) return <span className="muted">{words.always}</span>;
    const found = policies.data?.rows.find((row) => row.key === policy);
    if (!found) return "—";
    return found.source === "" || found.source === "unsourced" ? <span className="tag tag--warn">{words.unsourced}</span> : found.source;
  };
  return (
    <>
      <PageTitle title={words.title} lead={words.lead} crumbs={[{ label: t.security.title, to: "/account/security" }]} actions={allowed("edit_policies") ? <LinkButton to="/policies">{words.see_policies}</LinkButton> : null} />
      <Answer of={rules} lines={8}>
        {(data) => (
          <>
            {data.classes.map((one) => (
              <section key={one.user_class} className="stack stack--tight">
                <h2>{nameOf(words.classes, one.user_class)}</h2>
                <p className="muted">{nameOf(words.class_text, one.user_class)}</p>
                <PlainTable caption={nameOf(words.classes, one.user_class)} rows={lines(one)} rowKey={(row) => row.key} columns={[
                  { key: "rule", label: words.rule, kind: "main", cell: (row) => row.rule },
                  { key: "value", label: words.value, cell: (row) => <strong>{row.value}</strong> },
                  { key: "meaning", label: words.meaning, cell: (row) => row.meaning },
                  { key: "source", label: words.source, cell: (row) => source(row.policy) },
                ]} />
              </section>
            ))}
          </>
        )}
      </Answer>
    </>
  );
}
