import type { Coverage } from "../../api/types";
import { useLanguage } from "../../i18n/language";
import { Emphasis } from "../../ui/page_title/page_title";

export function CoverageLine({ coverage }: { coverage: Coverage }) {
  const { t, f } = useLanguage();
  return <p className="small"><Emphasis text={t.plans.coverage_line(f.number(coverage.sentences), f.number(coverage.obligation), f.number(coverage.none), f.number(coverage.undecided), f.number(coverage.waiting))} /></p>;
}
