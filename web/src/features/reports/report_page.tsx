import { lazy, Suspense, useState } from "react";
import { useParams } from "@tanstack/react-router";
import { address } from "../../api/client";
import { useChange, useRead } from "../../api/hooks";
import type { ReportIssue, ReportView } from "../../api/types";
import { useFilters } from "../../app/search";
import { useMay } from "../../app/session";
import { useLanguage, useWords } from "../../i18n/language";
import { Button, LinkButton } from "../../ui/button/button";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { Form, useFaults } from "../../ui/form/form";
import { Notice } from "../../ui/notice/notice";
import { PageTitle } from "../../ui/page_title/page_title";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { Select } from "../../ui/select/select";
import { PlainTable } from "../../ui/table/plain_table";
import { useToast } from "../../ui/toast/toast";
import { ScheduleDialog } from "./schedule_dialog";
import { reports } from "./words";
import "./reports.css";

const AgencyBox = lazy(async () => ({ default: (await import("../agencies/agency_box")).AgencyBox }));
const ExportMenu = lazy(() => import("../../ui/table/export_menu"));

/** One report: the day it is about, the day of knowledge, and the figures with what they mean. */
export function ReportPage() {
  const { name } = useParams({ strict: false }) as { name: string };
  const { f } = useLanguage();
  const words = useWords(reports);
  const allowed = useMay();
  const [filter, change] = useFilters<"as_of" | "known_on" | "agency_id" | "filter">();
  const [issuing, setIssuing] = useState(false);
  const [scheduling, setScheduling] = useState(false);
  // A statistic brings its question along; of the other reports the agency is chosen here.
  const free = name.startsWith("statistic-");
  const parameters = filter.filter ?? new URLSearchParams(filter.agency_id ? { agency_id: filter.agency_id } : {}).toString();
  const query = { as_of: filter.as_of, known_on: filter.known_on, filter: parameters };
  const report = useRead<ReportView>(`/reports/${name}`, query, { keep: true });
  const shown = report.data;
  return (
    <>
      <PageTitle title={shown?.title ?? words.title} lead={shown ? shown.chart_description || shown.about : undefined} crumbs={[{ label: words.title, to: "/reports" }]}
        actions={shown ? (
          <>
            <Suspense fallback={null}><ExportMenu path={`/reports/${name}/file`} query={query} /></Suspense>
            {free ? <LinkButton to="/statistics" search={questionOf(name, parameters)}>{words.back_to_statistic}</LinkButton> : null}
            {allowed("schedule_reports") ? <Button onPress={() => setScheduling(true)}>{words.schedule}</Button> : null}
            {allowed("issue_reports") ? <Button look="primary" onPress={() => setIssuing(true)}>{words.issue}</Button> : null}
          </>
        ) : null}
      >
        <div className="row row--bottom no-print">
          <RocDatePicker compact label={words.as_of} value={filter.as_of ?? null} onChange={(iso) => change({ as_of: iso })} />
          <RocDatePicker compact label={words.known_on} hint={words.known_on_hint} value={filter.known_on ?? null} onChange={(iso) => change({ known_on: iso })} />
          {free ? null : <Suspense fallback={null}><AgencyBox compact label={words.agency} anyLabel={words.all_agencies} value={filter.agency_id ?? null} onChange={(id) => change({ agency_id: id })} /></Suspense>}
        </div>
      </PageTitle>
      {filter.known_on ? <Notice>{words.about_past(f.longDate(filter.known_on))}</Notice> : null}
      <Answer of={report}>
        {(data) => (
          <>
            <dl className="report-facts">
              {data.facts.map((fact) => <div key={fact.label}><dt>{fact.label}</dt><dd>{fact.value}</dd></div>)}
            </dl>
            {data.has_chart ? <div className="report-chart" tabIndex={0} role="region" aria-label={words.chart}><img src={address(`/reports/${name}/chart.svg`, query)} alt={data.chart_description} width={720} /></div> : null}
            {data.rows.length === 0 ? <EmptyState title={words.no_rows}>{words.no_rows_hint}</EmptyState> : (
              <PlainTable caption={data.title} rows={data.rows.map((row, at) => ({ ...row, at }))} rowKey={(row) => String(row.at)}
                columns={data.columns.map((column, at) => ({
                  key: String(at), label: column.title, cell: (row: { cells: string[] }) => row.cells[at] || "—",
                  kind: at === nameColumn(data) ? "main" as const : column.type === "integer" || column.type === "percent" ? "number" as const : "short" as const,
                }))} />
            )}
            {data.more ? <p className="muted">{words.rows_more}</p> : null}
            {issuing ? <IssueDialog report={data} filter={query} onClose={() => setIssuing(false)} /> : null}
            {scheduling ? <ScheduleDialog preset={{ report: name, title: data.title, filter: parameters }} onClose={() => setScheduling(false)} /> : null}
          </>
        )}
      </Answer>
    </>
  );
}

/** The statistic that a report was made of, as the statistics page asks it. */
function questionOf(name: string, parameters: string): Record<string, string> {
  const question = new URLSearchParams(parameters);
  const dataset = name.slice("statistic-".length);
  for (const part of ["title", "span"]) question.delete(part);
  if (dataset !== "duties") question.set("dataset", dataset);
  return Object.fromEntries(question);
}

/** What a row is called: its long text, or its first cell. */
const nameColumn = (report: ReportView) => Math.max(0, report.columns.findIndex((column) => column.type === "long_text"));

function IssueDialog({ report, filter, onClose }: { report: ReportView; filter: { as_of: string | undefined; known_on: string | undefined; filter: string }; onClose: () => void }) {
  const { f } = useLanguage();
  const words = useWords(reports);
  const say = useToast();
  const [format, setFormat] = useState<ReportIssue["format"]>("ods");
  const change = useChange({
    onDone: () => {
      say(words.issued_done);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={words.issue_title} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => change.mutate({ path: "/report-issues", body: { report: report.name, format, as_of: report.as_of, ...(filter.known_on ? { known_on: filter.known_on } : {}), filter: filter.filter } })}>
        <p>{report.title} · {words.as_of} {f.longDate(report.as_of)}</p>
        <p className="muted small">{words.issue_hint}</p>
        <Select name="format" label={words.format} value={format} onChange={(next) => setFormat(next as ReportIssue["format"])} error={faults.of("format")}
          options={(["ods", "xlsx", "csv", "html", "odt"] as const).map((value) => ({ value, label: words.exports.formats[value] }))} />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{words.issue}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
