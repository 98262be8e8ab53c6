import { useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type { JobList, JobRow } from "../../api/types";
import { useFilters } from "../../app/search";
import { useMay } from "../../app/session";
import { useWords } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { EmptyState, FaultNotice } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { Meter } from "../../ui/progress/progress";
import { DataTable, type Column } from "../../ui/table/data_table";
import { PlainTable } from "../../ui/table/plain_table";
import { useCursor } from "../../ui/table/use_pages";
import { Tabs } from "../../ui/tabs/tabs";
import { useToast } from "../../ui/toast/toast";
import { GiveUpJobDialog, JobLogDialog, JobName } from "./job_dialogs";
import { systemWords } from "../system/words";
import { useJobText } from "./words";

const views = ["failed", "waiting", "done", "cancelled"] as const;
type View = (typeof views)[number];

export function JobsPage() {
  const { t, f } = useJobText();
  const words = useWords(systemWords);
  const say = useToast();
  const allowed = useMay();
  const [filter, change] = useFilters<"state">();
  const view: View = views.find((one) => one === filter.state) ?? "failed";
  const { cursor, pages } = useCursor(view);
  const jobs = useRead<JobList>("/jobs", { state: view, cursor, limit: 25 }, { keep: true });
  const [asked, setAsked] = useState<{ kind: "log" | "give_up"; job: JobRow } | null>(null);
  const retry = useChange({ onDone: () => say(words.job_log.said.retried) });
  const run = useChange({ onDone: () => say(words.job_log.said.asked) });
  const data = jobs.data;
  const counted = (key: View) => (data && (key === "failed" || key === "waiting") ? words.job_log.with_count(words.job_log.views[key], f.number(data[key])) : words.job_log.views[key]);
  const columns: Column<JobRow>[] = [
    { key: "kind", label: t.jobs.kind, kind: "main", fixed: true, cell: (row) => <JobName of={row.kind} /> },
    { key: "state", label: t.jobs.state, kind: "short", cell: (row) => <span className={row.state === "failed" ? "tag tag--warn" : "tag"}>{nameOf(t.jobs.states, row.state)}</span> },
    { key: "run_at", label: t.jobs.run_at, kind: "short", cell: (row) => f.instant(row.run_at) },
    { key: "attempts", label: t.jobs.attempts, kind: "number", cell: (row) => row.attempts },
    { key: "progress", label: t.jobs.progress, cell: (row) => (row.total_count === 0 ? "—" : <Meter part={row.done_count} whole={row.total_count} />) },
    { key: "error", label: t.jobs.last_error, cell: (row) => row.last_error || "—" },
  ];
  return (
    <>
      <PageTitle title={t.jobs.title} lead={data ? t.jobs.lead(f.number(data.failed), f.number(data.waiting)) : undefined} />
      {retry.error ? <FaultNotice error={retry.error} /> : null}
      <Tabs label={t.jobs.title} chosen={view} onChange={(key) => change({ state: key === "failed" ? null : key })} tabs={views.map((key) => ({ key, label: counted(key) }))}>
        <DataTable
          name="jobs" exports={{ list: "jobs", query: { state: view } }} label={t.jobs.title} columns={columns} rows={data?.rows} rowKey={(row) => row.id} rowText={(row) => nameOf(t.jobs.names, row.kind)}
          error={data ? null : jobs.error} retry={() => void jobs.refetch()} stale={jobs.isPlaceholderData} pages={pages(data)}
          onOpen={(job) => setAsked({ kind: "log", job })}
          actions={(job) => [
            { key: "log", label: words.job_log.open, run: () => setAsked({ kind: "log", job }) },
            ...(job.actions.includes("retry") ? [{ key: "retry", label: words.job_log.retry, run: () => retry.mutate({ path: `/jobs/${job.id}/retries` }) }] : []),
            ...(job.actions.includes("give_up") ? [{ key: "give_up", label: words.job_log.give_up, danger: true, run: () => setAsked({ kind: "give_up", job }) }] : []),
          ]}
          empty={<EmptyState title={words.job_log.empty[view]}>{t.jobs.empty_hint}</EmptyState>}
        />
      </Tabs>
      {data ? (
        <section className="stack stack--tight">
          <h2>{t.jobs.schedules}</h2>
          {run.error ? <FaultNotice error={run.error} /> : null}
          <PlainTable caption={t.jobs.schedules} rows={data.schedules} rowKey={(row) => row.name} columns={[
            { key: "name", label: t.jobs.kind, kind: "main", cell: (row) => <JobName of={row.name} /> },
            { key: "every", label: t.jobs.every, kind: "short", cell: (row) => t.jobs.seconds(row.every_seconds) },
            { key: "last", label: t.jobs.last_run, kind: "short", cell: (row) => (row.last_run_at ? f.instant(row.last_run_at) : "—") },
            { key: "result", label: words.job_log.last_result, cell: (row) => (row.last_error === null ? words.job_log.never : row.last_error === "" ? <>{words.job_log.good}{row.last_took_ms === null ? null : <span className="muted"> {words.job_log.milliseconds(f.number(row.last_took_ms))}</span>}</> : <span className="tag tag--warn">{row.last_error}</span>) },
            { key: "next", label: t.jobs.next_run, kind: "short", cell: (row) => (row.next_run_at ? f.instant(row.next_run_at) : "—") },
            ...(allowed("edit_jobs") ? [{ key: "run", label: words.job_log.run_now, kind: "actions" as const, cell: (row: JobList["schedules"][number]) => (
              <Button small aria-label={`${words.job_log.run_now}：${nameOf(t.jobs.names, row.name)}`} onPress={() => run.mutate({ path: `/schedules/${row.name}/runs`, body: {} })}>{words.job_log.run_now}</Button>
            ) }] : []),
          ]} />
        </section>
      ) : null}
      {asked?.kind === "log" ? <JobLogDialog job={asked.job} onClose={() => setAsked(null)} /> : null}
      {asked?.kind === "give_up" ? <GiveUpJobDialog job={asked.job} onClose={() => setAsked(null)} /> : null}
    </>
  );
}
