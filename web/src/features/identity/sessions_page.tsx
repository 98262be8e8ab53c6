import { useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type { SessionRow } from "../../api/types";
import { deviceOf } from "../../lib/device";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons, SubmitButtons } from "../../ui/dialog/dialog";
import { Answer, FaultNotice } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { PlainTable } from "../../ui/table/plain_table";
import { useToast } from "../../ui/toast/toast";
import { useAccountsText } from "./words";
import "./identity.css";

export function SessionsPage() {
  const { t, f } = useAccountsText();
  const say = useToast();
  const sessions = useRead<{ rows: SessionRow[] }>("/sessions");
  const change = useChange({ onDone: () => say(t.sessions.revoked) });
  const [named, setNamed] = useState<SessionRow | null>(null);
  const [ending, setEnding] = useState(false);
  const end = useChange<{ ended: number }>({
    onDone: (answer) => {
      setEnding(false);
      say(t.devices.ended(answer.ended));
    },
  });
  const others = (sessions.data?.rows.length ?? 0) > 1;
  const deviceName = (row: SessionRow) => row.name ?? deviceOf(row.device) ?? (row.device || t.sessions.unknown);
  return (
    <>
      <PageTitle title={t.sessions.title} lead={sessions.data ? t.sessions.lead(f.number(sessions.data.rows.length)) : undefined}
        crumbs={[{ label: t.security.title, to: "/account/security" }]} actions={others ? <Button look="danger" onPress={() => setEnding(true)}>{t.devices.end_others}</Button> : null} />
      {change.error ? <FaultNotice error={change.error} /> : null}
      <Answer of={sessions}>
        {(data) => (
          <PlainTable caption={t.sessions.title} rows={data.rows} rowKey={(row) => row.id} columns={[
            { key: "device", label: t.sessions.device, kind: "main", cell: (row) => <span title={row.device}>{deviceName(row)} {row.current ? <span className="tag">{t.sessions.current}</span> : null}</span> },
            { key: "created", label: t.sessions.created, kind: "short", cell: (row) => f.instant(row.created_at) },
            { key: "seen", label: t.sessions.seen, kind: "short", cell: (row) => f.instant(row.seen_at) },
            { key: "expires", label: t.sessions.expires, kind: "short", cell: (row) => f.instant(row.expires_at) },
            { key: "revoke", label: t.table.actions, cell: (row) => (
              <span className="button-row">
                <Button small aria-label={`${t.devices.rename}：${deviceName(row)}`} onPress={() => setNamed(row)}>{t.devices.rename}</Button>
                {row.current ? null : <Button small look="danger" busy={change.isPending} onPress={() => change.mutate({ method: "DELETE", path: `/sessions/${row.id}` })}>{t.sessions.revoke}</Button>}
              </span>
            ) },
          ]} />
        )}
      </Answer>
      {sessions.data && !others ? <p className="muted">{t.devices.only_this}</p> : null}
      {named ? <NameDialog row={named} onClose={() => setNamed(null)} /> : null}
      {ending ? (
        <Dialog title={t.devices.end_others_title} isOpen onClose={() => setEnding(false)}>
          {end.error ? <FaultNotice error={end.error} /> : null}
          <p>{t.devices.end_others_text}</p>
          <DialogButtons>
            <Button onPress={() => setEnding(false)}>{t.common.back}</Button>
            <Button look="danger" busy={end.isPending} onPress={() => end.mutate({ method: "DELETE", path: "/sessions" })}>{t.devices.end_others}</Button>
          </DialogButtons>
        </Dialog>
      ) : null}
    </>
  );
}

function NameDialog({ row, onClose }: { row: SessionRow; onClose: () => void }) {
  const { t } = useAccountsText();
  const say = useToast();
  const [name, setName] = useState(row.name ?? "");
  const change = useChange({
    onDone: () => {
      say(t.devices.renamed);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={t.devices.rename_title} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => change.mutate({ method: "PUT", path: `/sessions/${row.id}/name`, body: { name: name.trim() } })}>
        <TextField name="name" label={t.devices.name} hint={t.devices.name_hint} value={name} onChange={setName} error={faults.of("name")} autoFocus />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
