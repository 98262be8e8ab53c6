import { Link, useNavigate } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { ChaseRoundRow, List } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { EmptyState } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { DataTable, type Column } from "../../ui/table/data_table";
import { useCursor } from "../../ui/table/use_pages";
import { chasing } from "./words";

export function RoundsPage() {
  const { f } = useLanguage();
  const words = useWords(chasing);
  const navigate = useNavigate();
  const { cursor, pages } = useCursor("rounds");
  const list = useRead<List<ChaseRoundRow>>("/chase-batches", { cursor, limit: 50 }, { keep: true });
  const open = (row: ChaseRoundRow) => void navigate({ to: "/chases/rounds/$id", params: { id: row.id } as never });
  const columns: Column<ChaseRoundRow>[] = [
    { key: "number", label: words.number, kind: "short", fixed: true, cell: (row) => <Link to="/chases/rounds/$id" params={{ id: row.id } as never}>{row.number}</Link> },
    { key: "note", label: words.note.phone, kind: "main", fixed: true, cell: (row) => row.note },
    { key: "channel", label: words.channel, kind: "short", cell: (row) => words.channels[row.channel] },
    { key: "count", label: words.count, kind: "number", cell: (row) => f.number(row.chase_count) },
    { key: "reply", label: words.reply_by, kind: "number", cell: (row) => (row.reply_by ? f.date(row.reply_by) : "—") },
    { key: "made", label: words.made, kind: "number", cell: (row) => f.instant(row.made_at) },
  ];
  return (
    <>
      <PageTitle title={words.rounds} crumbs={[{ label: words.title, to: "/chases" }]} />
      <DataTable name="chase-rounds" exports={{ list: "chase-batches", query: {} }} label={words.rounds} columns={columns} rows={list.data?.rows} rowKey={(row) => row.id} rowText={(row) => row.number} onOpen={open} error={list.data ? null : list.error}
        retry={() => void list.refetch()} pages={pages(list.data)} empty={<EmptyState title={words.rounds}>{words.rounds_empty}</EmptyState>} />
    </>
  );
}
