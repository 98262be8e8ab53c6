import { useLanguage } from "../../i18n/language";
import { Button } from "../button/button";
import { RocDatePicker } from "../roc_date_picker/roc_date_picker";
import { Notice } from "./notice";

/** Asks for the state of knowledge of a past day. */
export function AsKnownOnField({ value, onChange }: { value: string | null; onChange: (iso: string | null) => void }) {
  const { t } = useLanguage();
  return <RocDatePicker compact label={t.common.as_known_on} value={value} onChange={onChange} />;
}

/** While a past day is shown, the page says so. */
export function AsKnownOnNotice({ value, onNow }: { value: string | null | undefined; onNow: () => void }) {
  const { t, f } = useLanguage();
  if (!value) return null;
  return <Notice warn action={<Button small onPress={onNow}>{t.common.back_to_now}</Button>}>{t.common.showing_past(f.longDate(value))}</Notice>;
}
