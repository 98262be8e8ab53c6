import { useState } from "react";
import { useChange } from "../../api/hooks";
import type { Amount, Bound, Every, Obligation, ObligationInput, Sentence } from "../../api/types";
import { Button } from "../../ui/button/button";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Select } from "../../ui/select/select";
import { AgencyBox } from "../agencies/agency_box";
import { readDay, readMonths } from "../duties/recurrence";
import { usePlanText } from "./words";

const nothing: ObligationInput = { what: "", every: null, months: [], day: null, within: null, amounts: [], responsible: [], agency_id: null };

/** Corrects what was read from the text, or adds what was not seen. */
export function ObligationDialog({ sentence, obligation, onClose }: { sentence: Sentence; obligation: Obligation | null; onClose: () => void }) {
  const { t } = usePlanText();
  const first = obligation ?? nothing;
  const [what, setWhat] = useState(first.what);
  const [every, setEvery] = useState<string>(first.every ?? "");
  const [months, setMonths] = useState(first.months.join(","));
  const [day, setDay] = useState(first.day === 0 ? t.duties.day_last : first.day === null ? "" : String(first.day));
  const [count, setCount] = useState(first.within ? String(first.within.count) : "");
  const [unit, setUnit] = useState<string>(first.within?.unit ?? "day");
  const [amounts, setAmounts] = useState(first.amounts.map((amount) => ({ ...amount, value: String(amount.value) })));
  const [responsible, setResponsible] = useState(first.responsible.join("、"));
  const [agency, setAgency] = useState<string | null>(first.agency_id === "0" ? null : first.agency_id);
  const change = useChange({ onDone: onClose });
  const faults = useFaults(change.error);
  const send = () => {
    const monthsRead = readMonths(months);
    const dayRead = readDay(day, t.duties.day_last);
    const countRead = count.trim() === "" ? null : Number(count);
    const well = faults.check([
      what.trim() === "" && { path: "what", message: t.form.must(t.review.what) },
      monthsRead === undefined && { path: "months", message: t.review.months_bad },
      dayRead === undefined && { path: "day", message: t.duties.day_bad },
      countRead !== null && !(Number.isInteger(countRead) && countRead > 0) && { path: "within", message: t.form.whole_number },
      amounts.some((amount) => amount.value.trim() === "" || Number.isNaN(Number(amount.value))) && { path: "amounts", message: t.form.must(t.review.value) },
    ]);
    if (!well) return;
    const body: ObligationInput = {
      what: what.trim(), every: (every || null) as Every | null, months: monthsRead ?? [], day: dayRead ?? null,
      within: countRead === null ? null : { count: countRead, unit: unit as "day" },
      amounts: amounts.map((amount): Amount => ({ bound: amount.bound, value: Number(amount.value), unit: amount.unit.trim() })),
      responsible: responsible.split(/[,、，]/).map((name) => name.trim()).filter((name) => name !== ""), agency_id: agency,
    };
    if (obligation) change.mutate({ method: "PUT", path: `/plan-obligations/${obligation.id}`, body });
    else change.mutate({ path: `/plan-sentences/${sentence.id}/obligations`, body });
  };
  const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
  return (
    <Dialog title={obligation ? t.review.edit_title : t.review.add_title} isOpen wide onClose={onClose}>
      <p className="panel small prose">{sentence.text}</p>
      <Form wide faults={faults.faults} error={change.error} onSubmit={send}>
        <TextField name="what" label={t.review.what} value={what} onChange={setWhat} error={faults.of("what")} required />
        <div className="form__row">
          <Select name="every" label={t.review.rhythm} value={every} onChange={setEvery} error={faults.of("every")} options={[{ value: "", label: t.review.no_rhythm }, ...options(t.every).filter((option) => option.value !== "once")]} />
          <TextField name="months" label={t.review.months} hint={t.review.months_hint} value={months} onChange={setMonths} error={faults.of("months")} />
          <TextField name="day" label={t.review.day} hint={t.duties.day_hint} value={day} onChange={setDay} error={faults.of("day")} />
        </div>
        <div className="form__row">
          <TextField name="within" label={t.review.within_count} value={count} onChange={setCount} error={faults.of("within")} inputMode="numeric" />
          <Select name="within.unit" label={t.review.within_unit} value={unit} onChange={setUnit} options={options(t.review.units)} />
        </div>
        <fieldset className="choices">
          <legend>{t.review.amounts}</legend>
          {faults.of("amounts") ? <span className="field__error">{faults.of("amounts")}</span> : null}
          {amounts.map((amount, index) => {
            const put = (part: Partial<(typeof amounts)[number]>) => setAmounts(amounts.map((each, at) => (at === index ? { ...each, ...part } : each)));
            return (
              <div key={index} className="form__row">
                <Select label={t.review.bound} value={amount.bound} onChange={(bound) => put({ bound: bound as Bound })} options={options(t.review.bounds)} />
                <TextField name={index === 0 ? "amounts" : `amounts.${index}`} label={t.review.value} value={amount.value} onChange={(value) => put({ value })} inputMode="decimal" />
                <TextField name={`amounts.${index}.unit`} label={t.review.unit} value={amount.unit} onChange={(text) => put({ unit: text })} />
                <Button onPress={() => setAmounts(amounts.filter((_, at) => at !== index))}>{t.common.remove}</Button>
              </div>
            );
          })}
          <div><Button small onPress={() => setAmounts([...amounts, { bound: "at_least", value: "", unit: "件" }])}>{t.review.add_amount}</Button></div>
        </fieldset>
        <div className="form__row">
          <AgencyBox name="agency_id" label={t.review.agency} value={agency} onChange={setAgency} error={faults.of("agency_id")} />
          <TextField name="responsible" label={t.review.responsible} hint={t.review.responsible_hint} value={responsible} onChange={setResponsible} error={faults.of("responsible")} />
        </div>
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
