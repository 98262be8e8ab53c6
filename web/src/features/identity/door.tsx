import icon from "../../../public/icon.svg";
import type { ReactNode } from "react";
import { useLanguage } from "../../i18n/language";
import { PageTitle } from "../../ui/page_title/page_title";
import { Switches } from "../../ui/switches/switches";
import "./identity.css";

/** What pages without a session stand in. */
export function Door({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useLanguage();
  return (
    <div className="sign-in">
      <main className="sign-in__box" id="main">
        <div className="sign-in__brand"><img src={icon} alt="" width="36" height="36" /><span>{t.shell.product}</span></div>
        <PageTitle title={title} />
        {children}
      </main>
      <footer className="sign-in__foot">
        <Switches />
        <a href="/" className="small">{t.shell.public_site}</a>
      </footer>
    </div>
  );
}
