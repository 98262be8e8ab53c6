import type { TrackedMeasure } from "../../api/types";
import { useWords } from "../../i18n/language";
import { monthText, percentText } from "./figures";
import { tracking } from "./words";

/** A lag in points and in months; less than nothing is said as ahead. */
export function LagCell({ measure, of }: { measure: TrackedMeasure | undefined; of: "first" | "current" }) {
  const words = useWords(tracking);
  if (!measure) return <span className="muted">{words.nothing_filed}</span>;
  const lag = of === "first" ? measure.lag_first : measure.lag_current;
  const months = of === "first" ? measure.months_first : measure.months_current;
  const said = `${words.points(percentText(Math.abs(lag)))} · ${words.months(monthText(Math.abs(months)))}`;
  const severe = of === "current" && measure.severe;
  return (
    <span className={severe ? "lag lag--severe" : lag > 0 ? "lag lag--behind" : "lag"}>
      {severe ? <span className="status status--severe">{words.severe}</span> : null}
      <span>{lag < 0 || (lag === 0 && months < 0) ? words.ahead(said) : said}</span>
      {measure.graded ? null : <span className="muted small">{words.not_graded}</span>}
    </span>
  );
}
