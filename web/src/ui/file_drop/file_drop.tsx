import { useState } from "react";
import { useWords } from "../../i18n/language";
import { sizeText } from "../../lib/text_file";
import { fileWords } from "./words";
import "../button/button.css";
import "../form/form.css";
import "./file_drop.css";

/** A file chosen or dropped; the chosen one is named. */
export function FileDrop({ name, label, accept, hint, file, onFile, error }: {
  name: string;
  label: string;
  accept: string;
  hint: string;
  file: File | null;
  onFile: (file: File) => void;
  error?: string | undefined;
}) {
  const w = useWords(fileWords);
  const [over, setOver] = useState(false);
  const id = `field-${name}`;
  return (
    <div
      className={`${error ? "field field--error" : "field"}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const dropped = event.dataTransfer.files[0];
        if (dropped) onFile(dropped);
      }}
    >
      <label className="field__label" htmlFor={id}>{label}</label>
      {error ? <span id={`${id}-error`} className="field__error">{error}</span> : null}
      <div className={over ? "drop drop--over" : "drop"}>
        <span>{w.file_drop.drop}</span>
        <span className="file-button">
          <span className="button button--secondary">{w.file_drop.choose}</span>
          <input
            id={id} type="file" accept={accept} aria-describedby={`${id}-hint${error ? ` ${id}-error` : ""}`} aria-invalid={error ? true : undefined}
            onChange={(event) => {
              const chosen = event.target.files?.[0];
              if (chosen) onFile(chosen);
            }}
          />
        </span>
        <span id={`${id}-hint`} className="field__hint">{hint}</span>
        {file ? <span className="drop__chosen" role="status">{w.file_drop.chosen(file.name, sizeText(file.size))}</span> : null}
      </div>
    </div>
  );
}
