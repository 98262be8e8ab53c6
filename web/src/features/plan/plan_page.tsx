import { useMemo, useState } from "react";
import { Link, useParams } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { Plan, PlanNode } from "../../api/types";
import { useFilters } from "../../app/search";
import { nameOf } from "../../i18n/names";
import { Button, LinkButton } from "../../ui/button/button";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { AsKnownOnField, AsKnownOnNotice } from "../../ui/notice/as_known_on";
import { PageTitle } from "../../ui/page_title/page_title";
import { Meter } from "../../ui/progress/progress";
import { usePlanText } from "./words";
import "../../ui/table/table.css";
import "./plan.css";
import { CoverageLine } from "./coverage_line";

interface Line {
  node: PlanNode;
  level: number;
  key: string;
}

export function PlanPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const { t, f } = usePlanText();
  const [filter, change] = useFilters<"as_known_on">();
  const plan = useRead<Plan>(`/plans/${id}`, { as_known_on: filter.as_known_on }, { keep: true });
  return (
    <Answer of={plan}>
      {(data) => {
        const { plan } = data;
        const { standing } = plan;
        return (
          <>
            <PageTitle title={`${t.plans.year_value(plan.year_roc)} ${plan.agency_name}`} lead={t.plan_tree.lead(f.number(standing.total), f.number(standing.done), f.number(standing.late))}
              crumbs={[{ label: t.nav.plans, to: "/plans" }]} actions={<LinkButton to={`/plans/${plan.id}/review`}>{t.plan_tree.review}</LinkButton>}>
              <CoverageLine coverage={plan.coverage} />
              <div className="row row--bottom no-print"><AsKnownOnField value={filter.as_known_on ?? null} onChange={(iso) => change({ as_known_on: iso })} /></div>
            </PageTitle>
            <AsKnownOnNotice value={filter.as_known_on} onNow={() => change({ as_known_on: null })} />
            {data.tree.length === 0 ? <EmptyState title={t.plans.lead_none}>{t.plans.empty_hint}</EmptyState> : <Tree tree={data.tree} />}
          </>
        );
      }}
    </Answer>
  );
}

function allKeys(nodes: PlanNode[], path = ""): string[] {
  return nodes.flatMap((node) => [`${path}/${node.id}`, ...allKeys(node.children, `${path}/${node.id}`)]);
}

function Tree({ tree }: { tree: PlanNode[] }) {
  const { t, f } = usePlanText();
  const [closed, setClosed] = useState<Set<string>>(new Set());
  const lines = useMemo(() => {
    const found: Line[] = [];
    const walk = (nodes: PlanNode[], level: number, path: string) => {
      for (const node of nodes) {
        const key = `${path}/${node.id}`;
        found.push({ node, level, key });
        if (!closed.has(key)) walk(node.children, level + 1, key);
      }
    };
    walk(tree, 0, "");
    return found;
  }, [tree, closed]);
  const toggle = (key: string) => setClosed((before) => {
    const next = new Set(before);
    if (!next.delete(key)) next.add(key);
    return next;
  });
  const headings: [string, boolean][] = [[t.plan_tree.node, false], [t.plan_tree.progress, false], [t.plan_tree.late, true], [t.plan_tree.severe, true], [t.plan_tree.coverage, true]];
  return (
    <div className="table-block">
      <div className="row no-print">
        <Button small onPress={() => setClosed(new Set())}>{t.plan_tree.expand}</Button>
        <Button small onPress={() => setClosed(new Set(allKeys(tree)))}>{t.plan_tree.collapse}</Button>
      </div>
      <div className="table-block__scroll" role="region" aria-label={t.plan_tree.node} tabIndex={0}>
        <table className="data-table data-table--plain">
          <thead><tr>{headings.map(([label, number]) => <th key={label} scope="col" className={number ? "data-table__head data-table__head--number" : "data-table__head"}>{label}</th>)}</tr></thead>
          <tbody>
            {lines.map(({ node, level, key }) => (
              <tr key={key} className="data-table__row">
                <th scope="row" className="data-table__cell data-table__cell--main">
                  <span className={`tree__name tree__name--${Math.min(level, 3)}`}>
                    {node.children.length > 0 ? (
                      <button type="button" className="tree__toggle" aria-expanded={!closed.has(key)} aria-label={t.common.toggle(node.title)} onClick={() => toggle(key)}>{closed.has(key) ? "▸" : "▾"}</button>
                    ) : <span className="tree__leaf" />}
                    <span className="tree__kind">{nameOf(t.plan_tree.kinds, node.kind)}</span>
                    {node.kind === "item" ? <Link to="/plans/items/$id" params={{ id: node.id } as never}>{node.title}</Link> : <span>{node.title}</span>}
                  </span>
                </th>
                <td className="data-table__cell" data-label={t.plan_tree.progress}><Meter part={node.standing.done} whole={node.standing.total - node.standing.cancelled} /></td>
                <td className="data-table__cell data-table__cell--number" data-label={t.plan_tree.late}>{f.number(node.standing.late)}</td>
                <td className="data-table__cell data-table__cell--number" data-label={t.plan_tree.severe}>{f.number(node.standing.severe)}</td>
                <td className="data-table__cell data-table__cell--number" data-label={t.plan_tree.coverage}>{node.coverage === null ? t.plan_tree.not_stated : f.percent(node.coverage)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted small">{t.plan_tree.coverage_note}</p>
    </div>
  );
}
