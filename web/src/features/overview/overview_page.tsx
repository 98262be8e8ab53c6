import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ApiFault, call } from "../../api/client";
import type { Overview, StatisticAnswer, StatisticRow } from "../../api/types";
import { Button } from "../../ui/button/button";
import { LineChart } from "../../ui/chart/chart";
import { FaultNotice, Loading } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { cellText, chartOf } from "../statistics/answer";
import { DistrictMap } from "./district_map";
import { useOverviewText } from "./words";
import "../../ui/table/table.css";
import "./overview.css";

const rebuilding = (error: unknown): error is ApiFault => error instanceof ApiFault && (error.key === "facts.being_read" || error.key === "facts.log_busy");

export function OverviewPage() {
  const { o, language } = useOverviewText();
  const overview = useQuery<Overview, Error>({
    queryKey: ["/overview", language],
    queryFn: ({ signal }) => call<Overview>("GET", "/overview", { signal }),
    retry: (count, error) => rebuilding(error) && count < 600,
    retryDelay: 1000,
  });
  if (overview.data) return <Body data={overview.data} />;
  const percent = rebuilding(overview.failureReason) ? /(\d+)/.exec(`${overview.failureReason.message} ${overview.failureReason.detail ?? ""}`)?.[1] ?? "0" : null;
  return (
    <>
      <PageTitle title={o.title} />
      {overview.isError ? <FaultNotice error={overview.error} retry={() => void overview.refetch()} /> : percent ? <p role="status">{o.rebuilding(percent)}</p> : <Loading />}
    </>
  );
}

const at = (answer: StatisticAnswer, name: string) => answer.measures.findIndex((one) => one.name === name);
const shown = 8;

function Body({ data }: { data: Overview }) {
  const { o, s, f } = useOverviewText();
  const { totals } = data;
  const value = (name: string) => totals.total.cells[at(totals, name)]?.value ?? 0;
  const change = value("severe") - data.severe_a_week_ago;
  const words = change === 0 ? o.same : change > 0 ? o.more(f.number(change)) : o.fewer(f.number(-change));
  const late = (row: StatisticRow) => row.cells[at(totals, "late")]?.value ?? -1;
  const worst = [...data.agencies.rows].sort((a, b) => late(b) - late(a)).slice(0, shown);
  const goals = [...data.goals.rows].sort((a, b) => (b.cells[0]?.value ?? 0) - (a.cells[0]?.value ?? 0)).slice(0, shown);
  const districts = [...data.districts.rows].filter((row) => row.keys[0]?.value !== "");
  const trend = chartOf({ ...data.trend, measures: data.trend.measures.slice(-1), rows: data.trend.rows.map((row) => ({ ...row, cells: row.cells.slice(-1) })) }, s, f);
  return (
    <div className="overview">
      <PageTitle title={o.title} lead={o.lead(f.number(value("owed")), f.number(value("severe")), words)} actions={<Button onPress={() => window.print()}>{o.print}</Button>}>
        <p className="muted small">{o.as_of(f.longDate(data.as_of), f.longDate(data.term_starts_on))}</p>
      </PageTitle>
      <div className="overview__page">
        <section className="overview__part overview__part--wide" aria-label={o.standing}>
          <ul className="overview__counts">
            {totals.measures.map((measure, place) => (
              <li key={measure.name} className={`overview__count overview__count--${measure.name}`}>
                <span className="overview__name">{measure.label}</span>
                <span className="overview__figure"><Figure answer={totals} row={totals.total} place={place} /></span>
                <Fraction answer={totals} place={place} />
              </li>
            ))}
          </ul>
        </section>
        <section className="overview__part overview__part--wide" aria-labelledby="week">
          <h2 id="week">{o.week(f.date(data.week_starts_on))}</h2>
          <ul className="overview__week">
            {data.week.map((one) => (
              <li key={one.name} title={one.meaning}>
                {o.week_names[one.name as keyof typeof o.week_names]}{" "}
                {one.count == null ? <span className="cell" title={one.meaning}>{s.cells.suppressed}</span> : one.count === 0 ? <span className="cell cell--zero" title={one.meaning}>{s.cells.zero}</span> : (
                  <Link to="/duties" search={{ view: "city", state: "all", where: one.where } as never} aria-label={o.list(o.week_names[one.name as keyof typeof o.week_names], f.number(one.count))} className="overview__number">{f.number(one.count)}</Link>
                )}
              </li>
            ))}
          </ul>
        </section>
        <div className="overview__column">
          <section className="overview__part" aria-labelledby="map">
            <h2 id="map">{o.map}</h2>
            <DistrictMap figures={districts.map((row) => ({ code: row.keys[0]?.value ?? "", name: row.keys[0]?.label ?? "", late: row.cells[0]?.value === null ? null : (row.cells[at(totals, "late")]?.value ?? 0), where: row.drill[at(totals, "late")] }))} />
            <details className="overview__behind no-print"><summary>{o.all_districts}</summary><Lines answer={data.districts} rows={data.districts.rows} title={o.districts} /></details>
          </section>
          <section className="overview__part" aria-labelledby="goals">
            <h2 id="goals">{o.goals}</h2>
            <Lines answer={data.goals} rows={goals} title={o.goals} />
            <p className="no-print small"><Link to="/statistics" search={{ by: "goal", measures: "owed,on_time,at_risk,late,severe,done,on_time_rate" } as never}>{o.all}</Link></p>
          </section>
        </div>
        <div className="overview__column">
          <section className="overview__part" aria-labelledby="agencies">
            <h2 id="agencies">{o.agencies}</h2>
            <Lines answer={data.agencies} rows={worst} title={o.agencies} />
            <p className="no-print small"><Link to="/statistics" search={{ by: "agency", measures: "owed,on_time,at_risk,late,severe,done,on_time_rate" } as never}>{o.all}</Link></p>
          </section>
          <section className="overview__part" aria-labelledby="trend">
            <h2 id="trend">{o.trend}</h2>
            {trend ? <LineChart data={{ ...trend.data, title: o.trend }} valueText={(mark) => `${mark}%`} /> : null}
            <p className="muted small">{o.trend_note}</p>
            <details className="overview__behind no-print"><summary>{o.trend_table}</summary><Lines answer={data.trend} rows={data.trend.rows} title={o.trend} /></details>
          </section>
        </div>
        <section className="overview__part overview__part--wide overview__definitions" aria-labelledby="definitions">
          <h2 id="definitions">{o.definitions}</h2>
          <dl className="small">
            {[
              ...totals.measures.map((measure) => [measure.label, measure.is_rate ? s.rate_meaning(measure.numerator, measure.denominator, measure.version, measure.source) : measure.numerator]),
              ...data.week.map((one) => [o.week_names[one.name as keyof typeof o.week_names], one.meaning]),
              ...(["zero", "missing", "not_yet_due"] as const).map((state) => [s.cells[state], s.cell_hints[state]]),
            ].map(([name, meaning]) => <div key={name}><dt>{name}</dt><dd>{meaning}</dd></div>)}
          </dl>
        </section>
      </div>
    </div>
  );
}

