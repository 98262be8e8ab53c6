import { useState } from "react";
import { Link } from "@tanstack/react-router";
import type * as schema from "../../api/schema";
import { Button, DownloadLink } from "../../ui/button/button";
import { EmptyState } from "../../ui/empty_state/empty_state";
import { Emphasis } from "../../ui/page_title/page_title";
import { StatusBadge } from "../../ui/status_badge/status_badge";
import { PlainTable } from "../../ui/table/plain_table";
import { AttendanceDialog } from "./attendance_dialog";
import { ApproveDialog, DecideDialog, FreezeDialog, MinutesDialog, ReasonDialog } from "./step_dialogs";
import { useMeetingText } from "./words";

type View = schema.MeetingView;

export function PackSection({ view }: { view: View }) {
  const { t, f } = useMeetingText();
  const words = t.meetings;
  const { meeting } = view;
  const [freezing, setFreezing] = useState(false);
  const frozen = ["frozen", "held", "minutes_approved"].includes(meeting.state);
  const base = `/api/meetings/${meeting.id}`;
  return (
    <section className="meeting__section" aria-labelledby="meeting-pack">
      <div className="meeting__head">
        <h2 id="meeting-pack">{words.pack}</h2>
        {view.actions.includes("freeze") ? <div className="meeting__buttons no-print"><Button look="primary" onPress={() => setFreezing(true)}>{words.freeze}</Button></div> : null}
      </div>
      {!frozen ? <EmptyState title={words.not_frozen}>{words.not_frozen_hint}</EmptyState> : null}
      {frozen && !meeting.whole ? (
        <div className="meeting__buttons no-print">
          <a className="button button--secondary" href={`${base}/pack.html`} target="_blank" rel="noreferrer">{words.extract_print}</a>
          <DownloadLink href={`${base}/pack.odt`}>{words.extract_odt}</DownloadLink>
        </div>
      ) : null}
      {view.packs.map((pack) => (
        <article key={pack.part} className="meeting__rule">
          <h3>{words.parts[pack.part]}</h3>
          <p className="small">{`${words.as_of(f.date(pack.as_of))} · ${words.frozen_at(f.instant(pack.frozen_at), pack.frozen_by_name)}`}</p>
          <p className="meeting__hash">{`SHA-256 ${pack.sha256}`}</p>
          <div className="meeting__buttons no-print">
            <a className="button button--secondary" href={`${base}/pack.html?part=${pack.part}`} target="_blank" rel="noreferrer">{words.print}</a>
            <DownloadLink href={`${base}/pack.odt?part=${pack.part}`}>{words.odt}</DownloadLink>
            <DownloadLink href={`${base}/pack.json?part=${pack.part}`}>{words.file}</DownloadLink>
          </div>
          <p className="muted small">{words.verify}</p>
        </article>
      ))}
      {freezing ? <FreezeDialog meeting={meeting} onClose={() => setFreezing(false)} /> : null}
    </section>
  );
}

export function AttendanceSection({ view }: { view: View }) {
  const { t, f } = useMeetingText();
  const words = t.meetings;
  const [keeping, setKeeping] = useState(false);
  if (!view.meeting.whole) return null;
  const present = view.attendance.filter((seat) => seat.presence !== "absent").length;
  return (
    <section className="meeting__section" aria-labelledby="meeting-attendance">
      <div className="meeting__head">
        <h2 id="meeting-attendance">{words.attendance}</h2>
        {view.actions.includes("attend") ? <div className="meeting__buttons no-print"><Button onPress={() => setKeeping(true)}>{words.keep_attendance}</Button></div> : null}
      </div>
      {view.attendance.length === 0 ? <EmptyState title={words.no_attendance}>{words.no_attendance_hint}</EmptyState> : (
        <>
          <p><Emphasis text={view.attendance_kept ? words.attendance_count(f.number(present), f.number(view.attendance.length)) : words.attendance_usual} /></p>
          <PlainTable caption={words.attendance} rows={view.attendance} rowKey={(seat) => `${seat.post_id ?? ""} ${seat.who}`} columns={[
            { key: "who", label: words.who, kind: "main", cell: (seat) => seat.who || "—" },
            { key: "seat", label: words.seat, cell: (seat) => [seat.agency_name, seat.post_name].filter(Boolean).join(" ") || "—" },
            { key: "presence", label: words.presence, kind: "short", cell: (seat) => (view.attendance_kept ? words.presences[seat.presence] + (seat.deputy ? `：${seat.deputy}` : "") : "—") },
          ]} />
        </>
      )}
      {keeping ? <AttendanceDialog view={view} onClose={() => setKeeping(false)} /> : null}
    </section>
  );
}

