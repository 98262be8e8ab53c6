import { useId } from "react";
import "./plot.css";

export interface Point {
  /** ISO day. */
  day: string;
  value: number;
}

const width = 720;
const height = 240;
const left = 76;
const bottom = 28;
const top = 12;

const dayNumber = (iso: string) => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;

/** Round steps of 1, 2 or 5 times a power of ten that reach `most` in at most five. */
export function steps(most: number): number[] {
  if (most <= 0) return [0, 1];
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((each) => each * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, index) => index * step);
}

/** One line over days, from nothing up: its table stands beside it for whoever does not see it. */
export function DayPlot({ points, title, valueText, dayText }: { points: Point[]; title: string; valueText: (value: number) => string; dayText: (iso: string) => string }) {
  const id = useId();
  const first = points[0];
  const last = points[points.length - 1];
  if (first === undefined || last === undefined || points.length < 2) return null;
  const from = dayNumber(first.day);
  const span = Math.max(1, dayNumber(last.day) - from);
  const marks = steps(Math.max(...points.map((point) => point.value)));
  const most = marks[marks.length - 1] ?? 1;
  const x = (iso: string) => left + ((dayNumber(iso) - from) / span) * (width - left - 12);
  const y = (value: number) => top + (1 - value / most) * (height - top - bottom);
  return (
    <svg className="plot" viewBox={`0 0 ${width} ${height}`} role="img" aria-labelledby={id}>
      <title id={id}>{title}</title>
      {marks.map((mark) => (
        <g key={mark}>
          <line className="plot__grid" x1={left} x2={width - 12} y1={y(mark)} y2={y(mark)} />
          <text className="plot__text plot__text--value" x={left - 8} y={y(mark) + 4}>{valueText(mark)}</text>
        </g>
      ))}
      <polyline className="plot__line" points={points.map((point) => `${x(point.day).toFixed(1)},${y(point.value).toFixed(1)}`).join(" ")} />
      <circle className="plot__dot" cx={x(last.day)} cy={y(last.value)} r="4" />
      <text className="plot__text" x={left} y={height - 8}>{dayText(first.day)}</text>
      <text className="plot__text plot__text--last" x={width - 12} y={height - 8}>{dayText(last.day)}</text>
    </svg>
  );
}