function Figure({ answer, row, place }: { answer: StatisticAnswer; row: StatisticRow; place: number }) {
  const { s, f } = useOverviewText();
  const measure = answer.measures[place];
  const cell = row.cells[place];
  const text = cellText(cell, measure?.is_rate ?? false, s, f);
  if (!cell || cell.state !== "filed") return <span className={`cell cell--${cell?.state ?? "missing"}`} title={s.cell_hints[(cell?.state ?? "missing") as keyof typeof s.cell_hints]}>{text}</span>;
  const where = row.drill[place];
  if (!where && where !== "") return <>{text}</>;
  const name = [...row.keys.map((key) => key.label), measure?.label ?? ""].join("・");
  return <Link to="/duties" search={{ view: "city", state: "all", where } as never} aria-label={s.drill(name, text)}>{text}</Link>;
}

/** What a rate is made of. */
function Fraction({ answer, place }: { answer: StatisticAnswer; place: number }) {
  const { f } = useOverviewText();
  const cell = answer.total.cells[place];
  if (!answer.measures[place]?.is_rate || !cell || cell.of === null) return null;
  return <span className="muted small number">{f.number(cell.value ?? 0)}/{f.number(cell.of)}</span>;
}

function Lines({ answer, rows, title }: { answer: StatisticAnswer; rows: StatisticRow[]; title: string }) {
  const columns = answer.measures.map((measure, place) => ({ measure, place })).filter(({ measure }) => ["owed", "at_risk", "late", "severe", "on_time_rate"].includes(measure.name));
  return (
    <div className="table-block__scroll" role="region" aria-label={title} tabIndex={0}>
      <table className="overview__table">
        <caption className="visually-hidden">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{answer.dimensions[0]?.label}</th>
            {columns.map(({ measure }) => <th key={measure.name} scope="col">{measure.label}</th>)}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.keys[0]?.value ?? ""}>
              <th scope="row">{row.keys[0]?.label}</th>
              {columns.map(({ measure, place }) => <td key={measure.name}><Figure answer={answer} row={row} place={place} /></td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
