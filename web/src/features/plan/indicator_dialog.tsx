import { useState } from "react";
import { useChange } from "../../api/hooks";
import type { Indicator } from "../../api/types";
import { nameOf } from "../../i18n/names";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { useToast } from "../../ui/toast/toast";
import { readValue } from "./read_value";
import { usePlanText } from "./words";

/** Files what an indicator has reached. An empty field is no value: only a written 0 is a confirmed zero. */
export default function IndicatorDialog({ indicator, onClose }: { indicator: Indicator; onClose: () => void }) {
  const { t, f } = usePlanText();
  const say = useToast();
  const [value, setValue] = useState(indicator.actual === null ? "" : String(indicator.actual));
  const [note, setNote] = useState("");
  const change = useChange({
    onDone: () => {
      say(t.plan_item.file_said);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  const label = t.plan_item.file_value(indicator.unit);
  return (
    <Dialog title={t.plan_item.file_title(indicator.name)} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        const read = readValue(value);
        const well = faults.check([
          value.trim() === "" && { path: "value", message: t.form.must(label) },
          value.trim() !== "" && read === null && { path: "value", message: t.plan_item.file_bad },
        ]);
        if (well) change.mutate({ path: `/plan-indicators/${indicator.id}/values`, body: { value: read, note: note.trim() || null } });
      }}>
        <p className="small muted">{t.plan_item.target}：{nameOf(t.review.bounds, indicator.bound)} {f.number(indicator.target)} {indicator.unit}</p>
        <TextField name="value" label={label} hint={t.plan_item.file_hint} value={value} onChange={setValue} error={faults.of("value")} inputMode="decimal" required autoFocus />
        <TextField name="note" label={`${t.common.note}${t.common.optional}`} value={note} onChange={setNote} error={faults.of("note")} multiline />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.plan_item.file}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
