import { useLanguage } from "../../i18n/language";
import "./skip_link.css";

export function SkipLink() {
  const { t } = useLanguage();
  return (
    <a className="skip-link" href="#main" onClick={(event) => {
      event.preventDefault();
      document.getElementById("main")?.focus();
    }}>
      {t.shell.skip}
    </a>
  );
}
