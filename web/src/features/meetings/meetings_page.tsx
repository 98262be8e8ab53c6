import { lazy, Suspense, useState } from "react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type * as schema from "../../api/schema";
import type { List } from "../../api/types";
import { useFilters } from "../../app/search";
import { Button, LinkButton } from "../../ui/button/button";
import { EmptyState } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { Select } from "../../ui/select/select";
import { StatusBadge } from "../../ui/status_badge/status_badge";
import { DataTable, type Column } from "../../ui/table/data_table";
import { useCursor } from "../../ui/table/use_pages";
import { Tabs } from "../../ui/tabs/tabs";
import { MeetingStateTag } from "./state_tag";
import { useMeetingText } from "./words";
import "./meetings.css";

const PlanDialog = lazy(async () => ({ default: (await import("./plan_dialog")).PlanDialog }));
const SeriesDialog = lazy(async () => ({ default: (await import("./series_dialog")).SeriesDialog }));

const tabs = ["meetings", "decisions", "series"] as const;
type Shown = (typeof tabs)[number];

export function MeetingsPage() {
  const { t } = useMeetingText();
  const [filter, change] = useFilters<"view" | "state" | "series">();
  const shown: Shown = tabs.find((one) => one === filter.view) ?? "meetings";
  const words = t.meetings;
  return (
    <>
      <PageTitle title={words.title} lead={words.lead_more} />
      <Tabs label={words.title} chosen={shown} onChange={(key) => change({ view: key === "meetings" ? null : key, state: null })} tabs={tabs.map((key) => ({ key, label: words.tabs[key] }))}>
        {shown === "meetings" ? <MeetingTable state={filter.state ?? ""} series={filter.series ?? ""} onState={(state) => change({ state: state || null })} onAll={() => change({ series: null })} /> : shown === "decisions" ? <DecisionTable state={filter.state ?? "open"} onState={(state) => change({ state })} /> : <SeriesTable />}
      </Tabs>
    </>
  );
}

function MeetingTable({ state, series, onState, onAll }: { state: string; series: string; onState: (state: string) => void; onAll: () => void }) {
  const { t, f } = useMeetingText();
  const words = t.meetings;
  const navigate = useNavigate();
  const { cursor, pages } = useCursor(`${state} ${series}`);
  const list = useRead<List<schema.MeetingRow>>("/meetings", { state, series_id: series, cursor, limit: 25 }, { keep: true });
  const columns: Column<schema.MeetingRow>[] = [
    { key: "name", label: words.series_name, kind: "main", fixed: true, cell: (row) => <><Link to="/meetings/$id" params={{ id: row.id } as never}>{row.series_name}</Link> <span className="muted small">{row.number}</span></> },
    { key: "date", label: words.date, kind: "short", fixed: true, cell: (row) => `${f.date(row.planned_on)}${row.begins_at ? ` ${row.begins_at}` : ""}` },
    { key: "period", label: words.period, kind: "short", cell: (row) => (row.period_from === row.period_to ? f.date(row.period_from) : words.from_to(f.date(row.period_from), f.date(row.period_to))) },
    { key: "agency", label: words.agency, cell: (row) => row.agency_name },
    { key: "stage", label: words.stage, kind: "short", cell: (row) => words.stages[row.stage === 2 ? 2 : 1] },
    { key: "state", label: words.state, kind: "short", cell: (row) => <><MeetingStateTag state={row.state} />{row.whole ? null : <> <span className="muted small">{words.part_only}</span></>}</> },
  ];
  return (
    <DataTable
      name="meetings" exports={{ list: "meetings", query: { state, series_id: series } }} label={words.title} columns={columns} rows={list.data?.rows} rowKey={(row) => row.id} rowText={(row) => `${row.series_name} ${row.number}`}
      error={list.data ? null : list.error} retry={() => void list.refetch()} stale={list.isPlaceholderData} pages={pages(list.data)}
      onOpen={(row) => void navigate({ to: "/meetings/$id", params: { id: row.id } as never })}
      filters={<>{series ? <Button small onPress={onAll}>{words.all_series}</Button> : null}<Select compact label={words.state} value={state} onChange={onState} options={[{ value: "", label: words.any_state }, ...Object.entries(words.states).map(([value, label]) => ({ value, label }))]} /></>}
      empty={<EmptyState title={words.empty} action={<LinkButton to="/meetings" search={{ view: "series" }}>{words.tabs.series}</LinkButton>}>{words.empty_hint}</EmptyState>}
    />
  );
}

