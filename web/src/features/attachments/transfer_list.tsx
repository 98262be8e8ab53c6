import { ApiFault } from "../../api/client";
import { sizeText } from "../../lib/text_file";
import { Button } from "../../ui/button/button";
import { useFaultText } from "../../ui/empty_state/empty_state";
import { Progress } from "../../ui/progress/progress";
import type { Transfer } from "./use_transfers";
import { useAttachmentText } from "./words";

export function TransferList({ transfers, onCancel, onResume, onDismiss }: {
  transfers: Transfer[];
  onCancel: (key: number) => void;
  onResume: (key: number) => void;
  onDismiss: (key: number) => void;
}) {
  const { t } = useAttachmentText();
  if (transfers.length === 0) return null;
  return (
    <ul className="plain-list stack stack--tight" aria-label={t.attachments.uploading}>
      {transfers.map((each) => (
        <li key={each.key}>
          {each.state === "failed" ? <Failed transfer={each} onResume={onResume} onDismiss={onDismiss} /> : <Sending transfer={each} onCancel={onCancel} />}
        </li>
      ))}
    </ul>
  );
}

function Sending({ transfer, onCancel }: { transfer: Transfer; onCancel: (key: number) => void }) {
  const { t } = useAttachmentText();
  const { file, sent, state } = transfer;
  return (
    <>
      <Progress label={t.attachments.sending(file.name, sizeText(sent), sizeText(file.size))} value={state === "checking" ? null : file.size > 0 ? (100 * sent) / file.size : 0} onCancel={() => onCancel(transfer.key)} />
      <p className="small muted" role="status">
        {state === "waiting" ? t.attachments.waiting(String(transfer.seconds)) : state === "checking" ? t.attachments.checking : transfer.before > 0 ? t.attachments.found(sizeText(transfer.before)) : ""}
      </p>
    </>
  );
}

function Failed({ transfer, onResume, onDismiss }: { transfer: Transfer; onResume: (key: number) => void; onDismiss: (key: number) => void }) {
  const { t } = useAttachmentText();
  const text = useFaultText();
  const { error } = transfer;
  const said = typeof error === "string" ? null : text(error);
  const field = error instanceof ApiFault ? error.fields[0]?.message : undefined;
  return (
    <div className="attach-fault" role="alert">
      <strong>{t.attachments.failed(transfer.file.name)}</strong>
      <p className="small">{typeof error === "string" ? error : (field ?? said?.detail ?? said?.title)}</p>
      <div className="row">
        {error instanceof ApiFault && error.outcomeIsUnknown ? <Button small onPress={() => onResume(transfer.key)}>{t.attachments.resume}</Button> : null}
        <Button small look="quiet" onPress={() => onDismiss(transfer.key)}>{t.attachments.dismiss}</Button>
      </div>
    </div>
  );
}
