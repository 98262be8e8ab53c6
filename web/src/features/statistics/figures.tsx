import { useEffect } from "react";
import { Link } from "@tanstack/react-router";
import { useQuery, keepPreviousData } from "@tanstack/react-query";
import { ApiFault, call } from "../../api/client";
import type { StatisticAnswer, StatisticCell, StatisticRow } from "../../api/types";
import { BarChart, LineChart } from "../../ui/chart/chart";
import { EmptyState, FaultNotice, Loading } from "../../ui/empty_state/empty_state";
import { captionOf, chartOf, cellText, drawn_max, drawn_on_board, readSort, sorted, stacks, usualShow, type Show } from "./answer";
import { asked, type Question } from "./question";
import { useStatisticsText } from "./words";
import "../../ui/table/table.css";
import "./statistics.css";

const rebuilding = (error: unknown): error is ApiFault => error instanceof ApiFault && (error.key === "facts.being_read" || error.key === "facts.log_busy");

/** Asks; while the figures are being rebuilt it says how far they are and asks again. */
export function useStatistic(question: Question) {
  const { language } = useStatisticsText();
  const query = asked(question);
  return useQuery<StatisticAnswer, Error>({
    queryKey: ["/statistics", query, language],
    queryFn: ({ signal }) => call<StatisticAnswer>("GET", "/statistics", { query, signal }),
    placeholderData: keepPreviousData,
    retry: (count, error) => rebuilding(error) && count < 600,
    retryDelay: 1000,
  });
}

export function StatisticView({ question, show, plain, onAnswer, onSort }: { question: Question; show?: Show | undefined; plain?: boolean; onAnswer?: (answer: StatisticAnswer) => void; onSort?: (sort: string) => void }) {
  const { s } = useStatisticsText();
  const statistic = useStatistic(question);
  const { data } = statistic;
  useEffect(() => {
    if (data) onAnswer?.(data);
  }, [data, onAnswer]);
  if (statistic.failureReason && rebuilding(statistic.failureReason) && !statistic.isError) {
    const percent = /(\d+)/.exec(`${statistic.failureReason.message} ${statistic.failureReason.detail ?? ""}`)?.[1] ?? "0";
    return (
      <div className="rebuilding" role="status">
        <p>{s.rebuilding(percent)}</p>
        <progress max={100} value={Number(percent)} aria-label={s.rebuilding(percent)} />
      </div>
    );
  }
  if (statistic.isError) return <FaultNotice error={statistic.error} retry={() => void statistic.refetch()} />;
  if (!data) return <Loading />;
  if (data.rows.length === 0 && data.dimensions.length > 0) return <EmptyState title={s.no_rows}>{s.no_rows_hint}</EmptyState>;
  return <Figures answer={data} show={show} plain={plain} question={question} onSort={onSort} />;
}

function Figures({ answer, show, plain, question, onSort }: { answer: StatisticAnswer; show?: Show | undefined; plain?: boolean | undefined; question: Question; onSort?: ((sort: string) => void) | undefined }) {
  const { s, f } = useStatisticsText();
  const chosen = show ?? usualShow(answer);
  const most = plain ? drawn_on_board : drawn_max;
  const chart = chosen === "table" || chosen === "number" ? null : chartOf(answer, s, f, question.sort, most);
  const table = <FiguresTable answer={answer} question={question} onSort={onSort} />;
  return (
    <div className="figures">
      {chosen === "number" ? <Numbers answer={answer} question={question} /> : null}
      {chart ? (
        <>
          {chosen === "lines" ? <LineChart data={chart.data} whole={!chart.rate} valueText={(value) => (chart.rate ? `${value}%` : f.number(value))} /> : <BarChart data={chart.data} stacked={chosen === "stacked" && stacks(answer)} sumText={(value) => (chart.rate ? "" : f.number(value))} />}
          {chart.cut ? <p className="muted small">{s.chart_note(most)}</p> : null}
        </>
      ) : null}
      {plain && chosen !== "table" ? <details className="figures__behind"><summary>{s.table_behind}</summary>{table}</details> : chosen === "number" && answer.dimensions.length === 0 ? null : table}
    </div>
  );
}

