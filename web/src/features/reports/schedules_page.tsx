import { useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type { List, ReportRun, ReportSchedule } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Answer, EmptyState, FaultNotice } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { DataTable, type Column } from "../../ui/table/data_table";
import { PlainTable } from "../../ui/table/plain_table";
import { useCursor } from "../../ui/table/use_pages";
import { useToast } from "../../ui/toast/toast";
import { ScheduleDialog } from "./schedule_dialog";
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
