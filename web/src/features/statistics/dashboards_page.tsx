import { useState } from "react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useChange, useRead } from "../../api/hooks";
import type { Dashboard, DashboardRow } from "../../api/types";
import { Button, LinkButton } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { Select } from "../../ui/select/select";
import { PlainTable } from "../../ui/table/plain_table";
import { useStatisticsText } from "./words";

export function DashboardsPage() {
  const { s, b, f } = useStatisticsText();
  const boards = useRead<{ rows: DashboardRow[] }>("/dashboards");
  const [making, setMaking] = useState(false);
  return (
    <>
      <PageTitle title={b.title} lead={b.lead} crumbs={[{ label: s.title, to: "/statistics" }]} actions={<Button look="primary" onPress={() => setMaking(true)}>{b.make}</Button>} />
      <Answer of={boards}>
        {(data) => data.rows.length === 0 ? <EmptyState title={b.empty} action={<LinkButton to="/statistics">{b.to_statistics}</LinkButton>}>{b.empty_hint}</EmptyState> : (
          <PlainTable caption={b.title} rows={data.rows} rowKey={(row) => row.id} columns={[
            { key: "name", label: b.name, kind: "main", cell: (row) => <Link to="/dashboards/$id" params={{ id: row.id } as never}>{row.at_home ? b.home : row.name}</Link> },
            { key: "by", label: b.by, cell: (row) => row.by_name },
            { key: "shared", label: b.shared, cell: (row) => b.shares[row.shared] },
            { key: "tiles", label: b.tiles, kind: "number", cell: (row) => f.number(row.tiles) },
          ]} />
        )}
      </Answer>
      {making ? <MakeDialog onClose={() => setMaking(false)} /> : null}
    </>
  );
}

function MakeDialog({ onClose }: { onClose: () => void }) {
  const { b, t } = useStatisticsText();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [shared, setShared] = useState<DashboardRow["shared"]>("me");
  const change = useChange<Dashboard>({ onDone: (made) => void navigate({ to: "/dashboards/$id", params: { id: made.id } as never }) });
  const faults = useFaults(change.error);
  return (
    <Dialog title={b.make} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([name.trim() === "" && { path: "name", message: t.form.must(b.name) }])) change.mutate({ path: "/dashboards", body: { name: name.trim(), shared, tiles: [] } });
      }}>
        <TextField name="name" label={b.name} value={name} onChange={setName} error={faults.of("name")} required />
        <Select name="shared" label={b.shared} value={shared} onChange={(next) => setShared(next as DashboardRow["shared"])} error={faults.of("shared")} options={(["me", "agency", "city"] as const).map((value) => ({ value, label: b.shares[value] }))} />
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look="primary" busy={change.isPending}>{t.common.save}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
