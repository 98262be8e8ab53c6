import { useState, type ReactNode } from "react";
import { useParams } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { Agency, AgencyContact, AgencyPost, AgencyUnit } from "../../api/types";
import { useFilters } from "../../app/search";
import { useMay } from "../../app/session";
import { nameOf } from "../../i18n/names";
import { Button, LinkButton } from "../../ui/button/button";
import { Answer } from "../../ui/empty_state/empty_state";
import { Menu, type MenuEntry } from "../../ui/menu/menu";
import { AsKnownOnField, AsKnownOnNotice } from "../../ui/notice/as_known_on";
import { PageTitle } from "../../ui/page_title/page_title";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { PlainTable } from "../../ui/table/plain_table";
import { AgencyDialog } from "./agency_dialog";
import { LastDayDialog } from "./change_dialog";
import { ContactDialog, DeputyDialog, EndDeputyDialog, HolderDialog, RemoveContactDialog } from "./people_dialogs";
import { PostDialog, UnitDialog } from "./place_dialogs";
import { ContactRecordDialog, DeputyRecordDialog, PostRecordDialog, RecordTable, UnitRecordDialog } from "./records";
import { useOrganisationText } from "./words";
import "./agencies.css";

type Asked =
  | { kind: "agency" | "close_agency" | "contacts" }
  | { kind: "unit"; unit: AgencyUnit | null }
  | { kind: "close_unit" | "unit_record"; unit: AgencyUnit }
  | { kind: "post"; post: AgencyPost | null; unit: string | null }
  | { kind: "close_post" | "post_record" | "holder" | "vacate" | "deputy" | "deputies"; post: AgencyPost }
  | { kind: "end_deputy"; person: string; from: string; to: string }
  | { kind: "contact"; contact: AgencyContact | null }
  | { kind: "remove_contact"; contact: AgencyContact };

const own = "0"; // the agency's posts that stand in no unit

export function AgencyPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { t, f } = useOrganisationText();
  const allowed = useMay();
  const [filter, change] = useFilters<"as_of" | "as_known_on">();
  const [asked, setAsked] = useState<Asked | null>(null);
  const agency = useRead<Agency>(`/agencies/${id}`, { as_of: filter.as_of, as_known_on: filter.as_known_on });
  // What is past is looked at, not changed.
  const edits = allowed("edit_agencies") && !filter.as_known_on;
  const dates = (
    <div className="row row--bottom no-print">
      <RocDatePicker compact label={t.agencies.as_of} value={filter.as_of ?? null} onChange={(iso) => change({ as_of: iso })} />
      <AsKnownOnField value={filter.as_known_on ?? null} onChange={(iso) => change({ as_known_on: iso })} />
    </div>
  );
  return (
    <>
      <AsKnownOnNotice value={filter.as_known_on} onNow={() => change({ as_known_on: null })} />
      <Answer of={agency}>
        {(data) => (
          <>
            <PageTitle title={data.name} crumbs={[{ label: t.nav.agencies, to: "/agencies" }]}
              actions={
                <>
                  <LinkButton to="/duties" search={{ view: "city", agency_id: data.id }}>{t.nav.duties}</LinkButton>
                  {edits ? <Button onPress={() => setAsked({ kind: "close_agency" })}>{t.places.close_agency}</Button> : null}
                  {edits ? <Button look="primary" onPress={() => setAsked({ kind: "agency" })}>{t.agencies.edit}</Button> : null}
                </>
              }>
              {data.self_governing ? <p><span className="tag">{t.agencies.self_governing}</span></p> : null}
              {dates}
            </PageTitle>
            <div className="split split--side">
              <div className="stack">
                <section className="stack stack--tight">
                  <Heading text={t.agencies.units}>
                    {edits ? <Button small onPress={() => setAsked({ kind: "post", post: null, unit: null })}>{t.places.add_post}</Button> : null}
                    {edits ? <Button small onPress={() => setAsked({ kind: "unit", unit: null })}>{t.places.add_unit}</Button> : null}
                  </Heading>
                  {data.units.length === 0 ? <p className="muted small">{t.agencies.no_units}</p> : data.units.map((unit) => <Unit key={unit.id} unit={unit} edits={edits} ask={setAsked} />)}
                </section>
                <section className="stack stack--tight">
                  <Heading text={t.agencies.contacts}>
                    <Button small onPress={() => setAsked({ kind: "contacts" })}>{t.places.contact_history}</Button>
                    {edits ? <Button small onPress={() => setAsked({ kind: "contact", contact: null })}>{t.places.add_contact}</Button> : null}
                  </Heading>
                  {data.contacts.length === 0 ? <p className="muted small">{t.agencies.no_contacts}</p> : <Contacts rows={data.contacts} edits={edits} ask={setAsked} />}
                </section>
                <section className="stack stack--tight">
                  <h2>{t.agencies.history}</h2>
                  <RecordTable label={t.agencies.name} rows={data.history.map((row) => ({ ...row, what: <>{row.name} <span className="muted small">{[nameOf(t.agencies.kinds, row.kind), row.parent_name].filter(Boolean).join(" · ")}</span></> }))} />
                </section>
              </div>
              <div className="stack">
                <section className="panel">
                  <h2>{t.duties.facts}</h2>
                  <dl className="facts">
                    <dt>{t.agencies.short_name}</dt><dd>{data.short_name}</dd>
                    <dt>{t.agencies.code}</dt><dd className="number">{data.code}</dd>
                    <dt>{t.agencies.kind}</dt><dd>{nameOf(t.agencies.kinds, data.kind)}</dd>
                    {data.parent_name ? <><dt>{t.agencies.parent}</dt><dd>{data.parent_name}</dd></> : null}
                    <dt>{t.common.valid}</dt><dd>{f.date(data.valid_from)} – {data.valid_to ? f.date(data.valid_to) : t.common.open_end}</dd>
                  </dl>
                </section>
              </div>
            </div>
            {asked ? <Dialogs asked={asked} agency={data} known={filter.as_known_on} ask={setAsked} /> : null}
          </>
        )}
      </Answer>
      {agency.data === undefined && agency.error ? dates : null}
    </>
  );
}

