import { useState } from "react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { DashboardRow } from "../../api/types";
import { Button, LinkButton } from "../../ui/button/button";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { PlainTable } from "../../ui/table/plain_table";
import { BoardDialog } from "./board_dialog";
import { useStatisticsText } from "./words";

export function DashboardsPage() {
  const { s, b, f } = useStatisticsText();
  const boards = useRead<{ rows: DashboardRow[] }>("/dashboards");
  const navigate = useNavigate();
  const [making, setMaking] = useState(false);
  return (
    <>
      <PageTitle title={b.title} lead={b.lead} crumbs={[{ label: s.title, to: "/statistics" }]} actions={<Button look="primary" onPress={() => setMaking(true)}>{b.make}</Button>} />
      <Answer of={boards}>
        {(data) => data.rows.length === 0 ? <EmptyState title={b.empty} action={<LinkButton to="/statistics">{b.to_statistics}</LinkButton>}>{b.empty_hint}</EmptyState> : (
          <PlainTable caption={b.title} rows={data.rows} rowKey={(row) => row.id} columns={[
            { key: "name", label: b.name, kind: "main", cell: (row) => <Link to="/dashboards/$id" params={{ id: row.id } as never}>{row.at_home ? b.home : row.name}</Link> },
            { key: "by", label: b.by, cell: (row) => row.by_name },
            { key: "shared", label: b.shared, cell: (row) => b.shares[row.shared] },
            { key: "tiles", label: b.tiles, kind: "number", cell: (row) => f.number(row.tiles) },
          ]} />
        )}
      </Answer>
      {making ? <BoardDialog onClose={() => setMaking(false)} onDone={(made) => void navigate({ to: "/dashboards/$id", params: { id: made.id } as never })} /> : null}
    </>
  );
}
