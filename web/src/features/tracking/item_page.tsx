import { lazy, Suspense, useState } from "react";
import { Link, useParams } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { TrackedItem, TrackedPart, TrackedPeriod, TrackingKinds } from "../../api/types";
import { useFilters } from "../../app/search";
import { useLanguage, useWords } from "../../i18n/language";
import { Button, LinkButton } from "../../ui/button/button";
import { LineChart } from "../../ui/chart/chart";
import { Answer } from "../../ui/empty_state/empty_state";
import { AsKnownOnField, AsKnownOnNotice } from "../../ui/notice/as_known_on";
import { PageTitle } from "../../ui/page_title/page_title";
import { PlainTable } from "../../ui/table/plain_table";
import { Timeline } from "../../ui/timeline/timeline";
import type { ItemAction } from "./dialogs";
import { curveData, monthText, percentText } from "./figures";
import { LagCell } from "./lag_cell";
import { TenderFacts } from "./tender_facts";
import { tracking } from "./words";
import "./tracking.css";

const AttachmentsPanel = lazy(() => import("../attachments/attachments_panel"));
const ItemDialog = lazy(() => import("./dialogs"));
const RequestDialog = lazy(() => import("./request_dialog"));
const PartDialog = lazy(async () => ({ default: (await import("./dialogs")).PartDialog }));

export function TrackedItemPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const [filter, change] = useFilters<"as_known_on">();
  const item = useRead<TrackedItem>(`/tracking-items/${id}`, { as_known_on: filter.as_known_on }, { keep: true });
  const kinds = useRead<TrackingKinds>("/tracking-kinds");
  return (
    <Answer of={item}>
      {(data) => <Body view={data} kinds={kinds.data} knownOn={filter.as_known_on ?? null} onKnownOn={(iso) => change({ as_known_on: iso })} />}
    </Answer>
  );
}

