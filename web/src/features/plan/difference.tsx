import type { PlanDifference } from "../../api/types";
import { nameOf } from "../../i18n/names";
import { changedPart } from "../../lib/marks";
import { usePlanText } from "./words";
import "./plan.css";

/** What a corrected file changes, sentence by sentence; inserted and deleted words are marked by line as well as colour. */
export function Difference({ rows }: { rows: PlanDifference[] }) {
  const { t } = usePlanText();
  const count = (change: string) => rows.filter((row) => row.change === change).length;
  return (
    <section className="panel">
      <h2>{t.review.difference}</h2>
      <p className="muted small">{t.review.difference_lead(count("added"), count("removed"), count("changed"))}</p>
      <ul className="compare">
        {rows.map((row) => (
          <li key={`${row.change}${row.line}`} className="compare__row">
            <div className="row small"><span className="tag">{nameOf(t.review.change, row.change)}</span><span className="muted">{t.plans.line(row.line)}</span></div>
            <Sides before={row.change === "added" ? null : row.before} after={row.change === "removed" ? null : row.after} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Sides({ before, after }: { before: string | null; after: string | null }) {
  const { t } = usePlanText();
  const both = before !== null && after !== null ? changedPart(before, after) : null;
  return (
    <div className="compare__sides">
      <div className="compare__side"><span className="muted small">{t.review.before}</span><p>{both ? <>{both.head}{both.before ? <del>{both.before}</del> : null}{both.tail}</> : before !== null ? <del>{before}</del> : "—"}</p></div>
      <div className="compare__side"><span className="muted small">{t.review.after}</span><p>{both ? <>{both.head}{both.after ? <ins>{both.after}</ins> : null}{both.tail}</> : after !== null ? <ins>{after}</ins> : "—"}</p></div>
    </div>
  );
}
