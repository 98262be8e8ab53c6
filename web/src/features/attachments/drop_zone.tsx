import { useState, type ChangeEvent } from "react";
import { useAttachmentText } from "./words";
import "../../ui/button/button.css";
import "../../ui/file_drop/file_drop.css";

/** Files dropped or chosen, several at once; on a device that is touched also the camera. */
export function DropZone({ accept, hint, onFiles }: { accept: string; hint: string; onFiles: (files: File[]) => void }) {
  const { t } = useAttachmentText();
  const [over, setOver] = useState(false);
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.target.files ?? [])]);
    event.target.value = ""; // the same file may be chosen again after a fault
  };
  return (
    <div
      className={over ? "drop drop--over attach-drop no-print" : "drop attach-drop no-print"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <span className="attach-drop__words">{t.attachments.drop}</span>
      <span className="row">
        <span className="file-button">
          <span className="button button--secondary" aria-hidden="true">{t.attachments.choose}</span>
          <input type="file" multiple accept={accept} aria-label={t.attachments.choose} aria-describedby="attach-hint" onChange={chosen} />
        </span>
        <span className="file-button attach-drop__camera">
          <span className="button button--secondary" aria-hidden="true">{t.attachments.camera}</span>
          <input type="file" accept="image/*" capture="environment" aria-label={t.attachments.camera} onChange={chosen} />
        </span>
      </span>
      <span id="attach-hint" className="field__hint">{hint}</span>
    </div>
  );
}
