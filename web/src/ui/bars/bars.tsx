import { useId } from "react";
import "./bars.css";

export interface Bar {
  key: string;
  label: string;
  open: number;
  late: number;
  severe: number;
  /** What the bar says at its end. */
  note: string;
}

/** Bars drawn beside a table that holds the same figures. Severe is hatched, so it reads without colour. */
export function LateBars({ bars, words }: { bars: Bar[]; words: { open: string; late: string; severe: string } }) {
  const hatch = useId();
  const most = Math.max(1, ...bars.map((bar) => bar.open));
  const width = (count: number) => `${(78 * count) / most}%`;
  return (
    <figure aria-hidden="true">
      <svg width="0" height="0" className="visually-hidden">
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" className="bars__severe" />
            <rect width="2" height="6" fill="var(--surface)" fillOpacity="0.55" />
          </pattern>
        </defs>
      </svg>
      <div className="bars__legend">
        <span className="bars__key"><svg><rect width="22" height="12" fill={`url(#${hatch})`} /></svg>{words.severe}</span>
        <span className="bars__key"><svg><rect width="22" height="12" className="bars__late" /></svg>{words.late}</span>
        <span className="bars__key"><svg><rect width="22" height="12" className="bars__open" /></svg>{words.open}</span>
      </div>
      <div className="bars">
        {bars.map((bar) => (
          <div key={bar.key} className="bars__row">
            <span className="bars__label">{bar.label}</span>
            <svg className="bars__svg">
              <rect x="0" y="3" height="16" width={width(bar.open)} className="bars__open" />
              <rect x="0" y="3" height="16" width={width(bar.late)} className="bars__late" />
              <rect x="0" y="3" height="16" width={width(bar.severe)} fill={`url(#${hatch})`} />
              <text x={width(bar.open)} y="15" dx="6">{bar.note}</text>
            </svg>
          </div>
        ))}
      </div>
    </figure>
  );
}
