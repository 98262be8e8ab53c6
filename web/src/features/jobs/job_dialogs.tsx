import { useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type { JobDetail, JobRow } from "../../api/types";
import { useWords } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Answer } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { PlainTable } from "../../ui/table/plain_table";
import { useToast } from "../../ui/toast/toast";
import { systemWords } from "../system/words";
import { useJobText } from "./words";

/** What the job does, with the name that the log of the program uses. */
export function JobName({ of }: { of: string }) {
  const { t } = useJobText();
  const title = nameOf(t.jobs.names, of);
  return <>{title}{title === of ? null : <> <code className="muted small">{of}</code></>}</>;
}

export function JobLogDialog({ job, onClose }: { job: JobRow; onClose: () => void }) {
  const { t, f } = useJobText();
  const words = useWords(systemWords);
  const detail = useRead<JobDetail>(`/jobs/${job.id}`);
  return (
    <Dialog title={words.job_log.title(nameOf(t.jobs.names, job.kind))} isOpen wide onClose={onClose}>
      <Answer of={detail} lines={4}>
        {(data) => (data.tries.length === 0 ? <p className="muted">{words.job_log.none}</p> : (
          <PlainTable caption={words.job_log.title(job.kind)} rows={[...data.tries].reverse()} rowKey={(row) => String(row.number)} columns={[
            { key: "number", label: words.job_log.number, kind: "main", cell: (row) => row.number },
            { key: "at", label: words.job_log.at, kind: "short", cell: (row) => f.instant(row.at) },
            { key: "took", label: words.job_log.took, kind: "number", cell: (row) => words.job_log.milliseconds(f.number(row.took_ms)) },
            { key: "result", label: words.job_log.result, cell: (row) => (row.error === "" ? words.job_log.good : row.error) },
          ]} />
        ))}
      </Answer>
      <DialogButtons><Button onPress={onClose}>{t.common.close}</Button></DialogButtons>
    </Dialog>
  );
}

export function GiveUpJobDialog({ job, onClose }: { job: JobRow; onClose: () => void }) {
  const { t } = useJobText();
  const words = useWords(systemWords);
  const say = useToast();
  const [reason, setReason] = useState("");
  const change = useChange({
    onDone: () => {
      say(words.job_log.said.given_up);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={words.job_log.give_up} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([reason.trim() === "" && { path: "reason", message: t.form.must(t.common.reason) }])) change.mutate({ path: `/jobs/${job.id}/giving-up`, body: { reason: reason.trim() } });
      }}>
        <p className="muted small">{words.job_log.give_up_hint}</p>
        <TextField name="reason" label={t.common.reason} value={reason} onChange={setReason} error={faults.of("reason")} required />
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look="danger" busy={change.isPending}>{words.job_log.give_up}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
