import type { ReactNode } from "react";
import { useRead } from "../../api/hooks";
import type { ContactHistory, Deputies, PostRecord, UnitRecord } from "../../api/types";
import { useMay } from "../../app/session";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Answer } from "../../ui/empty_state/empty_state";
import { PlainTable } from "../../ui/table/plain_table";
import { useOrganisationText } from "./words";

export interface RecordLine {
  what: ReactNode;
  valid_from?: string;
  valid_to?: string | null;
  recorded_at: string;
  changed_by_name: string;
  superseded_at: string | null;
}

/** Every row that was ever recorded: what it said, for when, who recorded it, and whether it was corrected since. */
export function RecordTable({ label, rows }: { label: string; rows: RecordLine[] }) {
  const { t, f } = useOrganisationText();
  const dated = rows.some((row) => row.valid_from);
  return (
    <PlainTable caption={label} rows={rows} rowKey={(row) => `${row.valid_from ?? ""}${row.recorded_at}${row.superseded_at ?? ""}`} columns={[
      { key: "what", label, kind: "main", cell: (row) => (row.superseded_at ? <s>{row.what}</s> : row.what) },
      ...(dated ? [{ key: "period", label: t.places.period, kind: "short" as const, cell: (row: RecordLine) => `${row.valid_from ? f.date(row.valid_from) : ""} – ${row.valid_to ? f.date(row.valid_to) : t.common.open_end}` }] : []),
      { key: "state", label: t.common.state, kind: "short", cell: (row) => (row.superseded_at ? <span className="muted">{t.places.superseded(f.instant(row.superseded_at))}</span> : t.places.in_force) },
      { key: "recorded", label: t.places.recorded, cell: (row) => `${f.instant(row.recorded_at)} ${row.changed_by_name}` },
    ]} />
  );
}

function RecordDialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const { t } = useOrganisationText();
  return (
    <Dialog title={title} wide isOpen onClose={onClose}>
      <div className="stack">{children}</div>
      <DialogButtons><Button onPress={onClose}>{t.common.close}</Button></DialogButtons>
    </Dialog>
  );
}

export type KnownOn = string | null | undefined;

export function UnitRecordDialog({ id, known, onClose }: { id: string; known: KnownOn; onClose: () => void }) {
  const { t } = useOrganisationText();
  const unit = useRead<UnitRecord>(`/agency-units/${id}`, { as_known_on: known });
  return (
    <RecordDialog title={t.places.record_of(unit.data?.name ?? t.places.unit)} onClose={onClose}>
      <Answer of={unit} lines={3}>{(data) => <RecordTable label={t.places.unit_name} rows={data.history.map((row) => ({ ...row, what: <>{row.name} <span className="muted small">{row.agency_name}</span></> }))} />}</Answer>
    </RecordDialog>
  );
}

export function PostRecordDialog({ id, known, onClose }: { id: string; known: KnownOn; onClose: () => void }) {
  const { t } = useOrganisationText();
  const post = useRead<PostRecord>(`/agency-posts/${id}`, { as_known_on: known });
  return (
    <RecordDialog title={t.places.record_of(post.data?.name ?? t.agencies.post)} onClose={onClose}>
      <Answer of={post} lines={4}>
        {(data) => (
          <>
            <section className="stack stack--tight">
              <h3>{t.places.holders}</h3>
              {data.holders.length === 0 ? <p className="muted small">{t.places.no_holders}</p> : <RecordTable label={t.agencies.holder} rows={data.holders.map((row) => ({ ...row, what: row.person_name }))} />}
            </section>
            <section className="stack stack--tight">
              <h3>{t.places.record}</h3>
              <RecordTable label={t.places.post_name} rows={data.history.map((row) => ({ ...row, what: <>{row.name} <span className="muted small">{[row.agency_name, row.unit_name, nameOf(t.places.post_kinds, row.kind)].filter(Boolean).join(" · ")}</span></> }))} />
            </section>
          </>
        )}
      </Answer>
    </RecordDialog>
  );
}

export function DeputyRecordDialog({ person, known, onClose, onEnd, onAdd }: { person: { id: string; name: string }; known: KnownOn; onClose: () => void; onEnd: (from: string, to: string) => void; onAdd: () => void }) {
  const { t, f } = useOrganisationText();
  const allowed = useMay();
  const deputies = useRead<Deputies>(`/agency-people/${person.id}/deputies`, { as_known_on: known });
  const edits = allowed("edit_agencies") && !known;
  return (
    <RecordDialog title={t.places.deputies_of(person.name)} onClose={onClose}>
      <Answer of={deputies} lines={3}>
        {(data) => (
          <>
            {data.rows.length === 0 ? <p className="muted small">{t.places.no_deputies}</p> : <RecordTable label={t.agencies.deputy} rows={data.rows.map((row) => ({ ...row, what: row.deputy_name }))} />}
            {edits ? (
              <div className="row">
                <Button small onPress={onAdd}>{t.places.set_deputy}</Button>
                {data.rows.filter((row) => row.superseded_at === null && row.valid_to !== null).map((row) => (
                  <Button key={row.valid_from} small onPress={() => onEnd(row.valid_from, row.valid_to ?? row.valid_from)}>{`${t.places.end_deputy}（${row.deputy_name} ${f.date(row.valid_from)}）`}</Button>
                ))}
              </div>
            ) : null}
          </>
        )}
      </Answer>
    </RecordDialog>
  );
}

export function ContactRecordDialog({ agency, known, onClose }: { agency: string; known: KnownOn; onClose: () => void }) {
  const { t } = useOrganisationText();
  const contacts = useRead<ContactHistory>(`/agencies/${agency}/contacts`, { as_known_on: known });
  return (
    <RecordDialog title={t.places.contact_history} onClose={onClose}>
      <Answer of={contacts} lines={3}>
        {(data) => data.rows.length === 0 ? <p className="muted small">{t.agencies.no_contacts}</p>
          : <RecordTable label={t.agencies.contacts} rows={data.rows.map((row) => ({ ...row, what: <>{row.kind}：{row.name} <span className="muted small">{[row.phone, row.email].filter(Boolean).join(" · ")}</span></> }))} />}
      </Answer>
    </RecordDialog>
  );
}
