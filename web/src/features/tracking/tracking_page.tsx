import { lazy, Suspense } from "react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { TrackedList, TrackedRow, TrackingKinds } from "../../api/types";
import { useFilters } from "../../app/search";
import { useMay } from "../../app/session";
import { useLanguage, useWords } from "../../i18n/language";
import { LinkButton } from "../../ui/button/button";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { AsKnownOnField, AsKnownOnNotice } from "../../ui/notice/as_known_on";
import { PageTitle } from "../../ui/page_title/page_title";
import { Select } from "../../ui/select/select";
import { DataTable, type Column } from "../../ui/table/data_table";
import { useCursor } from "../../ui/table/use_pages";
import { percentText } from "./figures";
import { LagCell } from "./lag_cell";
import { tracking } from "./words";
import "./tracking.css";

const AgencyBox = lazy(async () => ({ default: (await import("../agencies/agency_box")).AgencyBox }));

export function TrackingPage() {
  const kinds = useRead<TrackingKinds>("/tracking-kinds");
  return <Answer of={kinds}>{(data) => <Lists kinds={data} />}</Answer>;
}

function Lists({ kinds }: { kinds: TrackingKinds }) {
  const { t, f } = useLanguage();
  const words = useWords(tracking);
  const allowed = useMay();
  const navigate = useNavigate();
  const [filter, change] = useFilters<"kind" | "view" | "agency_id" | "sort" | "as_known_on">();
  const kind = kinds.rows.find((one) => one.name === filter.kind) ?? kinds.rows[0];
  const view = (filter.view ?? "open") as keyof typeof words.views;
  const query = { kind: kind?.name ?? "", view, agency_id: filter.agency_id, sort: filter.sort ?? "newest", as_known_on: filter.as_known_on };
  const { cursor, pages } = useCursor(JSON.stringify(query));
  const list = useRead<TrackedList>("/tracking-items", { ...query, cursor, limit: 50 }, { keep: true, enabled: kind !== undefined });
  const open = (row: TrackedRow) => void navigate({ to: "/tracking/$id", params: { id: row.id } as never });
  const columns: Column<TrackedRow>[] = [
    { key: "number", label: words.number, kind: "short", fixed: true, cell: (row) => row.number },
    { key: "title", label: words.name, kind: "main", fixed: true, cell: (row) => <Link to="/tracking/$id" params={{ id: row.id } as never}>{row.title}</Link> },
    { key: "agency", label: words.agency, kind: "short", cell: (row) => row.agency_name },
    { key: "state", label: words.state, kind: "short", cell: (row) => words.states[row.state] },
    { key: "period", label: words.period, kind: "short", cell: (row) => row.period_label ?? <span className="muted">{words.nothing_filed}</span> },
    ...(kind?.measures ?? []).flatMap((measure): Column<TrackedRow>[] => {
      const of = (row: TrackedRow) => row.measures.find((one) => one.measure === measure.name);
      return [
        { key: `${measure.name}_actual`, label: words.actual_of(measure.title), kind: "number", hidden: measure !== kind?.measures[0], cell: (row) => { const one = of(row); return one ? `${percentText(one.actual)}%` : "—"; } },
        { key: `${measure.name}_first`, label: words.first_of(measure.title), kind: "number", cell: (row) => <LagCell measure={of(row)} of="first" /> },
        { key: `${measure.name}_current`, label: words.current_of(measure.title), kind: "number", cell: (row) => <LagCell measure={of(row)} of="current" /> },
      ];
    }),
    { key: "run", label: words.lagging, kind: "short", hidden: true, cell: (row) => (row.lag_run > 0 ? words.run(row.lag_run) : words.conforming) },
  ];
  return (
    <>
      <PageTitle title={words.title} lead={list.data ? words.lead[view](f.number(list.data.total)) : undefined}
        actions={
          <>
            <LinkButton to="/tracking/cycles">{words.cycles}</LinkButton>
            <LinkButton to="/tracking/quality">{words.quality.title}</LinkButton>
            {allowed("file_progress") ? <LinkButton to="/tracking/new" look="primary">{words.new_item}</LinkButton> : null}
          </>
        } />
      <AsKnownOnNotice value={filter.as_known_on} onNow={() => change({ as_known_on: null })} />
      <DataTable
        name="tracking" exports={{ list: "tracking-items", query }} label={words.title} columns={columns} rows={list.data?.rows} rowKey={(row) => row.id} rowText={(row) => row.title} onOpen={open}
        error={list.data ? null : list.error} retry={() => void list.refetch()} stale={list.isPlaceholderData} pages={pages(list.data)}
        filters={
          <>
            {kinds.rows.length > 1 ? <Select compact label={words.title} value={kind?.name ?? ""} onChange={(next) => change({ kind: next })} options={kinds.rows.map((one) => ({ value: one.name, label: one.title }))} /> : null}
            <Select compact label={words.view} value={view} onChange={(next) => change({ view: next === "open" ? null : next })} options={(["open", "lagging", "severe", "missing", "all"] as const).map((value) => ({ value, label: words.views[value] }))} />
            <Select compact label={words.sort} value={filter.sort ?? "newest"} onChange={(next) => change({ sort: next === "newest" ? null : next })} options={(["newest", "number", "lag", "months"] as const).map((value) => ({ value, label: words.sorts[value] }))} />
            <Suspense fallback={null}><AgencyBox compact label={words.agency} anyLabel={t.common.all} value={filter.agency_id ?? null} onChange={(id) => change({ agency_id: id })} /></Suspense>
            <AsKnownOnField value={filter.as_known_on ?? null} onChange={(iso) => change({ as_known_on: iso })} />
          </>
        }
        empty={<EmptyState title={words.empty}>{words.empty_hint}</EmptyState>}
      />
    </>
  );
}
