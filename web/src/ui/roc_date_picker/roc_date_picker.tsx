import { lazy, Suspense, useEffect, useId, useRef, useState } from "react";
import { Button } from "react-aria-components/Button";
import { Dialog, DialogTrigger } from "react-aria-components/Dialog";
import { Popover } from "react-aria-components/Popover";
import { useLanguage } from "../../i18n/language";
import { parseTypedDate } from "../../lib/roc";
import { Field } from "../form/field";
import "../dialog/dialog.css";
import "./roc_date_picker.css";

const Month = lazy(() => import("./month"));

/** A date typed as 112/03/07 (or in any of the usual ways), or picked from a month of the Taiwan calendar. */
export function RocDatePicker({ label, value, onChange, name, error, hint, required, compact }: {
  label: string;
  value: string | null;
  onChange: (iso: string | null) => void;
  name?: string | undefined;
  error?: string | undefined;
  hint?: string | undefined;
  required?: boolean;
  compact?: boolean;
}) {
  const { t, f } = useLanguage();
  const own = useId();
  const id = name ? `field-${name}` : own;
  const [typed, setTyped] = useState(value ? f.date(value) : "");
  const [refused, setRefused] = useState(false);
  const [open, setOpen] = useState(false);
  const emptied = useRef(false);
  useEffect(() => {
    // What was refused stays to be corrected, though it is no value.
    if (emptied.current && value === null) return;
    emptied.current = false;
    setTyped(value ? f.date(value) : "");
    setRefused(false);
  }, [value, f]);
  const commit = () => {
    const text = typed.trim();
    if (text === "") {
      emptied.current = false;
      setRefused(false);
      if (value !== null) onChange(null);
      return;
    }
    const iso = parseTypedDate(text);
    setRefused(iso === null);
    // The date typed before must not be sent in place of the one that cannot be read.
    emptied.current = iso === null;
    if (iso === null && value !== null) onChange(null);
    if (iso !== null) {
      setTyped(f.date(iso));
      if (iso !== value) onChange(iso);
    }
  };
  const fault = refused ? t.date.unreadable : error;
  return (
    <Field id={id} label={label} error={fault} hint={hint} required={required} compact={compact}>
      <div className="date-box">
        <input
          id={id} className="input" value={typed} placeholder={t.date.placeholder} autoComplete="off" inputMode="text"
          aria-invalid={fault ? true : undefined} aria-describedby={`${hint ? `${id}-hint` : ""} ${fault ? `${id}-error` : ""}`.trim() || undefined}
          onChange={(event) => setTyped(event.target.value)} onBlur={commit}
          onKeyDown={(event) => { if (event.key === "Enter") commit(); }}
        />
        <DialogTrigger isOpen={open} onOpenChange={setOpen}>
          <Button className="date-box__open" aria-label={t.date.open(label)}>
            <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d="M2 3.5h12v10H2zM2 6.5h12M5 1.5v3M11 1.5v3" fill="none" stroke="currentColor" strokeWidth="1.5" /></svg>
          </Button>
          <Popover className="popover" placement="bottom start">
            <Dialog aria-label={t.date.choose(label)} className="month">
              <Suspense fallback={<p role="status">{t.common.loading}</p>}>
                <Month value={value} onChoose={(iso) => {
                  onChange(iso);
                  setOpen(false);
                }} />
              </Suspense>
            </Dialog>
          </Popover>
        </DialogTrigger>
      </div>
    </Field>
  );
}
