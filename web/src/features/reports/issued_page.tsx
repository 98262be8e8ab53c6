import { useState } from "react";
import { useRead } from "../../api/hooks";
import type { List, ReportComparison, ReportIssue } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { bytesText } from "../../lib/bytes";
import { Button, DownloadLink } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { Notice } from "../../ui/notice/notice";
import { PageTitle } from "../../ui/page_title/page_title";
import { DataTable, type Column } from "../../ui/table/data_table";
import { PlainTable } from "../../ui/table/plain_table";
import { useCursor } from "../../ui/table/use_pages";
import { reports } from "./words";
import "./reports.css";

/** What was issued: the file as it was, and whether its figures still hold. */
export function IssuedPage() {
  const { f } = useLanguage();
  const words = useWords(reports);
  const { cursor, pages } = useCursor("issued");
  const list = useRead<List<ReportIssue>>("/report-issues", { cursor, limit: 25 }, { keep: true });
  const [checked, setChecked] = useState<ReportIssue | null>(null);
  const columns: Column<ReportIssue>[] = [
    { key: "name", label: words.issued.name, kind: "main", fixed: true, cell: (row) => <>{row.title}{row.scheduled ? <> <span className="tag">{words.issued.scheduled}</span></> : null}</> },
    { key: "as_of", label: words.issued.as_of, kind: "number", cell: (row) => f.date(row.as_of) },
    { key: "issued_at", label: words.issued.issued_at, kind: "number", cell: (row) => f.instant(row.issued_at) },
    { key: "by", label: words.issued.by, kind: "short", cell: (row) => row.issued_by_name },
    { key: "format", label: words.issued.format, kind: "short", cell: (row) => row.format.toUpperCase() },
    { key: "size", label: words.issued.size, kind: "number", cell: (row) => bytesText(row.size) },
    { key: "file", label: words.issued.download, kind: "short", fixed: true, cell: (row) => <DownloadLink href={`/api/report-issues/${row.id}/file`}>{words.issued.download}<span className="visually-hidden"> {row.file_name}</span></DownloadLink> },
    { key: "sha", label: words.issued.sha, hidden: true, cell: (row) => <code>{row.sha256}</code> },
  ];
  return (
    <>
      <PageTitle title={words.issued.title} lead={list.data ? words.issued.lead(f.number(list.data.rows.length)) : undefined} crumbs={[{ label: words.title, to: "/reports" }]} />
      <DataTable name="report-issues" exports={{ list: "report-issues", query: {} }} label={words.issued.title} columns={columns} rows={list.data?.rows} rowKey={(row) => row.id} rowText={(row) => `${row.title} ${row.as_of}`}
        error={list.data ? null : list.error} retry={() => void list.refetch()} stale={list.isPlaceholderData} pages={pages(list.data)}
        actions={(row) => [{ key: "compare", label: words.issued.compare, run: () => setChecked(row) }]}
        empty={<EmptyState title={words.issued.empty}>{words.issued.empty_hint}</EmptyState>} />
      {checked ? <CheckDialog issue={checked} onClose={() => setChecked(null)} /> : null}
    </>
  );
}

function CheckDialog({ issue, onClose }: { issue: ReportIssue; onClose: () => void }) {
  const { t, f } = useLanguage();
  const words = useWords(reports).comparison;
  const read = useRead<ReportComparison>(`/report-issues/${issue.id}/comparison`);
  return (
    <Dialog title={words.title} isOpen onClose={onClose}>
      <p>{issue.title} · {f.longDate(issue.as_of)}</p>
      <Answer of={read}>
        {(data) => (
          <>
            <Notice {...(data.file_intact ? {} : { kind: "error" as const })}>{data.file_intact ? words.intact : words.broken}</Notice>
            <Notice {...(data.same_as_issued ? {} : { kind: "error" as const })}>{data.same_as_issued ? words.same : words.not_same}</Notice>
            <p>{data.equal ? words.equal : data.too_long ? words.differs_long : words.differs(f.number(data.difference_count))}</p>
            {data.differences.length > 0 ? (
              <PlainTable caption={words.title} rows={data.differences.map((row, at) => ({ ...row, at }))} rowKey={(row) => String(row.at)} columns={[
                { key: "row", label: words.row, kind: "main", cell: (row) => row.row },
                { key: "column", label: words.column, kind: "short", cell: (row) => row.column || words.whole_row },
                { key: "before", label: words.before, kind: "number", cell: (row) => row.before || "—" },
                { key: "after", label: words.after, kind: "number", cell: (row) => row.after || "—" },
              ]} />
            ) : null}
          </>
        )}
      </Answer>
      <DialogButtons><Button look="primary" onPress={onClose}>{t.common.close}</Button></DialogButtons>
    </Dialog>
  );
}
