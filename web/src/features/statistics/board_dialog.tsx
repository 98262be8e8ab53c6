import { useState } from "react";
import { useChange } from "../../api/hooks";
import type { Dashboard } from "../../api/types";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Select } from "../../ui/select/select";
import { useStatisticsText } from "./words";

const shares = ["me", "agency", "city"] as const;

/** The name of a dashboard and who sees it: of a new one, or of one that there is. */
export function BoardDialog({ board, onClose, onDone }: { board?: Dashboard; onClose: () => void; onDone: (saved: Dashboard) => void }) {
  const { b, t } = useStatisticsText();
  const [name, setName] = useState(board?.name ?? "");
  const [shared, setShared] = useState<Dashboard["shared"]>(board?.shared ?? "me");
  const change = useChange<Dashboard>({ onDone });
  const faults = useFaults(change.error);
  return (
    <Dialog title={board ? b.edit_title : b.make} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (!faults.check([name.trim() === "" && { path: "name", message: t.form.must(b.name) }])) return;
        const body = { name: name.trim(), shared, tiles: board?.tiles ?? [] };
        change.mutate(board ? { method: "PUT", path: `/dashboards/${board.id}`, body: { ...body, revision: board.revision } } : { path: "/dashboards", body });
      }}>
        <TextField name="name" label={b.name} value={name} onChange={setName} error={faults.of("name")} required />
        <Select name="shared" label={b.shared} value={shared} onChange={(next) => setShared(next as Dashboard["shared"])} error={faults.of("shared")} options={shares.map((value) => ({ value, label: b.shares[value] }))} />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
