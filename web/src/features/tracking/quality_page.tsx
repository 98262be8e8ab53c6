import { Link } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { Disagreement, TrackingKinds, WarningQuality } from "../../api/types";
import { useFilters } from "../../app/search";
import { useLanguage, useWords } from "../../i18n/language";
import { Answer } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { PlainTable } from "../../ui/table/plain_table";
import { nextPeriod } from "./figures";
import { tracking } from "./words";

export function QualityPage() {
  const kinds = useRead<TrackingKinds>("/tracking-kinds");
  return <Answer of={kinds}>{(data) => <Body kind={data.rows[0]?.name ?? ""} />}</Answer>;
}

function Body({ kind }: { kind: string }) {
  const { f } = useLanguage();
  const all = useWords(tracking);
  const words = all.quality;
  const [filter, change] = useFilters<"period">();
  const today = new Date().toISOString().slice(0, 7);
  const period = filter.period ?? nextPeriod(`${today}-01`, "month", -1);
  const quality = useRead<WarningQuality>("/tracking-warning-quality", { kind });
  const list = useRead<{ rows: Disagreement[] }>("/tracking-disagreements", { kind, period: `${period.slice(0, 7)}-01` });
  const whole = quality.data?.rows[0]?.score;
  const rating = (one: Disagreement["own"]) => (one ? all.ratings[one] : "—");
  return (
    <>
      <PageTitle title={words.title} lead={!whole ? undefined : whole.warnings === 0 ? words.lead_none : words.lead(whole.hits, whole.warnings)} crumbs={[{ label: all.title, to: "/tracking" }]} />
      <div className="stack">
        {quality.data ? (
          <section className="stack stack--tight">
            <p className="small muted">{words.note(quality.data.window, f.number(quality.data.items))}</p>
            <PlainTable caption={words.title} rows={quality.data.rows} rowKey={(row) => row.rule} columns={[
              { key: "rule", label: words.rule, kind: "main", cell: (row) => (row.rule === "all" ? words.all : all.item.warning_rules[row.rule as keyof typeof all.item.warning_rules]) },
              { key: "warnings", label: words.warnings, kind: "number", cell: (row) => f.number(row.score.warnings) },
              { key: "hits", label: words.hits, kind: "number", cell: (row) => f.number(row.score.hits) },
              { key: "false_alarms", label: words.false_alarms, kind: "number", cell: (row) => f.number(row.score.false_alarms) },
              { key: "pending", label: words.pending, kind: "number", cell: (row) => f.number(row.score.pending) },
              // What is still pending has neither come true nor failed: it is in no rate.
              { key: "rate", label: words.hit_rate, kind: "number", cell: (row) => (row.score.hits + row.score.false_alarms === 0 ? "—" : f.percent(Math.floor((10_000 * row.score.hits) / (row.score.hits + row.score.false_alarms)))) },
              { key: "lead", label: words.lead_time, kind: "number", cell: (row) => (row.score.hits === 0 ? "—" : (row.score.lead_sum / row.score.hits).toFixed(1)) },
              { key: "severe", label: words.severe, kind: "number", cell: (row) => f.number(row.score.severe) },
              { key: "missed", label: words.missed, kind: "number", cell: (row) => f.number(row.score.missed) },
            ]} />
          </section>
        ) : null}
        <section className="stack stack--tight">
          <h2>{words.disagreements}</h2>
          <div className="row row--bottom no-print"><RocDatePicker compact label={words.period} value={period} onChange={(iso) => change({ period: iso })} /></div>
          {list.data?.rows.length === 0 ? <p className="muted small">{words.none}</p> : list.data ? (
            <PlainTable caption={words.disagreements} rows={list.data.rows} rowKey={(row) => row.item_id} columns={[
              { key: "title", label: all.name, kind: "main", cell: (row) => <Link to="/tracking/$id/filings/$period" params={{ id: row.item_id, period: row.period } as never}>{row.number} {row.title}</Link> },
              { key: "agency", label: all.agency, kind: "short", cell: (row) => row.agency_name },
              { key: "own", label: words.own, kind: "short", cell: (row) => rating(row.own) },
              { key: "reviewer", label: words.reviewer, kind: "short", cell: (row) => rating(row.reviewer) },
              { key: "computed", label: words.computed, kind: "short", cell: (row) => rating(row.computed) },
            ]} />
          ) : null}
        </section>
      </div>
    </>
  );
}