export function MinutesSection({ view }: { view: View }) {
  const { t, f } = useMeetingText();
  const words = t.meetings;
  const [doing, setDoing] = useState<"write" | "approve" | null>(null);
  if (!view.meeting.whole) return null;
  const [newest, ...before] = view.minutes;
  return (
    <section className="meeting__section" aria-labelledby="meeting-minutes">
      <div className="meeting__head">
        <h2 id="meeting-minutes">{words.minutes}</h2>
        <div className="meeting__buttons no-print">
          {view.actions.includes("write_minutes") ? <Button onPress={() => setDoing("write")}>{words.write_minutes}</Button> : null}
          {view.actions.includes("approve_minutes") ? <Button look="primary" onPress={() => setDoing("approve")}>{words.approve}</Button> : null}
        </div>
      </div>
      {newest ? (
        <article className="meeting__rule">
          <p className="muted small">{[words.version(String(newest.version)), words.written(f.instant(newest.written_at), newest.written_by_name), newest.approved_at ? words.approved_by(f.instant(newest.approved_at), newest.approved_by_name ?? "") : null].filter(Boolean).join(" · ")}</p>
          <p className="meeting__minutes">{newest.text}</p>
          {before.length > 0 ? (
            <details>
              <summary>{words.earlier_versions}</summary>
              {before.map((one) => <div key={one.version}><p className="muted small">{`${words.version(String(one.version))} · ${words.written(f.instant(one.written_at), one.written_by_name)}`}</p><p className="meeting__minutes">{one.text}</p></div>)}
            </details>
          ) : null}
        </article>
      ) : <EmptyState title={words.no_minutes}>{words.no_minutes_hint}</EmptyState>}
      {doing === "write" ? <MinutesDialog meeting={view.meeting} newest={newest ?? null} onClose={() => setDoing(null)} /> : null}
      {doing === "approve" && newest ? <ApproveDialog meeting={view.meeting} version={newest.version} onClose={() => setDoing(null)} /> : null}
    </section>
  );
}

/** Decisions with what became of their duties; the buttons are those that the server allows. */
function DecisionTable({ caption, rows }: { caption: string; rows: schema.MeetingDecisionView[] }) {
  const { t, f } = useMeetingText();
  const words = t.meetings;
  const [ending, setEnding] = useState<{ row: schema.MeetingDecisionView; how: "close" | "withdraw" } | null>(null);
  const path = (row: schema.MeetingDecisionView, what: string) => `/meeting-decisions/${row.id}/${what}`;
  return (
    <>
      <PlainTable caption={caption} rows={rows} rowKey={(row) => row.id} columns={[
        { key: "text", label: words.decision_text, kind: "main", cell: (row) => <><span className="meeting__text">{row.text}</span>{row.confidentiality === "confidential" ? <> <span className="tag tag--warn">{words.closed_tag}</span></> : null} <span className="muted small">{row.number}</span></> },
        { key: "agency", label: words.owed_by, cell: (row) => row.agency_name },
        { key: "due", label: words.due, kind: "short", cell: (row) => f.date(row.due_on) },
        { key: "duty", label: words.duty, cell: (row) => (row.duty ? <><Link to="/duties/$id" params={{ id: row.duty.id } as never}>{row.duty.number}</Link> <StatusBadge status={row.duty.lateness} /></> : "—") },
        { key: "state", label: words.state, cell: (row) => <>{row.state === "open" && row.duty?.state === "done" ? words.done_waits : words.decision_states[row.state]}{row.reason ? <span className="muted small"> {row.reason}</span> : null}</> },
        { key: "actions", label: t.table.actions, kind: "actions", cell: (row) => (
          <span className="meeting__buttons no-print">
            {row.actions.includes("close") ? <Button small aria-label={words.close_of(row.number)} onPress={() => setEnding({ row, how: "close" })}>{words.close}</Button> : null}
            {row.actions.includes("withdraw") ? <Button small look="quiet" aria-label={words.withdraw_of(row.number)} onPress={() => setEnding({ row, how: "withdraw" })}>{words.withdraw}</Button> : null}
          </span>
        ) },
      ]} />
      {ending?.how === "close" ? <ReasonDialog title={words.close_of(ending.row.number)} label={words.close_reason} said={words.closed} submit={words.close} path={path(ending.row, "closure")} more={{ revision: ending.row.revision }} onClose={() => setEnding(null)} /> : null}
      {ending?.how === "withdraw" ? <ReasonDialog title={words.withdraw_of(ending.row.number)} about={words.withdraw_about} label={words.withdraw_reason} said={words.withdrawn} submit={words.withdraw} path={path(ending.row, "withdrawal")} more={{ revision: ending.row.revision }} onClose={() => setEnding(null)} /> : null}
    </>
  );
}

export function FollowedSection({ view }: { view: View }) {
  const { t, f } = useMeetingText();
  const words = t.meetings;
  return (
    <section className="meeting__section" aria-labelledby="meeting-followed">
      <h2 id="meeting-followed">{words.followed}</h2>
      {view.followed.length === 0 ? <p className="muted">{words.followed_none}</p> : (
        <>
          <p><Emphasis text={words.followed_lead(f.number(view.followed.length))} /></p>
          <DecisionTable caption={words.followed} rows={view.followed} />
        </>
      )}
    </section>
  );
}

export function DecisionsSection({ view }: { view: View }) {
  const { t } = useMeetingText();
  const words = t.meetings;
  const [deciding, setDeciding] = useState(false);
  return (
    <section className="meeting__section" aria-labelledby="meeting-decisions">
      <div className="meeting__head">
        <h2 id="meeting-decisions">{words.decisions}</h2>
        {view.actions.includes("decide") ? <div className="meeting__buttons no-print"><Button look="primary" onPress={() => setDeciding(true)}>{words.decide}</Button></div> : null}
      </div>
      {view.decisions.length === 0 ? <EmptyState title={words.no_decisions}>{words.no_decisions_hint}</EmptyState> : <DecisionTable caption={words.decisions} rows={view.decisions} />}
      {deciding ? <DecideDialog view={view} onClose={() => setDeciding(false)} /> : null}
    </section>
  );
}
