import { useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type { ReportReader, ReportRow, ReportSchedule } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Form, useFaults } from "../../ui/form/form";
import { ComboBox } from "../../ui/select/combo_box";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import { reports } from "./words";
import "./reports.css";

/** A question that is to be sent as it stands: a statistic, or a report with its filter. */
export interface Preset {
  report: string;
  title: string;
  /** Its parameters, as an encoded query. */
  filter: string;
}

/** The parameters with a period that moves with the report's day in place of fixed days. */
function withSpan(filter: string, span: string): string {
  if (span === "fixed") return filter;
  const parts = new URLSearchParams(filter);
  for (const name of ["from", "to"]) parts.delete(name);
  if (span !== "all") parts.set("span", span);
  return parts.toString();
}

export function ScheduleDialog({ preset, onClose }: { preset?: Preset; onClose: () => void }) {
  const { f } = useLanguage();
  const all = useWords(reports);
  const words = all.schedules;
  const say = useToast();
  const kinds = useRead<{ rows: ReportRow[] }>("/reports", {}, { enabled: !preset });
  const [report, setReport] = useState<string | null>(null);
  const [rhythm, setRhythm] = useState<ReportSchedule["rhythm"]>("monthly");
  const [day, setDay] = useState("1");
  const [about, setAbout] = useState<ReportSchedule["about"]>("month_before");
  const [format, setFormat] = useState<ReportSchedule["format"]>("ods");
  const [readers, setReaders] = useState<ReportReader[]>([]);
  const [typed, setTyped] = useState("");
  const given = new URLSearchParams(preset?.filter);
  const fixed = given.has("from") || given.has("to");
  const [span, setSpan] = useState(fixed ? "fixed" : "all");
  const chosen = preset?.report ?? report ?? kinds.data?.rows[0]?.name ?? "";
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
        change.mutate({ path: "/report-schedules", body: { report: chosen, ...(preset ? { filter: withSpan(preset.filter, span) } : {}), format, rhythm, day: Number(day), about, readers: readers.map((reader) => reader.account_id) } });
      }}>
        <p className="muted small">{words.hint}</p>
        {preset ? <p>{f.pair(words.report, preset.title)}</p> : (
          <Select name="report" label={words.report} value={chosen} onChange={setReport} error={faults.of("report")} options={(kinds.data?.rows ?? []).map((row) => ({ value: row.name, label: row.title }))} />
        )}
        {preset?.report.startsWith("statistic-") ? (
          <Select name="span" label={words.span} hint={words.span_hint} value={span} onChange={setSpan} error={faults.of("span")}
            options={(fixed ? ["fixed", "month", "quarter", "year"] as const : ["all", "month", "quarter", "year"] as const).map((value) => ({ value, label: words.spans[value] }))} />
        ) : null}
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
