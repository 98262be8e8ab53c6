import { lazy, Suspense, useCallback, useState } from "react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { DutyAction, DutyRow, List, Scope } from "../../api/types";
import { useFilters } from "../../app/search";
import { useMay, useSession } from "../../app/session";
import { nameOf } from "../../i18n/names";
import { Button, LinkButton } from "../../ui/button/button";
import { EmptyState } from "../../ui/empty_state/empty_state";
import { AsKnownOnField, AsKnownOnNotice } from "../../ui/notice/as_known_on";
import { Notice } from "../../ui/notice/notice";
import { PageTitle } from "../../ui/page_title/page_title";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { SearchField } from "../../ui/search_field/search_field";
import { Select } from "../../ui/select/select";
import { DataTable, type Column } from "../../ui/table/data_table";
import { useCursor } from "../../ui/table/use_pages";
import { Tabs } from "../../ui/tabs/tabs";
import { DutyStatus } from "./duty_status";
import { useDutyText } from "./words";

const AgencyBox = lazy(async () => ({ default: (await import("../agencies/agency_box")).AgencyBox }));
const BulkBar = lazy(() => import("./bulk_bar"));
const ViewsMenu = lazy(() => import("../views/views_menu"));
const RowAction = lazy(() => import("./row_action"));

type Filter = "view" | "state" | "lateness" | "origin" | "agency_id" | "q" | "due_from" | "due_to" | "where" | "sort" | "as_known_on";

/** The widest worklist that a person's roles make useful comes first. */
function firstView(roles: string[]): Scope {
  if (roles.some((role) => ["rdec_controller", "rdec_head", "executive", "auditor"].includes(role))) return "city";
  if (roles.some((role) => ["agency_liaison", "agency_head"].includes(role))) return "agency";
  if (roles.includes("unit_head")) return "unit";
  return "mine";
}

