import type { ReactNode } from "react";
import { useLanguage } from "../../i18n/language";
import "./form.css";

export function Field({ id, label, error, hint, required, compact, children }: {
  id: string;
  label: string;
  error?: string | undefined;
  hint?: string | undefined;
  required?: boolean | undefined;
  compact?: boolean | undefined;
  children: ReactNode;
}) {
  const { t } = useLanguage();
  return (
    <div className={`field${error ? " field--error" : ""}${compact ? " field--compact" : ""}`}>
      <label className="field__label" htmlFor={id}>{label}{required ? <span className="field__must"> {t.form.required}</span> : null}</label>
      {hint ? <span id={`${id}-hint`} className="field__hint">{hint}</span> : null}
      {error ? <span id={`${id}-error`} className="field__error">{error}</span> : null}
      {children}
    </div>
  );
}
