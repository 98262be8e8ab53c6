import { useId } from "react";
import { Field } from "../form/field";
import "./select.css";

export interface Option {
  value: string;
  label: string;
}

/** A few fixed choices: the browser's own list, which every phone and screen reader knows. */
export function Select({ label, value, options, onChange, name, error, hint, required, compact }: {
  label: string;
  value: string;
  options: Option[];
  onChange: (value: string) => void;
  name?: string | undefined;
  error?: string | undefined;
  hint?: string | undefined;
  required?: boolean;
  compact?: boolean;
}) {
  const own = useId();
  const id = name ? `field-${name}` : own;
  return (
    <Field id={id} label={label} error={error} hint={hint} required={required} compact={compact}>
      <select
        id={id} className="input select" value={value} aria-invalid={error ? true : undefined} required={required}
        aria-describedby={`${hint ? `${id}-hint` : ""} ${error ? `${id}-error` : ""}`.trim() || undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
      </select>
    </Field>
  );
}
