import { useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type { Dashboard, DashboardRow, DashboardTile } from "../../api/types";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import { useStatisticsText } from "./words";

/** Puts a statistic on one of one's own dashboards, or on a new one. */
export function PinDialog({ tile, onClose }: { tile: DashboardTile; onClose: () => void }) {
  const { s, b, t } = useStatisticsText();
  const say = useToast();
  const boards = useRead<{ rows: DashboardRow[] }>("/dashboards");
  const own = (boards.data?.rows ?? []).filter((row) => row.mine);
  const [which, setWhich] = useState("");
  const chosen = useRead<Dashboard>(`/dashboards/${which}`, {}, { enabled: which !== "" });
  const [name, setName] = useState("");
  const [title, setTitle] = useState(tile.title);
  const change = useChange({
    onDone: () => {
      say(s.pinned);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={s.pin_title} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (!faults.check([title.trim() === "" && { path: "title", message: t.form.must(s.tile_title) }, which === "" && name.trim() === "" && { path: "name", message: t.form.must(s.dashboard_name) }])) return;
        const one = { ...tile, title: title.trim() };
        if (which === "") change.mutate({ path: "/dashboards", body: { name: name.trim(), shared: "me", tiles: [one] } });
        else if (chosen.data) change.mutate({ method: "PUT", path: `/dashboards/${which}`, body: { name: chosen.data.name, shared: chosen.data.shared, tiles: [...chosen.data.tiles, one], revision: chosen.data.revision } });
      }}>
        <TextField name="title" label={s.tile_title} value={title} onChange={setTitle} error={faults.of("title")} required />
        <Select name="which" label={s.which} value={which} onChange={setWhich} options={[{ value: "", label: s.new_dashboard }, ...own.map((row) => ({ value: row.id, label: row.at_home ? b.home : row.name }))]} />
        {which === "" ? <TextField name="name" label={s.dashboard_name} value={name} onChange={setName} error={faults.of("name")} required /> : null}
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
