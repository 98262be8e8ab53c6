import { useState } from "react";
import { useRead } from "../../api/hooks";
import type { CalendarDue, Clock } from "../../api/types";
import { useSession } from "../../app/session";
import { Button } from "../../ui/button/button";
import { FaultNotice, Loading } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Emphasis, PageTitle } from "../../ui/page_title/page_title";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { Select } from "../../ui/select/select";
import { PlainTable } from "../../ui/table/plain_table";
import { useCalendarText } from "./words";

export function DuePage() {
  const { t, f } = useCalendarText();
  const session = useSession();
  const [start, setStart] = useState<string | null>(session.today);
  const [time, setTime] = useState("09:00");
  const [amount, setAmount] = useState("6");
  const [clock, setClock] = useState<Clock>("working_day");
  const [asked, setAsked] = useState<{ start: string; amount: number; clock: Clock } | null>(null);
  const answer = useRead<CalendarDue>("/calendar-due", asked ? { ...asked } : {}, { enabled: asked !== null });
  const faults = useFaults(answer.error);
  const send = () => {
    const count = Number(amount.normalize("NFKC"));
    const well = faults.check([
      start === null && { path: "start", message: t.form.must(t.due.start) },
      !(Number.isInteger(count) && count >= 1) && { path: "amount", message: t.form.whole_number },
    ]);
    // Hours run from the minute of receipt, which is told in the city's own time.
    if (well && start !== null) setAsked({ start: clock === "hour" ? `${start}T${/^\d{2}:\d{2}$/.test(time) ? time : "09:00"}:00+08:00` : start, amount: count, clock });
  };
  return (
    <>
      <PageTitle title={t.due.title} crumbs={[{ label: t.nav.calendar, to: "/calendar" }]}><p className="muted">{t.due.lead}</p></PageTitle>
      <Form faults={faults.faults} onSubmit={send}>
        <div className="form__row">
          <RocDatePicker name="start" label={t.due.start} value={start} onChange={setStart} error={faults.of("start")} required />
          <TextField name="amount" label={t.due.amount} value={amount} onChange={setAmount} error={faults.of("amount")} inputMode="numeric" required />
          <Select name="clock" label={t.due.clock} value={clock} onChange={(value) => setClock(value as Clock)} error={faults.of("clock")} options={Object.entries(t.due.clocks).map(([value, label]) => ({ value, label }))} />
          {clock === "hour" ? <TextField name="time" label={t.due.start_time} value={time} onChange={setTime} /> : null}
        </div>
        <div><Button type="submit" look="primary" busy={answer.isFetching}>{t.due.submit}</Button></div>
      </Form>
      <div aria-live="polite" className="stack">
        {asked === null ? null : answer.error ? <FaultNotice error={answer.error} /> : !answer.data ? <Loading lines={2} /> : (
          <>
            <p className="page-title__lead"><Emphasis text={t.due.answer(f.longDate(answer.data.due_on))} />{answer.data.due_at && asked.clock !== "working_day" && asked.clock !== "calendar_day" ? ` ${t.due.at(f.instant(answer.data.due_at))}` : ""}</p>
            {answer.data.version ? <p className="muted small">{t.due.version} {answer.data.version}</p> : null}
            <section className="stack stack--tight">
              <h2>{t.due.skipped}</h2>
              {answer.data.skipped.length === 0 ? <p className="muted small">{t.due.no_skipped}</p> : (
                <PlainTable caption={t.due.skipped} rows={answer.data.skipped} rowKey={(row) => row.on} columns={[
                  { key: "on", label: t.calendar.on, kind: "main", cell: (row) => f.longDate(row.on) },
                  { key: "note", label: t.common.note, cell: (row) => row.note || "—" },
                ]} />
              )}
            </section>
          </>
        )}
      </div>
    </>
  );
}
