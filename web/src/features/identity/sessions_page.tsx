import { useChange, useRead } from "../../api/hooks";
import type { SessionRow } from "../../api/types";
import { useLanguage } from "../../i18n/language";
import { deviceOf } from "../../lib/device";
import { Button } from "../../ui/button/button";
import { Answer, FaultNotice } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { PlainTable } from "../../ui/table/plain_table";
import { useToast } from "../../ui/toast/toast";

export function SessionsPage() {
  const { t, f } = useLanguage();
  const say = useToast();
  const sessions = useRead<{ rows: SessionRow[] }>("/sessions");
  const change = useChange({ onDone: () => say(t.sessions.revoked) });
  return (
    <>
      <PageTitle title={t.sessions.title} lead={sessions.data ? t.sessions.lead(f.number(sessions.data.rows.length)) : undefined} />
      {change.error ? <FaultNotice error={change.error} /> : null}
      <Answer of={sessions}>
        {(data) => (
          <PlainTable caption={t.sessions.title} rows={data.rows} rowKey={(row) => row.id} columns={[
            { key: "device", label: t.sessions.device, kind: "main", cell: (row) => <span title={row.device}>{deviceOf(row.device) ?? (row.device || t.sessions.unknown)} {row.current ? <span className="tag">{t.sessions.current}</span> : null}</span> },
            { key: "created", label: t.sessions.created, kind: "short", cell: (row) => f.instant(row.created_at) },
            { key: "seen", label: t.sessions.seen, kind: "short", cell: (row) => f.instant(row.seen_at) },
            { key: "expires", label: t.sessions.expires, kind: "short", cell: (row) => f.instant(row.expires_at) },
            { key: "revoke", label: t.table.actions, cell: (row) => (row.current ? "—" : <Button small look="danger" busy={change.isPending} onPress={() => change.mutate({ method: "DELETE", path: `/sessions/${row.id}` })}>{t.sessions.revoke}</Button>) },
          ]} />
        )}
      </Answer>
    </>
  );
}