export function DutiesPage() {
  const { t, f } = useDutyText();
  const session = useSession();
  const allowed = useMay();
  const navigate = useNavigate();
  const [filter, change] = useFilters<Filter>();
  const view = (filter.view as Scope | undefined) ?? firstView(session.grants.map((grant) => grant.role));
  const sort = filter.sort ?? "due";
  const query = { view, state: filter.state ?? "open", lateness: filter.lateness, origin: filter.origin, agency_id: filter.agency_id, q: filter.q, due_from: filter.due_from, due_to: filter.due_to, where: filter.where, sort, as_known_on: filter.as_known_on };
  const { cursor, pages } = useCursor(JSON.stringify(query));
  const list = useRead<List<DutyRow> & { where_in_words?: string | null }>("/duties", { ...query, cursor, limit: 50 }, { keep: true });
  const [acting, setActing] = useState<{ duty: DutyRow; action: DutyAction } | null>(null);
  const [chosen, setChosen] = useState<string[]>([]);
  const search = useCallback((q: string) => change({ q: q || null }), [change]);
  const open = (duty: DutyRow) => void navigate({ to: "/duties/$id", params: { id: duty.id } as never });
  const filtered = Boolean(filter.state ?? filter.lateness ?? filter.origin ?? filter.agency_id ?? filter.q ?? filter.due_from ?? filter.due_to ?? filter.where);

  const columns: Column<DutyRow>[] = [
    { key: "number", label: t.duties.number, cell: (row) => row.number, sort: "created", kind: "short", fixed: true },
    { key: "title", label: t.duties.name, cell: (row) => <Link to="/duties/$id" params={{ id: row.id } as never}>{row.title}</Link>, kind: "main", fixed: true },
    { key: "lateness", label: t.duties.lateness, cell: (row) => <DutyStatus duty={row} />, kind: "short" },
    { key: "due", label: t.duties.due, cell: (row) => f.date(row.due_on), sort: "due", kind: "number" },
    { key: "days", label: t.duty.days, cell: (row) => (row.state === "open" ? t.duties.days_left(row.days_left) : "—"), kind: "number" },
    { key: "agency", label: t.duties.agency, cell: (row) => row.agency_name, sort: "agency", kind: "short" },
    { key: "holder", label: t.duty.holder, cell: (row) => row.holder_name ?? <span className="muted">{row.post_id ? t.common.vacant : t.duty.unassigned}</span>, kind: "short" },
    { key: "origin", label: t.duties.origin, cell: (row) => nameOf(t.origins, row.origin), kind: "short" },
    { key: "post", label: t.duty.post, cell: (row) => row.post_name ?? <span className="muted">{t.duty.unassigned}</span>, kind: "short", hidden: true },
    { key: "state", label: t.common.state, cell: (row) => nameOf(t.duties.states, row.state), sort: "state", kind: "short", hidden: true },
    { key: "severity", label: t.duty.severity, cell: (row) => nameOf(t.severities, row.severity, "—"), kind: "short", hidden: true },
    { key: "recurring", label: t.duty.recurring, cell: (row) => (row.recurring ? t.common.yes : "—"), kind: "short", hidden: true },
  ];
  const total = list.data?.total;
  const viewName = t.duties.views[view];
  return (
    <>
      <PageTitle
        title={t.duty.title}
        lead={total === null || total === undefined ? undefined : list.data?.total_is_capped ? t.duty.lead_capped(f.number(total), viewName) : t.duty.lead(f.number(total), viewName)}
        actions={allowed("create_duty") ? <LinkButton to="/duties/new" look="primary">{t.duties.create}</LinkButton> : null}
      />
      <AsKnownOnNotice value={filter.as_known_on} onNow={() => change({ as_known_on: null })} />
      {filter.where ? <Notice action={<Button small onPress={() => change({ where: null })}>{t.common.clear_filters}</Button>}>{list.data?.where_in_words ?? filter.where}</Notice> : null}
      <Tabs label={t.duty.title} chosen={view} onChange={(key) => change({ view: key })} tabs={(["mine", "unit", "agency", "city"] as const).map((key) => ({ key, label: t.duties.views[key] }))}>
        <DataTable
          name="duties" label={t.duty.title} columns={columns} rows={list.data?.rows} rowKey={(row) => row.id} rowText={(row) => row.title}
          sort={sort} onSort={(next) => change({ sort: next })} onOpen={open} error={list.data ? null : list.error} retry={() => void list.refetch()} stale={list.isPlaceholderData}
          actions={(row) => [
            { key: "open", label: t.duties.open, run: () => open(row) },
            ...(row.state === "open" && !filter.as_known_on
              ? (["done", "ask_extension", "reassign"] as const).map((action) => ({ key: action, label: t.duty.actions[action], run: () => setActing({ duty: row, action }) }))
              : []),
          ]}
          pages={pages(list.data)}
          {...(filter.as_known_on ? {} : { chosen, onChoose: setChosen })}
          tools={<Suspense fallback={null}><ViewsMenu page="duties" search={filter} /></Suspense>}
          exports={{ list: "duties", query }}
          filters={
            <>
              <SearchField label={t.table.search} value={filter.q ?? ""} onSearch={search} />
              <Select compact label={t.common.state} value={filter.state ?? "open"} onChange={(state) => change({ state: state === "open" ? null : state })}
                options={(["open", "done", "all"] as const).map((value) => ({ value, label: t.duties.states[value] }))} />
              <Select compact label={t.duties.lateness} value={filter.lateness ?? ""} onChange={(lateness) => change({ lateness: lateness || null })}
                options={[{ value: "", label: t.common.all }, { value: "overdue", label: t.duty.overdue }, ...(["severe", "late", "at_risk", "on_time"] as const).map((value) => ({ value, label: t.status[value] }))]} />
              <Select compact label={t.duties.origin} value={filter.origin ?? ""} onChange={(origin) => change({ origin: origin || null })}
                options={[{ value: "", label: t.common.all }, ...Object.entries(t.origins).map(([value, label]) => ({ value, label }))]} />
              {view === "city" ? <Suspense fallback={null}><AgencyBox compact label={t.duties.agency} anyLabel={t.common.all} value={filter.agency_id ?? null} onChange={(id) => change({ agency_id: id })} /></Suspense> : null}
              <RocDatePicker compact label={t.duty.due_from} value={filter.due_from ?? null} onChange={(iso) => change({ due_from: iso })} />
              <RocDatePicker compact label={t.duty.due_to} value={filter.due_to ?? null} onChange={(iso) => change({ due_to: iso })} />
              <AsKnownOnField value={filter.as_known_on ?? null} onChange={(iso) => change({ as_known_on: iso })} />
              {filtered ? <Button look="quiet" onPress={() => change({ state: null, lateness: null, origin: null, agency_id: null, q: null, due_from: null, due_to: null, where: null })}>{t.common.clear_filters}</Button> : null}
            </>
          }
          empty={<EmptyState title={t.duty.empty}>{t.duty.empty_hint}</EmptyState>}
        />
      </Tabs>
      <Suspense fallback={null}><BulkBar chosen={chosen} onChoose={setChosen} /></Suspense>
      {acting ? <Suspense fallback={null}><RowAction duty={acting.duty} action={acting.action} onClose={() => setActing(null)} /></Suspense> : null}
    </>
  );
}
