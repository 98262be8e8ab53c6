import { lazy, Suspense, useState } from "react";
import { useParams } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { AccountReview, AccountReviewItem, List } from "../../api/types";
import { useFilters } from "../../app/search";
import { useMay } from "../../app/session";
import { nameOf } from "../../i18n/names";
import { Button, DownloadLink } from "../../ui/button/button";
import { EmptyState } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { Select } from "../../ui/select/select";
import { DataTable, type Column } from "../../ui/table/data_table";
import { useCursor } from "../../ui/table/use_pages";
import { useReviewText } from "./words";

// The dialogs bring the date picker: they come when one is opened.
const DecideDialog = lazy(() => import("./review_dialogs").then((all) => ({ default: all.DecideDialog })));
const FinishDialog = lazy(() => import("./review_dialogs").then((all) => ({ default: all.FinishDialog })));

export function ReviewRoundPage() {
  const { t, f } = useReviewText();
  const allowed = useMay();
  const { id } = useParams({ strict: false }) as { id: string };
  const [filter, change] = useFilters<"decided">();
  const { cursor, pages } = useCursor(filter.decided ?? "");
  const round = useRead<List<AccountReviewItem> & { review: AccountReview }>(`/account-reviews/${id}`, { decided: filter.decided, cursor, limit: 25 }, { keep: true });
  const [asked, setAsked] = useState<AccountReviewItem | "finish" | null>(null);
  const review = round.data?.review;
  const works = allowed("edit_accounts") && review !== undefined && !review.closed_at;
  const columns: Column<AccountReviewItem>[] = [
    { key: "login", label: t.review.login, kind: "short", fixed: true, cell: (row) => row.login_name },
    { key: "name", label: t.review.name, kind: "main", fixed: true, cell: (row) => <>{row.display_name}{row.posts ? <span className="muted small"> {row.posts}</span> : null}</> },
    { key: "reasons", label: t.review.reasons, cell: (row) => row.reasons.map((reason) => reason.text).join("；") },
    { key: "grants", label: t.review.grants, cell: (row) => row.grants.map((grant) => `${nameOf(t.roles, grant.role)}（${grant.agency_name || t.review.whole_city}）`).join("、") || "—" },
    { key: "last", label: t.review.last, kind: "short", cell: (row) => (row.last_sign_in_at ? f.instant(row.last_sign_in_at) : t.review.never) },
    { key: "decision", label: t.review.decision, cell: (row) => <Decision row={row} /> },
  ];
  return (
    <>
      <PageTitle title={review ? t.review.round_title(f.instant(review.started_at).split(" ")[0] ?? "") : t.review.title} crumbs={[{ label: t.nav.accounts, to: "/accounts" }, { label: t.review.title, to: "/accounts/review" }]}
        lead={review && !review.closed_at ? t.review.open_text(review.undecided, review.items) : undefined}
        actions={<><DownloadLink href={`/api/account-reviews/${id}/record.csv`}>{t.review.csv}</DownloadLink>{works && review.undecided === 0 ? <Button look="primary" onPress={() => setAsked("finish")}>{t.review.finish}</Button> : null}</>}>
        {review?.note ? <p>{review.note}</p> : null}
      </PageTitle>
      <DataTable
        name="account_review" exports={{ list: "account-review-items", query: { id, decided: filter.decided } }} label={t.review.title} columns={columns} rows={round.data?.rows} rowKey={(row) => row.account_id} rowText={(row) => row.display_name}
        error={round.data ? null : round.error} retry={() => void round.refetch()} stale={round.isPlaceholderData} pages={pages(round.data)}
        filters={<Select compact label={t.review.decision} value={filter.decided ?? ""} onChange={(decided) => change({ decided: decided || null })}
          options={[{ value: "", label: t.review.filter.all }, { value: "false", label: t.review.filter.open }, { value: "true", label: t.review.filter.done }]} />}
        {...(works ? { actions: (row: AccountReviewItem) => (row.decision ? [] : [{ key: "act", label: t.review.act, run: () => setAsked(row) }]), onOpen: (row: AccountReviewItem) => { if (!row.decision) setAsked(row); } } : {})}
        empty={<EmptyState title={t.review.empty} />}
      />
      <Suspense fallback={null}>
        {asked === "finish" ? <FinishDialog t={t} id={id} onClose={() => setAsked(null)} /> : null}
        {asked && asked !== "finish" ? <DecideDialog t={t} id={id} item={asked} onClose={() => setAsked(null)} /> : null}
      </Suspense>
    </>
  );
}

function Decision({ row }: { row: AccountReviewItem }) {
  const { t, f } = useReviewText();
  if (!row.decision) return <span className="tag tag--warn">{t.review.waiting}</span>;
  const what = row.decision === "keep" && row.keep_until ? t.review.kept(f.date(row.keep_until)) : row.decision === "take_role" ? t.review.taken(row.role_taken) : t.review.decisions.disable;
  return <>{what}<span className="muted small"> {row.note}（{row.decided_by_name}）</span></>;
}
