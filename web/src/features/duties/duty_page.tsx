import { lazy, Suspense, useState } from "react";
import { Link, useParams } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { Duty, DutyAction, ObligationPlace } from "../../api/types";
import { useWords } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { Answer } from "../../ui/empty_state/empty_state";
import { Notice } from "../../ui/notice/notice";
import { PageTitle } from "../../ui/page_title/page_title";
import { ChecklistPanel } from "../collaboration/checklist_panel";
import { LinksPanel } from "../collaboration/links_panel";
import { Presence } from "../collaboration/presence";
import { RecordTimeline } from "../collaboration/record_timeline";
import { CommentsPanel } from "../comments/comments_panel";
import { DutyChases } from "../chasing/duty_chases";
import { WatchButton } from "../notices/watch_button";
import { DutyActionDialog } from "./duty_actions";
import { MacroMenu } from "./macro_menu";
import { together, useDutyText } from "./words";
import { DutyStatus } from "./duty_status";
import { goalLabel, useDistricts, useGoals } from "./subject_fields";
import "./duties.css";

const AttachmentsPanel = lazy(() => import("../attachments/attachments_panel"));
const EditDialog = lazy(() => import("./edit_dialog"));

export function DutyPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const duty = useRead<Duty>(`/duties/${id}`);
  return <Answer of={duty}>{(data) => <DutyBody duty={data} />}</Answer>;
}

/** The plan item that a duty comes from: read apart, for most duties have another source. */
function PlanSource({ id }: { id: string }) {
  const { t } = useDutyText();
  const place = useRead<ObligationPlace>(`/plan-obligations/${id}`);
  if (!place.data?.node_id) return null;
  return <><dt>{t.duty.source}</dt><dd><Link to="/plans/items/$id" params={{ id: place.data.node_id } as never}>{place.data.title}</Link></dd></>;
}

const known: DutyAction[] = ["done", "decide_extension", "ask_extension", "reassign", "reopen", "cancel"];

