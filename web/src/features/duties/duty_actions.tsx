import { useState } from "react";
import { useChange } from "../../api/hooks";
import type { Duty, DutyAction, Extension } from "../../api/types";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { EmptyState } from "../../ui/empty_state/empty_state";
import { Choices, Form, TextField, useFaults } from "../../ui/form/form";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { useToast } from "../../ui/toast/toast";
import { AgencyBox } from "../agencies/agency_box";
import { useDutyText } from "./words";

/** One dialog for each thing that may be done to a duty; which may be done, the server says. */
export function DutyActionDialog({ duty: view, action, extension, onClose }: { duty: Duty; action: DutyAction; extension?: Extension | undefined; onClose: () => void }) {
  const { t } = useDutyText();
  const { duty } = view;
  const say = useToast();
  const change = useChange<Duty>({
    onDone: () => {
      say(t.duty.said[action]);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  const [text, setText] = useState("");
  const [agency, setAgency] = useState<string | null>(null);
  const [due, setDue] = useState<string | null>(null);
  const [approve, setApprove] = useState("yes");
  const asked = extension ?? view.extensions.find((each) => each.state === "asked");
  const words = t.duty.dialogs;
  const title = { done: words.done_title, reopen: words.reopen_title, reassign: words.reassign_title, ask_extension: words.ask_title, decide_extension: words.decide_title, cancel: words.cancel_title }[action];
  if (!view.actions.includes(action)) {
    return (
      <Dialog title={title} isOpen onClose={onClose}>
        <EmptyState title={t.errors.forbidden} />
        <DialogButtons><Button onPress={onClose}>{t.common.close}</Button></DialogButtons>
      </Dialog>
    );
  }
  const textName = action === "done" ? "evidence" : action === "decide_extension" ? "note" : "reason";
  const textLabel = action === "done" ? words.done_text : action === "decide_extension" ? words.decision_note : t.common.reason;
  const send = () => {
    const well = faults.check([
      action === "reassign" && agency === null && { path: "agency_id", message: t.form.choose(words.new_agency) },
      action === "ask_extension" && due === null && { path: "due_on", message: t.form.must(words.new_due) },
      action === "ask_extension" && due !== null && due <= duty.due_on && { path: "due_on", message: words.new_due_later },
      text.trim() === "" && !(action === "decide_extension" && approve === "yes") && { path: textName, message: t.form.must(textLabel) },
    ]);
    if (!well) return;
    const base = `/duties/${duty.id}`;
    const said = text.trim();
    if (action === "done") change.mutate({ path: `${base}/completion`, body: { evidence: said, revision: view.revision } });
    else if (action === "reopen") change.mutate({ path: `${base}/reopening`, body: { reason: said } });
    else if (action === "reassign") change.mutate({ path: `${base}/reassignment`, body: { agency_id: agency, reason: said } });
    else if (action === "ask_extension") change.mutate({ path: `${base}/extensions`, body: { due_on: due, reason: said } });
    else if (action === "cancel") change.mutate({ path: `${base}/cancellation`, body: { reason: said } });
    else if (asked) change.mutate({ path: `${base}/extensions/${asked.id}/decision`, body: { approve: approve === "yes", note: said } });
  };
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={send}>
        <p className="small muted">{duty.number} {duty.title}</p>
        {action === "cancel" ? <p>{words.cancel_hint}</p> : null}
        {action === "reassign" ? <AgencyBox name="agency_id" label={words.new_agency} value={agency} onChange={setAgency} error={faults.of("agency_id")} required /> : null}
        {action === "ask_extension" ? <RocDatePicker name="due_on" label={words.new_due} hint={t.date.hint} value={due} onChange={setDue} error={faults.of("due_on")} required /> : null}
        {action === "decide_extension" && asked ? <DecisionAsked extension={asked} /> : null}
        {action === "decide_extension" ? (
          <Choices name="approve" label={words.decide_choice} value={approve} onChange={setApprove} options={[{ value: "yes", label: words.approve }, { value: "no", label: words.refuse }]} />
        ) : null}
        <TextField name={textName} label={textLabel} multiline value={text} onChange={setText} error={faults.of(textName)}
          hint={action === "done" ? words.done_hint : undefined} required={!(action === "decide_extension" && approve === "yes")} />
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look={action === "cancel" ? "danger" : "primary"} busy={change.isPending}>{t.duty.actions[action]}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}

function DecisionAsked({ extension }: { extension: Extension }) {
  const { t, f } = useDutyText();
  return (
    <div className="panel small">
      <p>{t.duty.extension_asked(extension.asked_by_name, f.longDate(extension.asked_due_on))}</p>
      <p className="muted">{extension.reason}</p>
    </div>
  );
}
