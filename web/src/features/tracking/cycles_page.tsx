import { lazy, Suspense, useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type { FilingCycle, LockException } from "../../api/types";
import { useMay } from "../../app/session";
import { useLanguage, useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { EmptyState } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { DataTable, type Column } from "../../ui/table/data_table";
import { useToast } from "../../ui/toast/toast";
import { tracking } from "./words";

const AgencyBox = lazy(async () => ({ default: (await import("../agencies/agency_box")).AgencyBox }));

export function CyclesPage() {
  const { f } = useLanguage();
  const all = useWords(tracking);
  const words = all.cycle;
  const controls = useMay()("control_works");
  const cycles = useRead<{ rows: FilingCycle[] }>("/tracking-cycles");
  const [locking, setLocking] = useState<FilingCycle | null>(null);
  const [granting, setGranting] = useState<FilingCycle | null>(null);
  const rows = cycles.data?.rows;
  const newest = rows?.[0];
  const columns: Column<FilingCycle>[] = [
    { key: "period", label: words.period, kind: "main", fixed: true, cell: (row) => row.label },
    { key: "tier", label: words.tier, kind: "short", cell: (row) => row.tier },
    { key: "phase", label: words.phase, kind: "short", cell: (row) => all.phases[row.phase] },
    { key: "due", label: words.due, kind: "number", cell: (row) => f.date(row.due_on) },
    { key: "closes", label: words.closes, kind: "number", cell: (row) => f.date(row.closes_on) },
    { key: "owed", label: words.owed, kind: "number", cell: (row) => f.number(row.owed) },
    { key: "submitted", label: words.submitted, kind: "number", cell: (row) => f.number(row.submitted) },
    { key: "late", label: words.late, kind: "number", cell: (row) => f.number(row.late) },
    { key: "accepted", label: words.accepted, kind: "number", cell: (row) => f.number(row.accepted) },
    { key: "missing", label: words.missing, kind: "number", cell: (row) => f.number(row.missing) },
  ];
  return (
    <>
      <PageTitle title={words.title} lead={rows === undefined ? undefined : newest ? words.lead(f.number(newest.missing), newest.label) : words.lead_none} crumbs={[{ label: all.title, to: "/tracking" }]} />
      <DataTable name="cycles" exports={{ list: "tracking-cycles", query: {} }} label={words.title} columns={columns} rows={rows} rowKey={(row) => row.id} rowText={(row) => `${row.label} ${row.tier}`} error={cycles.data ? null : cycles.error} retry={() => void cycles.refetch()}
        {...(controls ? { actions: (row: FilingCycle) => [
          ...(row.phase === "late" || row.phase === "closed" ? [{ key: "lock", label: words.lock, run: () => setLocking(row) }] : []),
          ...(row.phase === "locked" ? [{ key: "unlock", label: words.unlock, run: () => setLocking(row) }] : []),
          { key: "exceptions", label: words.exceptions, run: () => setGranting(row) },
        ] } : {})}
        empty={<EmptyState title={words.empty}>{words.empty_hint}</EmptyState>} />
      {locking ? <LockDialog cycle={locking} onClose={() => setLocking(null)} /> : null}
      {granting ? <ExceptionsDialog cycle={granting} onClose={() => setGranting(null)} /> : null}
    </>
  );
}

function LockDialog({ cycle, onClose }: { cycle: FilingCycle; onClose: () => void }) {
  const { t } = useLanguage();
  const words = useWords(tracking).cycle;
  const say = useToast();
  const unlocks = cycle.phase === "locked";
  const [reason, setReason] = useState("");
  const change = useChange({
    onDone: () => {
      say(unlocks ? words.unlock : words.locked_said);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={`${unlocks ? words.unlock : words.lock} ${cycle.label}`} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([unlocks && reason.trim() === "" && { path: "reason", message: t.form.must(words.unlock_reason) }])) change.mutate({ path: `/tracking-cycles/${cycle.id}/lock`, body: { locked: !unlocks, reason: reason.trim() } });
      }}>
        {unlocks ? <TextField name="reason" label={words.unlock_reason} value={reason} onChange={setReason} error={faults.of("reason")} multiline required /> : null}
        <SubmitButtons onClose={onClose} busy={change.isPending}>{unlocks ? words.unlock : words.lock}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

function ExceptionsDialog({ cycle, onClose }: { cycle: FilingCycle; onClose: () => void }) {
  const { t, f } = useLanguage();
  const words = useWords(tracking).cycle;
  const say = useToast();
  const list = useRead<{ rows: LockException[] }>("/tracking-exceptions", { kind: cycle.kind, period: cycle.period });
  const [agency, setAgency] = useState<string | null>(null);
  const [reason, setReason] = useState("");
  const [until, setUntil] = useState<string | null>(null);
  const change = useChange({ onDone: () => say(words.granted) });
  const ending = useChange({ onDone: () => say(words.ended) });
  const faults = useFaults(change.error);
  return (
    <Dialog wide title={`${words.exceptions} ${cycle.label}`} isOpen onClose={onClose}>
      <ul className="plain-list">
        {(list.data?.rows ?? []).map((one) => (
          <li key={one.id} className="said">
            <p>{one.agency_name || t.common.all} <span className="tag">{one.lasts ? words.lasts : words.ended}</span></p>
            <p className="small">{one.reason}</p>
            <p className="muted small">{words.until} {f.instant(one.expires_at)} · {words.by} {one.granted_by_name}</p>
            {one.lasts ? <Button small onPress={() => ending.mutate({ path: `/tracking-exceptions/${one.id}/end`, body: {} })}>{words.end}</Button> : null}
          </li>
        ))}
      </ul>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        const well = faults.check([reason.trim() === "" && { path: "reason", message: t.form.must(words.reason) }, until === null && { path: "expires_at", message: t.form.must(words.until) }]);
        if (well) change.mutate({ path: "/tracking-exceptions", body: { kind: cycle.kind, period: cycle.period, agency_id: agency || null, reason: reason.trim(), expires_at: `${until}T15:59:59Z` } });
      }}>
        <Suspense fallback={null}><AgencyBox name="agency_id" label={words.agency} anyLabel={t.common.all} value={agency} onChange={setAgency} error={faults.of("agency_id")} /></Suspense>
        <TextField name="reason" label={words.reason} value={reason} onChange={setReason} error={faults.of("reason")} multiline required />
        <RocDatePicker name="expires_at" label={words.until} value={until} onChange={setUntil} error={faults.of("expires_at")} required />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{words.grant}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
