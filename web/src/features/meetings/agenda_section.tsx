import { useState } from "react";
import { Link } from "@tanstack/react-router";
import { address } from "../../api/client";
import { useChange } from "../../api/hooks";
import type * as schema from "../../api/schema";
import { Button } from "../../ui/button/button";
import { EmptyState, FaultNotice } from "../../ui/empty_state/empty_state";
import { Emphasis } from "../../ui/page_title/page_title";
import { PlainTable } from "../../ui/table/plain_table";
import { useToast } from "../../ui/toast/toast";
import { EntryDialog, ReasonDialog } from "./step_dialogs";
import { useMeetingText } from "./words";

type View = schema.MeetingView;

/** What the rules brought, each with its version, and what people added. */
export function AgendaSection({ view }: { view: View }) {
  const { t, f } = useMeetingText();
  const words = t.meetings;
  const say = useToast();
  const { meeting } = view;
  const [adding, setAdding] = useState(false);
  const [striking, setStriking] = useState<schema.AgendaEntry | null>(null);
  const may = (action: string) => view.actions.includes(action);
  const run = useChange<View>({ onDone: () => say(may("open_agenda") ? words.opened : words.ran) });
  const manual = view.entries.filter((entry) => entry.origin === "manual");
  const entries = (key: string) => view.entries.filter((entry) => entry.origin === "rule" && entry.source_key === key);
  const runs = meeting.whole ? view.runs : view.runs.filter((one) => entries(one.key).length > 0);
  return (
    <section className="meeting__section" aria-labelledby="meeting-agenda">
      <div className="meeting__head">
        <h2 id="meeting-agenda">{words.agenda}</h2>
        <div className="meeting__buttons no-print">
          {may("open_agenda") ? <Button look="primary" busy={run.isPending} onPress={() => run.mutate({ path: `/meetings/${meeting.id}/agenda-runs`, body: {} })}>{words.open_agenda}</Button> : null}
          {may("run_rules") ? <Button busy={run.isPending} onPress={() => run.mutate({ path: `/meetings/${meeting.id}/agenda-runs`, body: {} })}>{words.run_rules}</Button> : null}
          {may("add_entry") ? <Button onPress={() => setAdding(true)}>{words.add_entry}</Button> : null}
        </div>
      </div>
      {run.error ? <FaultNotice error={run.error} /> : null}
      {meeting.state === "planned" ? <EmptyState title={words.not_open}>{words.not_open_hint}</EmptyState> : null}
      {meeting.state !== "planned" && meeting.whole && runs.length === 0 ? <p className="muted">{words.no_rules}</p> : null}
      {runs.map((one) => (
        <article key={one.key} className="meeting__rule" aria-labelledby={`rule-${one.key}`}>
          <h3 id={`rule-${one.key}`}>{one.title}</h3>
          <p className="muted small">{`${words.rule(one.key, String(one.version))} · ${words.as_of(f.date(one.as_of))} · ${words.rule_run(f.instant(one.run_at), one.run_by_name)}`}</p>
          {one.finding ? <p><strong>{one.finding}</strong></p> : null}
          {one.has_chart ? <div className="meeting__chart" tabIndex={0} role="region" aria-label={words.chart_of(one.title)}><img src={address(`/meetings/${meeting.id}/charts/${one.key}`)} alt={one.finding ?? one.title} width={720} /></div> : null}
          {one.table && one.table.rows.length > 0 ? <Shown table={one.table} caption={one.title} /> : null}
          <Entries entries={entries(one.key)} mayStrike={may("strike_entry")} onStrike={setStriking} />
          {one.definitions.length > 0 ? (
            <details>
              <summary>{words.definitions}</summary>
              <dl className="facts">{one.definitions.map((definition) => <div key={definition.name}><dt>{definition.name}</dt><dd>{definition.text}</dd></div>)}</dl>
            </details>
          ) : null}
        </article>
      ))}
      {manual.length > 0 ? (
        <article className="meeting__rule" aria-labelledby="rule-manual">
          <h3 id="rule-manual">{words.manual}</h3>
          <p className="muted small">{words.manual_about}</p>
          <Entries entries={manual} mayStrike={may("strike_entry")} onStrike={setStriking} />
        </article>
      ) : null}
      {adding ? <EntryDialog meeting={meeting} onClose={() => setAdding(false)} /> : null}
      {striking ? <ReasonDialog title={words.strike_of(striking.title)} label={words.strike_reason} said={words.struck} submit={words.strike} path={`/meetings/${meeting.id}/entries/${striking.id}/striking`} onClose={() => setStriking(null)} /> : null}
    </section>
  );
}

