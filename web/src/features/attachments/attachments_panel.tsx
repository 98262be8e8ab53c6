import { useState } from "react";
import { address } from "../../api/client";
import { useRead } from "../../api/hooks";
import type { Attachment, AttachmentList } from "../../api/types";
import { nameOf } from "../../i18n/names";
import { sizeText } from "../../lib/text_file";
import { Button, DownloadLink } from "../../ui/button/button";
import { Answer } from "../../ui/empty_state/empty_state";
import { useToast } from "../../ui/toast/toast";
import { DescribeDialog, fileUrl, PreviewDialog, WithdrawDialog } from "./attachment_dialogs";
import { DropZone } from "./drop_zone";
import type { RecordRef } from "./send_file";
import { TransferList } from "./transfer_list";
import { useTransfers } from "./use_transfers";
import { useAttachmentText } from "./words";
import "./attachments.css";

/** The attachments of any record: what is there, and adding more. */
export default function AttachmentsPanel({ record }: { record: RecordRef }) {
  const { t } = useAttachmentText();
  // While a preview is being made the list is asked for again, so that it appears by itself.
  const list = useRead<AttachmentList>("/attachments", { record_kind: record.kind, record_id: record.id }, { every: (data) => (data?.rows.some((row) => row.preview === "waiting") ? 3000 : false) });
  return (
    <section className="panel" aria-labelledby="attachments">
      <h2 id="attachments">{t.attachments.title}</h2>
      <Answer of={list}>{(data) => <PanelBody record={record} list={data} />}</Answer>
    </section>
  );
}

type Open = { what: "preview" | "describe" | "withdraw"; attachment: Attachment };

const kindsText = (list: AttachmentList, between: string) => [...new Set(list.extensions.map((each) => ({ jpeg: "JPG", tif: "TIFF" })[each] ?? each.toUpperCase()))].join(between);

function PanelBody({ record, list }: { record: RecordRef; list: AttachmentList }) {
  const { t, language } = useAttachmentText();
  const say = useToast();
  const kinds = kindsText(list, language === "en" ? ", " : "、");
  const [open, setOpen] = useState<Open | null>(null);
  const [withdrawnShown, setWithdrawnShown] = useState(false);
  const sending = useTransfers(record, (attachment) => say(t.attachments.added(attachment.name)));
  const current = list.rows.filter((row) => !row.withdrawn_at);
  const withdrawn = list.rows.filter((row) => row.withdrawn_at);
  const room = { files: list.files_max - list.files_count, bytes: list.bytes_max - list.bytes_count };
  const refusal = (file: File) => {
    const ending = file.name.includes(".") ? (file.name.split(".").pop() ?? "").toLowerCase() : "";
    if (!list.extensions.includes(ending)) return t.attachments.wrong_kind(kinds);
    return file.size > list.file_bytes_max ? t.attachments.too_large(sizeText(list.file_bytes_max)) : null;
  };
  const total = current.reduce((sum, row) => sum + row.size, 0);
  return (
    <div className="stack stack--tight">
      {current.length === 0 ? <p className="muted small">{list.may_add ? t.attachments.none : t.attachments.none_readonly}</p> : (
        <>
          <div className="row row--between">
            <span className="small muted">{t.attachments.count(String(current.length), sizeText(total))}</span>
            {current.length > 1 ? <DownloadLink href={address("/attachments.zip", { record_kind: record.kind, record_id: record.id }).replace(/^\/api/, "/files")}>{t.attachments.download_all}</DownloadLink> : null}
          </div>
          <ul className="attach-list">
            {current.map((row) => <AttachmentRow key={row.id} attachment={row} onOpen={(what) => setOpen({ what, attachment: row })} />)}
          </ul>
        </>
      )}
      <TransferList transfers={sending.transfers} onCancel={sending.cancel} onResume={sending.resume} onDismiss={sending.dismiss} />
      {list.may_add ? (
        <DropZone
          accept={list.extensions.map((each) => `.${each}`).join(",")} onFiles={(files) => sending.add(files, refusal)}
          hint={`${t.attachments.limits(kinds, sizeText(list.file_bytes_max))}${room.files < 20 || room.bytes < list.file_bytes_max ? ` ${t.attachments.room(String(Math.max(0, room.files)), sizeText(Math.max(0, room.bytes)))}` : ""}`}
        />
      ) : null}
      {withdrawn.length > 0 ? <WithdrawnRows rows={withdrawn} shown={withdrawnShown} onShow={() => setWithdrawnShown(true)} /> : null}
      {open?.what === "preview" ? <PreviewDialog attachment={open.attachment} onClose={() => setOpen(null)} /> : null}
      {open?.what === "describe" ? <DescribeDialog attachment={open.attachment} onClose={() => setOpen(null)} /> : null}
      {open?.what === "withdraw" ? <WithdrawDialog attachment={open.attachment} onClose={() => setOpen(null)} /> : null}
    </div>
  );
}

