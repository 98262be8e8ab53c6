import { useState } from "react";
import { useNavigate } from "@tanstack/react-router";
import { useChange } from "../../api/hooks";
import type { AgencyImport } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
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

export function AgencyImportPage() {
  const { t } = useLanguage();
  const files = useWords(fileWords);
  const words = useWords(importWords);
  const say = useToast();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [tried, setTried] = useState<{ result: AgencyImport; csv: string } | null>(null);
  const trial = useChange<AgencyImport>({ refresh: false });
  const real = useChange<AgencyImport>({
    onDone: () => {
      say(files.csv_import.done);
      void navigate({ to: "/agencies" });
    },
  });
  const [unread, setUnread] = useState<unknown>(null);
  const error = unread ?? trial.error ?? real.error;
  const faults = useFaults(error);
  const dryRun = async () => {
    setUnread(null);
    faults.check([]);
    const csv = file ? await readTable(file).catch((fault: unknown) => {
      setUnread(fault);
      return null;
    }) : null;
    if (file && csv === null) return;
    if (!faults.check([!file && { path: "csv", message: files.csv_import.choose_first }, csv !== null && csv.trim() === "" && { path: "csv", message: files.file_drop.empty_file }]) || csv === null) return;
    trial.mutate({ path: "/agency-imports", body: { file_name: file?.name ?? "", csv, dry_run: true } }, { onSuccess: (result) => setTried({ result, csv }) });
  };
  return (
    <>
      <PageTitle title={files.csv_import.title} crumbs={[{ label: t.nav.agencies, to: "/agencies" }]}><p className="muted">{files.csv_import.lead}</p></PageTitle>
      <Form faults={faults.faults} error={error} onSubmit={() => void dryRun()}>
        <FileDrop name="csv" label={files.csv_import.file} accept=".csv,text/csv,.ods,.xlsx" hint={words.table_files} file={file} error={faults.of("csv")} onFile={(chosen) => {
          setFile(chosen);
          setTried(null);
        }} />
        <div><Button type="submit" look={tried ? "secondary" : "primary"} busy={trial.isPending}>{files.csv_import.dry_run}</Button></div>
      </Form>
      {tried ? (
        <>
          <p>{files.csv_import.result(tried.result.rows, tried.result.created, tried.result.changed, tried.result.unchanged)}</p>
          {tried.result.fault_count > 0 ? <ImportFaults faults={tried.result.faults} count={tried.result.fault_count} /> : (
            <Notice action={<Button look="primary" busy={real.isPending} onPress={() => real.mutate({ path: "/agency-imports", body: { file_name: file?.name ?? "", csv: tried.csv, dry_run: false } })}>{files.csv_import.commit}</Button>}>{files.csv_import.no_faults}</Notice>
          )}
        </>
      ) : null}
    </>
  );
}
