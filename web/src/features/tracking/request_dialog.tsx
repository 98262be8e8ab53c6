import { useState } from "react";
import { useChange } from "../../api/hooks";
import type { TrackedItem } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Choices, Form, TextField, useFaults } from "../../ui/form/form";
import { useToast } from "../../ui/toast/toast";
import { tracking } from "./words";

/** The controller approves what an agency asks for, which writes it back, or refuses it with the reason. */
export default function RequestDialog({ request, onClose }: { request: TrackedItem["requests"][number]; onClose: () => void }) {
  const { t } = useLanguage();
  const words = useWords(tracking).item;
  const say = useToast();
  const [approve, setApprove] = useState("yes");
  const [comment, setComment] = useState("");
  const [number, setNumber] = useState("");
  const [days, setDays] = useState("0");
  const change = useChange({
    onDone: () => {
      say(words.said);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  const plans = request.kind === "schedule" && approve === "yes";
  return (
    <Dialog title={words.decide_request} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        const well = faults.check([
          approve === "no" && comment.trim() === "" && { path: "comment", message: t.form.must(words.note) },
          plans && number.trim() === "" && { path: "approval_number", message: t.form.must(words.approval_number) },
          plans && !/^-?\d{1,4}$/.test(days.trim()) && { path: "granted_days", message: t.form.whole_number },
        ]);
        if (well) change.mutate({ path: `/tracking-requests/${request.id}/decision`, body: { approve: approve === "yes", comment: comment.trim(), approval_number: number.trim(), granted_days: Number(days) } });
      }}>
        <p><strong>{words.request_kinds[request.kind]}</strong></p>
        <p className="prose">{request.reason}</p>
        <Choices label={words.decide_request} name="approve" value={approve} onChange={setApprove} options={[{ value: "yes", label: words.approve }, { value: "no", label: words.return }]} />
        {plans ? <TextField name="approval_number" label={words.approval_number} value={number} onChange={setNumber} error={faults.of("approval_number")} required /> : null}
        {plans ? <TextField name="granted_days" label={words.granted} value={days} onChange={setDays} error={faults.of("granted_days")} inputMode="numeric" /> : null}
        <TextField name="comment" label={words.note} value={comment} onChange={setComment} error={faults.of("comment")} multiline required={approve === "no"} />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{words.decide_request}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