function useFacts() {
  const { t } = useAttachmentText();
  return (row: Attachment) => [
    (row.name.split(".").pop() ?? "").toUpperCase(), sizeText(row.size),
    ...(row.type === "application/pdf" && row.pages > 0 ? [t.attachments.pages(String(row.pages))] : row.width > 0 ? [t.attachments.pixels(String(row.width), String(row.height))] : []),
  ].join(" · ");
}

function AttachmentRow({ attachment: row, onOpen }: { attachment: Attachment; onOpen: (what: Open["what"]) => void }) {
  const { t, f } = useAttachmentText();
  const facts = useFacts();
  return (
    <li className="attach-row">
      {row.preview === "ready" ? (
        <button type="button" className="attach-row__picture" aria-label={t.attachments.preview_of(row.name)} onClick={() => onOpen("preview")}>
          <img src={`${fileUrl(row.id)}/pages/thumbnail`} alt="" loading="lazy" />
        </button>
      ) : <span className="attach-row__picture attach-row__picture--none" aria-hidden="true">{(row.name.split(".").pop() ?? "").toUpperCase()}</span>}
      <div className="attach-row__words">
        <a href={fileUrl(row.id)} download>{row.name}</a>
        {row.caption ? <p>{row.caption}</p> : null}
        <p className="small muted">{facts(row)}{row.preview === "waiting" || row.preview === "failed" ? ` · ${nameOf(t.attachments.preview_states, row.preview)}` : ""}</p>
        <p className="small muted">{t.attachments.by(row.added_by_name || t.common.system, f.instant(row.added_at))}</p>
        <div className="row no-print">
          {row.preview === "ready" ? <Button small look="quiet" onPress={() => onOpen("preview")}>{t.attachments.preview}<span className="visually-hidden"> {row.name}</span></Button> : null}
          {row.actions.includes("describe") ? <Button small look="quiet" onPress={() => onOpen("describe")}>{t.attachments.describe}<span className="visually-hidden"> {row.name}</span></Button> : null}
          {row.actions.includes("withdraw") ? <Button small look="quiet" onPress={() => onOpen("withdraw")}>{t.attachments.withdraw}<span className="visually-hidden"> {row.name}</span></Button> : null}
        </div>
      </div>
    </li>
  );
}

function WithdrawnRows({ rows, shown, onShow }: { rows: Attachment[]; shown: boolean; onShow: () => void }) {
  const { t, f } = useAttachmentText();
  if (!shown) return <div><Button small look="quiet" onPress={onShow}>{t.attachments.show_withdrawn(String(rows.length))}</Button></div>;
  return (
    <ul className="plain-list">
      {rows.map((row) => (
        <li key={row.id} className="said">
          <p><s>{row.name}</s></p>
          <p className="small">{row.withdrawn_why}</p>
          <p className="small muted">{t.attachments.withdrawn_by(row.withdrawn_by_name ?? t.common.system, row.withdrawn_at ? f.instant(row.withdrawn_at) : "")}</p>
        </li>
      ))}
    </ul>
  );
}
