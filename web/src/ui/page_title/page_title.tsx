import { useEffect, type ReactNode } from "react";
import { Link } from "@tanstack/react-router";
import { useLanguage } from "../../i18n/language";
import "./page_title.css";

export interface Crumb {
  label: string;
  to: string;
}

/** The page's name and, in one sentence with its number, its answer. Strong parts of the lead are marked **so**. */
export function PageTitle({ title, lead, crumbs = [], actions, children }: {
  title: string;
  lead?: string | undefined;
  crumbs?: Crumb[];
  actions?: ReactNode;
  children?: ReactNode;
}) {
  const { t } = useLanguage();
  useEffect(() => {
    document.title = `${title} – ${t.shell.product}`;
  }, [title, t]);
  return (
    <header className="page-title">
      {crumbs.length > 0 ? (
        <nav aria-label={t.shell.breadcrumb} className="no-print">
          <ol className="crumbs">
            {crumbs.map((crumb) => <li key={crumb.to}><Link to={crumb.to}>{crumb.label}</Link></li>)}
            <li aria-current="page">{title}</li>
          </ol>
        </nav>
      ) : null}
      <div className="page-title__row">
        <h1>{title}</h1>
        {actions ? <div className="page-title__actions no-print">{actions}</div> : null}
      </div>
      {lead ? <p className="page-title__lead"><Emphasis text={lead} /></p> : null}
      {children}
    </header>
  );
}

export function Emphasis({ text }: { text: string }) {
  return <>{text.split("**").map((part, index) => (index % 2 === 1 ? <strong key={index}>{part}</strong> : part))}</>;
}
