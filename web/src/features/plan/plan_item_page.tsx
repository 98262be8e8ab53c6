import { lazy, Suspense, useState } from "react";
import { Link, useParams } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { Indicator, PlanItem } from "../../api/types";
import { useMay } from "../../app/session";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { Answer } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { StatusBadge } from "../../ui/status_badge/status_badge";
import { PlainTable } from "../../ui/table/plain_table";
import { Timeline } from "../../ui/timeline/timeline";
import { DutyStatus } from "../duties/duty_status";
import { usePlanText } from "./words";
import "../duties/duties.css";
import { ExtraColumns, MarkedText, ObligationRow, SentenceMeta } from "./obligation_view";

const AttachmentsPanel = lazy(() => import("../attachments/attachments_panel"));
const IndicatorDialog = lazy(() => import("./indicator_dialog"));

export function PlanItemPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const item = useRead<PlanItem>(`/plan-items/${id}`);
  return <Answer of={item}>{(data) => <Body item={data} />}</Answer>;
}

function Body({ item }: { item: PlanItem }) {
  const { t, f } = usePlanText();
  const mayFile = useMay()("decide_plan");
  const [filing, setFiling] = useState<Indicator | null>(null);
  const late = item.standing.late;
  const kept = item.sentences.flatMap((sentence) => sentence.obligations).filter((each) => each.state !== "dropped");
  return (
    <>
      <PageTitle title={item.title} lead={t.plan_item.lead(f.number(item.standing.total), f.number(late))}
        crumbs={[{ label: t.nav.plans, to: "/plans" }, { label: item.parent_title || t.plans.year_value(item.year_roc), to: `/plans/${item.plan_id}` }]} />
      <div className="split split--side">
        <div className="stack">
          <section className="panel">
            <h2>{t.plan_item.sentences}</h2>
            <div className="stack stack--tight">
              {item.sentences.map((sentence) => <div key={sentence.id}><SentenceMeta sentence={sentence} /><MarkedText sentence={sentence} /><ExtraColumns sentence={sentence} /></div>)}
            </div>
          </section>
          <section className="panel">
            <h2>{t.plan_item.obligations}</h2>
            {kept.length === 0 ? <p className="muted small">{t.plan_item.no_obligations}</p> : <ul className="obligations">{kept.map((each) => <ObligationRow key={each.id} obligation={each} />)}</ul>}
          </section>
          <section className="stack stack--tight">
            <h2>{t.plan_item.duties}</h2>
            {item.duties.length === 0 ? <p className="muted small">{t.plan_item.no_duties}</p> : (
              <PlainTable caption={t.plan_item.duties} rows={item.duties} rowKey={(row) => row.id} columns={[
                { key: "title", label: t.duties.name, kind: "main", cell: (row) => <Link to="/duties/$id" params={{ id: row.id } as never}>{row.title}</Link> },
                { key: "lateness", label: t.duties.lateness, kind: "short", cell: (row) => <DutyStatus duty={row} /> },
                { key: "due", label: t.duties.due, kind: "number", cell: (row) => f.date(row.due_on) },
                { key: "agency", label: t.duties.agency, kind: "short", cell: (row) => row.agency_name },
              ]} />
            )}
          </section>
          <section className="panel">
            <h2>{t.plan_item.evidence}</h2>
            {item.evidence.length === 0 ? <p className="muted small">{t.plan_item.no_evidence}</p> : (
              <ul className="plain-list">
                {item.evidence.map((each) => (
                  <li key={`${each.duty_id}${each.at}`} className="said">
                    <p className="prose">{each.text}</p>
                    <p className="muted small">{f.instant(each.at)} · {each.by_name || t.common.system} · <Link to="/duties/$id" params={{ id: each.duty_id } as never}>{each.duty_number}</Link></p>
                  </li>
                ))}
              </ul>
            )}
          </section>
          <Suspense fallback={null}><AttachmentsPanel record={{ kind: "plan_node", id: item.id }} /></Suspense>
        </div>
        <div className="stack">
          <section className="stack stack--tight">
            <h2>{t.plan_item.indicators}</h2>
            {item.indicators.length === 0 ? <p className="muted small">{t.plan_item.no_indicators}</p> : item.indicators.map((each) => (
              <div key={each.id} className="panel small">
                <div className="row row--between"><strong>{each.name}</strong>
                  {each.state === "missing" || each.state === "not_yet_due" ? <StatusBadge status={each.state} /> : <span className="tag">{t.plan_item.indicator_states[each.state]}</span>}
                </div>
                <dl className="facts">
                  <dt>{t.plan_item.target}</dt><dd className="number">{nameOf(t.review.bounds, each.bound)} {f.number(each.target)} {each.unit}</dd>
                  <dt>{t.plan_item.actual}</dt><dd className="number">{each.actual === null ? t.plan_item.indicator_states[each.state] : `${f.number(each.actual)} ${each.unit}${each.state === "confirmed_zero" ? `（${t.plan_item.indicator_states.confirmed_zero}）` : ""}`}</dd>
                </dl>
                {mayFile ? <Button small aria-label={t.plan_item.file_title(each.name)} onPress={() => setFiling(each)}>{t.plan_item.file}</Button> : null}
              </div>
            ))}
          </section>
          <section className="panel">
            <h2>{t.common.history}</h2>
            <Timeline label={t.common.history} events={item.history.map((each) => ({ key: each.position, at: each.at, who: each.actor_name, text: each.text }))} />
          </section>
        </div>
      </div>
      {filing ? <Suspense fallback={null}><IndicatorDialog indicator={filing} onClose={() => setFiling(null)} /></Suspense> : null}
    </>
  );
}
