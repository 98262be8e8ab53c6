import { useNavigate } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import { useMay } from "../../app/session";
import { useLanguage, useWords } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { LinkButton } from "../../ui/button/button";
import { EmptyState } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { DataTable, type Column } from "../../ui/table/data_table";
import { useCursor } from "../../ui/table/use_pages";
import { atWork, type Run } from "./records";
import { importWords } from "./words";

export function StateTag({ state }: { state: string }) {
  const words = useWords(importWords);
  return <span className={state === "failed" || state === "cancelled" ? "tag tag--warn" : "tag"}>{nameOf(words.states, state)}</span>;
}

export function ImportsPage() {
  const { f } = useLanguage();
  const words = useWords(importWords);
  const navigate = useNavigate();
  const allowed = useMay();
  const { cursor, pages } = useCursor("imports");
  const runs = useRead<{ rows: Run[]; next: string | null }>("/imports", { after: cursor, limit: 25 }, { keep: true, every: (data) => (data?.rows.some((run) => atWork(run.progress.state)) ? 2000 : false) });
  const columns: Column<Run>[] = [
    { key: "file", label: words.file, kind: "main", fixed: true, cell: (run) => run.file_name },
    { key: "kind", label: words.kind, cell: (run) => nameOf(words.kinds, run.kind) },
    { key: "state", label: words.state, kind: "short", cell: (run) => <StateTag state={run.progress.state} /> },
    { key: "rows", label: words.rows, kind: "number", cell: (run) => f.number(run.progress.rows_read) },
    { key: "refused", label: words.tabs.refused, kind: "number", cell: (run) => f.number(run.progress.refused) },
    { key: "by", label: words.by, cell: (run) => run.by_name },
    { key: "at", label: words.at, kind: "short", cell: (run) => f.instant(run.created_at) },
  ];
  const open = (run: Run) => void navigate({ to: "/imports/$id", params: { id: run.id } as never });
  return (
    <>
      <PageTitle title={words.title} actions={allowed("bring_files") ? <LinkButton to="/imports/new" look="primary">{words.new}</LinkButton> : undefined}><p className="muted">{words.lead}</p></PageTitle>
      <DataTable
        name="imports" label={words.title} columns={columns} rows={runs.data?.rows} rowKey={(run) => run.id} rowText={(run) => run.file_name} onOpen={open}
        error={runs.data ? null : runs.error} retry={() => void runs.refetch()} stale={runs.isPlaceholderData}
        pages={pages(runs.data ? { rows: runs.data.rows, next: runs.data.next, total: null } as never : undefined)}
        empty={<EmptyState title={words.empty}>{words.empty_hint}</EmptyState>}
      />
    </>
  );
}
