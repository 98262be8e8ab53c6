import { useEffect, useMemo, useRef, useState, type FormEvent, type ReactNode } from "react";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { Text } from "react-aria-components/Text";
import { TextArea } from "react-aria-components/TextArea";
import { TextField as AriaTextField } from "react-aria-components/TextField";
import { ApiFault } from "../../api/client";
import { useLanguage } from "../../i18n/language";
import { useFaultText } from "../empty_state/empty_state";
import "./form.css";

export interface FormFault {
  path: string;
  message: string;
}

/** The faults of a form: those found here before sending, else those the server named. */
export function useFaults(error: unknown) {
  const [own, setOwn] = useState<FormFault[]>([]);
  const faults = useMemo(
    () => (own.length > 0 ? own : error instanceof ApiFault ? error.fields.map(({ path, message }) => ({ path, message })) : []),
    [own, error],
  );
  return {
    faults,
    of: (path: string) => faults.find((fault) => fault.path === path)?.message,
    /** True when there is nothing against sending. */
    check: (found: (FormFault | false | null | undefined)[]) => {
      const real = found.filter((fault): fault is FormFault => Boolean(fault));
      setOwn(real);
      return real.length === 0;
    },
  };
}

export function Form({ onSubmit, faults, error, children, wide, label }: {
  onSubmit: () => void;
  faults: FormFault[];
  error?: unknown;
  children: ReactNode;
  wide?: boolean;
  label?: string;
}) {
  return (
    <form
      noValidate className={wide ? "form form--wide" : "form"} aria-label={label}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        event.stopPropagation();
        onSubmit();
      }}
    >
      <ErrorSummary faults={faults} error={error} />
      {children}
    </form>
  );
}

export function ErrorSummary({ faults, error }: { faults: FormFault[]; error?: unknown }) {
  const { t } = useLanguage();
  const text = useFaultText();
  const box = useRef<HTMLDivElement>(null);
  const shown = faults.length > 0 || Boolean(error);
  useEffect(() => {
    if (shown) box.current?.focus();
  }, [shown, faults, error]);
  if (!shown) return null;
  const said = error ? text(error) : null;
  return (
    <div ref={box} className="error-summary" role="alert" tabIndex={-1}>
      <h2>{faults.length > 0 ? t.form.summary(faults.length) : said?.title}</h2>
      {said?.detail && faults.length === 0 ? <p className="small">{said.detail}</p> : null}
      {faults.length > 0 ? (
        <ul>
          {faults.map((fault) => (
            <li key={fault.path + fault.message}>
              <a href={`#field-${fault.path}`} onClick={(event) => {
                event.preventDefault();
                document.getElementById(`field-${fault.path}`)?.focus();
              }}>{fault.message}</a>
            </li>
          ))}
        </ul>
      ) : null}
      {said?.requestId ? <p className="small">{t.errors.request(said.requestId)}</p> : null}
    </div>
  );
}

export function TextField({ name, label, value, onChange, error, hint, required, type = "text", multiline, autoComplete, autoFocus, inputMode }: {
  name: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  error?: string | undefined;
  hint?: string | undefined;
  required?: boolean;
  type?: "text" | "password" | "email" | "tel" | "number";
  multiline?: boolean;
  autoComplete?: string;
  autoFocus?: boolean;
  inputMode?: "numeric" | "decimal" | "text";
}) {
  const { t } = useLanguage();
  const id = `field-${name}`;
  return (
    <AriaTextField
      className={error ? "field field--error" : "field"} value={value} onChange={onChange} isInvalid={Boolean(error)}
      isRequired={required ?? false} validationBehavior="aria" type={type} {...(autoComplete ? { autoComplete } : {})}
      {...(autoFocus ? { autoFocus } : {})} {...(inputMode ? { inputMode } : {})}
    >
      <Label className="field__label">{label}{required ? <span className="field__must"> {t.form.required}</span> : null}</Label>
      {hint ? <Text slot="description" className="field__hint">{hint}</Text> : null}
      {error ? <Text slot="errorMessage" className="field__error">{error}</Text> : null}
      {multiline ? <TextArea id={id} className="input" /> : <Input id={id} className="input" />}
    </AriaTextField>
  );
}

export function Check({ label, checked, onChange }: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}

export function Choices({ label, name, value, options, onChange }: {
  label: string;
  name: string;
  value: string;
  options: { value: string; label: string }[];
  onChange: (value: string) => void;
}) {
  return (
    <fieldset className="choices">
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value} className="check">
          <input type="radio" name={name} value={option.value} checked={value === option.value} onChange={() => onChange(option.value)} />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  );
}
