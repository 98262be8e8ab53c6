import { lazy, Suspense, useState } from "react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { ChaseList, ChaseRow } from "../../api/types";
import { useFilters } from "../../app/search";
import { useMay } from "../../app/session";
import { useLanguage, useWords } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { Button, LinkButton } from "../../ui/button/button";
import { EmptyState } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { Select } from "../../ui/select/select";
import { DataTable, type Column } from "../../ui/table/data_table";
import { useCursor } from "../../ui/table/use_pages";
import { AgencyBox } from "../agencies/agency_box";
import { chasing } from "./words";

const ChaseDialog = lazy(() => import("./chase_dialog"));

export function ChasesPage() {
  const { t, f } = useLanguage();
  const words = useWords(chasing);
  const allowed = useMay();
  const navigate = useNavigate();
  const [filter, change] = useFilters<"filter" | "agency_id" | "days">();
  const query = { filter: filter.filter, agency_id: filter.agency_id, days_late_min: filter.days ?? "1" };
  const { cursor, pages } = useCursor(JSON.stringify(query));
  const list = useRead<ChaseList>("/chases", { ...query, cursor, limit: 50 }, { keep: true });
  const [chosen, setChosen] = useState<string[]>([]);
  const [underWay, setUnderWay] = useState<string[] | null>(null);
  const open = (row: ChaseRow) => void navigate({ to: "/duties/$id", params: { id: row.id } as never });
  const makes = allowed("make_chases");
  const columns: Column<ChaseRow>[] = [
    { key: "number", label: words.number, kind: "short", fixed: true, cell: (row) => row.number },
    { key: "title", label: words.name, kind: "main", fixed: true, cell: (row) => <Link to="/duties/$id" params={{ id: row.id } as never}>{row.title}</Link> },
    { key: "agency", label: words.agency, kind: "short", cell: (row) => row.agency_name },
    { key: "due", label: words.due, kind: "number", cell: (row) => f.date(row.due_on) },
    { key: "late", label: words.late, kind: "number", cell: (row) => words.late_days(row.days_late) },
    { key: "count", label: words.count, kind: "number", cell: (row) => f.number(row.chase_count) },
    { key: "waiting", label: words.waiting, kind: "short", cell: (row) => (row.waiting_count > 0 ? <span className="tag tag--warn">{words.waits}</span> : row.chase_count > 0 ? <span className="tag">{words.answer_kinds.reply}</span> : <span className="muted">{words.never}</span>) },
    { key: "last", label: words.last, kind: "short", cell: (row) => (row.last_on && row.last_channel ? `${f.date(row.last_on)} ${words.channels[row.last_channel]}` : "—") },
    { key: "origin", label: t.duties.origin, kind: "short", hidden: true, cell: (row) => nameOf(t.origins, row.origin) },
  ];
  return (
    <>
      <PageTitle title={words.title} lead={list.data ? words.lead(f.number(list.data.rows.length)) : undefined}
        actions={
          <>
            {makes ? <LinkButton to="/chases/rounds">{words.rounds}</LinkButton> : null}
            <LinkButton to="/chases/effect">{words.effect.title}</LinkButton>
          </>
        }
      />
      <DataTable
        name="chases" exports={{ list: "chases", query }} label={words.title} columns={columns} rows={list.data?.rows} rowKey={(row) => row.id} rowText={(row) => row.title} onOpen={open}
        error={list.data ? null : list.error} retry={() => void list.refetch()} stale={list.isPlaceholderData} pages={pages(list.data)}
        {...(makes ? { chosen, onChoose: setChosen, actions: (row: ChaseRow) => [{ key: "chase", label: words.chase, run: () => setUnderWay([row.id]) }, { key: "open", label: t.duties.open, run: () => open(row) }] } : {})}
        filters={
          <>
            <Select compact label={words.days_min} value={filter.days ?? "1"} onChange={(days) => change({ days: days === "1" ? null : days })}
              options={(["-7", "0", "1", "7", "15", "30"] as const).map((value) => ({ value, label: words.days_choices[value] }))} />
            <Select compact label={words.filter} value={filter.filter ?? "all"} onChange={(next) => change({ filter: next === "all" ? null : next })}
              options={(["all", "never", "waiting", "answered"] as const).map((value) => ({ value, label: words.filters[value] }))} />
            <AgencyBox compact label={words.agency} anyLabel={t.common.all} value={filter.agency_id ?? null} onChange={(id) => change({ agency_id: id })} />
          </>
        }
        empty={<EmptyState title={words.empty}>{words.empty_hint}</EmptyState>}
      />
      {chosen.length > 0 ? (
        <div className="table-chosen no-print" role="status">
          <strong>{words.chosen(chosen.length)}</strong>
          <Button look="primary" onPress={() => setUnderWay(chosen)}>{words.chase_chosen}</Button>
          <Button look="quiet" onPress={() => setChosen([])}>{words.choose_none}</Button>
        </div>
      ) : null}
      {underWay ? <Suspense fallback={null}><ChaseDialog ids={underWay} onClose={() => setUnderWay(null)} onDone={() => setChosen([])} /></Suspense> : null}
    </>
  );
}