function Heading({ text, level = 2, children }: { text: string; level?: 2 | 3; children?: ReactNode }) {
  return <div className="agency-heading">{level === 2 ? <h2>{text}</h2> : <h3>{text}</h3>}<div className="row no-print">{children}</div></div>;
}

function More({ of, entries }: { of: string; entries: MenuEntry[] }) {
  const { t } = useOrganisationText();
  const label = t.places.actions_of(of);
  return <Menu label={label} entries={entries} trigger={<Button look="quiet" small icon aria-label={label}><span aria-hidden="true">⋯</span></Button>} />;
}

function Unit({ unit, edits, ask }: { unit: AgencyUnit; edits: boolean; ask: (asked: Asked) => void }) {
  const { t, f } = useOrganisationText();
  const entries = (post: AgencyPost): MenuEntry[] => [
    ...(edits ? [
      { key: "holder", label: t.places.appoint, run: () => ask({ kind: "holder", post }) },
      ...(post.holder_id ? [{ key: "vacate", label: t.places.vacate, run: () => ask({ kind: "vacate", post }) }, { key: "deputy", label: t.places.set_deputy, run: () => ask({ kind: "deputy", post }) }] : []),
      { key: "edit", label: t.places.edit_post, run: () => ask({ kind: "post", post, unit: unit.id === own ? null : unit.id }) },
    ] : []),
    { key: "record", label: `${t.places.holders}、${t.places.record}`, run: () => ask({ kind: "post_record", post }) },
    ...(post.holder_id ? [{ key: "deputies", label: t.places.deputies, run: () => ask({ kind: "deputies", post }) }] : []),
    ...(edits ? [{ key: "close", label: t.places.close_post, danger: true, run: () => ask({ kind: "close_post", post }) }] : []),
  ];
  const holder = (post: AgencyPost) => post.holder_name
    ? <>{post.holder_name}{post.holder_from ? <span className="muted small"> {t.places.since(f.date(post.holder_from))}</span> : null}</>
    : <span className="tag tag--warn">{t.common.vacant}</span>;
  return (
    <div className="stack stack--tight">
      <Heading level={3} text={unit.name}>
        {unit.id === own ? null : <More of={unit.name} entries={[
          ...(edits ? [
            { key: "add", label: t.places.add_post, run: () => ask({ kind: "post", post: null, unit: unit.id }) },
            { key: "edit", label: t.places.edit_unit, run: () => ask({ kind: "unit", unit }) },
          ] : []),
          { key: "record", label: t.places.record, run: () => ask({ kind: "unit_record", unit }) },
          ...(edits ? [{ key: "close", label: t.places.close_unit, danger: true, run: () => ask({ kind: "close_unit", unit }) }] : []),
        ]} />}
      </Heading>
      {unit.posts.length === 0 ? <p className="muted small">{t.places.no_posts}</p> : (
        <PlainTable caption={unit.name} rows={unit.posts} rowKey={(row) => row.id} columns={[
          { key: "name", label: t.agencies.post, kind: "main", cell: (row) => row.name },
          { key: "kind", label: t.places.post_kind, kind: "short", cell: (row) => nameOf(t.places.post_kinds, row.kind) },
          { key: "holder", label: t.agencies.holder, cell: holder },
          { key: "deputy", label: t.agencies.deputy, cell: (row) => (row.deputy_name ? <>{row.deputy_name}{row.deputy_to ? <span className="muted small"> {t.places.until(f.date(row.deputy_to))}</span> : null}</> : "—") },
          { key: "actions", label: t.table.actions, kind: "actions", cell: (row) => <More of={row.name} entries={entries(row)} /> },
        ]} />
      )}
    </div>
  );
}

