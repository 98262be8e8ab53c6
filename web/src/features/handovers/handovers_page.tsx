import { useNavigate } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { HandoverRow, List } from "../../api/types";
import { useFilters } from "../../app/search";
import { useMay } from "../../app/session";
import { EmptyState } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { DataTable, type Column } from "../../ui/table/data_table";
import { useCursor } from "../../ui/table/use_pages";
import { Tabs } from "../../ui/tabs/tabs";
import { useHandoverText } from "./words";

export function HandoversPage() {
  const { t, f } = useHandoverText();
  const allowed = useMay();
  const navigate = useNavigate();
  const [filter, change] = useFilters<"view">();
  const view = allowed("edit_deputies") && filter.view === "agency" ? "agency" : "mine";
  const { cursor, pages } = useCursor(view);
  const list = useRead<List<HandoverRow>>("/handovers", { view, cursor, limit: 25 }, { keep: true });
  const words = t.handovers;
  const columns: Column<HandoverRow>[] = [
    { key: "post", label: words.post, kind: "main", fixed: true, cell: (row) => <>{row.post_name} <span className="muted small">{row.agency_name}</span></> },
    { key: "from", label: words.parts.leaving, fixed: true, cell: (row) => row.from_name },
    { key: "to", label: words.parts.coming, cell: (row) => row.to_name ?? <span className="muted">{words.vacant}</span> },
    { key: "on", label: words.changes_on, kind: "short", cell: (row) => f.date(row.changes_on) },
    { key: "state", label: t.common.state, kind: "short", cell: (row) => <span className={row.state === "signed_off" ? "tag" : "tag tag--warn"}>{words.states[row.state]}</span> },
  ];
  const table = (
    <DataTable
      name="handovers" exports={{ list: "handovers", query: { view } }} label={words.title} columns={columns} rows={list.data?.rows} rowKey={(row) => row.id} rowText={(row) => row.post_name}
      error={list.data ? null : list.error} retry={() => void list.refetch()} stale={list.isPlaceholderData} pages={pages(list.data)}
      onOpen={(row) => void navigate({ to: "/handovers/$id", params: { id: row.id } as never })}
      empty={<EmptyState title={words.empty}>{words.empty_hint}</EmptyState>}
    />
  );
  return (
    <>
      <PageTitle title={words.title} lead={words.lead} />
      {allowed("edit_deputies") ? (
        <Tabs label={words.title} chosen={view} onChange={(key) => change({ view: key === "mine" ? null : key })} tabs={[{ key: "mine", label: words.tabs.mine }, { key: "agency", label: words.tabs.agency }]}>{table}</Tabs>
      ) : table}
    </>
  );
}
