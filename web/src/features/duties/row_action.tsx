import { useRead } from "../../api/hooks";
import type { Duty, DutyAction, DutyRow } from "../../api/types";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Answer } from "../../ui/empty_state/empty_state";
import { DutyActionDialog } from "./duty_actions";
import { useDutyText } from "./words";

/** A row does not say what is allowed, so the duty is asked before its dialog opens. */
export default function RowAction({ duty, action, onClose }: { duty: DutyRow; action: DutyAction; onClose: () => void }) {
  const { t } = useDutyText();
  const full = useRead<Duty>(`/duties/${duty.id}`);
  if (full.data) return <DutyActionDialog duty={full.data} action={action} onClose={onClose} />;
  return (
    <Dialog title={t.duty.actions[action]} isOpen onClose={onClose}>
      <Answer of={full} lines={2}>{() => null}</Answer>
      <DialogButtons><Button onPress={onClose}>{t.common.close}</Button></DialogButtons>
    </Dialog>
  );
}
