import { useNavigate } from "@tanstack/react-router";
import { useChange, useRead } from "../../api/hooks";
import type { AccountReview, List } from "../../api/types";
import { useMay } from "../../app/session";
import { Button, LinkButton } from "../../ui/button/button";
import { EmptyState, FaultNotice } from "../../ui/empty_state/empty_state";
import { Notice } from "../../ui/notice/notice";
import { PageTitle } from "../../ui/page_title/page_title";
import { DataTable, type Column } from "../../ui/table/data_table";
import { useCursor } from "../../ui/table/use_pages";
import { useToast } from "../../ui/toast/toast";
import { useReviewText } from "./words";

export function ReviewsPage() {
  const { t, f } = useReviewText();
  const say = useToast();
  const allowed = useMay();
  const navigate = useNavigate();
  const { cursor, pages } = useCursor("reviews");
  const list = useRead<List<AccountReview> & { found_now: number }>("/account-reviews", { cursor, limit: 25 }, { keep: true });
  const go = (id: string) => void navigate({ to: "/accounts/review/$id", params: { id } as never });
  const start = useChange<AccountReview>({
    onDone: (round) => {
      say(t.review.started);
      go(round.id);
    },
  });
  const open = list.data?.rows.find((row) => !row.closed_at);
  const found = list.data?.found_now ?? null;
  const columns: Column<AccountReview>[] = [
    { key: "started", label: t.review.started_at, kind: "main", fixed: true, cell: (row) => f.instant(row.started_at) },
    { key: "by", label: t.review.by, cell: (row) => row.closed_by_name ?? row.started_by_name },
    { key: "count", label: t.review.count, kind: "number", cell: (row) => f.number(row.items) },
    { key: "undecided", label: t.review.undecided, kind: "number", cell: (row) => f.number(row.undecided) },
    { key: "closed", label: t.review.closed_at, kind: "short", cell: (row) => (row.closed_at ? f.instant(row.closed_at) : <span className="tag tag--warn">{t.review.open}</span>) },
    { key: "note", label: t.review.finish_note, cell: (row) => row.note || "—" },
  ];
  return (
    <>
      <PageTitle title={t.review.title} crumbs={[{ label: t.nav.accounts, to: "/accounts" }]} lead={found === null ? undefined : found === 0 ? t.review.lead_none : t.review.lead(f.number(found))}
        actions={allowed("edit_accounts") && !open ? <Button look="primary" busy={start.isPending} onPress={() => start.mutate({ path: "/account-reviews", body: {} })}>{t.review.start}</Button> : null}>
        <p className="muted">{t.review.what}</p>
      </PageTitle>
      {start.error ? <FaultNotice error={start.error} /> : null}
      {open ? <Notice warn action={<LinkButton small to={`/accounts/review/${open.id}`}>{t.review.see}</LinkButton>}>{t.review.open_title}：{t.review.open_text(open.undecided, open.items)}</Notice> : null}
      <DataTable
        name="account_reviews" exports={{ list: "account-reviews", query: {} }} label={t.review.rounds} columns={columns} rows={list.data?.rows} rowKey={(row) => row.id} rowText={(row) => f.instant(row.started_at)}
        error={list.data ? null : list.error} retry={() => void list.refetch()} stale={list.isPlaceholderData} pages={pages(list.data)} onOpen={(row) => go(row.id)}
        empty={<EmptyState title={t.review.no_rounds} />}
      />
    </>
  );
}
