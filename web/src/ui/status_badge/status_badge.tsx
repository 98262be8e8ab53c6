import { useLanguage } from "../../i18n/language";
import type { Text } from "../../i18n/zh";

export type Status = keyof Text["status"];

/** A word, a shape and a colour; the shape and the colour come from tokens.css. */
export function StatusBadge({ status, note }: { status: Status; note?: string }) {
  const { t } = useLanguage();
  return (
    <span className={`status status--${status}`}>
      {t.status[status]}
      {note ? ` ${note}` : null}
    </span>
  );
}
