import { lazy, Suspense, useMemo, useState } from "react";
import { Link } from "@tanstack/react-router";
import { address } from "../../api/client";
import { useRead } from "../../api/hooks";
import type { AgencyRow } from "../../api/types";
import { useFilters } from "../../app/search";
import { useMay, useSession } from "../../app/session";
import { nameOf } from "../../i18n/names";
import { fold } from "../../lib/fold";
import { Button, DownloadLink, LinkButton } from "../../ui/button/button";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { AsKnownOnField, AsKnownOnNotice } from "../../ui/notice/as_known_on";
import { PageTitle } from "../../ui/page_title/page_title";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { SearchField } from "../../ui/search_field/search_field";
import { AgencyDialog } from "./agency_dialog";
import { useOrganisationText } from "./words";
import "./agencies.css";

const ExportMenu = lazy(() => import("../../ui/table/export_menu"));

export function AgenciesPage() {
  const { t, f } = useOrganisationText();
  const session = useSession();
  const allowed = useMay();
  const [filter, change] = useFilters<"as_of" | "as_known_on">();
  const [typed, setTyped] = useState("");
  const [making, setMaking] = useState(false);
  const agencies = useRead<{ rows: AgencyRow[] }>("/agencies", { as_of: filter.as_of, as_known_on: filter.as_known_on }, { keep: true });
  const dates = { ...(filter.as_of ? { as_of: filter.as_of } : {}), ...(filter.as_known_on ? { as_known_on: filter.as_known_on } : {}) };
  const count = agencies.data?.rows.filter((row) => row.kind !== "city").length;
  const edits = allowed("edit_agencies") && !filter.as_known_on;
  return (
    <>
      <AsKnownOnNotice value={filter.as_known_on} onNow={() => change({ as_known_on: null })} />
      <PageTitle
        title={t.agencies.title} lead={count === undefined ? undefined : t.agencies.lead(f.number(count), f.longDate(filter.as_of ?? session.today))}
        actions={
          <>
            <Suspense fallback={null}><ExportMenu list="agencies" query={{ as_of: filter.as_of, as_known_on: filter.as_known_on }} /></Suspense>
            <DownloadLink href={address("/agencies.csv", { as_of: filter.as_of, as_known_on: filter.as_known_on })}>{t.common.export_csv}</DownloadLink>
            {edits ? <LinkButton to="/agencies/import">{t.agencies.import}</LinkButton> : null}
            {edits ? <Button look="primary" onPress={() => setMaking(true)}>{t.agencies.create}</Button> : null}
          </>
        }
      >
        <div className="row row--bottom no-print">
          <SearchField label={t.agencies.search} value={typed} onSearch={setTyped} />
          <RocDatePicker compact label={t.agencies.as_of} value={filter.as_of ?? null} onChange={(iso) => change({ as_of: iso })} />
          <AsKnownOnField value={filter.as_known_on ?? null} onChange={(iso) => change({ as_known_on: iso })} />
        </div>
      </PageTitle>
      <Answer of={agencies}>{(data) => (data.rows.length === 0 ? <EmptyState title={t.agencies.empty}>{filter.as_known_on ? t.agencies.empty_known : t.agencies.empty_hint}</EmptyState> : <Tree rows={data.rows} typed={typed} search={dates} />)}</Answer>
      {making ? <AgencyDialog agency={null} onClose={() => setMaking(false)} /> : null}
    </>
  );
}

function Tree({ rows, typed, search }: { rows: AgencyRow[]; typed: string; search: Record<string, string> }) {
  const { t } = useOrganisationText();
  const [closed, setClosed] = useState<Set<string>>(new Set());
  const shown = useMemo(() => {
    const known = new Map(rows.map((row) => [row.id, row]));
    const wanted = fold(typed);
    if (wanted === "") return { rows, known };
    // A found agency is shown with all that stands above it.
    const keep = new Set<string>();
    for (const row of rows) {
      if (!fold(`${row.name} ${row.short_name} ${row.code}`).includes(wanted)) continue;
      for (let at: AgencyRow | undefined = row; at && !keep.has(at.id); at = at.parent_id ? known.get(at.parent_id) : undefined) keep.add(at.id);
    }
    return { rows: rows.filter((row) => keep.has(row.id)), known };
  }, [rows, typed]);
  const below = (parent: string | null) => shown.rows.filter((row) => (parent === null ? row.parent_id === null || !shown.known.has(row.parent_id) : row.parent_id === parent));
  // What stands above others comes first, whatever its code.
  const ordered = (of: string | null) => {
    const inner = below(of);
    return of === null ? [...inner].sort((a, b) => Number(below(b.id).length > 0) - Number(below(a.id).length > 0)) : inner;
  };
  const list = (parent: string | null) => (
    <ul>
      {ordered(parent).map((row) => {
        const inner = below(row.id);
        const open = !closed.has(row.id) || typed !== "";
        return (
          <li key={row.id}>
            <div className="agency-tree__row">
              {inner.length > 0 ? (
                <button type="button" className="agency-tree__toggle" aria-expanded={open} aria-label={t.common.toggle(row.short_name)} onClick={() => setClosed((before) => {
                  const next = new Set(before);
                  if (!next.delete(row.id)) next.add(row.id);
                  return next;
                })}>{open ? "▾" : "▸"}</button>
              ) : <span className="agency-tree__leaf" />}
              <Link to="/agencies/$id" params={{ id: row.id } as never} search={search as never}>{row.name}</Link>
              <span className="muted">{nameOf(t.agencies.kinds, row.kind)}</span>
              <span className="muted number">{row.code}</span>
              {row.self_governing ? <span className="tag">{t.agencies.self_governing}</span> : null}
            </div>
            {open && inner.length > 0 ? list(row.id) : null}
          </li>
        );
      })}
    </ul>
  );
  if (shown.rows.length === 0) return <EmptyState title={t.common.nothing_found} />;
  return <div className="agency-tree panel">{list(null)}</div>;
}
