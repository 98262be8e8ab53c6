import { useState } from "react";
import { useNavigate } from "@tanstack/react-router";
import { useChange } from "../../api/hooks";
import type { CalendarImport } from "../../api/types";
import { useWords } from "../../i18n/language";
import { readTable } from "../../lib/table_text";
import { Button } from "../../ui/button/button";
import { FileDrop } from "../../ui/file_drop/file_drop";
import { fileWords } from "../../ui/file_drop/words";
import { ImportFaults } from "../../ui/file_drop/import_faults";
import { Form, useFaults } from "../../ui/form/form";
import { Notice } from "../../ui/notice/notice";
import { PageTitle } from "../../ui/page_title/page_title";
import { useToast } from "../../ui/toast/toast";
import { importWords } from "../imports/words";
import { useCalendarText } from "./words";

export function CalendarImportPage() {
  const { t } = useCalendarText();
  const files = useWords(fileWords);
  const words = useWords(importWords);
  const say = useToast();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [tried, setTried] = useState<{ result: CalendarImport; text: string } | null>(null);
  const trial = useChange<CalendarImport>({ refresh: false });
  const real = useChange<CalendarImport>({
    onDone: (result) => {
      say(t.calendar.import_done);
      void navigate({ to: "/calendar", search: { year: String(result.year) } } as never);
    },
  });
  const [unread, setUnread] = useState<unknown>(null);
  const error = unread ?? trial.error ?? real.error;
  const faults = useFaults(error);
  const dryRun = async () => {
    setUnread(null);
    faults.check([]);
    const text = file ? await readTable(file).catch((fault: unknown) => {
      setUnread(fault);
      return null;
    }) : null;
    if (file && text === null) return;
    if (!faults.check([!file && { path: "text", message: t.form.choose(t.calendar.import_file) }, text !== null && text.trim() === "" && { path: "text", message: files.file_drop.empty_file }]) || text === null) return;
    trial.mutate({ path: "/calendar-imports", body: { file_name: file?.name ?? "", text, dry_run: true } }, { onSuccess: (result) => setTried({ result, text }) });
  };
  return (
    <>
      <PageTitle title={t.calendar.import_title} crumbs={[{ label: t.nav.calendar, to: "/calendar" }]}><p className="muted">{t.calendar.import_lead}</p></PageTitle>
      <Form faults={faults.faults} error={error} onSubmit={() => void dryRun()}>
        <FileDrop name="text" label={t.calendar.import_file} accept=".json,.csv,application/json,text/csv,.ods,.xlsx" hint={words.table_files} file={file} error={faults.of("text")} onFile={(chosen) => {
          setFile(chosen);
          setTried(null);
        }} />
        <div><Button type="submit" look={tried ? "secondary" : "primary"} busy={trial.isPending}>{files.csv_import.dry_run}</Button></div>
      </Form>
      {tried ? (
        tried.result.fault_count > 0 ? <ImportFaults faults={tried.result.faults} count={tried.result.fault_count} /> : (
          <Notice action={<Button look="primary" busy={real.isPending} onPress={() => real.mutate({ path: "/calendar-imports", body: { file_name: file?.name ?? "", text: tried.text, dry_run: false } })}>{files.csv_import.commit}</Button>}>
            {t.calendar.import_result(t.date.year_name(tried.result.year), tried.result.days, tried.result.changed, tried.result.due_dates_moved)}
          </Notice>
        )
      ) : null}
    </>
  );
}
