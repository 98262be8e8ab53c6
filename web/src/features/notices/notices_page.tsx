import { useEffect } from "react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useChange, useRead } from "../../api/hooks";
import type { NoticeCategory, NoticeList, NoticeRow } from "../../api/types";
import { useFilters } from "../../app/search";
import { useLanguage } from "../../i18n/language";
import { Button, LinkButton } from "../../ui/button/button";
import { EmptyState } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { Select } from "../../ui/select/select";
import { DataTable, type Column } from "../../ui/table/data_table";
import { useCursor } from "../../ui/table/use_pages";
import { setUnread } from "./live";
import "./notices.css";

export function NoticesPage() {
  const { t, f } = useLanguage();
  const navigate = useNavigate();
  const [filter, change] = useFilters<"filter" | "category">();
  const query = { filter: filter.filter ?? "all", category: filter.category };
  const { cursor, pages } = useCursor(JSON.stringify(query));
  const list = useRead<NoticeList>("/notices", { ...query, before: cursor, limit: 50 }, { keep: true });
  const mark = useChange<{ unread: number }>({ onDone: (answer) => setUnread(answer.unread) });
  const unread = list.data?.unread;
  useEffect(() => {
    if (unread !== undefined) setUnread(unread);
  }, [unread]);
  const open = (notice: NoticeRow) => {
    if (!notice.read) mark.mutate({ path: "/notices/marks", body: { seqs: [notice.seq] } });
    if (notice.place !== "") void navigate({ to: notice.place });
  };
  const columns: Column<NoticeRow>[] = [
    { key: "text", label: t.notices.text, kind: "main", fixed: true, cell: (row) => (
      <span className={row.read ? "notice-row" : "notice-row notice-row--unread"}>
        <span>{row.read ? null : <span className="notice-row__mark" />}{row.read ? null : <span className="visually-hidden">{t.notices.is_unread} </span>}{row.place !== "" ? <Link to={row.place} onClick={() => open(row)}>{row.record?.title ?? row.text}</Link> : row.text}</span>
        {row.record ? <span className="notice-row__record">{row.record.number} · {row.text}</span> : null}
      </span>
    ) },
    { key: "category", label: t.notices.category, kind: "short", cell: (row) => <span className={row.category === "chase" ? "tag tag--warn" : "tag"}>{t.notices.categories[row.category]}</span> },
    { key: "instead", label: "", kind: "short", cell: (row) => (row.instead_of ? <span className="tag">{t.notices.instead_of(row.instead_of)}</span> : null) },
    { key: "at", label: t.notices.at, kind: "number", cell: (row) => f.instant(row.at) },
  ];
  return (
    <>
      <PageTitle title={t.notices.title} lead={list.data ? (list.data.unread > 0 ? t.notices.lead(f.number(list.data.unread)) : t.notices.lead_none) : undefined}
        actions={
          <>
            <LinkButton to="/account/notices">{t.notices.settings}</LinkButton>
            <Button isDisabled={!list.data || list.data.unread === 0} busy={mark.isPending} onPress={() => mark.mutate({ path: "/notices/marks", body: { seqs: [], up_to: list.data?.last_seq ?? 0 } })}>{t.notices.all_read}</Button>
          </>
        }
      />
      <DataTable
        name="notices" exports={{ list: "notices", query: {} }} label={t.notices.title} columns={columns} rows={list.data?.rows} rowKey={(row) => String(row.seq)} rowText={(row) => row.text}
        onOpen={open} error={list.data ? null : list.error} retry={() => void list.refetch()} stale={list.isPlaceholderData}
        pages={pages(list.data ? { rows: list.data.rows, next: list.data.next === null ? null : String(list.data.next) } : undefined)}
        actions={(row) => [
          ...(row.place !== "" ? [{ key: "open", label: t.notices.open, run: () => open(row) }] : []),
          { key: "mark", label: row.read ? t.notices.unread : t.notices.read, run: () => mark.mutate({ path: "/notices/marks", body: { seqs: [row.seq], read: !row.read } }) },
        ]}
        filters={
          <>
            <Select compact label={t.notices.state} value={filter.filter ?? "all"} onChange={(next) => change({ filter: next === "all" ? null : next })}
              options={[{ value: "all", label: t.notices.everything }, { value: "unread", label: t.notices.only_unread }]} />
            <Select compact label={t.notices.category} value={filter.category ?? ""} onChange={(next) => change({ category: next || null })}
              options={[{ value: "", label: t.common.all }, ...(Object.keys(t.notices.categories) as NoticeCategory[]).map((value) => ({ value, label: t.notices.categories[value] }))]} />
          </>
        }
        empty={<EmptyState title={t.notices.empty}>{t.notices.empty_hint}</EmptyState>}
      />
    </>
  );
}
