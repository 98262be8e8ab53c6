import { useRead } from "../../api/hooks";
import type { List, PlanComparison, PlanRow } from "../../api/types";
import { useFilters } from "../../app/search";
import { nameOf } from "../../i18n/names";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { Check } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { Select } from "../../ui/select/select";
import { Sides } from "./difference";
import { usePlanText } from "./words";

export function ComparisonPage() {
  const { t } = usePlanText();
  const [filter, change] = useFilters<"from" | "to" | "all">();
  const plans = useRead<List<PlanRow>>("/plans");
  const sorted = [...(plans.data?.rows ?? [])].sort((a, b) => a.year_roc - b.year_roc);
  const to = filter.to ?? sorted[sorted.length - 1]?.id ?? "";
  const from = filter.from ?? sorted[sorted.length - 2]?.id ?? "";
  const compared = useRead<PlanComparison>("/plan-comparison", { from, to }, { enabled: from !== "" && to !== "", keep: true });
  const rows = compared.data?.rows ?? [];
  const count = (kind: string) => rows.filter((row) => row.change === kind).length;
  const shown = filter.all ? rows : rows.filter((row) => row.change !== "same");
  const options = sorted.map((plan) => ({ value: plan.id, label: `${t.plans.year_value(plan.year_roc)} ${plan.agency_name}` }));
  return (
    <>
      <PageTitle title={t.comparison.title} lead={compared.data ? t.comparison.lead(count("added"), count("removed"), count("changed")) : undefined} crumbs={[{ label: t.nav.plans, to: "/plans" }]}>
        <p className="muted small">{t.comparison.intro}</p>
        <div className="row row--bottom no-print">
          <Select compact label={t.comparison.from} value={from} options={options} onChange={(id) => change({ from: id })} />
          <Select compact label={t.comparison.to} value={to} options={options} onChange={(id) => change({ to: id })} />
          <Check label={t.comparison.only_changes} checked={!filter.all} onChange={(only) => change({ all: only ? null : "1" })} />
        </div>
      </PageTitle>
      {plans.data && sorted.length < 2 ? <EmptyState title={t.comparison.need_two}>{t.plans.empty_hint}</EmptyState> : (
        <Answer of={compared}>
          {() => shown.length === 0 ? <EmptyState title={t.comparison.nothing} /> : (
            <ul className="compare">
              {shown.map((row, index) => (
                <li key={index} className="compare__row">
                  <div className="row row--between">
                    <h2>{row.work_plan} › {row.item}</h2>
                    <span className="row small"><span className="tag">{nameOf(t.review.change, row.change)}</span><span className="muted number">{t.comparison.obligations(row.obligations_before.length, row.obligations_after.length)}</span></span>
                  </div>
                  <Sides before={row.before.length > 0 ? row.before.join("\n") : null} after={row.after.length > 0 ? row.after.join("\n") : null} />
                </li>
              ))}
            </ul>
          )}
        </Answer>
      )}
    </>
  );
}