/** The totals alone, large. */
function Numbers({ answer, question }: { answer: StatisticAnswer; question: Question }) {
  return (
    <ul className="figures__numbers">
      {answer.measures.map((measure, at) => (
        <li key={measure.name}>
          <span className="muted small">{measure.label}</span>
          <span className="figures__number"><CellView answer={answer} row={answer.total} at={at} question={question} /></span>
        </li>
      ))}
    </ul>
  );
}

function CellView({ answer, row, at, question, before }: { answer: StatisticAnswer; row: StatisticRow; at: number; question: Question; before?: boolean }) {
  const { s, f } = useStatisticsText();
  const measure = answer.measures[at];
  const cell: StatisticCell | undefined = before ? row.before[at] : row.cells[at];
  const rate = measure?.is_rate ?? false;
  const text = cellText(cell, rate, s, f);
  if (cell && cell.state !== "filed") return <span className={`cell cell--${cell.state}`} title={s.cell_hints[cell.state]}>{text}</span>;
  const fraction = rate && cell ? <span className="muted small nowrap"> {f.number(cell.value ?? 0)}/{f.number(cell.of ?? 0)}</span> : null;
  const where = before ? null : row.drill[at];
  if (answer.list !== "duties" || where === null || where === undefined) return <>{text}{fraction}</>;
  const name = [...row.keys.map((key) => key.label), measure?.label ?? ""].join("・");
  return (
    <>
      <Link to="/duties" search={{ view: "city", state: "all", where, as_known_on: question.as_known_on } as never} aria-label={s.drill(name, text)}>{text}</Link>
      {fraction}
    </>
  );
}

/** Two dimensions and one figure make a table across; everything else has a row for each combination. */
function FiguresTable({ answer, question, onSort }: { answer: StatisticAnswer; question: Question; onSort?: ((sort: string) => void) | undefined }) {
  const { s, f } = useStatisticsText();
  const compared = answer.total.before.length > 0;
  const caption = captionOf(answer, s, f);
  if (answer.dimensions.length === 2 && answer.measures.length === 1 && !compared) return <AcrossTable answer={answer} question={question} caption={caption} />;
  const change = (row: StatisticRow, at: number) => {
    const now = row.cells[at];
    const then = row.before[at];
    const rate = answer.measures[at]?.is_rate;
    if (now?.state !== "filed" || then?.state !== "filed") return "—";
    const by = rate ? (now.rate ?? 0) - (then.rate ?? 0) : (now.value ?? 0) - (then.value ?? 0);
    const sign = by > 0 ? "＋" : by < 0 ? "－" : "±";
    return `${sign}${rate ? f.percent(Math.abs(by)) : f.number(Math.abs(by))}`;
  };
  const line = (row: StatisticRow, key: string, total: boolean) => (
    <tr key={key} className="data-table__row">
      {answer.dimensions.map((dimension, place) =>
        place === 0 ? (
          <th key={dimension.name} scope="row" className="data-table__cell data-table__cell--main" data-label={dimension.label}>{total ? s.total : row.keys[0]?.label}</th>
        ) : (
          <td key={dimension.name} className="data-table__cell" data-label={dimension.label}>{total ? "" : row.keys[place]?.label}</td>
        ))}
      {answer.measures.flatMap((measure, at) => [
        <td key={measure.name} className="data-table__cell data-table__cell--number" data-label={measure.label}><CellView answer={answer} row={row} at={at} question={question} /></td>,
        ...(compared ? [
          <td key={`${measure.name}-before`} className="data-table__cell data-table__cell--number" data-label={s.year_before(measure.label)}><CellView answer={answer} row={row} at={at} question={question} before /></td>,
          <td key={`${measure.name}-change`} className="data-table__cell data-table__cell--number" data-label={s.change}>{change(row, at)}</td>,
        ] : []),
      ])}
    </tr>
  );
  return (
    <div className="table-block__scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="data-table data-table--plain">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {answer.dimensions.map((dimension, place) => place === 0 ? <SortHead key={dimension.name} name={dimension.name} label={dimension.label} sort={question.sort ?? dimension.name} onSort={onSort} /> : <th key={dimension.name} scope="col" className="data-table__head">{dimension.label}</th>)}
            {answer.measures.flatMap((measure) => [
              <SortHead key={measure.name} name={measure.name} label={measure.label} number sort={question.sort ?? answer.dimensions[0]?.name} onSort={answer.rows.length > 1 ? onSort : undefined} />,
              ...(compared ? [
                <th key={`${measure.name}-before`} scope="col" className="data-table__head data-table__head--number">{s.year_before(measure.label)}</th>,
                <th key={`${measure.name}-change`} scope="col" className="data-table__head data-table__head--number">{s.change}</th>,
              ] : []),
            ])}
          </tr>
        </thead>
        <tbody>{sorted(answer, question.sort).map((row) => line(row, row.keys.map((key) => key.value).join("\u0001"), false))}</tbody>
        {answer.dimensions.length > 0 ? <tfoot>{line(answer.total, "total", true)}</tfoot> : null}
      </table>
    </div>
  );
}

