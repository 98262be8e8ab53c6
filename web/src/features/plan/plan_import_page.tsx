import { useRef, useState } from "react";
import { useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { newKey, putBytes, upload } from "../../api/client";
import type { PlanImport } from "../../api/types";
import { useWords } from "../../i18n/language";
import { readTextFile } from "../../lib/text_file";
import { Button } from "../../ui/button/button";
import { FileDrop } from "../../ui/file_drop/file_drop";
import { fileWords } from "../../ui/file_drop/words";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { Progress } from "../../ui/progress/progress";
import { useToast } from "../../ui/toast/toast";
import { importWords } from "../imports/words";
import { usePlanText } from "./words";

const most = 10 * 1024 * 1024;

export function PlanImportPage() {
  const { t } = usePlanText();
  const files = useWords(fileWords);
  const words = useWords(importWords);
  const say = useToast();
  const navigate = useNavigate();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [pasted, setPasted] = useState("");
  const [sending, setSending] = useState<{ abort: AbortController; value: number | null } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const held = useRef<{ text: string; key: string } | null>(null);
  const faults = useFaults(error);

  const send = async () => {
    setError(null);
    const document = file !== null && /\.(odt|docx)$/i.test(file.name);
    const text = document ? file.name : file ? (file.size > most ? "" : await readTextFile(file)) : pasted;
    const well = faults.check([
      file !== null && file.size > most && { path: "text", message: t.plan_import.too_big },
      text === null && { path: "text", message: t.plan_import.not_text },
      text !== null && text.trim() === "" && !(file && file.size > most) && { path: "text", message: file ? files.file_drop.empty_file : t.plan_import.empty },
    ]);
    if (!well || text === null) return;
    if (held.current?.text !== text) held.current = { text, key: newKey() };
    const abort = new AbortController();
    setSending({ abort, value: 0 });
    try {
      const made = document ? await putBytes<PlanImport>("/plan-documents", { file_name: file.name }, file, { signal: abort.signal, onSent: (sent) => setSending((now) => now && { ...now, value: sent < file.size ? (100 * sent) / file.size : null }) }) : await upload<PlanImport>("/plan-imports", { file_name: file?.name ?? t.plan_import.pasted_name, text }, {
        signal: abort.signal, idempotencyKey: held.current.key,
        // Once all is sent, reading it takes a time nobody can tell.
        onProgress: ({ sent, total }) => setSending((now) => now && { ...now, value: total > 0 && sent < total ? (100 * sent) / total : null }),
      });
      held.current = null;
      await client.invalidateQueries();
      await navigate({ to: "/plans/$id/review", params: { id: made.plan_id }, search: made.same_as_before ? { same: "1" } : {} } as never);
    } catch (refusal) {
      if (refusal instanceof DOMException && refusal.name === "AbortError") say(t.plan_import.cancelled);
      else setError(refusal);
    } finally {
      setSending(null);
    }
  };
  return (
    <>
      <PageTitle title={t.plan_import.title} crumbs={[{ label: t.nav.plans, to: "/plans" }]}><p className="muted">{t.plan_import.lead}</p></PageTitle>
      {sending ? (
        <div className="panel"><Progress label={t.plan_import.reading} value={sending.value} onCancel={() => sending.abort.abort()} /></div>
      ) : (
        <Form faults={faults.faults} error={error} onSubmit={() => void send()}>
          <FileDrop name="text" label={t.plan_import.file} accept=".txt,.odt,.docx,text/plain" hint={words.plan_files} file={file} onFile={setFile} error={faults.of("text")} />
          {file ? <div><Button look="quiet" onPress={() => setFile(null)}>{t.common.clear}</Button></div> : (
            <TextField name="pasted" label={t.plan_import.paste} multiline value={pasted} onChange={setPasted} />
          )}
          <div><Button type="submit" look="primary">{t.plan_import.submit}</Button></div>
        </Form>
      )}
    </>
  );
}