function DecisionTable({ state, onState }: { state: string; onState: (state: string) => void }) {
  const { t, f } = useMeetingText();
  const words = t.meetings;
  const navigate = useNavigate();
  const { cursor, pages } = useCursor(state);
  const list = useRead<List<schema.MeetingDecisionView>>("/meeting-decisions", { state, cursor, limit: 25 }, { keep: true });
  const columns: Column<schema.MeetingDecisionView>[] = [
    { key: "text", label: words.decision_text, kind: "main", fixed: true, cell: (row) => <span className="meeting__text">{row.text}</span> },
    { key: "number", label: words.number, kind: "short", cell: (row) => <Link to="/meetings/$id" params={{ id: row.meeting_id } as never}>{row.number}</Link> },
    { key: "agency", label: words.owed_by, cell: (row) => row.agency_name },
    { key: "due", label: words.due, kind: "short", fixed: true, cell: (row) => f.date(row.due_on) },
    { key: "duty", label: words.duty, kind: "short", cell: (row) => (row.duty ? <StatusBadge status={row.duty.lateness} /> : "—") },
    { key: "state", label: words.state, kind: "short", cell: (row) => words.decision_states[row.state] },
  ];
  return (
    <DataTable
      name="meeting_decisions" exports={{ list: "meeting-decisions", query: { state } }} label={words.tabs.decisions} columns={columns} rows={list.data?.rows} rowKey={(row) => row.id} rowText={(row) => row.number}
      error={list.data ? null : list.error} retry={() => void list.refetch()} stale={list.isPlaceholderData} pages={pages(list.data)}
      onOpen={(row) => void navigate({ to: "/meetings/$id", params: { id: row.meeting_id } as never })}
      filters={<Select compact label={words.state} value={state} onChange={onState} options={Object.entries(words.decision_states).map(([value, label]) => ({ value, label }))} />}
      empty={<EmptyState title={words.decisions_empty}>{words.decisions_empty_hint}</EmptyState>}
    />
  );
}

function SeriesTable() {
  const { t, f } = useMeetingText();
  const words = t.meetings;
  const navigate = useNavigate();
  const { cursor, pages } = useCursor("series");
  const list = useRead<List<schema.MeetingSeriesView> & { may_create: boolean }>("/meeting-series", { cursor, limit: 50 }, { keep: true });
  const [changing, setChanging] = useState<schema.MeetingSeriesView | "new" | null>(null);
  const [planning, setPlanning] = useState<schema.MeetingSeriesView | null>(null);
  const columns: Column<schema.MeetingSeriesView>[] = [
    { key: "name", label: words.series_name, kind: "main", fixed: true, cell: (row) => <><Link to="/meetings" search={{ series: row.id } as never}>{row.name}</Link>{row.ended ? <> <span className="tag">{words.ended}</span></> : null}</> },
    { key: "kind", label: words.kind, kind: "short", cell: (row) => words.kinds[row.kind] },
    { key: "stage", label: words.stage, kind: "short", cell: (row) => words.stages[row.stage === 2 ? 2 : 1] },
    { key: "agency", label: words.agency, cell: (row) => row.agency_name },
    { key: "frequency", label: words.frequency, kind: "short", cell: (row) => words.frequencies[row.frequency] },
    { key: "chair", label: words.chair, cell: (row) => (row.chair ? words.post_of(row.chair.name, row.chair.holder_name ?? "") : words.no_chair) },
    { key: "sources", label: words.sources, cell: (row) => (row.sources.length > 0 ? f.list(row.sources.map((one) => one.title)) : words.no_rules) },
    { key: "next", label: words.next_on, kind: "short", cell: (row) => f.date(row.next_on) },
  ];
  return (
    <>
      <DataTable
        name="meeting_series" exports={{ list: "meeting-series", query: {} }} label={words.tabs.series} columns={columns} rows={list.data?.rows} rowKey={(row) => row.id} rowText={(row) => row.name}
        error={list.data ? null : list.error} retry={() => void list.refetch()} stale={list.isPlaceholderData} pages={pages(list.data)}
        actions={(row) => [
          ...(row.actions.includes("plan") ? [{ key: "plan", label: words.plan, run: () => setPlanning(row) }] : []),
          { key: "subscribe", label: words.subscribe, run: () => void navigate({ to: "/account/feeds", search: { meetings: row.id } as never }) },
          ...(row.actions.includes("change") ? [{ key: "change", label: words.change_series, run: () => setChanging(row) }] : []),
        ]}
        tools={list.data?.may_create ? <Button look="primary" onPress={() => setChanging("new")}>{words.create_series}</Button> : null}
        empty={<EmptyState title={words.series_empty}>{words.series_empty_hint}</EmptyState>}
      />
      {changing ? <Suspense fallback={null}><SeriesDialog series={changing === "new" ? null : changing} onClose={() => setChanging(null)} /></Suspense> : null}
      {planning ? <Suspense fallback={null}><PlanDialog series={planning} onClose={() => setPlanning(null)} /></Suspense> : null}
    </>
  );
}