function Contacts({ rows, edits, ask }: { rows: AgencyContact[]; edits: boolean; ask: (asked: Asked) => void }) {
  const { t } = useOrganisationText();
  return (
    <PlainTable caption={t.agencies.contacts} rows={rows} rowKey={(row) => row.key} columns={[
      { key: "name", label: t.places.contact_name, kind: "main", cell: (row) => row.name },
      { key: "kind", label: t.agencies.contact_kind, cell: (row) => row.kind },
      { key: "phone", label: t.agencies.phone, cell: (row) => row.phone || "—" },
      { key: "email", label: t.agencies.email, cell: (row) => (row.email ? <a href={`mailto:${row.email}`}>{row.email}</a> : "—") },
      ...(edits ? [{ key: "actions", label: t.table.actions, kind: "actions" as const, cell: (row: AgencyContact) => <More of={row.kind} entries={[
        { key: "edit", label: t.places.edit_contact, run: () => ask({ kind: "contact", contact: row }) },
        { key: "remove", label: t.places.remove_contact, danger: true, run: () => ask({ kind: "remove_contact", contact: row }) },
      ]} /> }] : []),
    ]} />
  );
}

function Dialogs({ asked, agency, known, ask }: { asked: Asked; agency: Agency; known: string | undefined; ask: (asked: Asked | null) => void }) {
  const { t } = useOrganisationText();
  const onClose = () => ask(null);
  switch (asked.kind) {
    case "agency": return <AgencyDialog agency={agency} onClose={onClose} />;
    case "close_agency": return <LastDayDialog title={t.places.close_agency} hint={t.places.close_agency_hint} said={t.places.said.closed} path={`/agencies/${agency.id}/closure`} onClose={onClose} />;
    case "unit": return <UnitDialog agency={agency} unit={asked.unit} onClose={onClose} />;
    case "close_unit": return <LastDayDialog title={`${t.places.close_unit}：${asked.unit.name}`} hint={t.places.close_unit_hint} said={t.places.said.closed} path={`/agency-units/${asked.unit.id}/closure`} onClose={onClose} />;
    case "unit_record": return <UnitRecordDialog id={asked.unit.id} known={known} onClose={onClose} />;
    case "post": return <PostDialog agency={agency} unit={asked.unit} post={asked.post} onClose={onClose} />;
    case "close_post": return <LastDayDialog title={`${t.places.close_post}：${asked.post.name}`} hint={t.places.close_post_hint} said={t.places.said.closed} path={`/agency-posts/${asked.post.id}/closure`} onClose={onClose} />;
    case "post_record": return <PostRecordDialog id={asked.post.id} known={known} onClose={onClose} />;
    case "holder": return <HolderDialog post={asked.post} onClose={onClose} />;
    case "vacate": return <LastDayDialog title={`${t.places.vacate}：${asked.post.name}`} hint={t.places.vacate_hint} said={t.places.said.vacated} path={`/agency-posts/${asked.post.id}/vacancy`} onClose={onClose} />;
    case "deputy": return <DeputyDialog person={personOf(asked.post)} onClose={onClose} />;
    case "deputies": {
      const person = personOf(asked.post);
      return <DeputyRecordDialog person={person} known={known} onClose={onClose} onAdd={() => ask({ kind: "deputy", post: asked.post })} onEnd={(from, to) => ask({ kind: "end_deputy", person: person.id, from, to })} />;
    }
    case "end_deputy": return <EndDeputyDialog person={asked.person} from={asked.from} to={asked.to} onClose={onClose} />;
    case "contact": return <ContactDialog agency={agency.id} contact={asked.contact} onClose={onClose} />;
    case "remove_contact": return <RemoveContactDialog agency={agency.id} contact={asked.contact} onClose={onClose} />;
    case "contacts": return <ContactRecordDialog agency={agency.id} known={known} onClose={onClose} />;
  }
}

const personOf = (post: AgencyPost) => ({ id: post.holder_id ?? "", name: post.holder_name ?? "" });
