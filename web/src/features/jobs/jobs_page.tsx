import { useRead } from "../../api/hooks";
import type { JobList } from "../../api/types";
import { useLanguage } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { Meter } from "../../ui/progress/progress";
import { PlainTable } from "../../ui/table/plain_table";

export function JobsPage() {
  const { t, f } = useLanguage();
  const jobs = useRead<JobList>("/jobs");
  const count = (state: string) => f.number(jobs.data?.rows.filter((row) => row.state === state).length ?? 0);
  return (
    <>
      <PageTitle title={t.jobs.title} lead={jobs.data ? t.jobs.lead(count("failed"), count("waiting")) : undefined} />
      <Answer of={jobs}>
        {(data) => (
          <>
            {data.rows.length === 0 ? <EmptyState title={t.jobs.empty}>{t.jobs.empty_hint}</EmptyState> : (
              <PlainTable caption={t.jobs.title} rows={data.rows} rowKey={(row) => row.id} columns={[
                { key: "kind", label: t.jobs.kind, kind: "main", cell: (row) => <JobName of={row.kind} /> },
                { key: "state", label: t.jobs.state, kind: "short", cell: (row) => <span className={row.state === "failed" ? "tag tag--warn" : "tag"}>{nameOf(t.jobs.states, row.state)}</span> },
                { key: "run_at", label: t.jobs.run_at, kind: "short", cell: (row) => f.instant(row.run_at) },
                { key: "attempts", label: t.jobs.attempts, kind: "number", cell: (row) => row.attempts },
                { key: "progress", label: t.jobs.progress, cell: (row) => (row.total_count === 0 ? "—" : <Meter part={row.done_count} whole={row.total_count} />) },
                { key: "error", label: t.jobs.last_error, cell: (row) => row.last_error || "—" },
              ]} />
            )}
            <section className="stack stack--tight">
              <h2>{t.jobs.schedules}</h2>
              <PlainTable caption={t.jobs.schedules} rows={data.schedules} rowKey={(row) => row.name} columns={[
                { key: "name", label: t.jobs.kind, kind: "main", cell: (row) => <JobName of={row.name} /> },
                { key: "every", label: t.jobs.every, kind: "short", cell: (row) => t.jobs.seconds(row.every_seconds) },
                { key: "last", label: t.jobs.last_run, kind: "short", cell: (row) => (row.last_run_at ? f.instant(row.last_run_at) : "—") },
                { key: "next", label: t.jobs.next_run, kind: "short", cell: (row) => (row.next_run_at ? f.instant(row.next_run_at) : "—") },
              ]} />
            </section>
          </>
        )}
      </Answer>
    </>
  );
}

/** What the job does, with the name that the log of the program uses. */
function JobName({ of }: { of: string }) {
  const { t } = useLanguage();
  const title = nameOf(t.jobs.names, of);
  return <>{title}{title === of ? null : <> <code className="muted small">{of}</code></>}</>;
}
