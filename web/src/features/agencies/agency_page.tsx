import { useState } from "react";
import { useParams } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { Agency } from "../../api/types";
import { useMay } from "../../app/session";
import { useLanguage } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { Button, LinkButton } from "../../ui/button/button";
import { Answer } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { PlainTable } from "../../ui/table/plain_table";
import { AgencyDialog } from "./agency_dialog";

export function AgencyPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { t, f } = useLanguage();
  const allowed = useMay();
  const [editing, setEditing] = useState(false);
  const agency = useRead<Agency>(`/agencies/${id}`);
  return (
    <Answer of={agency}>
      {(data) => {
        const { units } = data;
        return (
        <>
          <PageTitle title={data.name} crumbs={[{ label: t.nav.agencies, to: "/agencies" }]}
            actions={
              <>
                <LinkButton to="/duties" search={{ view: "city", agency_id: data.id }}>{t.nav.duties}</LinkButton>
                {allowed("edit_agencies") ? <Button look="primary" onPress={() => setEditing(true)}>{t.agencies.edit}</Button> : null}
              </>
            }>
            {data.self_governing ? <p><span className="tag">{t.agencies.self_governing}</span></p> : null}
          </PageTitle>
          <div className="split split--side">
            <div className="stack">
              <section className="stack stack--tight">
                <h2>{t.agencies.units}</h2>
                {units.length === 0 ? <p className="muted small">{t.agencies.no_units}</p> : units.map((unit) => (
                  <div key={unit.id} className="stack stack--tight">
                    <h3>{unit.name}</h3>
                    <PlainTable caption={unit.name} rows={unit.posts} rowKey={(row) => row.id} columns={[
                      { key: "name", label: t.agencies.post, kind: "main", cell: (row) => row.name },
                      { key: "holder", label: t.agencies.holder, cell: (row) => row.holder_name ?? <span className="tag tag--warn">{t.agencies.vacant}</span> },
                      { key: "deputy", label: t.agencies.deputy, cell: (row) => row.deputy_name ?? "—" },
                    ]} />
                  </div>
                ))}
              </section>
              <section className="stack stack--tight">
                <h2>{t.agencies.contacts}</h2>
                {data.contacts.length === 0 ? <p className="muted small">{t.agencies.no_contacts}</p> : (
                  <PlainTable caption={t.agencies.contacts} rows={data.contacts} rowKey={(row) => row.kind + row.name} columns={[
                    { key: "name", label: t.agencies.name, kind: "main", cell: (row) => row.name },
                    { key: "kind", label: t.agencies.contact_kind, cell: (row) => row.kind },
                    { key: "phone", label: t.agencies.phone, cell: (row) => row.phone || "—" },
                    { key: "email", label: t.agencies.email, cell: (row) => (row.email ? <a href={`mailto:${row.email}`}>{row.email}</a> : "—") },
                  ]} />
                )}
              </section>
            </div>
            <div className="stack">
              <section className="panel">
                <h2>{t.duties.facts}</h2>
                <dl className="facts">
                  <dt>{t.agencies.short_name}</dt><dd>{data.short_name}</dd>
                  <dt>{t.agencies.code}</dt><dd className="number">{data.code}</dd>
                  <dt>{t.agencies.kind}</dt><dd>{nameOf(t.agencies.kinds, data.kind)}</dd>
                  <dt>{t.agencies.valid}</dt><dd>{f.date(data.valid_from)} – {data.valid_to ? f.date(data.valid_to) : t.agencies.open_end}</dd>
                </dl>
              </section>
              <section className="panel">
                <h2>{t.agencies.history}</h2>
                <dl className="facts">
                  {data.history.map((row) => (
                    <HistoryLine key={row.valid_from + row.recorded_at} when={`${f.date(row.valid_from)} – ${row.valid_to ? f.date(row.valid_to) : t.agencies.open_end}`}
                      what={`${row.name}（${t.agencies.changed_by} ${f.instant(row.recorded_at)}${row.changed_by_name ? ` ${row.changed_by_name}` : ""}）`} />
                  ))}
                </dl>
              </section>
            </div>
          </div>
          {editing ? <AgencyDialog agency={data} onClose={() => setEditing(false)} /> : null}
        </>
        );
      }}
    </Answer>
  );
}

function HistoryLine({ when, what }: { when: string; what: string }) {
  return <><dt className="number">{when}</dt><dd>{what}</dd></>;
}
