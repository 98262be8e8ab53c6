import { useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type { DayKind, OfficeCalendar, OfficeDay } from "../../api/types";
import { useFilters } from "../../app/search";
import { useMay, useSession } from "../../app/session";
import { monthGrid } from "../../lib/roc";
import { Button, LinkButton } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { AsKnownOnField, AsKnownOnNotice } from "../../ui/notice/as_known_on";
import { Notice } from "../../ui/notice/notice";
import { PageTitle } from "../../ui/page_title/page_title";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { Select } from "../../ui/select/select";
import { PlainTable } from "../../ui/table/plain_table";
import { useToast } from "../../ui/toast/toast";
import { useCalendarText } from "./words";
import "./calendar.css";

const kinds: DayKind[] = ["holiday", "makeup", "half_day", "typhoon", "weekend", "workday"];

export function CalendarPage() {
  const { t, f } = useCalendarText();
  const session = useSession();
  const allowed = useMay();
  const [filter, change] = useFilters<"year" | "as_known_on">();
  const year = /^\d{4}$/.test(filter.year ?? "") ? Number(filter.year) : Number(session.today.slice(0, 4));
  const [declaring, setDeclaring] = useState(false);
  const calendar = useRead<OfficeCalendar>("/calendar", { year, as_known_on: filter.as_known_on }, { keep: true });
  const name = t.date.year_name(year);
  const days = calendar.data?.days ?? [];
  const known = days.length > 0;
  const edits = allowed("edit_calendar") && !filter.as_known_on;
  return (
    <>
      <AsKnownOnNotice value={filter.as_known_on} onNow={() => change({ as_known_on: null })} />
      <PageTitle
        title={`${t.calendar.title} ${name}`} lead={!calendar.data || calendar.isPlaceholderData ? undefined : known ? t.calendar.lead(name, f.number(days.filter((day) => day.working === "full").length)) : t.calendar.missing(name)}
        actions={
          <>
            <LinkButton to="/calendar/due">{t.calendar.due_calculator}</LinkButton>
            {edits ? <LinkButton to="/calendar/import">{t.calendar.import}</LinkButton> : null}
            {edits ? <Button look="primary" onPress={() => setDeclaring(true)}>{t.calendar.declare}</Button> : null}
          </>
        }
      >
        <div className="row row--bottom no-print">
          <Button onPress={() => change({ year: String(year - 1) })}>{t.calendar.previous}</Button>
          <Button onPress={() => change({ year: String(year + 1) })}>{t.calendar.next}</Button>
          <AsKnownOnField value={filter.as_known_on ?? null} onChange={(iso) => change({ as_known_on: iso })} />
        </div>
      </PageTitle>
      <Answer of={calendar}>
        {(data) => data.days.length === 0 ? <EmptyState title={t.calendar.missing(name)} action={edits ? <LinkButton to="/calendar/import">{t.calendar.import}</LinkButton> : null} /> : (
          <>
            <ul className="calendar-legend" aria-label={t.calendar.legend}>
              {kinds.map((kind) => <li key={kind}><span className={`day day--${kind}`} aria-hidden="true">8{t.calendar.marks[kind] ? <span className="day__mark">{t.calendar.marks[kind]}</span> : null}</span>{t.calendar.kinds[kind]}</li>)}
            </ul>
            <nav className="year-nav no-print" aria-label={t.calendar.to_month}>
              {Array.from({ length: 12 }, (_, index) => <Button key={index} small onPress={() => document.getElementById(`month-${index + 1}`)?.scrollIntoView({ block: "start" })}>{t.date.month_short(index + 1)}</Button>)}
            </nav>
            <div className="year">
              {Array.from({ length: 12 }, (_, index) => <Month key={index} year={data.year} month={index + 1} days={data.days} today={session.today} />)}
            </div>
            <div className="split split--half">
              <section className="stack stack--tight">
                <h2>{t.calendar.special}</h2>
                <PlainTable caption={t.calendar.special} rows={data.days.filter((day) => day.kind !== "workday" && day.kind !== "weekend")} rowKey={(row) => row.on} columns={[
                  { key: "on", label: t.calendar.on, kind: "main", cell: (row) => `${f.longDate(row.on)}（${t.date.weekdays[new Date(`${row.on}T00:00:00Z`).getUTCDay()] ?? ""}）` },
                  { key: "kind", label: t.calendar.kind, kind: "short", cell: (row) => t.calendar.kinds[row.kind] },
                  { key: "note", label: t.common.note, cell: (row) => row.note || "—" },
                ]} />
              </section>
              <section className="stack stack--tight">
                <h2>{t.calendar.versions}</h2>
                {data.versions.length === 0 ? <p className="muted small">{t.calendar.no_versions}</p> : (
                  <PlainTable caption={t.calendar.versions} rows={[...data.versions].reverse()} rowKey={(row) => row.id} columns={[
                    { key: "id", label: t.calendar.versions, kind: "main", cell: (row) => <>{t.calendar.version(row.id)}{row.id === data.version ? " ✓" : ""}</> },
                    { key: "at", label: t.common.recorded_at, kind: "short", cell: (row) => f.instant(row.recorded_at) },
                    { key: "source", label: t.common.source, cell: (row) => row.source },
                    { key: "note", label: t.common.note, cell: (row) => row.note || "—" },
                  ]} />
                )}
              </section>
            </div>
          </>
        )}
      </Answer>
      {declaring ? <DeclareDialog onClose={() => setDeclaring(false)} /> : null}
    </>
  );
}

function Month({ year, month, days, today }: { year: number; month: number; days: OfficeDay[]; today: string }) {
  const { t } = useCalendarText();
  const byDate = new Map(days.map((day) => [day.on, day]));
  return (
    <section className="year__month" id={`month-${month}`} aria-label={t.date.month_name(year, month)}>
      <h2>{t.date.month_short(month)}</h2>
      <table>
        <thead><tr>{t.date.weekdays.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
        <tbody>
          {monthGrid(year, month).map((week, row) => (
            <tr key={row}>
              {week.map((on, column) => {
                if (on === null) return <td key={column} />;
                const day = byDate.get(on);
                const kind = day?.kind ?? "workday";
                const special = kind !== "workday" && kind !== "weekend";
                return (
                  <td key={on} title={special ? `${t.calendar.kinds[kind]} ${day?.note ?? ""}` : undefined}>
                    <span className={`day day--${kind}${on === today ? " day--today" : ""}`}>
                      {Number(on.slice(8))}
                      {t.calendar.marks[kind] ? <span className="day__mark" aria-hidden="true">{t.calendar.marks[kind]}</span> : null}
                      {special ? <span className="visually-hidden"> {t.calendar.kinds[kind]} {day?.note}</span> : null}
                    </span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The effect is shown before anything is changed. */
function DeclareDialog({ onClose }: { onClose: () => void }) {
  const { t } = useCalendarText();
  const say = useToast();
  const session = useSession();
  const [on, setOn] = useState<string | null>(session.today);
  const [closed, setClosed] = useState("all");
  const [note, setNote] = useState("");
  const [effect, setEffect] = useState<{ of: string; moved: number } | null>(null);
  const body = { on, kind: "typhoon", closed, note: note.trim() || null };
  const asked = JSON.stringify(body);
  const trial = useChange<{ due_dates_moved: number }>({ refresh: false });
  const real = useChange<{ version: string; due_dates_moved: number }>({
    onDone: (answer) => {
      say(t.calendar.declare_said(answer.due_dates_moved));
      onClose();
    },
  });
  const error = real.error ?? trial.error;
  const faults = useFaults(error);
  const known = effect?.of === asked ? effect : null;
  return (
    <Dialog title={t.calendar.declare_title} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={error} onSubmit={() => {
        if (!faults.check([on === null && { path: "on", message: t.form.must(t.calendar.on) }])) return;
        if (known) real.mutate({ path: "/calendar-days", body });
        else trial.mutate({ path: "/calendar-days", body: { ...body, dry_run: true } }, { onSuccess: (answer) => setEffect({ of: asked, moved: answer.due_dates_moved }) });
      }}>
        <p className="muted small">{t.calendar.declare_hint}</p>
        <div className="form__row">
          <RocDatePicker name="on" label={t.calendar.on} value={on} onChange={setOn} error={faults.of("on")} required />
          <Select name="closed" label={t.calendar.closed} value={closed} onChange={setClosed} error={faults.of("closed")} options={Object.entries(t.calendar.closed_parts).map(([value, label]) => ({ value, label }))} />
        </div>
        <TextField name="note" label={t.common.note} value={note} onChange={setNote} error={faults.of("note")} />
        <div aria-live="polite">{known ? <Notice warn={known.moved > 0}>{t.calendar.effect(known.moved)}</Notice> : null}</div>
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look="primary" busy={trial.isPending || real.isPending}>{known ? t.calendar.declare : t.calendar.try_effect}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