/** A heading that sorts where sorting is offered: most first, then least first. */
function SortHead({ name, label, number, sort, onSort }: { name: string; label: string; number?: boolean; sort: string | undefined; onSort?: ((sort: string) => void) | undefined }) {
  const { s } = useStatisticsText();
  const now = readSort(sort);
  const here = now?.by === name;
  const look = number ? "data-table__head data-table__head--number" : "data-table__head";
  if (!onSort) return <th scope="col" className={look}>{label}</th>;
  const next = here ? (now.down ? name : `-${name}`) : number ? `-${name}` : name;
  return (
    <th scope="col" className={look} aria-sort={here ? (now.down ? "descending" : "ascending") : "none"}>
      <button type="button" className="figures__sort" title={s.sort(label)} onClick={() => onSort(next)}><span className="data-table__sort" aria-hidden="true">{here ? (now.down ? "▼" : "▲") : ""}</span>{label}</button>
    </th>
  );
}

function AcrossTable({ answer, question, caption }: { answer: StatisticAnswer; question: Question; caption: string }) {
  const { s, f } = useStatisticsText();
  const columns = new Map<string, string>();
  const lines = new Map<string, { label: string; rows: Map<string, StatisticRow> }>();
  for (const row of answer.rows) {
    const [first, second] = row.keys;
    if (!first || !second) continue;
    columns.set(second.value, second.label);
    const line = lines.get(first.value) ?? { label: first.label, rows: new Map<string, StatisticRow>() };
    line.rows.set(second.value, row);
    lines.set(first.value, line);
  }
  return (
    <div className="table-block__scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="data-table data-table--plain figures__across">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" className="data-table__head">{answer.dimensions[0]?.label}</th>
            {[...columns].map(([value, label]) => <th key={value} scope="col" className="data-table__head data-table__head--number">{label}</th>)}
          </tr>
        </thead>
        <tbody>
          {[...lines].map(([value, line]) => (
            <tr key={value} className="data-table__row">
              <th scope="row" className="data-table__cell data-table__cell--main" data-label={answer.dimensions[0]?.label}>{line.label}</th>
              {[...columns].map(([column, label]) => {
                const row = line.rows.get(column);
                return (
                  <td key={column} className="data-table__cell data-table__cell--number" data-label={label}>
                    {row ? <CellView answer={answer} row={row} at={0} question={question} /> : <span className="cell cell--missing" title={s.cell_hints.missing}>{s.cells.missing}</span>}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="small figures__total">{f.pair(s.total, "")}<CellView answer={answer} row={answer.total} at={0} question={question} /></p>
    </div>
  );
}

/** Name, numerator, denominator, version and source of every figure on the page. */
export function Definitions({ answer }: { answer: StatisticAnswer }) {
  const { s, f } = useStatisticsText();
  return (
    <section className="panel">
      <h2>{s.definitions}</h2>
      <dl className="facts">
        {answer.measures.map((measure) => (
          <div key={measure.name} className="facts__pair">
            <dt>{measure.label}</dt>
            <dd>{measure.is_rate ? s.rate_meaning(measure.numerator, measure.denominator, measure.version, measure.source) : measure.numerator}</dd>
          </div>
        ))}
      </dl>
      {answer.suppressed_below > 0 ? <p className="muted small">{s.suppressed(answer.suppressed_below)}</p> : null}
      <p className="muted small">{s.as_of(f.longDate(answer.as_of))}{answer.filter ? `；${s.filter_words(answer.filter)}` : ""}</p>
    </section>
  );
}