function DutyBody({ duty: view }: { duty: Duty }) {
  const { duty } = view;
  const { t, f } = useDutyText();
  const words = useWords(together);
  const districts = useDistricts();
  const goals = useGoals();
  const [editing, setEditing] = useState(false);
  const [acting, setActing] = useState<DutyAction | null>(null);
  const due = f.longDate(duty.due_on);
  const lead =
    duty.state === "cancelled" ? t.duty.lead_cancelled
    : duty.state === "done" ? t.duty.lead_done(due)
    : t.duty.lead_open(due, t.duties.days_left(duty.days_left));
  const actions = known.filter((action) => view.actions.includes(action));
  return (
    <>
      <PageTitle
        title={duty.title} lead={lead} crumbs={[{ label: t.nav.duties, to: "/duties" }]}
        actions={
          <>
            {actions.map((action) => (
              <Button key={action} look={action === actions[0] ? "primary" : action === "cancel" ? "danger" : "secondary"} onPress={() => setActing(action)}>{t.duty.actions[action]}</Button>
            ))}
            {view.actions.includes("edit") ? <Button onPress={() => setEditing(true)}>{words.edit}</Button> : null}
            {duty.state === "open" && actions.length > 0 ? <MacroMenu id={duty.id} /> : null}
            <WatchButton kind="duty" id={duty.id} />
          </>
        }
      >
        <p className="row"><DutyStatus duty={duty} /><span className="muted small">{duty.number}</span></p>
        {view.detail === null ? null : <Presence record={{ kind: "duty", id: duty.id }} />}
      </PageTitle>
      {view.standing_in_for ? <Notice>{t.acting.here(view.standing_in_for)}</Notice> : null}
      <div className="split split--side">
        <div className="stack">
          <section className="panel">
            <h2>{t.duty.detail}</h2>
            {view.detail ? <p className="prose">{view.detail}</p> : <p className="muted">{t.duty.no_detail}</p>}
          </section>
          <section className="panel">
            <h2>{t.duty.evidence}</h2>
            {view.evidence.length === 0 ? <p className="muted small">{t.duty.no_evidence}</p> : view.evidence.map((each) => (
              <div key={each.at} className="said">
                <p className="prose">{each.text}</p>
                <p className="muted small">{f.instant(each.at)} · {each.by_name}</p>
              </div>
            ))}
          </section>
          {view.detail === null ? null : <ChecklistPanel record={{ kind: "duty", id: duty.id }} />}
          {view.detail === null ? null : <Suspense fallback={null}><AttachmentsPanel record={{ kind: "duty", id: duty.id }} /></Suspense>}
          {view.extensions.length > 0 ? (
            <section className="panel">
              <h2>{t.duty.extensions}</h2>
              {view.extensions.map((each) => (
                <div key={each.id} className="said">
                  <p>{t.duty.extension_asked(each.asked_by_name, f.longDate(each.asked_due_on))} <span className={each.state === "asked" ? "tag tag--warn" : "tag"}>{nameOf(t.duty.extension_states, each.state)}</span></p>
                  <p className="prose small">{each.reason}</p>
                  <p className="muted small">{f.instant(each.asked_at)}{each.decided_at ? ` → ${f.instant(each.decided_at)} ${each.decided_by_name ?? ""} ${each.decision_note ?? ""}` : ""}</p>
                </div>
              ))}
            </section>
          ) : null}
          {view.detail === null ? null : <CommentsPanel kind="duty" id={duty.id} />}
          <DutyChases id={duty.id} />
          {view.detail === null ? null : <LinksPanel record={{ kind: "duty", id: duty.id }} />}
          {view.siblings.length > 0 ? (
            <section className="panel">
              <h2>{t.duty.siblings}</h2>
              <ul className="siblings">
                {view.siblings.map((each) => (
                  <li key={each.id}><DutyStatus duty={each} /><Link to="/duties/$id" params={{ id: each.id } as never}>{each.title}</Link><span className="muted small">{each.agency_name} · {f.date(each.due_on)}</span></li>
                ))}
              </ul>
            </section>
          ) : null}
        </div>
        <div className="stack">
          <section className="panel">
            <h2>{t.duties.facts}</h2>
            <dl className="facts">
              <dt>{t.duties.agency}</dt><dd>{duty.agency_name}</dd>
              <dt>{t.duty.post}</dt><dd>{duty.post_name ?? t.duty.unassigned}</dd>
              <dt>{t.duty.holder}</dt><dd>{duty.holder_name ?? (duty.post_id ? t.common.vacant : t.duty.unassigned)}{duty.post_id ? <><br /><span className="muted">{t.duty.holder_by_post}</span></> : null}</dd>
              <dt>{t.duties.due}</dt><dd>{due}</dd>
              {view.first_due_on !== duty.due_on ? <><dt>{t.duty.first_due}</dt><dd>{f.longDate(view.first_due_on)}</dd></> : null}
              <dt>{t.duties.origin}</dt><dd>{nameOf(t.origins, duty.origin)}</dd>
              {duty.source?.kind === "plan_obligation" ? <PlanSource id={duty.source.id} /> : null}
            {duty.source?.kind === "tracking_filing" ? <><dt>{t.duty.source}</dt><dd><Link to="/tracking/owed/$id" params={{ id: duty.source.id } as never}>{duty.title}</Link></dd></> : null}
              {view.series ? <><dt>{t.duty.series}</dt><dd>{nameOf(t.every, view.series.every)}<br /><Link to="/account/feeds" search={{ series: view.series.id } as never}>{t.duty.subscribe_series}</Link></dd></> : null}
              {duty.severity ? <><dt>{t.duty.severity}</dt><dd>{nameOf(t.severities, duty.severity)}</dd></> : null}
              {duty.district ? <><dt>{words.district}</dt><dd>{districts.find((one) => one.code === duty.district)?.name ?? duty.district}</dd></> : null}
              {duty.goal_id ? <><dt>{words.goal}</dt><dd>{goals.filter((one) => one.id === duty.goal_id).map(goalLabel)}</dd></> : null}
              <dt>{t.duty.created}</dt><dd>{f.instant(view.created_at)}<br />{view.created_by_name || t.common.system}</dd>
              {view.calendar_version ? <><dt>{t.duty.calendar_version}</dt><dd>{view.calendar_version}</dd></> : null}
            </dl>
          </section>
          {view.detail === null ? null : <RecordTimeline record={{ kind: "duty", id: duty.id }} />}
        </div>
      </div>
      {editing ? <Suspense fallback={null}><EditDialog duty={view} onClose={() => setEditing(false)} /></Suspense> : null}
      {acting ? <DutyActionDialog duty={view} action={acting} onClose={() => setActing(null)} /> : null}
    </>
  );
}
