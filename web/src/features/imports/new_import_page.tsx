import { useRef, useState } from "react";
import { useNavigate } from "@tanstack/react-router";
import { putBytes } from "../../api/client";
import { useRead } from "../../api/hooks";
import { useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { FileDrop } from "../../ui/file_drop/file_drop";
import { Form, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { Progress } from "../../ui/progress/progress";
import { Select } from "../../ui/select/select";
import type { ImportKind, RunView } from "./records";
import { importWords } from "./words";

export function NewImportPage() {
  const words = useWords(importWords);
  const navigate = useNavigate();
  const kinds = useRead<{ kinds: ImportKind[] }>("/import-kinds").data?.kinds ?? [];
  const [chosen, setChosen] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const faults = useFaults(error);
  const stop = useRef<AbortController | null>(null);
  const kind = chosen || kinds[0]?.name || "";
  const send = async () => {
    if (!faults.check([!file && { path: "file", message: words.choose_file }]) || !file) return;
    setError(null);
    setSent(0);
    stop.current = new AbortController();
    try {
      const view = await putBytes<RunView>("/imports", { kind, file_name: file.name }, file, { signal: stop.current.signal, onSent: (bytes) => setSent(file.size ? (100 * bytes) / file.size : 100) });
      void navigate({ to: "/imports/$id", params: { id: view.run.id } as never });
    } catch (fault) {
      if (!stop.current.signal.aborted) setError(fault as Error);
    } finally {
      setSent(null);
    }
  };
  return (
    <>
      <PageTitle title={words.new} crumbs={[{ label: words.title, to: "/imports" }]}><p className="muted">{words.lead}</p></PageTitle>
      <Form faults={faults.faults} error={error} onSubmit={() => void send()}>
        <Select name="kind" label={words.kind} value={kind} onChange={setChosen} options={kinds.map((each) => ({ value: each.name, label: each.title }))} error={faults.of("kind")} />
        {kind ? (
          <p className="row small">{words.template}：{["ods", "xlsx", "csv"].map((format) => <a key={format} href={`/api/import-template?kind=${kind}&format=${format}`} download>{format.toUpperCase()}</a>)}</p>
        ) : null}
        <FileDrop name="file" label={words.file} accept=".csv,.ods,.xlsx,.tsv,.txt" hint={words.drop_hint} file={file} error={faults.of("file")} onFile={setFile} />
        {sent === null ? <div><Button type="submit" look="primary">{words.upload}</Button></div> : <Progress label={words.uploading} value={sent} onCancel={() => stop.current?.abort()} />}
      </Form>
    </>
  );
}