function Body({ view, kinds, knownOn, onKnownOn }: { view: TrackedItem; kinds: TrackingKinds | undefined; knownOn: string | null; onKnownOn: (iso: string | null) => void }) {
  const { t, f } = useLanguage();
  const words = useWords(tracking);
  const [action, setAction] = useState<ItemAction | null>(null);
  const [part, setPart] = useState<TrackedPart | null>(null);
  const [request, setRequest] = useState<TrackedItem["requests"][number] | null>(null);
  const { item } = view;
  const kind = kinds?.rows.find((one) => one.name === item.kind);
  const title_of = (measure: string) => kind?.measures.find((one) => one.name === measure)?.title ?? measure;
  const worst = item.measures.find((one) => one.severe) ?? item.measures[0];
  const lead = !worst ? words.item.lead_none
    : worst.lag_current > 0 ? words.item.lead(`${item.period_label ?? ""} ${title_of(worst.measure)}`, words.points(percentText(worst.lag_current)), words.months(monthText(worst.months_current)))
    : words.item.lead_fine(item.period_label ?? "");
  const first = view.baselines[0]?.curves ?? [];
  const current = view.baselines[view.baselines.length - 1]?.curves ?? [];
  const first_of = (measure: string) => view.baselines.find((one) => one.curves.some((curve) => curve.measure === measure))?.curves ?? first;
  const latest = view.periods[view.periods.length - 1];
  const actions = (["submit_set_up", "decide_set_up", "add_baseline", "add_part", "ask_period", "ask_closing", "decide_closing", "cancel"] as const).filter((one) => view.actions.includes(one === "cancel" ? "ask_request" : one));
  const measures = (kind?.measures ?? []).map((one) => one.name);
  return (
    <>
      <PageTitle title={item.title} lead={lead} crumbs={[{ label: words.title, to: "/tracking" }]}
        actions={
          <>
            {view.actions.includes("plan") ? <LinkButton to={`/tracking/${item.id}/plan`} look="primary">{words.item.plan}</LinkButton> : null}
            {latest && (latest.filing === null || latest.filing === "draft" || latest.filing === "returned") && !knownOn ? <LinkButton to={`/tracking/${item.id}/filings/${latest.period}`} look="primary">{`${words.item.file} ${latest.label}`}</LinkButton> : null}
            {actions.map((one) => <Button key={one} onPress={() => setAction(one)}>{words.item[one]}</Button>)}
          </>
        }>
        <div className="row row--bottom no-print"><AsKnownOnField value={knownOn} onChange={onKnownOn} /></div>
      </PageTitle>
      <AsKnownOnNotice value={knownOn ?? undefined} onNow={() => onKnownOn(null)} />
      <div className="split split--side">
        <div className="stack">
          {measures.map((measure) => {
            const data = curveData({
              title: `${title_of(measure)} ${words.item.curve}`, measure, first: first_of(measure), current, periods: view.periods, every: view.every, label: (on) => f.date(on).slice(0, view.every === "year" ? 3 : 6),
              labels: { first: words.item.planned_first, current: words.item.planned_current, actual: words.item.actual, missing: words.values.missing },
            });
            if (!data) return null;
            const generated = current.find((one) => one.measure === measure)?.generated;
            const figure = item.measures.find((one) => one.measure === measure);
            return (
              <section key={measure} className="panel">
                <h2>{title_of(measure)}</h2>
                {generated ? <p className="small muted">{words.item.generated}</p> : null}
                <dl className="facts">
                  <dt>{words.first_of(title_of(measure))}</dt><dd><LagCell measure={figure} of="first" /></dd>
                  <dt>{words.current_of(title_of(measure))}</dt><dd><LagCell measure={figure} of="current" /></dd>
                </dl>
                <LineChart data={data} valueText={(value) => `${value}%`} />
              </section>
            );
          })}
          <section className="stack stack--tight">
            <h2>{words.item.periods}</h2>
            {view.periods.length === 0 ? <p className="muted small">{words.nothing_filed}</p> : (
              <PlainTable<TrackedPeriod> caption={words.item.periods} rows={[...view.periods].reverse()} rowKey={(row) => row.period} columns={[
                { key: "period", label: words.item.periods, kind: "main", cell: (row) => <Link to="/tracking/$id/filings/$period" params={{ id: item.id, period: row.period } as never}>{row.label}</Link> },
                { key: "state", label: words.filing.state, kind: "short", cell: (row) => (row.filing ? words.filing_states[row.filing] : "—") },
                ...measures.map((measure) => ({ key: measure, label: title_of(measure), kind: "number" as const, cell: (row: TrackedPeriod) => {
                  const value = row.values.find((one) => one.measure === measure);
                  return value?.actual === null || value === undefined ? <span className="muted">{words.values[value?.state ?? "not_yet_due"]}</span> : `${percentText(value.actual)}%${value.state === "confirmed_zero" ? `（${words.values.confirmed_zero}）` : ""}`;
                } })),
                { key: "lag", label: words.lagging, kind: "short", cell: (row) => (row.lag_kind ? words.lag_kinds[row.lag_kind] : row.filing === "submitted" || row.filing === "accepted" ? words.conforming : "—") },
                { key: "late", label: words.cycle.late, kind: "short", cell: (row) => (row.late_days > 0 ? `${words.item.late_days(row.late_days)}${row.late_waived ? `（${words.item.late_waived}）` : ""}` : "—") },
                { key: "ratings", label: words.item.ratings, kind: "short", cell: (row) => [row.own_rating, row.reviewer_rating, row.computed].map((one) => (one ? words.ratings[one] : "—")).join("／") },
              ]} />
            )}
          </section>
          <section className="stack stack--tight">
            <h2>{words.item.checkpoints}</h2>
            {view.checkpoints.length === 0 ? <p className="muted small">—</p> : (
              <PlainTable caption={words.item.checkpoints} rows={view.checkpoints} rowKey={(row) => row.id} columns={[
                { key: "name", label: words.item.checkpoint, kind: "main", cell: (row) => row.name },
                { key: "flag", label: words.item.flag, kind: "short", cell: (row) => words.item.flags[row.flag] },
                { key: "weight", label: words.item.weight, kind: "number", cell: (row) => percentText(row.weight_bp) },
                { key: "planned", label: words.item.planned_finish, kind: "number", cell: (row) => f.date(row.planned_finish) },
                { key: "actual", label: words.item.actual_finish, kind: "number", cell: (row) => (row.actual_finish ? f.date(row.actual_finish) : row.overdue ? <span className="status status--late">{words.item.overdue}</span> : "—") },
              ]} />
            )}
          </section>
          <Suspense fallback={null}><AttachmentsPanel record={{ kind: "tracking", id: item.id }} /></Suspense>
          {view.roll_up ? (
            <section className="panel">
              <h2>{words.item.roll_up}</h2>
              <p>{view.roll_up.actual === null ? words.item.roll_up_none : words.item.roll_up_line(`${percentText(view.roll_up.actual)}%`, `${percentText(view.roll_up.coverage)}%`, view.roll_up.reported, view.roll_up.children).replaceAll("**", "")}</p>
              {view.roll_up.periods_old > 0 ? <p className="small muted">{words.item.roll_up_old(view.roll_up.periods_old)}</p> : null}
              <ul className="plain-list">{view.children.map((child) => <li key={child.id}><Link to="/tracking/$id" params={{ id: child.id } as never}>{child.number} {child.title}</Link></li>)}</ul>
            </section>
          ) : null}
        </div>
        <div className="stack">
          <section className="panel">
            <dl className="facts">
              <dt>{words.number}</dt><dd>{item.number}</dd>
              <dt>{words.state}</dt><dd>{words.states[item.state]}</dd>
              <dt>{words.agency}</dt><dd>{item.agency_name}</dd>
              {view.post_name ? <><dt>{words.item.officer}</dt><dd>{view.post_name}</dd></> : null}
              <dt>{words.item.tier}</dt><dd>{view.tier_name}</dd>
              {view.meeting ? <><dt>{words.item.meeting}</dt><dd>{view.meeting}</dd></> : null}
              <dt>{words.item.reviewers}</dt><dd>{view.reviewers.map((one) => words.item.levels[one]).join("、") || "—"}</dd>
              {item.lag_kind ? <><dt>{words.lagging}</dt><dd>{words.lag_kinds[item.lag_kind]}，{words.run(item.lag_run)}</dd></> : null}
            </dl>
          </section>
          {item.kind === "tender" ? <TenderFacts id={item.id} /> : null}
          {view.forecast ? (
            <section className="panel">
              <h2>{words.item.forecast}</h2>
              <p><strong>{f.date(view.forecast.finish).slice(0, 6)}</strong>（{view.forecast.method_title}）</p>
              <p className="small muted">{view.forecast.low && view.forecast.high
                ? words.item.interval(f.date(view.forecast.low).slice(0, 6), f.date(view.forecast.high).slice(0, 6), f.percent(view.forecast.share_bp), view.forecast.works, view.forecast.coverage_bp === null ? "—" : f.percent(view.forecast.coverage_bp))
                : words.item.no_interval(view.forecast.works, view.forecast.works_min)}</p>
            </section>
          ) : null}
          {view.warnings.length > 0 ? (
            <section className="panel">
              <h2>{words.item.warnings}</h2>
              <ul className="plain-list">{view.warnings.map((one) => <li key={one.rule + one.measure}><span className="status status--at_risk">{words.item.warning_rules[one.rule]}</span> {one.measure ? title_of(one.measure) : ""} {one.rule === "checkpoint" ? words.item.days(one.detail) : words.points(percentText(one.detail))}</li>)}</ul>
            </section>
          ) : null}
          {view.release ? (
            <section className="panel">
              <h2>{words.item.release}</h2>
              <dl className="facts">
                <dt>{words.item.reason}</dt><dd>{words.item.release_reasons[view.release.reason]}</dd>
                <dt>{words.item.evidence}</dt><dd className="prose">{view.release.evidence}</dd>
                <dt>{words.item.outcome}</dt><dd>{words.item.outcome_line(f.date(view.release.planned_first), f.date(view.release.finished_on), view.release.days_first)}</dd>
                <dt>{words.item.baselines}</dt><dd>{view.release.baselines}（{words.item.granted} {view.release.granted_days}）</dd>
                <dt>{words.item.approved}</dt><dd>{f.instant(view.release.approved_at)} {view.release.approved_by_name}</dd>
              </dl>
            </section>
          ) : null}
          {view.requests.length > 0 ? (
            <section className="panel">
              <h2>{words.item.requests}</h2>
              <ul className="plain-list">
                {view.requests.map((one) => (
                  <li key={one.id} className="said">
                    <p><strong>{words.item.request_kinds[one.kind]}</strong> <span className="tag">{words.item.request_states[one.state]}</span>{one.late ? <span className="tag tag--warn">{words.item.asked_late}</span> : null}</p>
                    <p className="small">{one.reason}</p>
                    <p className="muted small">{f.instant(one.asked_at)} {one.asked_by_name}</p>
                    {one.comment ? <p className="small">{one.comment}</p> : null}
                    {one.state === "asked" && view.actions.includes("decide_request") ? <Button small onPress={() => setRequest(one)}>{words.item.decide_request}</Button> : null}
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
          {view.parts.length > 0 ? (
            <section className="panel">
              <h2>{words.item.parts}</h2>
              <ul className="plain-list">
                {view.parts.map((one) => (
                  <li key={one.id} className="said">
                    <p><strong>{one.title}</strong> <span className="tag">{words.item.part_states[one.state]}</span></p>
                    <p className="muted small">{one.agency_name}{one.due_on ? ` · ${f.date(one.due_on)}` : ""}</p>
                    {one.report ? <p className="prose small">{one.report}</p> : null}
                    {one.actions.length > 0 ? <Button small onPress={() => setPart(one)}>{one.actions.includes("ask") ? words.item.ask_part : words.item.decide_part}</Button> : null}
                  </li>
                ))}
              </ul>
            </section>
          ) : null}
          <section className="panel">
            <h2>{words.item.baselines}</h2>
            {view.baselines.length === 0 ? <p className="muted small">{words.item.no_baselines}</p> : (
              <ul className="plain-list">
                {view.baselines.map((one) => (
                  <li key={one.number} className="said">
                    <p><strong>{words.item.baseline(one.number)}</strong> {one.approval_number}{one.generated ? ` · ${words.not_graded}` : ""}</p>
                    {one.reason ? <p className="small">{one.reason}（{words.item.granted} {one.granted_days}）</p> : null}
                    <p className="muted small">{words.item.finishes} {f.date(one.finishes_on)} · {words.item.approved} {f.instant(one.approved_at)} {one.approved_by_name}</p>
                  </li>
                ))}
              </ul>
            )}
          </section>
          <section className="panel">
            <h2>{t.common.history}</h2>
            <Timeline label={t.common.history} events={view.history.map((each) => ({ key: each.position, at: each.at, who: each.actor_name, text: each.text }))} />
          </section>
        </div>
      </div>
      {action ? <Suspense fallback={null}><ItemDialog item={view} action={action} onClose={() => setAction(null)} /></Suspense> : null}
      {request ? <Suspense fallback={null}><RequestDialog request={request} onClose={() => setRequest(null)} /></Suspense> : null}
      {part ? <Suspense fallback={null}><PartDialog part={part} onClose={() => setPart(null)} /></Suspense> : null}
    </>
  );
}
