import { useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type { List, ReportReader, ReportRow, ReportRun, ReportSchedule } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons, SubmitButtons } from "../../ui/dialog/dialog";
import { Answer, EmptyState, FaultNotice } from "../../ui/empty_state/empty_state";
import { Form, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { ComboBox } from "../../ui/select/combo_box";
import { Select } from "../../ui/select/select";
import { DataTable, type Column } from "../../ui/table/data_table";
import { PlainTable } from "../../ui/table/plain_table";
import { useCursor } from "../../ui/table/use_pages";
import { useToast } from "../../ui/toast/toast";
import { reports } from "./words";
import "./reports.css";

/** Reports that go out by mail by themselves. */
export function SchedulesPage() {
  const { t, f } = useLanguage();
  const all = useWords(reports);
  const words = all.schedules;
  const say = useToast();
  const { cursor, pages } = useCursor("schedules");
  const list = useRead<List<ReportSchedule>>("/report-schedules", { cursor, limit: 25 }, { keep: true });
  const [making, setMaking] = useState(false);
  const [shown, setShown] = useState<ReportSchedule | null>(null);
  const [removing, setRemoving] = useState<ReportSchedule | null>(null);
  const change = useChange({});
  const dayOf = (row: ReportSchedule) => (row.rhythm === "weekly" ? words.weekdays[row.day - 1] : words.month_day(row.day));
  const columns: Column<ReportSchedule>[] = [
    { key: "report", label: words.report, kind: "main", fixed: true, cell: (row) => row.title },
    { key: "rhythm", label: words.rhythm, kind: "short", cell: (row) => `${words.rhythms[row.rhythm]} ${dayOf(row)}` },
    { key: "readers", label: words.readers, cell: (row) => f.list(row.readers.map((reader) => reader.name)) },
    { key: "next", label: words.next_on, kind: "number", cell: (row) => (row.state === "active" ? f.date(row.next_on) : "—") },
    { key: "state", label: t.common.state, kind: "short", cell: (row) => <><span className={row.state === "active" ? "tag" : "tag tag--warn"}>{words.states[row.state]}</span> {row.reason}</> },
    { key: "owner", label: words.owner, kind: "short", hidden: true, cell: (row) => row.owner_name },
    { key: "format", label: all.format, kind: "short", hidden: true, cell: (row) => row.format.toUpperCase() },
  ];
  return (
    <>
      <PageTitle title={words.title} lead={list.data ? words.lead(f.number(list.data.rows.length)) : undefined} crumbs={[{ label: all.title, to: "/reports" }]}
        actions={<Button look="primary" onPress={() => setMaking(true)}>{words.create}</Button>} />
      {change.error ? <FaultNotice error={change.error} /> : null}
      <DataTable name="report-schedules" exports={{ list: "report-schedules", query: {} }} label={words.title} columns={columns} rows={list.data?.rows} rowKey={(row) => row.id} rowText={(row) => row.title}
        error={list.data ? null : list.error} retry={() => void list.refetch()} stale={list.isPlaceholderData} pages={pages(list.data)} onOpen={setShown}
        actions={(row) => [
          { key: "history", label: words.history, run: () => setShown(row) },
          ...(row.actions.includes("pause") ? [{ key: "pause", label: words.pause, run: () => change.mutate({ method: "PUT", path: `/report-schedules/${row.id}`, body: { revision: row.revision, state: "paused" } }) }] : []),
          ...(row.actions.includes("resume") ? [{ key: "resume", label: words.resume, run: () => change.mutate({ method: "PUT", path: `/report-schedules/${row.id}`, body: { revision: row.revision, state: "active" } }) }] : []),
          ...(row.actions.includes("remove") ? [{ key: "remove", label: words.remove, danger: true, run: () => setRemoving(row) }] : []),
        ]}
        empty={<EmptyState title={words.empty}>{words.empty_hint}</EmptyState>} />
      {making ? <ScheduleDialog onClose={() => setMaking(false)} /> : null}
      {removing ? <RemoveDialog schedule={removing} onClose={() => setRemoving(null)} onDone={() => say(words.removed)} /> : null}
      {shown ? <HistoryDialog schedule={shown} onClose={() => setShown(null)} /> : null}
    </>
  );
}

function RemoveDialog({ schedule, onClose, onDone }: { schedule: ReportSchedule; onClose: () => void; onDone: () => void }) {
  const { t } = useLanguage();
  const words = useWords(reports).schedules;
  const remove = useChange({
    onDone: () => {
      onDone();
      onClose();
    },
  });
  return (
    <Dialog title={words.remove_title(schedule.title)} isOpen onClose={onClose}>
      <p>{words.remove_text}</p>
      {remove.error ? <FaultNotice error={remove.error} /> : null}
      <DialogButtons>
        <Button onPress={onClose}>{t.common.back}</Button>
        <Button look="danger" busy={remove.isPending} onPress={() => remove.mutate({ method: "DELETE", path: `/report-schedules/${schedule.id}` })}>{words.remove}</Button>
      </DialogButtons>
    </Dialog>
  );
}

function HistoryDialog({ schedule, onClose }: { schedule: ReportSchedule; onClose: () => void }) {
  const { t, f } = useLanguage();
  const words = useWords(reports).schedules;
  const read = useRead<{ rows: ReportRun[] }>(`/report-schedules/${schedule.id}/runs`);
  return (
    <Dialog title={f.pair(words.history, schedule.title)} isOpen onClose={onClose}>
      <Answer of={read}>
        {(data) => data.rows.length === 0 ? <p className="muted">{words.no_history}</p> : (
          <PlainTable caption={words.history} rows={data.rows} rowKey={(row) => `${row.period} ${row.reader_name}`} columns={[
            { key: "period", label: words.period, kind: "short", cell: (row) => f.date(row.period) },
            { key: "reader", label: words.readers, kind: "main", cell: (row) => row.reader_name },
            { key: "outcome", label: words.outcome, kind: "short", cell: (row) => words.outcomes[row.outcome] },
            { key: "at", label: t.common.recorded_at, kind: "number", cell: (row) => f.instant(row.at) },
          ]} />
        )}
      </Answer>
      <DialogButtons><Button look="primary" onPress={onClose}>{t.common.close}</Button></DialogButtons>
    </Dialog>
  );
}

function ScheduleDialog({ onClose }: { onClose: () => void }) {
  const all = useWords(reports);
  const words = all.schedules;
  const say = useToast();
  const kinds = useRead<{ rows: ReportRow[] }>("/reports");
  const [report, setReport] = useState<string | null>(null);
  const [rhythm, setRhythm] = useState<ReportSchedule["rhythm"]>("monthly");
  const [day, setDay] = useState("1");
  const [about, setAbout] = useState<ReportSchedule["about"]>("month_before");
  const [format, setFormat] = useState<ReportSchedule["format"]>("ods");
  const [readers, setReaders] = useState<ReportReader[]>([]);
  const [typed, setTyped] = useState("");
  const chosen = report ?? kinds.data?.rows[0]?.name ?? "";
  const found = useRead<{ rows: ReportReader[] }>("/report-readers", { report: chosen, q: typed }, { enabled: chosen !== "", keep: true });
  const change = useChange({
    onDone: () => {
      say(words.created);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  const days = rhythm === "weekly" ? words.weekdays.map((label, at) => ({ value: String(at + 1), label })) : Array.from({ length: 31 }, (_, at) => ({ value: String(at + 1), label: words.month_day(at + 1) }));
  return (
    <Dialog title={words.create} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (!faults.check([readers.length === 0 && { path: "readers", message: words.choose_readers }])) return;
        change.mutate({ path: "/report-schedules", body: { report: chosen, format, rhythm, day: Number(day), about, readers: readers.map((reader) => reader.account_id) } });
      }}>
        <p className="muted small">{words.hint}</p>
        <Select name="report" label={words.report} value={chosen} onChange={setReport} error={faults.of("report")} options={(kinds.data?.rows ?? []).map((row) => ({ value: row.name, label: row.title }))} />
        <Select name="rhythm" label={words.rhythm} value={rhythm} onChange={(next) => {
          setRhythm(next as ReportSchedule["rhythm"]);
          setDay("1");
        }} options={(["weekly", "monthly"] as const).map((value) => ({ value, label: words.rhythms[value] }))} />
        <Select name="day" label={words.day} hint={words.moved} value={day} onChange={setDay} error={faults.of("day")} options={days} />
        <Select name="about" label={words.about} value={about} onChange={(next) => setAbout(next as ReportSchedule["about"])} options={(["day", "month_before"] as const).map((value) => ({ value, label: words.abouts[value] }))} />
        <Select name="format" label={all.format} value={format} onChange={(next) => setFormat(next as ReportSchedule["format"])} options={(["ods", "xlsx", "csv", "odt"] as const).map((value) => ({ value, label: all.exports.formats[value] }))} />
        {/* A new box after each choice: empty and closed, ready for the next name. */}
        <ComboBox key={readers.length} name="readers" label={words.find_reader} value={null} error={faults.of("readers")} onType={setTyped}
          options={(found.data?.rows ?? []).filter((row) => !readers.some((each) => each.account_id === row.account_id)).map((row) => ({ value: row.account_id, label: row.name }))}
          onChange={(id) => {
            const reader = found.data?.rows.find((row) => row.account_id === id);
            if (!reader) return;
            setReaders([...readers, reader]);
            setTyped("");
          }} />
        <ul className="readers" aria-label={words.readers}>
          {readers.map((reader) => (
            <li key={reader.account_id} className="tag">
              {reader.name} <Button small look="quiet" aria-label={words.take_out(reader.name)} onPress={() => setReaders(readers.filter((each) => each !== reader))}>✕</Button>
            </li>
          ))}
        </ul>
        <SubmitButtons onClose={onClose} busy={change.isPending}>{words.create}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
