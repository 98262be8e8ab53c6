import { Fragment, useEffect, useId, useRef, useState, type RefObject } from "react";
import { steps } from "../plot/plot";
import "./chart.css";

/** One figure of a chart: none where there is nothing to draw, with the word that stands there instead. */
export interface Mark {
  value: number | null;
  text: string;
}
export interface Series {
  key: string;
  label: string;
  /** A line of what was planned or was the year before: dashed and grey. */
  faint?: boolean;
  /** A state of the tokens: its bars have the colour that it has everywhere. */
  state?: ChartState;
  marks: Mark[];
}
const states = ["on_time", "at_risk", "late", "severe", "done", "done_late", "cancelled"] as const;
export type ChartState = (typeof states)[number];
export const stateOf = (name: string): ChartState | undefined => states.find((one) => one === name);

export interface ChartData {
  title: string;
  categories: { key: string; label: string }[];
  series: Series[];
}

/** Fills that differ without colour: each has a pattern of its own, and a legend that shows it. */
const patterns = 7;
/** A part of a bar this wide, in hundredths of the room, has its number inside. */
const inside_min = 7;

function Patterns({ id, series }: { id: string; series: Series[] }) {
  return (
    <svg width="0" height="0" className="visually-hidden" aria-hidden="true">
      <defs>
        {Array.from({ length: patterns }, (_, at) => (
          <pattern key={at} id={`${id}-${at}`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform={at === 1 ? "rotate(45)" : at === 5 ? "rotate(-45)" : undefined}>
            <rect width="8" height="8" className={`chart__fill chart__fill--${series[at]?.state ?? at}`} />
            {at === 1 || at === 5 ? <rect width="3" height="8" className="chart__ink" /> : null}
            {at === 2 ? <circle cx="4" cy="4" r="1.8" className="chart__ink" /> : null}
            {at === 3 ? <rect width="8" height="3" className="chart__ink" /> : null}
            {at === 4 ? <path d="M0 4h8M4 0v8" className="chart__grid" /> : null}
            {at === 6 ? <rect width="3" height="8" className="chart__ink" /> : null}
          </pattern>
        ))}
      </defs>
    </svg>
  );
}

function Legend({ id, series, lines }: { id: string; series: Series[]; lines?: boolean }) {
  if (series.length < 2) return null;
  return (
    <ul className="chart__legend">
      {series.map((one, at) => (
        <li key={one.key} className="chart__key">
          <svg width="26" height="14" aria-hidden="true">
            {lines ? <g><path d="M0 7h26" className={lineClass(one, at)} /><Dot at={at} x={13} y={7} /></g> : <rect width="26" height="14" rx="1" fill={`url(#${id}-${at % patterns})`} className="chart__edge" />}
          </svg>
          {one.label}
        </li>
      ))}
    </ul>
  );
}

/** A number on a plate of its own: readable on any pattern. */
function Inside({ x, text }: { x: number; text: string }) {
  const wide = text.length * 7 + 6;
  return (
    <svg x={`${x}%`} y="3" overflow="visible">
      <rect x={-wide / 2} y="2" width={wide} height="14" rx="2" className="chart__plate" />
      <text y="13" className="chart__text chart__text--inside">{text}</text>
    </svg>
  );
}

/** Horizontal bars, side by side or stacked. Each bar says its number at its end; parts of a stack say theirs where they are wide enough. */
export function BarChart({ data, stacked, sumText = String }: { data: ChartData; stacked?: boolean; sumText?: (value: number) => string }) {
  const id = useId();
  const sum = (at: number) => data.series.reduce((all, one) => all + (one.marks[at]?.value ?? 0), 0);
  const most = Math.max(1, ...(stacked ? data.categories.map((_, at) => sum(at)) : data.series.flatMap((one) => one.marks.map((mark) => mark.value ?? 0))));
  const width = (value: number) => (76 * value) / most;
  const height = stacked ? 24 : data.series.length * 18 + 6;
  return (
    <figure className="chart" role="img" aria-label={data.title}>
      <Patterns id={id} series={data.series} />
      <Legend id={id} series={data.series} />
      <div className="chart__rows">
        {data.categories.map((category, at) => {
          let before = 0;
          return (
            <div key={category.key} className="chart__row">
              <span className="chart__label" title={category.label}>{category.label}</span>
              <svg className="chart__bar" height={height}>
                {data.series.map((one, place) => {
                  const mark = one.marks[at] ?? { value: null, text: "" };
                  const value = mark.value ?? 0;
                  if (stacked) {
                    const x = before;
                    before += width(value);
                    return value === 0 ? null : (
                      <Fragment key={one.key}>
                        <rect x={`${x}%`} y="3" height="18" width={`${width(value)}%`} fill={`url(#${id}-${place % patterns})`} className="chart__edge" />
                        {width(value) >= inside_min && value < sum(at) ? <Inside x={x + width(value) / 2} text={mark.text} /> : null}
                      </Fragment>
                    );
                  }
                  const y = 3 + place * 18;
                  return (
                    <Fragment key={one.key}>
                      {value > 0 ? <rect x="0" y={y} height="15" width={`${width(value)}%`} fill={`url(#${id}-${place % patterns})`} className="chart__edge" /> : null}
                      <text x={`${width(value)}%`} y={y + 12} dx="6" className={mark.value === null ? "chart__text chart__text--none" : "chart__text"}>{mark.text}</text>
                    </Fragment>
                  );
                })}
                {stacked ? <text x={`${before}%`} y="17" dx="6" className="chart__text">{sumText(sum(at))}</text> : null}
              </svg>
            </div>
          );
        })}
      </div>
    </figure>
  );
}

const left = 64;
const bottom = 34;
const top = 14;

/** The room there is, so that text is as large in a small chart as in a large one. */
function useWidth(): [RefObject<HTMLElement | null>, number] {
  const box = useRef<HTMLElement | null>(null);
  const [width, setWidth] = useState(760);
  useEffect(() => {
    if (!box.current || typeof ResizeObserver === "undefined") return undefined;
    const seen = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.round(Math.min(900, Math.max(280, entry.contentRect.width))));
    });
    seen.observe(box.current);
    return () => seen.disconnect();
  }, []);
  return [box, width];
}

