import { useEffect, useState } from "react";
import { Button } from "react-aria-components/Button";
import { Input } from "react-aria-components/Input";
import { Label } from "react-aria-components/Label";
import { SearchField as AriaSearchField } from "react-aria-components/SearchField";
import { useLanguage } from "../../i18n/language";
import "./search_field.css";

/** Waits for a short rest in typing; Enter does not wait. */
export function SearchField({ label, value, onSearch }: { label: string; value: string; onSearch: (text: string) => void }) {
  const { t } = useLanguage();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => onSearch(typed), 350);
    return () => clearTimeout(timer);
  }, [typed, value, onSearch]);
  return (
    <AriaSearchField className="field field--compact search-field" value={typed} onChange={setTyped} onSubmit={onSearch} onClear={() => onSearch("")}>
      <Label className="field__label">{label}</Label>
      <div className="search-field__box">
        <Input className="input" />
        {typed ? <Button className="search-field__clear" aria-label={t.common.clear}>✕</Button> : null}
      </div>
    </AriaSearchField>
  );
}
