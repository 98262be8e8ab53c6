import { ProgressBar } from "react-aria-components/ProgressBar";
import { Label } from "react-aria-components/Label";
import { useLanguage } from "../../i18n/language";
import { useCssVariables } from "../../lib/css_variables";
import { Button } from "../button/button";
import "./progress.css";

/** Long work: how far it is, and a way out. Without a value the length is not known yet. */
export function Progress({ label, value, onCancel }: { label: string; value: number | null; onCancel?: () => void }) {
  const { t } = useLanguage();
  const fill = useCssVariables<HTMLDivElement>({ "--done": `${Math.round(value ?? 0)}%` });
  return (
    <ProgressBar className="progress" {...(value === null ? { isIndeterminate: true } : { value })}>
      {({ valueText }) => (
        <>
          <div className="progress__row">
            <Label>{label}</Label>
            <span className="number">{value === null ? t.common.working : valueText}</span>
          </div>
          <div className="progress__track"><div ref={fill} className={value === null ? "progress__fill progress__fill--unknown" : "progress__fill"} /></div>
          {onCancel ? <div><Button small onPress={onCancel}>{t.common.cancel}</Button></div> : null}
        </>
      )}
    </ProgressBar>
  );
}

/** A share already stated in words beside it, so the bar itself is silent. */
export function Meter({ part, whole }: { part: number; whole: number }) {
  const fill = useCssVariables<HTMLSpanElement>({ "--done": whole > 0 ? `${(100 * part) / whole}%` : "0%" });
  return (
    <span className="meter">
      <span className="meter__track" aria-hidden="true"><span ref={fill} className="meter__fill" /></span>
      <span>{part}/{whole}</span>
    </span>
  );
}
