import { Link, useNavigate } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { List, PlanRow } from "../../api/types";
import { useMay } from "../../app/session";
import { LinkButton } from "../../ui/button/button";
import { EmptyState } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { Meter } from "../../ui/progress/progress";
import { DataTable, type Column } from "../../ui/table/data_table";
import { usePlanText } from "./words";

export function PlansPage() {
  const { t, f } = usePlanText();
  const allowed = useMay();
  const navigate = useNavigate();
  const plans = useRead<List<PlanRow>>("/plans");
  const count = plans.data?.rows.length;
  const columns: Column<PlanRow>[] = [
    { key: "title", label: t.plans.name, kind: "main", fixed: true, cell: (row) => <Link to="/plans/$id" params={{ id: row.id } as never}>{row.title}</Link> },
    { key: "year", label: t.plans.year, kind: "short", cell: (row) => t.plans.year_value(row.year_roc) },
    { key: "agency", label: t.plans.agency, cell: (row) => row.agency_name },
    { key: "coverage", label: t.plans.coverage, kind: "short", cell: (row) => <Meter part={row.coverage.sentences - row.coverage.waiting} whole={row.coverage.sentences} /> },
    { key: "duties", label: t.plans.duties, kind: "number", cell: (row) => f.number(row.standing.total) },
    { key: "late", label: t.plans.late, kind: "number", cell: (row) => f.number(row.standing.late) },
    { key: "imported_at", label: t.plans.imported_at, kind: "short", cell: (row) => f.instant(row.imported_at) },
  ];
  return (
    <>
      <PageTitle
        title={t.plans.title} lead={count === undefined ? undefined : count === 0 ? t.plans.lead_none : t.plans.lead(f.number(count))}
        actions={
          <>
            {count !== undefined && count > 1 ? <LinkButton to="/plans/compare">{t.plans.compare}</LinkButton> : null}
            {allowed("import_plan") ? <LinkButton to="/plans/import" look="primary">{t.common.import_plan}</LinkButton> : null}
          </>
        }
      />
      <DataTable
        name="plans" exports={{ list: "plans", query: {} }} label={t.plans.title} columns={columns} rows={plans.data?.rows} rowKey={(row) => row.id} rowText={(row) => row.title}
        error={plans.data ? null : plans.error} retry={() => void plans.refetch()} onOpen={(row) => void navigate({ to: "/plans/$id", params: { id: row.id } as never })}
        empty={<EmptyState title={t.plans.lead_none} action={allowed("import_plan") ? <LinkButton to="/plans/import" look="primary">{t.common.import_plan}</LinkButton> : null}>{t.plans.empty_hint}</EmptyState>}
      />
    </>
  );
}
