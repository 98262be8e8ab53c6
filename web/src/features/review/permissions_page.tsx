import { useDeferredValue, useState } from "react";
import { useRead } from "../../api/hooks";
import type { AccountRow, Explanation, List, RoleRow } from "../../api/types";
import { useMay, useSession } from "../../app/session";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { Answer, FaultNotice } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Emphasis, PageTitle } from "../../ui/page_title/page_title";
import { ComboBox } from "../../ui/select/combo_box";
import { useReviewText } from "./words";
import "./review.css";

/** The whole matrix, and why somebody may or may not do a thing: asked of the functions that decide. */
export function PermissionsPage() {
  const { t } = useReviewText();
  const allowed = useMay();
  const others = allowed("accounts");
  return (
    <>
      <PageTitle title={t.explain.title} lead={others ? t.explain.lead : t.explain.own_lead} />
      <Why others={others} />
      {others ? <Matrix /> : null}
    </>
  );
}

interface Question {
  account: string | null;
  permission: string;
  duty: string;
}

function Why({ others }: { others: boolean }) {
  const { t } = useReviewText();
  const session = useSession();
  const [account, setAccount] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  const [permission, setPermission] = useState<string | null>(null);
  const [duty, setDuty] = useState("");
  const [asked, setAsked] = useState<Question | null>(null);
  const q = useDeferredValue(typed.split("（")[0]?.trim() ?? "");
  const accounts = useRead<List<AccountRow>>("/accounts", { q, limit: 20 }, { enabled: others, keep: true });
  const answer = useRead<Explanation>(others ? "/permission-explanations" : "/own-permission-explanations", { ...(others ? { account_id: asked?.account ?? null } : {}), permission: asked?.permission ?? null, duty: asked?.duty || null }, { enabled: asked !== null });
  const faults = useFaults(answer.error);
  const names = Object.keys(t.permissions);
  return (
    <section className="stack stack--tight">
      <h2>{t.explain.ask}</h2>
      <Form faults={faults.faults} onSubmit={() => {
        const well = faults.check([
          others && account === null && { path: "account_id", message: t.form.choose(t.explain.account) },
          permission === null && { path: "permission", message: t.form.choose(t.explain.permission) },
        ]);
        if (well && permission !== null) setAsked({ account, permission, duty: duty.trim() });
      }}>
        {others ? (
          <ComboBox name="account_id" label={t.explain.account} hint={t.explain.account_hint} value={account} onType={setTyped} onChange={setAccount} error={faults.of("account_id")} required
            options={(accounts.data?.rows ?? []).map((row) => ({ value: row.id, label: `${row.login_name}（${row.display_name}）` }))} />
        ) : <p>{session.account.display_name}</p>}
        <ComboBox name="permission" label={t.explain.permission} value={permission} onChange={setPermission} error={faults.of("permission")} required options={names.map((name) => ({ value: name, label: nameOf(t.permissions, name) }))} />
        <TextField name="duty" label={t.explain.duty} hint={t.explain.duty_hint} value={duty} onChange={setDuty} error={faults.of("duty")} />
        <div><Button type="submit" look="primary" busy={answer.isFetching}>{t.explain.why}</Button></div>
      </Form>
      {answer.error && faults.faults.length === 0 ? <FaultNotice error={answer.error} /> : null}
      {asked && answer.data && !answer.error ? <Because of={answer.data} /> : null}
    </section>
  );
}

function Because({ of }: { of: Explanation }) {
  const { t } = useReviewText();
  const words = t.explain;
  const permission = nameOf(t.permissions, of.permission);
  const number = of.duty?.number;
  const verdict = number ? (of.allowed ? words.verdict_yes_duty : words.verdict_no_duty)(of.account_name, number, permission) : (of.allowed ? words.verdict_yes : words.verdict_no)(of.account_name, permission);
  return (
    <div className="because" role="status">
      <p className="because__verdict"><span aria-hidden="true">{of.allowed ? "✓" : "✕"}</span> <Emphasis text={verdict} /></p>
      {of.duty?.title ? <p className="muted">{of.duty.title}（{of.duty.agency_name}）</p> : null}
      {!of.active ? <p>{words.inactive}</p> : null}
      {of.grants.length === 0 ? <p>{words.no_roles}</p> : (
        <>
          <h3>{words.steps}</h3>
          <ol className="because__steps">
            {of.grants.map((grant, index) => (
              <li key={index}>
                <strong>{words.of_role(nameOf(t.roles, grant.role), grant.agency_name || words.whole_city)}</strong>{grant.standing_in_for ? <span className="tag">{words.as_deputy(grant.standing_in_for)}</span> : null}
                <ul>
                  <li>{grant.has_permission ? "✓" : "✕"} {grant.has_permission ? words.role_has : words.role_has_not}</li>
                  {grant.reaches === null ? null : <li>{grant.reaches ? "✓" : "✕"} {grant.reaches ? words.reaches : words.reaches_not}{grant.outside ? `：${nameOf(words.outside, grant.outside)}` : ""}</li>}
                </ul>
              </li>
            ))}
          </ol>
        </>
      )}
      {number ? <p className="muted small">{words.note}</p> : null}
    </div>
  );
}

function Matrix() {
  const { t } = useReviewText();
  const roles = useRead<{ roles: RoleRow[]; permissions: string[] }>("/roles");
  const words = t.explain;
  return (
    <section className="stack stack--tight">
      <h2>{words.matrix}</h2>
      <Answer of={roles} lines={8}>
        {(data) => (
          <div className="matrix" role="region" aria-label={words.matrix} tabIndex={0}>
            <table>
              <caption className="visually-hidden">{words.matrix}</caption>
              <thead><tr><th scope="col">{words.permission}</th>{data.roles.map((role) => <th key={role.role} scope="col">{nameOf(t.roles, role.role)}</th>)}</tr></thead>
              <tbody>
                {data.permissions.map((permission) => (
                  <tr key={permission}>
                    <th scope="row">{nameOf(t.permissions, permission)}</th>
                    {data.roles.map((role) => {
                      const has = role.permissions.includes(permission);
                      return <td key={role.role} className={has ? "matrix__yes" : "matrix__no"}><span aria-hidden="true">{has ? "✓" : "·"}</span><span className="visually-hidden">{has ? words.has : words.has_not}</span></td>;
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </Answer>
    </section>
  );
}
