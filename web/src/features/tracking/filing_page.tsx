import { useState } from "react";
import { useParams } from "@tanstack/react-router";
import { useChange, useRead } from "../../api/hooks";
import type { FilingForm, FormMeasure, TrackedItem, TrackingKinds } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { LineChart } from "../../ui/chart/chart";
import { Answer } from "../../ui/empty_state/empty_state";
import { Check, Form, TextField, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import { curveData, monthText, percentText, readPercent, type Every } from "./figures";
import { tracking } from "./words";
import "./tracking.css";

export function FilingPage() {
  const { id, period } = useParams({ strict: false }) as { id: string; period: string };
  const form = useRead<FilingForm>(`/tracking-items/${id}/filings/${period}`);
  const item = useRead<TrackedItem>(`/tracking-items/${id}`);
  const kinds = useRead<TrackingKinds>("/tracking-kinds");
  return (
    <Answer of={form}>
      {(data) => (item.data && kinds.data ? <Body key={`${data.revision}${data.state ?? ""}`} form={data} every={item.data.every} kinds={kinds.data} /> : null)}
    </Answer>
  );
}

function Body({ form, every, kinds }: { form: FilingForm; every: Every; kinds: TrackingKinds }) {
  const { t, f } = useLanguage();
  const all = useWords(tracking);
  const words = all.filing;
  const say = useToast();
  const [actuals, setActuals] = useState<Record<string, string>>(() => Object.fromEntries(form.measures.map((one) => [one.measure, one.actual === null ? "" : percentText(one.actual)])));
  const [dates, setDates] = useState<Record<string, string | null>>({});
  const [narrative, setNarrative] = useState(form.narrative);
  const [lag, setLag] = useState({
    category: form.lag?.category ?? "", responsibility: form.lag?.responsibility ?? "", cause: form.lag?.cause ?? "", countermeasure: form.lag?.countermeasure ?? "", help: form.lag?.help ?? "", deadline_on: form.lag?.deadline_on ?? null,
  });
  const [rating, setRating] = useState<string>(form.own_rating ?? "");
  const [confirmed, setConfirmed] = useState(false);
  const [note, setNote] = useState("");
  const [given, setGiven] = useState<string>(form.reviewer_rating ?? "");
  const [said, setSaid] = useState("");
  const change = useChange<FilingForm>({ onDone: () => say(said) });
  const faults = useFaults(change.error);
  const path = `/tracking-items/${form.item.id}/filings/${form.period}`;
  const title_of = (measure: string) => kinds.rows.find((one) => one.name === form.item.kind)?.measures.find((one) => one.name === measure)?.title ?? measure;
  const writes = form.actions.includes("save");
  const was_submitted = form.state === "submitted" || form.state === "accepted";
  // What the server said of the kept draft stands at its field until something else is said.
  const fault_of = (at: string) => faults.of(at) ?? form.faults.find((one) => one.path === at)?.message;
  const on = (phase: FilingForm["phase"]) => f.date(phase === "planned" ? form.opens_on : phase === "open" ? form.due_on : form.closes_on);
  const behind = form.measures.some((one) => one.asked && lagOf(one, actuals[one.measure] ?? "") > 0) || form.lag_kind !== null;
  const jumps = form.faults.some((one) => one.path.startsWith("actuals.")) || form.measures.some((one) => (readPercent(actuals[one.measure] ?? "") ?? 0) - (one.before ?? 0) > 3000);
  const body = () => ({
    actuals: form.measures.filter((one) => one.asked).map((one) => ({ measure: one.measure, actual: readPercent(actuals[one.measure] ?? "") })),
    checkpoints: Object.entries(dates).map(([id, actual_finish]) => ({ id, actual_finish })),
    narrative: narrative.trim(), lag: behind ? lag : null, own_rating: rating || null, confirm_jump: confirmed, revision: form.revision,
  });
  const bad = () => form.measures.filter((one) => one.asked && (actuals[one.measure] ?? "").trim() !== "" && readPercent(actuals[one.measure] ?? "") === null).map((one) => ({ path: `actuals.${one.measure}`, message: words.not_number }));
  const send = (submit: boolean) => {
    if (!faults.check(bad())) return;
    setSaid(submit ? words.submitted : words.saved);
    change.mutate(submit ? { path: `${path}/submission`, body: body() } : { method: "PUT", path, body: body() });
  };
  const decide = (accept: boolean) => {
    if (!faults.check([!accept && note.trim() === "" && { path: "note", message: t.form.must(words.review_note) }])) return;
    setSaid(accept ? words.accept : words.return);
    change.mutate({ path: `${path}/decision`, body: { accept, note: note.trim(), rating: given || null, revision: form.revision } });
  };
  return (
    <>
      <PageTitle title={`${words.title(form.label)} ${form.item.title}`} lead={words.lead[form.phase](on(form.phase))} crumbs={[{ label: all.title, to: "/tracking" }, { label: form.item.title, to: `/tracking/${form.item.id}` }]}>
        <p className="small muted">
          {all.phases[form.phase]}{form.state ? ` · ${all.filing_states[form.state]}` : ""}
          {form.reviewers.length > 0 && was_submitted ? ` · ${words.reviewed(form.level, form.reviewers.length)}` : ""}
          {(form.late_days ?? 0) > 0 ? ` · ${all.item.late_days(form.late_days ?? 0)}${form.late_waived ? `（${all.item.late_waived}）` : ""}` : ""}
          {form.computed ? ` · ${words.computed} ${all.ratings[form.computed]}` : ""}
        </p>
        {form.note ? <p className="small">{words.last_note}：{form.note}</p> : null}
      </PageTitle>
      <Form wide faults={faults.faults} error={change.error} onSubmit={() => send(true)}>
        <div className="filing">
          {was_submitted && writes ? <p className="small">{words.taken_back}</p> : null}
          <section className="stack stack--tight">
            <h2>{words.progress}</h2>
            <p className="small muted">{words.keys}</p>
            <div className="filing__measures">
              {form.measures.map((one) => (
                <div key={one.measure} className="panel stack stack--tight">
                  <h3>{title_of(one.measure)}</h3>
                  {one.asked ? (
                    <>
                      <dl className="facts">
                        <dt>{words.before}</dt><dd className="number">{one.before === null ? words.no_before : `${percentText(one.before)}%`}</dd>
                        <dt>{words.planned_first}</dt><dd className="number">{one.planned_first === null ? "—" : `${percentText(one.planned_first)}%`}</dd>
                        <dt>{words.planned_current}</dt><dd className="number">{one.planned_current === null ? "—" : `${percentText(one.planned_current)}%`}</dd>
                      </dl>
                      {writes ? (
                        <TextField name={`actuals.${one.measure}`} label={words.actual_of(title_of(one.measure))} value={actuals[one.measure] ?? ""} onChange={(text) => setActuals({ ...actuals, [one.measure]: text })} error={fault_of(`actuals.${one.measure}`)} inputMode="decimal" required />
                      ) : <p className="number"><strong>{one.actual === null ? all.values[one.state] : `${percentText(one.actual)}%`}</strong></p>}
                      <LagLine measure={one} text={actuals[one.measure] ?? ""} />
                    </>
                  ) : <p className="muted small">{words.not_asked}</p>}
                </div>
              ))}
            </div>
            {writes && jumps ? <Check label={words.confirm_jump} checked={confirmed} onChange={setConfirmed} /> : null}
          </section>
          {form.measures.map((one) => {
            const data = curveData({
              title: `${title_of(one.measure)} ${words.curve}`, measure: one.measure, first: form.first_curves, current: form.current_curves, periods: form.periods, every, label: (day) => f.date(day).slice(0, 6),
              typed: { period: form.period, actual: readPercent(actuals[one.measure] ?? "") },
              labels: { first: all.item.planned_first, current: all.item.planned_current, actual: all.item.actual, missing: all.values.missing },
            });
            return data && one.asked ? <section key={one.measure} className="panel"><h2>{title_of(one.measure)} {words.curve}</h2><LineChart data={data} valueText={(value) => `${value}%`} /></section> : null;
          })}
          {writes && form.checkpoints.length > 0 ? (
            <section className="stack stack--tight">
              <h2>{words.checkpoints}</h2>
              <div className="filing__measures">
                {form.checkpoints.map((one) => {
                  const at = Object.keys(dates).indexOf(one.id);
                  return (
                    <RocDatePicker key={one.id} name={`checkpoints[${at}].actual_finish`} label={words.done_on(one.name)} hint={`${all.item.planned_finish} ${f.date(one.planned_finish)}${one.overdue ? `，${all.item.overdue}` : ""}`}
                      value={one.id in dates ? dates[one.id] ?? null : one.actual_finish} onChange={(iso) => setDates({ ...dates, [one.id]: iso })} error={at >= 0 ? fault_of(`checkpoints[${at}].actual_finish`) : undefined} />
                  );
                })}
              </div>
            </section>
          ) : null}
          <section className="filing__pair">
            <div className="stack stack--tight">
              <h2>{form.before_period ? words.before_narrative(f.date(form.before_period).slice(0, 6)) : words.before}</h2>
              <div className="filing__before">{form.before_narrative || words.no_before}</div>
            </div>
            <div className="stack stack--tight">
              <h2>{words.narrative}</h2>
              {writes ? <TextField name="narrative" label={words.narrative} value={narrative} onChange={setNarrative} error={fault_of("narrative")} multiline required /> : <div className="filing__before">{form.narrative || all.values.missing}</div>}
              {form.similarity > 0 ? <p className={form.looks_copied ? "small status status--at_risk" : "small muted"}>{form.looks_copied ? words.copied(f.percent(form.similarity)) : words.alike(f.percent(form.similarity))}</p> : null}
            </div>
          </section>
          {behind ? (
            <section className="stack stack--tight">
              <h2>{words.lag_title}</h2>
              <p className="small">{words.lag_lead(all.lag_kinds[form.lag_kind ?? "behind_plan"])}</p>
              {form.before_lag ? <p className="small muted">{words.before_lag}：{form.before_lag.category}，{form.before_lag.cause}，{form.before_lag.countermeasure}</p> : null}
              {writes ? (
                <>
                  <div className="form__row">
                    <Select name="lag.category" label={words.category} value={lag.category} onChange={(category) => setLag({ ...lag, category })} error={fault_of("lag.category")} required options={[{ value: "", label: words.choose }, ...form.lag_categories.map((value) => ({ value, label: value }))]} />
                    <Select name="lag.responsibility" label={words.responsibility} value={lag.responsibility} onChange={(responsibility) => setLag({ ...lag, responsibility })} error={fault_of("lag.responsibility")} required options={[{ value: "", label: words.choose }, ...form.lag_responsibilities.map((value) => ({ value, label: value }))]} />
                    <RocDatePicker name="lag.deadline_on" label={words.deadline} value={lag.deadline_on} onChange={(deadline_on) => setLag({ ...lag, deadline_on })} error={fault_of("lag.deadline_on")} required />
                  </div>
                  <TextField name="lag.cause" label={words.cause} value={lag.cause} onChange={(cause) => setLag({ ...lag, cause })} error={fault_of("lag.cause")} multiline required />
                  <TextField name="lag.countermeasure" label={words.countermeasure} value={lag.countermeasure} onChange={(countermeasure) => setLag({ ...lag, countermeasure })} error={fault_of("lag.countermeasure")} multiline required />
                  <TextField name="lag.help" label={words.help} value={lag.help} onChange={(help) => setLag({ ...lag, help })} error={fault_of("lag.help")} multiline required />
                </>
              ) : form.lag ? (
                <dl className="facts">
                  <dt>{words.category}</dt><dd>{form.lag.category}</dd>
                  <dt>{words.responsibility}</dt><dd>{form.lag.responsibility}</dd>
                  <dt>{words.cause}</dt><dd className="prose">{form.lag.cause}</dd>
                  <dt>{words.countermeasure}</dt><dd className="prose">{form.lag.countermeasure}</dd>
                  <dt>{words.help}</dt><dd className="prose">{form.lag.help}</dd>
                  <dt>{words.deadline}</dt><dd>{form.lag.deadline_on ? f.date(form.lag.deadline_on) : "—"}</dd>
                </dl>
              ) : null}
            </section>
          ) : null}
          {writes ? (
            <>
              <Select name="own_rating" label={words.own_rating} value={rating} onChange={setRating} options={[{ value: "", label: words.rate_none }, ...(["on_track", "at_risk", "behind", "severe"] as const).map((value) => ({ value, label: all.ratings[value] }))]} />
              <div className="filing__bar no-print">
                <Button type="submit" look="primary" busy={change.isPending}>{words.submit}</Button>
                <Button onPress={() => send(false)} busy={change.isPending}>{words.save}</Button>
              </div>
            </>
          ) : null}
          {form.actions.includes("accept") || form.actions.includes("return") ? (
            <section className="panel stack stack--tight">
              <h2>{words.review_note}</h2>
              <Select name="rating" label={words.reviewer_rating} value={given} onChange={setGiven} options={[{ value: "", label: words.rate_none }, ...(["on_track", "at_risk", "behind", "severe"] as const).map((value) => ({ value, label: all.ratings[value] }))]} />
              <TextField name="note" label={words.review_note} value={note} onChange={setNote} error={faults.of("note")} multiline />
              <div className="row">
                {form.actions.includes("accept") ? <Button look="primary" onPress={() => decide(true)} busy={change.isPending}>{words.accept}</Button> : null}
                {form.actions.includes("return") ? <Button onPress={() => decide(false)} busy={change.isPending}>{words.return}</Button> : null}
              </div>
            </section>
          ) : null}
        </div>
      </Form>
    </>
  );
}

/** Points behind the current baseline for what is typed; a plan that is not there lags by nothing. */
function lagOf(measure: FormMeasure, text: string): number {
  const actual = readPercent(text);
  return actual === null || measure.planned_current === null ? 0 : measure.planned_current - actual;
}

function LagLine({ measure, text }: { measure: FormMeasure; text: string }) {
  const words = useWords(tracking);
  const actual = readPercent(text);
  if (actual === null || measure.planned_current === null) return null;
  const lag = measure.planned_current - actual;
  const same = measure.actual === actual && measure.months_current !== null;
  const said = `${words.points(percentText(Math.abs(lag)))}${same ? ` · ${words.months(monthText(Math.abs(measure.months_current ?? 0)))}` : ""}`;
  return <p className={lag > 0 ? "lag lag--behind" : "lag"} aria-live="polite">{lag > 0 ? `${words.filing.lag} ${said}` : lag < 0 ? words.ahead(said) : words.conforming}</p>;
}
