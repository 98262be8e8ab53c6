import { useState } from "react";
import { useNavigate } from "@tanstack/react-router";
import { useChange, useTrial } from "../../api/hooks";
import type { Audience, ChasedNow } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Choices, Form, TextField, useFaults } from "../../ui/form/form";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import { chasing } from "./words";

type By = "phone" | "mail" | "letter";
const audiences: Audience[] = ["owner", "unit_head", "liaison", "agency_head"];

/** Chases the chosen duties together. What would happen is shown before it does. */
export default function ChaseDialog({ ids, onClose, onDone }: { ids: string[]; onClose: () => void; onDone: () => void }) {
  const { t } = useLanguage();
  const words = useWords(chasing);
  const say = useToast();
  const navigate = useNavigate();
  const [channel, setChannel] = useState<By>("phone");
  const [audience, setAudience] = useState<Audience>("owner");
  const [note, setNote] = useState("");
  const [replyBy, setReplyBy] = useState<string | null>(null);
  const trial = useTrial<ChasedNow>("/chases", { duty_ids: ids, channel, audience, note: "-" });
  const change = useChange<ChasedNow>({
    onDone: (answer) => {
      say(words.said(answer.chased));
      onDone();
      onClose();
      if (channel === "letter" && answer.batch_id) void navigate({ to: "/chases/rounds/$id", params: { id: answer.batch_id } as never });
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={words.dialog_title(ids.length)} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (!faults.check([note.trim() === "" && { path: "note", message: t.form.must(words.note[channel]) }])) return;
        change.mutate({ path: "/chases", body: { duty_ids: ids, channel, audience, note: note.trim(), ...(replyBy ? { reply_by: replyBy } : {}) } });
      }}>
        <Choices name="channel" label={words.channel} value={channel} onChange={(next) => setChannel(next as By)} options={(["phone", "mail", "letter"] as const).map((value) => ({ value, label: words.channels[value] }))} />
        <Select name="audience" label={words.audience} value={audience} onChange={(next) => setAudience(next as Audience)} options={audiences.map((value) => ({ value, label: words.audiences[value] }))} />
        <TextField name="note" label={words.note[channel]} hint={words.note_hint[channel]} multiline value={note} onChange={setNote} error={faults.of("note")} required />
        <RocDatePicker name="reply_by" label={words.reply_by} value={replyBy} onChange={setReplyBy} error={faults.of("reply_by")} />
        {trial ? (
          <div className="panel small" role="status">
            <p>{words.dry(trial.chased, trial.told)}</p>
            {trial.refused.length > 0 ? (
              <>
                <p>{words.refused(trial.refused.length)}</p>
                <ul>{trial.refused.slice(0, 10).map((each) => <li key={each.duty_id}>{each.number} {each.reason}</li>)}</ul>
              </>
            ) : null}
          </div>
        ) : null}
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look="primary" busy={change.isPending} isDisabled={trial?.chased === 0}>{words.send[channel]}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
