import { lazy, Suspense, useCallback, useState } from "react";
import { useRead } from "../../api/hooks";
import type { Delegation, List, OwnDelegations } from "../../api/types";
import { useFilters } from "../../app/search";
import { useMay } from "../../app/session";
import { Button } from "../../ui/button/button";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { SearchField } from "../../ui/search_field/search_field";
import { Select } from "../../ui/select/select";
import { DataTable, type Column } from "../../ui/table/data_table";
import { PlainTable } from "../../ui/table/plain_table";
import { useCursor } from "../../ui/table/use_pages";
import { Tabs } from "../../ui/tabs/tabs";
import { useDelegationText } from "./words";

// The dialogs bring the date picker and the box of people: they come when one is opened.
const AddDialog = lazy(() => import("./delegation_dialogs").then((all) => ({ default: all.AddDialog })));
const EndDialog = lazy(() => import("./delegation_dialogs").then((all) => ({ default: all.EndDialog })));

type Asked = { kind: "add"; forOthers: boolean } | { kind: "end"; row: Delegation; forOthers: boolean } | null;

export function DelegationsPage() {
  const { t } = useDelegationText();
  const allowed = useMay();
  const [filter, change] = useFilters<"tab" | "q" | "state">();
  const own = useRead<OwnDelegations>("/own-delegations");
  const [asked, setAsked] = useState<Asked>(null);
  const looksAfter = allowed("edit_deputies");
  const tab = looksAfter && (filter.tab === "agency" || own.data?.person === null) ? "agency" : "own";
  const body = tab === "agency" ? <AgencyPart ask={setAsked} filter={filter} change={change} /> : <OwnPart own={own} ask={setAsked} />;
  return (
    <>
      <PageTitle title={t.delegations.title} lead={lead(own.data, t)}
        actions={
          tab === "agency" ? <Button look="primary" onPress={() => setAsked({ kind: "add", forOthers: true })}>{t.delegations.add_for}</Button>
          : own.data?.person ? <Button look="primary" onPress={() => setAsked({ kind: "add", forOthers: false })}>{t.delegations.add}</Button> : null
        }>
        <p className="muted">{t.delegations.how}</p>
      </PageTitle>
      {looksAfter ? (
        <Tabs label={t.delegations.title} chosen={tab} onChange={(key) => change({ tab: key === "own" ? null : key, q: null, state: null })}
          tabs={[{ key: "own", label: t.delegations.tabs.own }, { key: "agency", label: t.delegations.tabs.agency }]}>{body}</Tabs>
      ) : body}
      <Suspense fallback={null}>
        {asked?.kind === "add" ? <AddDialog t={t} forOthers={asked.forOthers} onClose={() => setAsked(null)} /> : null}
        {asked?.kind === "end" ? <EndDialog t={t} row={asked.row} forOthers={asked.forOthers} onClose={() => setAsked(null)} /> : null}
      </Suspense>
    </>
  );
}

type Words = ReturnType<typeof useDelegationText>["t"];

function lead(own: OwnDelegations | undefined, t: Words): string | undefined {
  if (!own?.person) return undefined;
  const now = (rows: Delegation[], name: (row: Delegation) => string) => rows.filter((row) => row.state === "now").map(name).join("、");
  const forMe = now(own.for_me, (row) => row.deputy.name);
  const byMe = now(own.by_me, (row) => row.person.name);
  return forMe === "" && byMe === "" ? t.delegations.lead_none : t.delegations.lead(forMe || t.delegations.nobody, byMe || t.delegations.nobody);
}

function useColumns() {
  const { t, f } = useDelegationText();
  const who = (person: Delegation["person"]) => <>{person.name}{person.posts ? <span className="muted small"> {person.posts}</span> : null}</>;
  return {
    person: { key: "person", label: t.delegations.person, kind: "main", fixed: true, cell: (row) => who(row.person) },
    deputy: { key: "deputy", label: t.delegations.deputy, fixed: true, cell: (row) => who(row.deputy) },
    period: { key: "period", label: t.delegations.period, kind: "short", cell: (row) => `${f.date(row.valid_from)}–${row.valid_to ? f.date(row.valid_to) : ""}` },
    reason: { key: "reason", label: t.delegations.reason, kind: "short", cell: (row) => t.delegations.reasons[row.reason] },
    confidential: { key: "confidential", label: t.delegations.confidential, kind: "short", cell: (row) => t.delegations.confidential_states[row.confidential ? "yes" : "no"] },
    state: { key: "state", label: t.delegations.state, kind: "short", cell: (row) => <span className={row.state === "now" ? "tag tag--warn" : "tag"}>{t.delegations.states[row.state]}</span> },
    set_by: { key: "set_by", label: t.delegations.set_by, kind: "short", cell: (row) => row.set_by_name },
  } satisfies Record<string, Column<Delegation>>;
}

