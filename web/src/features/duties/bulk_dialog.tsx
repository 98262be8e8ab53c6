import { useState } from "react";
import { useChange, useRead, useTrial } from "../../api/hooks";
import type { DutyBatch, Macro, MacroAction } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import { ActionFields, actionOf, emptyDraft, type ActionDraft } from "./action_fields";
import { together } from "./words";

function draftOf(action: MacroAction): ActionDraft {
  return { kind: action.kind, text: action.text, agency_id: action.agency_id, days: action.days === null ? "14" : String(action.days), severity: action.severity ?? "high" };
}

/** One action on many duties: what each would come to is tried first, and shown. */
export default function BulkDialog({ ids, macro, onClose, onDone }: { ids: string[]; macro?: Macro | undefined; onClose: () => void; onDone: (batch: DutyBatch) => void }) {
  const { t } = useLanguage();
  const words = useWords(together);
  const say = useToast();
  const macros = useRead<{ rows: Macro[] }>("/duty-macros");
  const [draft, setDraft] = useState<ActionDraft>(macro ? draftOf(macro.action) : emptyDraft);
  const trial = useTrial<DutyBatch>("/duty-batches", { duty_ids: ids, action: actionOf({ ...draft, text: draft.text.trim() || "-" }) }, 250);
  const [naming, setNaming] = useState<{ name: string; shared: Macro["shared"] } | null>(null);
  const change = useChange<DutyBatch>({
    onDone: (batch) => {
      say(words.bulk.done(batch.done));
      onDone(batch);
      onClose();
    },
  });
  const keep = useChange({
    onDone: () => {
      say(words.macros.saved);
      setNaming(null);
    },
  });
  const faults = useFaults(change.error ?? keep.error);
  const well = () =>
    faults.check([
      draft.kind !== "set_severity" && draft.text.trim() === "" && { path: "action.text", message: t.form.must(words.bulk.text[draft.kind]) },
      draft.kind === "reassign" && draft.agency_id === null && { path: "action.agency_id", message: t.form.choose(words.bulk.agency) },
      draft.kind === "ask_extension" && !/^\d{1,3}$/.test(draft.days.trim()) && { path: "action.days", message: t.form.must(words.bulk.days) },
      naming !== null && naming.name.trim() === "" && { path: "name", message: t.form.must(words.macros.name) },
    ]);
  return (
    <Dialog title={words.bulk.title(ids.length)} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error ?? keep.error} onSubmit={() => {
        if (well()) change.mutate({ path: "/duty-batches", body: { duty_ids: ids, action: actionOf(draft) } });
      }}>
        {macros.data && macros.data.rows.length > 0 ? (
          <Select label={words.macros.title} value="" onChange={(id) => {
            const chosen = macros.data.rows.find((each) => each.id === id);
            if (chosen) setDraft(draftOf(chosen.action));
          }} options={[{ value: "", label: t.form.please_choose }, ...macros.data.rows.map((each) => ({ value: each.id, label: each.mine ? each.name : `${each.name}（${words.macros.by(each.by_name)}）` }))]} />
        ) : null}
        <ActionFields draft={draft} onChange={setDraft} fault={faults.of} />
        <div className="panel small" role="status">
          {trial ? (
            <>
              <p>{words.bulk.dry(trial.done, trial.refused.length)}</p>
              {trial.refused.length > 0 ? <ul>{trial.refused.slice(0, 10).map((each) => <li key={each.duty_id}>{each.number} {each.reason}</li>)}</ul> : null}
            </>
          ) : <p>{words.bulk.trying}</p>}
        </div>
        {naming ? (
          <div className="form__row">
            <TextField name="name" label={words.macros.name} value={naming.name} onChange={(name) => setNaming({ ...naming, name })} error={faults.of("name")} />
            <Select name="shared" label={words.macros.shared} value={naming.shared} onChange={(shared) => setNaming({ ...naming, shared: shared as Macro["shared"] })} error={faults.of("shared")} options={(["me", "agency", "city"] as const).map((value) => ({ value, label: words.macros.shares[value] }))} />
            <Button busy={keep.isPending} onPress={() => {
              if (well()) keep.mutate({ path: "/duty-macros", body: { name: naming.name.trim(), shared: naming.shared, action: actionOf(draft) } });
            }}>{t.common.save}</Button>
          </div>
        ) : <div><Button small look="quiet" onPress={() => setNaming({ name: "", shared: "me" })}>{words.bulk.keep_as_macro}</Button></div>}
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look={draft.kind === "cancel" ? "danger" : "primary"} busy={change.isPending} isDisabled={trial?.done === 0}>{words.bulk.run(trial?.done ?? ids.length)}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
