import type { ReactNode } from "react";
import { useState } from "react";
import { useChange, type Change } from "../../api/hooks";
import { useSession } from "../../app/session";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Form, useFaults, type FormFault } from "../../ui/form/form";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { useToast } from "../../ui/toast/toast";
import { useOrganisationText } from "./words";

/** A dialog that sends one change of the organisation. */
export function ChangeDialog({ title, hint, said, save, danger, onClose, change, check, children }: {
  title: string;
  hint?: string;
  said: string;
  save?: string;
  danger?: boolean;
  onClose: () => void;
  change: () => Change;
  check?: () => (FormFault | false | null)[];
  children?: (of: (path: string) => string | undefined) => ReactNode;
}) {
  const { t } = useOrganisationText();
  const say = useToast();
  const send = useChange({
    onDone: () => {
      say(said);
      onClose();
    },
  });
  const faults = useFaults(send.error);
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={send.error} onSubmit={() => { if (faults.check(check?.() ?? [])) send.mutate(change()); }}>
        {hint ? <p className="muted small">{hint}</p> : null}
        {children?.(faults.of)}
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look={danger ? "danger" : "primary"} busy={send.isPending}>{save ?? t.common.save}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}

/** Ends something with a day: an agency, a unit, a post, the holding of one. */
export function LastDayDialog({ title, hint, said, path, onClose }: { title: string; hint: string; said: string; path: string; onClose: () => void }) {
  const { t } = useOrganisationText();
  const session = useSession();
  const [last, setLast] = useState<string | null>(session.today);
  return (
    <ChangeDialog title={title} hint={hint} said={said} danger onClose={onClose} change={() => ({ path, body: { last_on: last } })}
      check={() => [last === null && { path: "last_on", message: t.form.must(t.places.last_on) }]}>
      {(of) => <RocDatePicker name="last_on" label={t.places.last_on} value={last} onChange={setLast} error={of("last_on")} required />}
    </ChangeDialog>
  );
}