function lineClass(series: Series, at: number): string {
  return `chart__line chart__line--${series.faint ? "faint" : at % 5}`;
}

function Dot({ at, x, y }: { at: number; x: number; y: number }) {
  if (at % 3 === 1) return <rect x={x - 3.5} y={y - 3.5} width="7" height="7" className={`chart__dot chart__dot--${at % 5}`} />;
  if (at % 3 === 2) return <path d={`M${x} ${y - 4.5}l4.5 8h-9z`} className={`chart__dot chart__dot--${at % 5}`} />;
  return <circle cx={x} cy={y} r="3.5" className={`chart__dot chart__dot--${at % 5}`} />;
}

/** Lines over periods, named at their ends. Where a figure is missing the line is broken: it is not drawn through nothing, and not down to zero. */
export function LineChart({ data, valueText, whole }: { data: ChartData; valueText: (value: number) => string; whole?: boolean }) {
  const values = data.series.flatMap((one) => one.marks.map((mark) => mark.value ?? 0));
  const [box, width] = useWidth();
  const height = width < 480 ? 220 : 300;
  const right = data.series.length === 1 ? 64 : width < 480 ? 112 : 150;
  const marks = steps(Math.max(0, ...values)).filter((mark) => !whole || Number.isInteger(mark));
  const most = marks[marks.length - 1] ?? 1;
  const count = data.categories.length;
  const x = (at: number) => left + (count < 2 ? (width - left - right) / 2 : (at / (count - 1)) * (width - left - right));
  const y = (value: number) => top + (1 - value / most) * (height - top - bottom);
  const every = Math.max(1, Math.ceil((count * 84) / (width - left - right)));
  const ends = data.series.map((one) => {
    let last = -1;
    one.marks.forEach((mark, at) => {
      if (mark.value !== null) last = at;
    });
    return { at: last, y: last < 0 ? 0 : y(one.marks[last]?.value ?? 0) };
  });
  // Names at the ends are kept a line apart.
  const order = ends.map((_, at) => at).filter((at) => (ends[at]?.at ?? -1) >= 0).sort((a, b) => (ends[a]?.y ?? 0) - (ends[b]?.y ?? 0));
  const names = new Map<number, number>();
  let free = top;
  for (const at of order) {
    const place = Math.max(free, ends[at]?.y ?? 0);
    names.set(at, place);
    free = place + 17;
  }
  return (
    <figure className="chart" ref={box}>
      <svg className="chart__lines" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={data.title}>
        {marks.map((mark) => (
          <g key={mark}>
            <line className="chart__axis" x1={left} x2={width - right} y1={y(mark)} y2={y(mark)} />
            <text className="chart__text chart__text--end" x={left - 8} y={y(mark) + 4}>{valueText(mark)}</text>
          </g>
        ))}
        {data.categories.map((category, at) => (at % every === 0 ? <text key={category.key} className="chart__text chart__text--middle" x={x(at)} y={height - 12}>{category.label}</text> : null))}
        {data.series.map((one, place) => {
          const runs: string[][] = [[]];
          one.marks.forEach((mark, at) => {
            if (mark.value === null) {
              if (runs[runs.length - 1]?.length) runs.push([]);
            } else {
              runs[runs.length - 1]?.push(`${x(at).toFixed(1)},${y(mark.value).toFixed(1)}`);
            }
          });
          return (
            <g key={one.key}>
              {runs.map((run, at) => (run.length > 1 ? <polyline key={at} className={lineClass(one, place)} points={run.join(" ")} /> : null))}
              {one.marks.map((mark, at) => (mark.value === null || (count > 40 && at !== ends[place]?.at) ? null : <Dot key={at} at={place} x={x(at)} y={y(mark.value)} />))}
              {names.has(place) ? <text className="chart__text" x={x(ends[place]?.at ?? 0) + 9} y={(names.get(place) ?? 0) + 4}>{`${data.series.length > 1 ? `${one.label} ` : ""}${one.marks[ends[place]?.at ?? 0]?.text ?? ""}`}</text> : null}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
