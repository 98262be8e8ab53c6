import { useCallback } from "react";
import { Link } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { AuditEvent, AuditStatus, List } from "../../api/types";
import { useFilters } from "../../app/search";
import { nameOf } from "../../i18n/names";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { SearchField } from "../../ui/search_field/search_field";
import { Select } from "../../ui/select/select";
import { DataTable, type Column } from "../../ui/table/data_table";
import { useCursor } from "../../ui/table/use_pages";
import { useAuditText } from "./words";

export function AuditPage() {
  const { t, f } = useAuditText();
  const [filter, change] = useFilters<"record_kind" | "record_id" | "actor">();
  const query = { record_kind: filter.record_kind, record_id: filter.record_id, actor: filter.actor };
  const { cursor, pages } = useCursor(JSON.stringify(query));
  const events = useRead<List<AuditEvent>>("/audit-events", { ...query, cursor, limit: 25 }, { keep: true });
  const status = useRead<AuditStatus>("/audit-status");
  const byActor = useCallback((actor: string) => change({ actor: actor || null }), [change]);
  const byRecord = useCallback((id: string) => change({ record_id: id || null }), [change]);
  const state = status.data;
  const size = state ? f.number(state.size) : "";
  const columns: Column<AuditEvent>[] = [
    { key: "position", label: t.audit.position, kind: "number", fixed: true, cell: (row) => row.position },
    { key: "text", label: t.audit.text, kind: "main", fixed: true, cell: (row) => row.text },
    { key: "at", label: t.audit.at, kind: "short", cell: (row) => f.instant(row.at) },
    { key: "actor", label: t.audit.actor, kind: "short", cell: (row) => row.actor_name || t.common.system },
    { key: "record", label: t.audit.record, cell: (row) => {
      const of = row.record_title || (["session", "sign_in"].includes(row.record_kind) || row.record_id === "0" ? "" : row.record_id);
      const name = `${nameOf(t.record_kinds, row.record_kind)} ${of}`.trim();
      if (row.record_kind === "duty") return <Link to="/duties/$id" params={{ id: row.record_id } as never}>{name}</Link>;
      if (row.record_kind === "agency" && row.record_id !== "0") return <Link to="/agencies/$id" params={{ id: row.record_id } as never}>{name}</Link>;
      return name;
    } },
    { key: "kind", label: t.audit.kind, kind: "short", hidden: true, cell: (row) => <code>{row.kind}</code> },
  ];
  return (
    <>
      <PageTitle title={t.audit.title} lead={!state ? undefined : state.verification === null ? t.audit.lead_never(size) : state.verification.good ? t.audit.lead_ok(size) : t.audit.lead_bad(size)} />
      <Answer of={status} lines={3}>
        {(data) => (
          <section className="panel">
            <h2>{t.audit.status}</h2>
            <dl className="facts">
              <dt>{t.audit.verified_at}</dt>
              <dd>{data.verification ? <><span className={data.verification.good ? "tag" : "tag tag--warn"}>{data.verification.good ? t.audit.ok : t.audit.bad}</span> {f.instant(data.verification.at)}{data.verification.good ? "" : ` ${data.verification.report}`}</> : t.audit.never}</dd>
              {data.checkpoint ? <><dt>{t.audit.root}</dt><dd><code>{data.checkpoint.root}</code></dd></> : null}
              {data.checkpoint ? <><dt>{t.audit.checkpoint}</dt><dd>{f.number(data.checkpoint.size)} · {f.instant(data.checkpoint.at)} · {t.audit.key_id} <code>{data.checkpoint.key_id}</code></dd></> : null}
            </dl>
            <p className="muted small">{t.audit.explain}</p>
          </section>
        )}
      </Answer>
      <DataTable
        name="audit" exports={{ list: "audit-events", query }} label={t.audit.title} columns={columns} rows={events.data?.rows} rowKey={(row) => String(row.position)} rowText={(row) => row.text}
        error={events.data ? null : events.error} retry={() => void events.refetch()} stale={events.isPlaceholderData} pages={pages(events.data)}
        filters={
          <>
            <Select compact label={t.audit.record_kind} value={filter.record_kind ?? ""} onChange={(kind) => change({ record_kind: kind || null })}
              options={[{ value: "", label: t.common.all }, ...Object.entries(t.record_kinds).map(([value, label]) => ({ value, label }))]} />
            <SearchField label={t.audit.record_id} value={filter.record_id ?? ""} onSearch={byRecord} />
            <SearchField label={t.audit.actor} value={filter.actor ?? ""} onSearch={byActor} />
          </>
        }
        empty={<EmptyState title={t.audit.empty}>{t.audit.empty_hint}</EmptyState>}
      />
    </>
  );
}
