import { useRead } from "../../api/hooks";
import type { ChaseEffect, ChaseEffectGroup } from "../../api/types";
import { useFilters } from "../../app/search";
import { useSession } from "../../app/session";
import { useLanguage, useWords } from "../../i18n/language";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { Select } from "../../ui/select/select";
import { PlainTable } from "../../ui/table/plain_table";
import { rungOfKey } from "./rung_text";
import { chasing } from "./words";
import "./chasing.css";

/** Ninety days back from an ISO date. */
function before(iso: string, days: number): string {
  return new Date(Date.parse(iso) - days * 86_400_000).toISOString().slice(0, 10);
}

export function EffectPage() {
  const { f } = useLanguage();
  const allWords = useWords(chasing);
  const words = allWords.effect;
  const session = useSession();
  const [filter, change] = useFilters<"from" | "to" | "within">();
  const to = filter.to ?? session.today;
  const from = filter.from ?? before(to, 90);
  const within = filter.within ?? "7";
  const effect = useRead<ChaseEffect>("/chase-effect", { from, to, within }, { keep: true });
  const all = effect.data?.all;
  return (
    <>
      <PageTitle title={words.title} crumbs={[{ label: allWords.title, to: "/chases" }]}
        lead={all ? (all.chases > 0 ? words.lead(f.percent(all.answered_within / all.chases * 10_000), Number(within), f.number(all.chases)) : words.lead_none) : undefined}>
        <div className="row row--bottom no-print">
          <RocDatePicker compact label={words.from} value={from} onChange={(iso) => change({ from: iso })} />
          <RocDatePicker compact label={words.to} value={to} onChange={(iso) => change({ to: iso })} />
          <Select compact label={words.within} value={within} onChange={(next) => change({ within: next === "7" ? null : next })} options={["1", "3", "7", "14", "30"].map((value) => ({ value, label: words.within_days(Number(value)) }))} />
        </div>
      </PageTitle>
      <Answer of={effect}>{(data) => (data.all.chases === 0 ? <EmptyState title={words.empty}>{words.empty_hint}</EmptyState> : <Body effect={data} />)}</Answer>
    </>
  );
}

function Body({ effect }: { effect: ChaseEffect }) {
  const { f } = useLanguage();
  const allWords = useWords(chasing);
  const words = allWords.effect;
  const table = (title: string, label: string, rows: ChaseEffectGroup[], name: (row: ChaseEffectGroup) => string) => (
    <section className="panel">
      <h2>{title}</h2>
      <PlainTable caption={title} rows={rows} rowKey={(row) => row.key} columns={[
        { key: "name", label, kind: "main", cell: name },
        { key: "chases", label: words.chases, kind: "number", cell: (row) => f.number(row.chases) },
        { key: "answered", label: words.answered, kind: "number", cell: (row) => f.number(row.answered) },
        { key: "rate", label: words.rate(effect.within), kind: "number", cell: (row) => (row.chases > 0 ? f.percent(row.answered_within / row.chases * 10_000) : "—") },
        { key: "median", label: words.median, kind: "number", cell: (row) => (row.median_days === null ? "—" : words.days(f.number(row.median_days))) },
      ]} />
    </section>
  );
  return (
    <>
      <section className="panel">
        <h2>{words.chart}</h2>
        {effect.all.answered > 0 ? <AnswerDays counts={effect.all.by_day} /> : null}
        <p className="muted small">{effect.all.answered > 0 ? words.chart_note : words.chart_none}</p>
      </section>
      {table(words.by_rung, words.rung, effect.rungs, (row) => rungOfKey(allWords, row.key))}
      {table(words.by_agency, words.agency, effect.agencies, (row) => row.name)}
      <p className="muted small">{words.numerator} {words.denominator}</p>
    </>
  );
}

/** Answers by the day after the chase. The tables below hold the figures; this is for the eye. */
function AnswerDays({ counts }: { counts: number[] }) {
  const most = Math.max(1, ...counts);
  const height = 120;
  return (
    <svg className="answer-days" viewBox={`0 0 ${counts.length * 24 + 4} ${height + 36}`} aria-hidden="true">
      <line x1="0" x2={counts.length * 24 + 4} y1={height + 16.5} y2={height + 16.5} />
      {counts.map((count, day) => {
        const tall = (count / most) * height;
        return (
          <g key={day}>
            <rect x={day * 24 + 4} y={16 + height - tall} width="16" height={tall} />
            {count > 0 ? <text x={day * 24 + 12} y={12 + height - tall}>{count}</text> : null}
            {day % 5 === 0 ? <text x={day * 24 + 12} y={height + 32}>{day === counts.length - 1 ? `${day}+` : day}</text> : null}
          </g>
        );
      })}
    </svg>
  );
}
