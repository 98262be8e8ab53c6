import type { Coverage } from "../../api/types";
import { useLanguage } from "../../i18n/language";
import { Emphasis } from "../../ui/page_title/page_title";

export function CoverageLine({ coverage }: { coverage: Coverage }) {
  const { t, f } = useLanguage();
  const { sentences, obligation, none, undecided, waiting } = coverage;
  const text =
    waiting === undefined
      ? t.plans.coverage_plain(f.number(sentences), f.number(obligation), f.number(none), f.number(undecided))
      : t.plans.coverage_line(f.number(sentences), f.number(obligation), f.number(none), f.number(undecided), f.number(waiting));
  return <p className="small"><Emphasis text={text} /></p>;
}
