import { Button } from "react-aria-components/Button";
import { ComboBox as AriaComboBox } from "react-aria-components/ComboBox";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { ListBox, ListBoxItem } from "react-aria-components/ListBox";
import { Popover } from "react-aria-components/Popover";
import { Text } from "react-aria-components/Text";
import { useLanguage } from "../../i18n/language";
import { fold } from "../../lib/fold";
import type { Option } from "./select";
import "../dialog/dialog.css";
import "./select.css";

/** Many choices, found by typing part of the name; 台 finds 臺. */
export function ComboBox({ label, value, options, onChange, name, error, hint, required, compact, onType }: {
  label: string;
  value: string | null;
  options: Option[];
  onChange: (value: string | null) => void;
  name?: string | undefined;
  error?: string | undefined;
  hint?: string | undefined;
  required?: boolean;
  compact?: boolean;
  /** The owner looks for what is typed and gives other options; nothing is filtered here. */
  onType?: (typed: string) => void;
}) {
  const { t } = useLanguage();
  return (
    <AriaComboBox
      className={`field${error ? " field--error" : ""}${compact ? " field--compact" : ""}`}
      selectedKey={value} onSelectionChange={(key) => onChange(key === null || key === "" ? null : String(key))}
      isInvalid={Boolean(error)} isRequired={required ?? false} validationBehavior="aria" menuTrigger="focus"
      defaultFilter={onType ? () => true : (text, typed) => fold(text).includes(fold(typed))} allowsEmptyCollection {...(onType ? { onInputChange: onType } : {})}
    >
      <Label className="field__label">{label}{required ? <span className="field__must"> {t.form.required}</span> : null}</Label>
      {hint ? <Text slot="description" className="field__hint">{hint}</Text> : null}
      {error ? <Text slot="errorMessage" className="field__error">{error}</Text> : null}
      <div className="combo">
        <Input className="input" {...(name ? { id: `field-${name}` } : {})} />
        <Button className="combo__button"><span aria-hidden="true">▾</span></Button>
      </div>
      <Popover className="popover">
        <ListBox className="list" renderEmptyState={() => <div className="list__empty">{t.common.nothing_found}</div>}>
          {options.map((option) => <ListBoxItem key={option.value} id={option.value} textValue={option.label} className="list__option">{option.label}</ListBoxItem>)}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
