import { useState } from "react";
import { useSearch } from "@tanstack/react-router";
import { useChange, useRead } from "../../api/hooks";
import type { Feed, NewFeed } from "../../api/types";
import { useMay } from "../../app/session";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { CopyButton } from "../../ui/button/copy_button";
import { Dialog, DialogButtons, SubmitButtons } from "../../ui/dialog/dialog";
import { Answer, EmptyState, FaultNotice } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { Select } from "../../ui/select/select";
import { PlainTable } from "../../ui/table/plain_table";
import { useToast } from "../../ui/toast/toast";
import { AgencyBox } from "../agencies/agency_box";
import { useFeedText } from "./words";
import "../identity/identity.css";

export function FeedsPage() {
  const { t, f } = useFeedText();
  const search = useSearch({ strict: false }) as { series?: string; meetings?: string };
  const feeds = useRead<{ rows: Feed[] }>("/feeds");
  const [making, setMaking] = useState(search.series !== undefined || search.meetings !== undefined);
  const [made, setMade] = useState<NewFeed | null>(null);
  const [ending, setEnding] = useState<Feed | null>(null);
  return (
    <>
      <PageTitle title={t.feeds.title} lead={feeds.data ? t.feeds.lead(f.number(feeds.data.rows.length)) : undefined} actions={<Button look="primary" onPress={() => setMaking(true)}>{t.feeds.create}</Button>}>
        <p className="prose">{t.feeds.intro}</p>
      </PageTitle>
      <Answer of={feeds}>
        {(data) => data.rows.length === 0 ? <EmptyState title={t.feeds.empty}>{t.feeds.empty_hint}</EmptyState> : (
          <PlainTable caption={t.feeds.title} rows={data.rows} rowKey={(row) => row.id} columns={[
            { key: "name", label: t.feeds.name, kind: "main", cell: (row) => row.name },
            { key: "kind", label: t.feeds.kind, cell: (row) => nameOf(t.feeds.kinds, row.kind) },
            { key: "alarm", label: t.feeds.alarm, kind: "short", cell: (row) => (row.alarm_days === null ? t.feeds.alarms.none : nameOf(t.feeds.alarms, String(row.alarm_days)) || t.feeds.alarm_days(String(row.alarm_days))) },
            { key: "created", label: t.feeds.created, kind: "short", cell: (row) => f.instant(row.created_at) },
            { key: "used", label: t.feeds.last_used, kind: "short", cell: (row) => (row.last_used_at ? f.instant(row.last_used_at) : t.feeds.never) },
            { key: "revoke", label: t.table.actions, cell: (row) => <Button small look="danger" aria-label={t.feeds.revoke_title(row.name)} onPress={() => setEnding(row)}>{t.feeds.revoke}</Button> },
          ]} />
        )}
      </Answer>
      {making ? <CreateDialog series={search.series ?? null} meetings={search.meetings ?? null} onClose={() => setMaking(false)} onMade={(feed) => {
        setMaking(false);
        setMade(feed);
      }} /> : null}
      {made ? <MadeDialog made={made} onClose={() => setMade(null)} /> : null}
      {ending ? <RevokeDialog feed={ending} onClose={() => setEnding(null)} /> : null}
    </>
  );
}

function CreateDialog({ series, meetings, onClose, onMade }: { series: string | null; meetings: string | null; onClose: () => void; onMade: (feed: NewFeed) => void }) {
  const { t } = useFeedText();
  const allowed = useMay();
  const [kind, setKind] = useState(series ? "duties.series" : meetings ? "meetings.series" : "duties.mine");
  const [agency, setAgency] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [alarm, setAlarm] = useState("none");
  const change = useChange<NewFeed>({ onDone: onMade });
  const faults = useFaults(change.error);
  const kinds = Object.entries(t.feeds.kinds).filter(([value]) => (value !== "duties.series" || series !== null) && (value !== "meetings.series" || meetings !== null) && (value !== "meetings.all" || allowed("meetings"))).map(([value, label]) => ({ value, label }));
  const send = () => change.mutate({
    path: "/feeds",
    body: { kind, name: name.trim(), ...(kind === "duties.series" ? { record_id: series } : kind === "meetings.series" ? { record_id: meetings } : kind === "duties.agency" && agency ? { record_id: agency } : {}), ...(alarm === "none" ? {} : { alarm_days: Number(alarm) }) },
  });
  return (
    <Dialog title={t.feeds.create} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={send}>
        <Select name="kind" label={t.feeds.kind} value={kind} onChange={setKind} options={kinds} error={faults.of("kind")} />
        {kind === "duties.agency" ? <AgencyBox name="record_id" label={t.feeds.agency} hint={t.feeds.agency_hint} value={agency} onChange={setAgency} error={faults.of("record_id")} /> : null}
        <Select name="alarm_days" label={t.feeds.alarm} value={alarm} onChange={setAlarm} options={["none", "0", "1", "3", "7"].map((value) => ({ value, label: nameOf(t.feeds.alarms, value) }))} error={faults.of("alarm_days")} />
        <TextField name="name" label={`${t.feeds.name}${t.common.optional}`} hint={t.feeds.name_hint} value={name} onChange={setName} error={faults.of("name")} />
        <p className="small muted">{t.feeds.confidential}</p>
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.feeds.create}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

function MadeDialog({ made, onClose }: { made: NewFeed; onClose: () => void }) {
  const { t } = useFeedText();
  const address = `${window.location.origin}${made.path}`;
  return (
    <Dialog title={t.feeds.once_title} isOpen onClose={onClose}>
      <p>{t.feeds.once}</p>
      <code className="secret" aria-label={t.feeds.address}>{address}</code>
      <div className="small">
        <h3>{t.feeds.how_title}</h3>
        <ul>
          <li>{t.feeds.how_google}</li>
          <li>{t.feeds.how_outlook}</li>
          <li>{t.feeds.how_apple}</li>
        </ul>
      </div>
      <DialogButtons>
        <CopyButton text={address} />
        <Button look="primary" onPress={onClose}>{t.common.close}</Button>
      </DialogButtons>
    </Dialog>
  );
}

function RevokeDialog({ feed, onClose }: { feed: Feed; onClose: () => void }) {
  const { t } = useFeedText();
  const say = useToast();
  const change = useChange({ onDone: () => {
    say(t.feeds.revoked);
    onClose();
  } });
  return (
    <Dialog title={t.feeds.revoke_title(feed.name)} isOpen onClose={onClose}>
      {change.error ? <FaultNotice error={change.error} /> : null}
      <p>{t.feeds.revoke_hint}</p>
      <DialogButtons>
        <Button onPress={onClose}>{t.common.back}</Button>
        <Button look="danger" busy={change.isPending} onPress={() => change.mutate({ method: "DELETE", path: `/feeds/${feed.id}` })}>{t.feeds.revoke}</Button>
      </DialogButtons>
    </Dialog>
  );
}
