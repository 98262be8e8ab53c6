import { Link } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { ReportRow } from "../../api/types";
import { useMay } from "../../app/session";
import { useLanguage, useWords } from "../../i18n/language";
import { LinkButton } from "../../ui/button/button";
import { Answer } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { reports } from "./words";
import "./reports.css";

/** What can be asked for, and the ways to what was issued and what goes out by mail. */
export function ReportsPage() {
  const { f } = useLanguage();
  const words = useWords(reports);
  const allowed = useMay();
  const list = useRead<{ rows: ReportRow[] }>("/reports");
  return (
    <>
      <PageTitle title={words.title} lead={list.data ? words.lead(f.number(list.data.rows.length)) : undefined}
        actions={<><LinkButton to="/reports/issued">{words.issued.title}</LinkButton>{allowed("schedule_reports") ? <LinkButton to="/reports/schedules">{words.schedules.title}</LinkButton> : null}</>} />
      <Answer of={list}>
        {(data) => (
          <ul className="report-list">
            {data.rows.map((row) => (
              <li key={row.name} className="panel">
                <h2><Link to="/reports/$name" params={{ name: row.name } as never}>{row.title}</Link></h2>
                <p>{row.about}</p>
              </li>
            ))}
          </ul>
        )}
      </Answer>
    </>
  );
}
