import { useEffect, useState } from "react";
import { useChange } from "../../api/hooks";
import type { Attachment } from "../../api/types";
import { Button, DownloadLink } from "../../ui/button/button";
import { Dialog, DialogButtons, SubmitButtons } from "../../ui/dialog/dialog";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { useToast } from "../../ui/toast/toast";
import { useAttachmentText } from "./words";

export const fileUrl = (id: string) => `/files/attachments/${id}`;

export function PreviewDialog({ attachment, onClose }: { attachment: Attachment; onClose: () => void }) {
  const { t } = useAttachmentText();
  const [page, setPage] = useState(1);
  const pages = attachment.preview_pages;
  useEffect(() => {
    const turn = (event: KeyboardEvent) => {
      if (event.key === "ArrowLeft") setPage((now) => Math.max(1, now - 1));
      if (event.key === "ArrowRight") setPage((now) => Math.min(pages, now + 1));
    };
    window.addEventListener("keydown", turn);
    return () => window.removeEventListener("keydown", turn);
  }, [pages]);
  const place = t.attachments.preview_page(String(page), String(pages));
  return (
    <Dialog title={attachment.name} isOpen onClose={onClose} wide>
      <div className="attach-preview"><img src={`${fileUrl(attachment.id)}/pages/${page}`} alt={pages > 1 ? place : attachment.caption || attachment.name} /></div>
      {attachment.pages > pages && attachment.type === "application/pdf" ? <p className="small muted">{t.attachments.preview_more(String(pages), String(attachment.pages))}</p> : null}
      <DialogButtons>
        {pages > 1 ? (
          <>
            <Button isDisabled={page === 1} onPress={() => setPage(page - 1)}>{t.attachments.previous}</Button>
            <span className="attach-preview__place number" role="status">{place}</span>
            <Button isDisabled={page === pages} onPress={() => setPage(page + 1)}>{t.attachments.next}</Button>
          </>
        ) : null}
        <DownloadLink href={fileUrl(attachment.id)}>{t.attachments.download}</DownloadLink>
        <Button look="primary" onPress={onClose}>{t.common.close}</Button>
      </DialogButtons>
    </Dialog>
  );
}

export function DescribeDialog({ attachment, onClose }: { attachment: Attachment; onClose: () => void }) {
  const { t } = useAttachmentText();
  const say = useToast();
  const [caption, setCaption] = useState(attachment.caption);
  const change = useChange<Attachment>({ onDone: () => {
    say(t.attachments.described);
    onClose();
  } });
  const faults = useFaults(change.error);
  return (
    <Dialog title={attachment.name} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => change.mutate({ method: "PUT", path: `/attachments/${attachment.id}`, body: { caption: caption.trim(), place: attachment.place } })}>
        <TextField name="caption" label={t.attachments.caption} hint={t.attachments.caption_hint} value={caption} onChange={setCaption} error={faults.of("caption")} />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

export function WithdrawDialog({ attachment, onClose }: { attachment: Attachment; onClose: () => void }) {
  const { t } = useAttachmentText();
  const say = useToast();
  const [reason, setReason] = useState("");
  const change = useChange<Attachment>({ onDone: () => {
    say(t.attachments.withdrawn);
    onClose();
  } });
  const faults = useFaults(change.error);
  const send = () => {
    if (!faults.check([reason.trim() === "" && { path: "reason", message: t.form.must(t.common.reason) }])) return;
    change.mutate({ path: `/attachments/${attachment.id}/withdrawal`, body: { reason: reason.trim() } });
  };
  return (
    <Dialog title={t.attachments.withdraw_title(attachment.name)} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={send}>
        <p>{t.attachments.withdraw_hint}</p>
        <TextField name="reason" label={t.common.reason} multiline value={reason} onChange={setReason} error={faults.of("reason")} required />
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look="danger" busy={change.isPending}>{t.attachments.withdraw}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
