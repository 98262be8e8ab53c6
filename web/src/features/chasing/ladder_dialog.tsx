import { useState } from "react";
import { useChange, useTrial } from "../../api/hooks";
import type { Audience, Ladder, LadderSet, Rung } from "../../api/types";
import { useSession } from "../../app/session";
import { useLanguage, useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import { chasing } from "./words";

interface Draft {
  before: boolean;
  days: string;
  day_kind: Rung["day_kind"];
  audience: Audience;
  repeat: string;
}

const draftOf = (rung: Rung): Draft => ({ before: rung.offset_days < 0, days: String(Math.abs(rung.offset_days)), day_kind: rung.day_kind, audience: rung.audience, repeat: String(rung.repeat_days) });
const rungOf = (draft: Draft): Rung => ({ offset_days: Number(draft.days) * (draft.before ? -1 : 1) || 0, day_kind: draft.day_kind, audience: draft.audience, repeat_days: Number(draft.repeat) || 0 });

/** Sets a ladder from a day on; how many duties it would chase is shown before it is saved. */
export default function LadderDialog({ ladder, onClose }: { ladder: Ladder | null; onClose: () => void }) {
  const { t } = useLanguage();
  const allWords = useWords(chasing);
  const words = allWords.ladders;
  const say = useToast();
  const session = useSession();
  const [origin, setOrigin] = useState(ladder?.origin ?? "");
  const [severity, setSeverity] = useState<string>(ladder?.severity ?? "");
  const [confidentiality, setConfidentiality] = useState<string>(ladder?.confidentiality ?? "");
  const [from, setFrom] = useState<string | null>(session.today);
  const [source, setSource] = useState(ladder?.source ?? "");
  const [rungs, setRungs] = useState<Draft[]>(ladder ? ladder.rungs.map(draftOf) : [{ before: false, days: "0", day_kind: "calendar_day", audience: "owner", repeat: "0" }]);
  const draft = { ...(origin ? { origin } : {}), ...(severity ? { severity } : {}), ...(confidentiality ? { confidentiality } : {}), valid_from: from, source: source.trim(), rungs: rungs.map(rungOf) };
  const trial = useTrial<LadderSet>("/ladders", from === null ? null : { ...draft, source: "-" }, 300);
  const change = useChange({
    onDone: () => {
      say(words.saved);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  const set = (index: number, next: Partial<Draft>) => setRungs(rungs.map((rung, at) => (at === index ? { ...rung, ...next } : rung)));
  return (
    <Dialog title={words.dialog_title} wide isOpen onClose={onClose}>
      <Form wide faults={faults.faults} error={change.error} onSubmit={() => {
        const well = faults.check([
          from === null && { path: "valid_from", message: t.form.must(words.valid_from) },
          source.trim() === "" && { path: "source", message: t.form.must(words.source) },
          ...rungs.map((rung, index) => !/^\d{1,3}$/.test(rung.days.trim()) && { path: `rungs[${index}].offset_days`, message: t.form.must(`${words.rung_of(index + 1)} ${words.days}`) }),
        ]);
        if (well) change.mutate({ path: "/ladders", body: draft });
      }}>
        <div className="form__row">
          <Select name="origin" label={words.origin} value={origin} onChange={setOrigin} options={[{ value: "", label: words.any_origin }, ...Object.entries(t.origins).map(([value, label]) => ({ value, label }))]} />
          <Select name="severity" label={words.severity} value={severity} onChange={setSeverity} options={[{ value: "", label: words.any_severity }, ...Object.entries(t.severities).map(([value, label]) => ({ value, label }))]} />
          <Select name="confidentiality" label={words.confidentiality} value={confidentiality} onChange={setConfidentiality} options={[{ value: "", label: words.any_confidentiality }, ...Object.entries(t.confidentialities).map(([value, label]) => ({ value, label }))]} />
        </div>
        <div>
          {rungs.map((rung, index) => (
            <fieldset key={index} className="rung-edit" aria-label={words.rung_of(index + 1)}>
              <Select label={words.when} value={rung.before ? "before" : "after"} onChange={(next) => set(index, { before: next === "before" })} options={[{ value: "before", label: words.before }, { value: "after", label: words.after }]} />
              <TextField name={`rungs[${index}].offset_days`} label={words.days} inputMode="numeric" value={rung.days} onChange={(days) => set(index, { days })} error={faults.of(`rungs[${index}].offset_days`)} />
              <Select label={words.day_kind} value={rung.day_kind} onChange={(next) => set(index, { day_kind: next as Rung["day_kind"] })} options={(["calendar_day", "working_day"] as const).map((value) => ({ value, label: words.day_kinds[value] }))} />
              <Select name={`rungs[${index}].audience`} label={words.audience} value={rung.audience} onChange={(next) => set(index, { audience: next as Audience })} error={faults.of(`rungs[${index}].audience`)} options={(Object.keys(allWords.audiences) as Audience[]).map((value) => ({ value, label: allWords.audiences[value] }))} />
              <TextField name={`rungs[${index}].repeat_days`} label={words.repeat} inputMode="numeric" value={rung.repeat} onChange={(repeat) => set(index, { repeat })} error={faults.of(`rungs[${index}].repeat_days`)} />
              <Button look="quiet" icon aria-label={words.remove_rung(index + 1)} onPress={() => setRungs(rungs.filter((_, at) => at !== index))}><span aria-hidden="true">✕</span></Button>
            </fieldset>
          ))}
          <Button onPress={() => setRungs([...rungs, { before: false, days: "", day_kind: "calendar_day", audience: "owner", repeat: "0" }])}>{words.add_rung}</Button>
        </div>
        <div className="form__row">
          <RocDatePicker name="valid_from" label={words.valid_from} value={from} onChange={setFrom} error={faults.of("valid_from")} required />
          <TextField name="source" label={words.source} hint={words.source_hint} value={source} onChange={setSource} error={faults.of("source")} required />
        </div>
        {trial ? <p role="status">{words.dry(trial.duties_to_chase)}</p> : null}
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