function OwnPart({ own, ask }: { own: ReturnType<typeof useRead<OwnDelegations>>; ask: (asked: Asked) => void }) {
  const { t } = useDelegationText();
  const columns = useColumns();
  const end = {
    key: "end", label: t.table.actions, kind: "actions" as const,
    cell: (row: Delegation) => (row.state === "over" ? null : <Button small look="danger" onPress={() => ask({ kind: "end", row, forOthers: false })}>{row.state === "now" ? t.delegations.end : t.delegations.withdraw}</Button>),
  };
  return (
    <Answer of={own} lines={5}>
      {(data) => (data.person === null ? <EmptyState title={t.delegations.no_person}>{t.delegations.no_person_hint}</EmptyState> : (
        <div className="stack">
          <section className="stack stack--tight">
            <h2>{t.delegations.for_me}</h2>
            {data.for_me.length === 0 ? <EmptyState title={t.delegations.for_me_empty}>{t.delegations.for_me_empty_hint}</EmptyState> : (
              <PlainTable caption={t.delegations.for_me} rows={data.for_me} rowKey={(row) => row.key} columns={[{ ...columns.deputy, kind: "main" }, columns.period, columns.reason, columns.confidential, columns.state, end]} />
            )}
          </section>
          <section className="stack stack--tight">
            <h2>{t.delegations.by_me}</h2>
            {data.by_me.length === 0 ? <EmptyState title={t.delegations.by_me_empty} /> : (
              <PlainTable caption={t.delegations.by_me} rows={data.by_me} rowKey={(row) => row.key} columns={[columns.person, columns.period, columns.reason, columns.confidential, columns.state]} />
            )}
          </section>
        </div>
      ))}
    </Answer>
  );
}

function AgencyPart({ ask, filter, change }: {
  ask: (asked: Asked) => void;
  filter: Partial<Record<"tab" | "q" | "state", string>>;
  change: (next: Partial<Record<"tab" | "q" | "state", string | null>>) => void;
}) {
  const { t } = useDelegationText();
  const columns = useColumns();
  const { cursor, pages } = useCursor(`${filter.q ?? ""} ${filter.state ?? ""}`);
  const list = useRead<List<Delegation>>("/delegations", { q: filter.q, state: filter.state, cursor, limit: 25 }, { keep: true });
  const search = useCallback((q: string) => change({ q: q || null }), [change]);
  return (
    <>
      <p className="muted">{t.delegations.agency_lead}</p>
      <DataTable
        name="delegations" exports={{ list: "delegations", query: { q: filter.q, state: filter.state } }} label={t.delegations.tabs.agency} columns={Object.values(columns)} rows={list.data?.rows} rowKey={(row) => row.key} rowText={(row) => `${row.person.name} ${row.deputy.name}`}
        error={list.data ? null : list.error} retry={() => void list.refetch()} stale={list.isPlaceholderData} pages={pages(list.data)}
        filters={
          <>
            <SearchField label={t.delegations.search} value={filter.q ?? ""} onSearch={search} />
            <Select compact label={t.delegations.state} value={filter.state ?? ""} onChange={(state) => change({ state: state || null })}
              options={[{ value: "", label: t.common.all }, ...(["now", "coming", "over"] as const).map((state) => ({ value: state, label: t.delegations.states[state] }))]} />
          </>
        }
        actions={(row: Delegation) => (row.state === "over" ? [] : [{ key: "end", label: row.state === "now" ? t.delegations.end : t.delegations.withdraw, danger: true, run: () => ask({ kind: "end", row, forOthers: true }) }])}
        empty={<EmptyState title={t.delegations.agency_empty} />}
      />
    </>
  );
}