function Entries({ entries, mayStrike, onStrike }: { entries: schema.AgendaEntry[]; mayStrike: boolean; onStrike: (entry: schema.AgendaEntry) => void }) {
  const { t } = useMeetingText();
  const words = t.meetings;
  if (entries.length === 0) return <p className="muted">{words.no_entries}</p>;
  return (
    <ol className="meeting__entries">
      {entries.map((entry) => (
        <li key={entry.id} className={entry.struck_reason ? "meeting__entry meeting__entry--struck" : "meeting__entry"}>
          <h4>
            {entry.record?.kind === "duty" ? <Link to="/duties/$id" params={{ id: entry.record.id } as never}>{entry.title}</Link> : entry.title}
            {entry.confidentiality === "confidential" ? <> <span className="tag tag--warn">{words.closed_tag}</span></> : null}
          </h4>
          <p className="small">{[entry.agency_name, words.why(entry.reason), entry.added_by_name ? words.added_by(entry.added_by_name) : null].filter(Boolean).join(" · ")}</p>
          {entry.struck_reason ? <p className="small">{words.struck_because(entry.struck_reason)}</p> : null}
          {entry.table && entry.table.rows.length > 0 && !entry.struck_reason ? (
            <details>
              <summary>{words.figures}</summary>
              <Shown table={entry.table} caption={entry.title} />
            </details>
          ) : null}
          {mayStrike && !entry.struck_reason ? <p className="no-print"><Button small aria-label={words.strike_of(entry.title)} onPress={() => onStrike(entry)}>{words.strike}</Button></p> : null}
        </li>
      ))}
    </ol>
  );
}

/** A table as the rule gave it: its cells are written already. */
function Shown({ table, caption }: { table: schema.ShownTable; caption: string }) {
  const { t, f } = useMeetingText();
  const columns = table.columns.map((column, at) => ({
    key: String(at), label: column.title, kind: at === 0 ? ("main" as const) : column.type === "integer" || column.type === "percent" ? ("number" as const) : column.type === "date" ? ("short" as const) : undefined, cell: (row: string[]) => row[at] || "—",
  }));
  return (
    <>
      <PlainTable caption={caption} rows={table.rows} rowKey={(row) => row.join("\n")} columns={columns.map(({ kind, ...column }) => ({ ...column, ...(kind ? { kind } : {}) }))} />
      {table.rows_left_out > 0 ? <p className="muted small">{t.meetings.left_out(f.number(table.rows_left_out))}</p> : null}
    </>
  );
}

/** Which first-stage meetings are over, and which the pack waits for. */
export function GatesSection({ view }: { view: View }) {
  const { t, f } = useMeetingText();
  const words = t.meetings;
  const [waiving, setWaiving] = useState<schema.FirstStage | null>(null);
  if (view.gates.length === 0) return null;
  const open = view.gates.filter((gate) => gate.approved_at || gate.waived);
  return (
    <section className="meeting__section" aria-labelledby="meeting-gates">
      <h2 id="meeting-gates">{words.gates}</h2>
      <p><Emphasis text={words.gates_lead(f.number(open.length), f.number(view.gates.length))} /></p>
      <PlainTable caption={words.gates} rows={view.gates} rowKey={(gate) => gate.series_id} columns={[
        { key: "series", label: words.series_name, kind: "main", cell: (gate) => (gate.meeting_id ? <Link to="/meetings/$id" params={{ id: gate.meeting_id } as never}>{gate.series_name}</Link> : gate.series_name) },
        { key: "agency", label: words.agency, cell: (gate) => gate.agency_name },
        { key: "state", label: words.state, cell: (gate) => (gate.approved_at ? words.gate_done(f.instant(gate.approved_at)) : gate.waived ? words.gate_waived(gate.waived, gate.waived_by_name ?? "") : <span className="tag tag--warn">{gate.meeting_state ? words.gate_waiting(words.states[gate.meeting_state]) : words.gate_missing}</span>) },
        { key: "waive", label: t.table.actions, kind: "actions", cell: (gate) => (view.actions.includes("waive") && !gate.approved_at && !gate.waived ? <Button small aria-label={words.waive_of(gate.series_name)} onPress={() => setWaiving(gate)}>{words.waive}</Button> : null) },
      ]} />
      {waiving ? <ReasonDialog title={words.waive_of(waiving.series_name)} label={words.waive_reason} said={words.waived} submit={words.waive} path={`/meetings/${view.meeting.id}/waivers`} more={{ series_id: waiving.series_id }} onClose={() => setWaiving(null)} /> : null}
    </section>
  );
}
