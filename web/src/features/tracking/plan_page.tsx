import { useState } from "react";
import { useNavigate, useParams } from "@tanstack/react-router";
import { ApiFault, call, newKey } from "../../api/client";
import { useRead } from "../../api/hooks";
import type { TrackedItem, TrackingKinds } from "../../api/types";
import { useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { Answer } from "../../ui/empty_state/empty_state";
import { Choices, Form, TextField, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import { percentText, readPercent, readPercents } from "./figures";
import { tracking } from "./words";
import "./tracking.css";

interface Row {
  key: number;
  id: string | null;
  name: string;
  weight: string;
  start: string | null;
  finish: string | null;
  flag: string;
}
let keys = 0;
const empty = (): Row => ({ key: ++keys, id: null, name: "", weight: "", start: null, finish: null, flag: "none" });

export function SetUpPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const item = useRead<TrackedItem>(`/tracking-items/${id}`);
  const kinds = useRead<TrackingKinds>("/tracking-kinds");
  return <Answer of={item}>{(data) => (kinds.data ? <Body item={data} kinds={kinds.data} /> : null)}</Answer>;
}

function Body({ item, kinds }: { item: TrackedItem; kinds: TrackingKinds }) {
  const all = useWords(tracking);
  const words = all.plan;
  const say = useToast();
  const navigate = useNavigate();
  const measure = kinds.rows.find((one) => one.name === item.item.kind)?.measures[0];
  const draft = item.draft.find((one) => one.measure === measure?.name);
  const [rows, setRows] = useState<Row[]>(() => (item.checkpoints.length > 0
    ? item.checkpoints.map((one) => ({ key: ++keys, id: one.id, name: one.name, weight: percentText(one.weight_bp), start: one.planned_start, finish: one.planned_finish, flag: one.flag }))
    : [empty()]));
  const [how, setHow] = useState(draft?.generated ? "dates" : "values");
  const [first, setFirst] = useState<string | null>(draft?.first_period ?? null);
  const [values, setValues] = useState(draft && !draft.generated ? draft.planned.map(percentText).join(" ") : "");
  const [starts, setStarts] = useState<string | null>(null);
  const [finishes, setFinishes] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [revision, setRevision] = useState(item.revision);
  const faults = useFaults(error);
  const sum = rows.reduce((total, row) => total + (readPercent(row.weight) ?? 0), 0);
  const change = (key: number, next: Partial<Row>) => setRows(rows.map((row) => (row.key === key ? { ...row, ...next } : row)));
  const save = async () => {
    const well = faults.check([
      ...rows.flatMap((row, at) => [
        row.name.trim() === "" && { path: `checkpoints[${at}].name`, message: `${words.checkpoints} ${at + 1}` },
        readPercent(row.weight) === null && { path: `checkpoints[${at}].weight_bp`, message: all.filing.not_number },
        row.finish === null && { path: `checkpoints[${at}].planned_finish`, message: all.item.planned_finish },
      ]),
      how === "values" && readPercents(values) === null && { path: "planned", message: words.planned_bad },
      how === "values" && first === null && { path: "curves[0].first_period", message: words.first_period },
      how === "dates" && (starts === null || finishes === null) && { path: "curves[0].finishes_on", message: words.finishes_on },
    ]);
    if (!well) return;
    setBusy(true);
    setError(null);
    try {
      const checkpoints = rows.map((row) => ({ id: row.id, name: row.name.trim(), weight_bp: readPercent(row.weight), planned_start: row.start, planned_finish: row.finish, flag: row.flag }));
      const kept = await call<TrackedItem>("PUT", `/tracking-items/${item.item.id}/checkpoints`, { body: { checkpoints, revision }, idempotencyKey: newKey() });
      // These are saved whatever is wrong with the curve: the next try goes on from here.
      setRevision(kept.revision);
      setRows(rows.map((row, at) => ({ ...row, id: kept.checkpoints[at]?.id ?? row.id })));
      const curve = how === "values" ? { measure: measure?.name, first_period: first, planned: readPercents(values) } : { measure: measure?.name, planned: [], starts_on: starts, finishes_on: finishes };
      await call<TrackedItem>("PUT", `/tracking-items/${item.item.id}/curves`, { body: { curves: [curve], revision: kept.revision }, idempotencyKey: newKey() });
      say(words.saved);
      void navigate({ to: "/tracking/$id", params: { id: item.item.id } as never });
    } catch (thrown) {
      setError(thrown instanceof ApiFault ? thrown : new Error(String(thrown)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <PageTitle title={words.title} lead={words.sum(percentText(sum))} crumbs={[{ label: all.title, to: "/tracking" }, { label: item.item.title, to: `/tracking/${item.item.id}` }]} />
      <Form wide faults={faults.faults} error={error} onSubmit={() => void save()}>
        <section className="set-up">
          <h2>{words.checkpoints}</h2>
          {faults.of("checkpoints") ? <p className="field__error">{faults.of("checkpoints")}</p> : null}
          {rows.map((row, at) => (
            <div key={row.key} className="set-up__row">
              <TextField name={`checkpoints[${at}].name`} label={all.item.checkpoint} value={row.name} onChange={(name) => change(row.key, { name })} error={faults.of(`checkpoints[${at}].name`)} required />
              <TextField name={`checkpoints[${at}].weight_bp`} label={all.item.weight} value={row.weight} onChange={(weight) => change(row.key, { weight })} error={faults.of(`checkpoints[${at}].weight_bp`)} inputMode="decimal" required />
              <RocDatePicker name={`checkpoints[${at}].planned_start`} label={all.item.planned_start} value={row.start} onChange={(start) => change(row.key, { start })} error={faults.of(`checkpoints[${at}].planned_start`)} />
              <RocDatePicker name={`checkpoints[${at}].planned_finish`} label={all.item.planned_finish} value={row.finish} onChange={(finish) => change(row.key, { finish })} error={faults.of(`checkpoints[${at}].planned_finish`)} required />
              <Select name={`checkpoints[${at}].flag`} label={all.item.flag} value={row.flag} onChange={(flag) => change(row.key, { flag })} error={faults.of(`checkpoints[${at}].flag`)} options={(["none", "start", "completion", "acceptance"] as const).map((value) => ({ value, label: all.item.flags[value] }))} />
              <Button small isDisabled={rows.length === 1} aria-label={`${words.remove} ${row.name}`} onPress={() => setRows(rows.filter((one) => one.key !== row.key))}>{words.remove}</Button>
            </div>
          ))}
          <div><Button onPress={() => setRows([...rows, empty()])}>{words.add}</Button></div>
        </section>
        <section className="stack stack--tight">
          <h2>{words.curve} {measure?.title}</h2>
          <Choices label={words.how} name="how" value={how} onChange={setHow} options={(["values", "dates"] as const).map((value) => ({ value, label: words.hows[value] }))} />
          {how === "values" ? (
            <>
              <RocDatePicker name="curves[0].first_period" label={words.first_period} value={first} onChange={setFirst} error={faults.of("curves[0].first_period")} required />
              <TextField name="planned" label={words.planned} hint={words.planned_hint} value={values} onChange={setValues} error={faults.of("planned") ?? faults.of("curves[0]")} multiline required />
            </>
          ) : (
            <div className="form__row">
              <RocDatePicker name="curves[0].starts_on" label={words.starts_on} value={starts} onChange={setStarts} error={faults.of("curves[0].starts_on")} required />
              <RocDatePicker name="curves[0].finishes_on" label={words.finishes_on} value={finishes} onChange={setFinishes} error={faults.of("curves[0].finishes_on")} required />
            </div>
          )}
          {how === "dates" ? <p className="small muted">{all.item.generated}</p> : null}
        </section>
        <div><Button type="submit" look="primary" busy={busy}>{words.save}</Button></div>
      </Form>
    </>
  );
}
