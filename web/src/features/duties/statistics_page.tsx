import { Link } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { DutyStatistics, StatisticsRow } from "../../api/types";
import { useFilters } from "../../app/search";
import { useLanguage } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { LateBars } from "../../ui/bars/bars";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { AsKnownOnField, AsKnownOnNotice } from "../../ui/notice/as_known_on";
import { PageTitle } from "../../ui/page_title/page_title";
import { Select } from "../../ui/select/select";
import { PlainTable } from "../../ui/table/plain_table";

export function StatisticsPage() {
  const { t, f } = useLanguage();
  const [filter, change] = useFilters<"by" | "as_known_on">();
  const by = filter.by === "origin" ? "origin" : "agency";
  const statistics = useRead<DutyStatistics>("/duty-statistics", { by, as_known_on: filter.as_known_on }, { keep: true });
  const total = statistics.data?.total;
  return (
    <>
      <PageTitle title={t.statistics.title} lead={total ? t.statistics.lead(f.number(total.late), f.number(total.open), f.number(total.severe)) : undefined}>
        <div className="row row--bottom no-print">
          <Select compact label={t.statistics.by} value={by} onChange={(next) => change({ by: next })} options={[{ value: "agency", label: t.statistics.by_agency }, { value: "origin", label: t.statistics.by_origin }]} />
          <AsKnownOnField value={filter.as_known_on ?? null} onChange={(iso) => change({ as_known_on: iso })} />
        </div>
      </PageTitle>
      <AsKnownOnNotice value={filter.as_known_on} onNow={() => change({ as_known_on: null })} />
      <Answer of={statistics}>{(data) => <Body data={data} by={by} />}</Answer>
    </>
  );
}

function Body({ data, by }: { data: DutyStatistics; by: "agency" | "origin" }) {
  const { t, f } = useLanguage();
  if (data.rows.length === 0) return <EmptyState title={t.statistics.empty}>{t.duties.empty_hint}</EmptyState>;
  const label = (row: StatisticsRow) => (by === "origin" ? nameOf(t.origins, row.key, row.label) : row.label);
  const worst = [...data.rows].sort((a, b) => b.late - a.late || b.open - a.open).slice(0, 12);
  const count = (of: (row: StatisticsRow) => number) => (row: StatisticsRow) => f.number(of(row));
  return (
    <>
      <section className="panel">
        <h2>{t.statistics.chart}</h2>
        <LateBars words={{ open: t.home.counts.open, late: t.status.late, severe: t.status.severe }}
          bars={worst.map((row) => ({ key: row.key, label: label(row), open: row.open, late: row.late, severe: row.severe, note: t.statistics.bar_note(row.late, row.open) }))} />
        <p className="muted small">{t.statistics.chart_note}</p>
      </section>
      <PlainTable
        caption={t.statistics.title} rows={data.rows} rowKey={(row) => row.key} foot={{ ...data.total, key: "", label: t.statistics.total }}
        columns={[
          { key: "label", label: t.statistics.key[by], kind: "main", cell: (row) => (row.key === "" ? t.statistics.total : <Link to="/duties" search={{ view: "city", [by === "agency" ? "agency_id" : "origin"]: row.key } as never}>{label(row)}</Link>) },
          { key: "open", label: t.statistics.open, kind: "number", cell: count((row) => row.open) },
          { key: "late", label: t.statistics.late, kind: "number", cell: count((row) => row.late) },
          { key: "severe", label: t.statistics.severe, kind: "number", cell: count((row) => row.severe) },
          { key: "done", label: t.statistics.done, kind: "number", cell: count((row) => row.done) },
          { key: "done_late", label: t.statistics.done_late, kind: "number", cell: count((row) => row.done_late) },
          { key: "rate", label: data.definition.name, kind: "number", cell: (row) => (row.rate === null ? t.statistics.no_rate : f.percent(row.rate)) },
        ]}
      />
      <section className="panel">
        <h2>{t.statistics.definition}</h2>
        <dl className="facts">
          <dt>{data.definition.name}</dt><dd>{t.statistics.version} {data.definition.version}</dd>
          <dt>{t.statistics.numerator}</dt><dd>{data.definition.numerator}</dd>
          <dt>{t.statistics.denominator}</dt><dd>{data.definition.denominator}</dd>
        </dl>
        <p className="muted small">{t.statistics.as_of(f.longDate(data.as_of))}</p>
      </section>
    </>
  );
}
