import { useState } from "react";
import { useChange } from "../../api/hooks";
import type { AccountReviewItem } from "../../api/types";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons, SubmitButtons } from "../../ui/dialog/dialog";
import { Choices, Form, TextField, useFaults } from "../../ui/form/form";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import type { ReviewWords } from "./words";

type What = "disable" | "take_role" | "keep";

export function DecideDialog({ t, id, item, onClose }: { t: ReviewWords; id: string; item: AccountReviewItem; onClose: () => void }) {
  const say = useToast();
  const [what, setWhat] = useState<What>("disable");
  const [role, setRole] = useState("0");
  const [until, setUntil] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const change = useChange({
    onDone: () => {
      say(t.review.decided);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  const grant = item.grants[Number(role)];
  const whats: What[] = item.grants.length > 0 ? ["disable", "take_role", "keep"] : ["disable", "keep"];
  return (
    <Dialog title={t.review.act_title(item.display_name)} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        const well = faults.check([
          what === "keep" && until === null && { path: "keep_until", message: t.form.must(t.review.keep_until) },
          note.trim() === "" && { path: "note", message: t.form.must(t.review.note) },
        ]);
        if (!well) return;
        const taken = what === "take_role" && grant ? { role: grant.role, agency_id: grant.agency_id, unit_id: grant.unit_id } : null;
        change.mutate({ path: `/account-reviews/${id}/decisions`, body: { account_id: item.account_id, decision: what, role: taken, keep_until: what === "keep" ? until : null, note: note.trim() } });
      }}>
        <ul>{item.reasons.map((reason) => <li key={reason.text}>{reason.text}</li>)}</ul>
        <Choices label={t.review.choose} name="decision" value={what} options={whats.map((one) => ({ value: one, label: t.review.decisions[one] }))} onChange={(value) => setWhat(value as What)} />
        {what === "take_role" ? <Select name="role" label={t.review.which_role} value={role} onChange={setRole} error={faults.of("role")} options={item.grants.map((one, index) => ({ value: String(index), label: `${nameOf(t.roles, one.role)}（${one.agency_name || t.review.whole_city}）` }))} /> : null}
        {what === "keep" ? <><RocDatePicker name="keep_until" label={t.review.keep_until} value={until} onChange={setUntil} error={faults.of("keep_until")} required /><p className="muted small">{t.review.keep_hint}</p></> : null}
        <TextField name="note" label={t.review.note} hint={t.review.note_hint} value={note} onChange={setNote} error={faults.of("note")} multiline required />
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look={what === "keep" ? "primary" : "danger"} busy={change.isPending}>{t.review.decisions[what]}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}

export function FinishDialog({ t, id, onClose }: { t: ReviewWords; id: string; onClose: () => void }) {
  const say = useToast();
  const [note, setNote] = useState("");
  const change = useChange({
    onDone: () => {
      say(t.review.finished);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={t.review.finish_title} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => change.mutate({ path: `/account-reviews/${id}/closure`, body: { note: note.trim() || null } })}>
        <p>{t.review.finish_text}</p>
        <TextField name="note" label={`${t.review.finish_note}${t.common.optional}`} value={note} onChange={setNote} error={faults.of("note")} multiline />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.review.finish}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
