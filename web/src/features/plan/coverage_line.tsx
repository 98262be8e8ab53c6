import type { Coverage } from "../../api/types";
import { Emphasis } from "../../ui/page_title/page_title";
import { usePlanText } from "./words";

export function CoverageLine({ coverage }: { coverage: Coverage }) {
  const { t, f } = usePlanText();
  return <p className="small"><Emphasis text={t.plans.coverage_line(f.number(coverage.sentences), f.number(coverage.obligation), f.number(coverage.none), f.number(coverage.undecided), f.number(coverage.waiting))} /></p>;
}
