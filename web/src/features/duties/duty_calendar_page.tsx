import { Link } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { DutyCalendar, DutyRow } from "../../api/types";
import { useFilters } from "../../app/search";
import { useSession } from "../../app/session";
import { daysInMonth, monthGrid, parseIso, toIso } from "../../lib/roc";
import { Button } from "../../ui/button/button";
import { Answer } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { StatusBadge } from "../../ui/status_badge/status_badge";
import { Select } from "../../ui/select/select";
import { useDutyText } from "./words";
import "./duties.css";

export function DutyCalendarPage() {
  const { t, f } = useDutyText();
  const session = useSession();
  const [filter, change] = useFilters<"month" | "view">();
  const now = parseIso(session.today) ?? { year: 2023, month: 1, day: 1 };
  const asked = parseIso(`${filter.month ?? ""}-01`);
  const { year, month } = asked ?? now;
  const view = filter.view ?? "mine";
  const from = toIso({ year, month, day: 1 });
  const to = toIso({ year, month, day: daysInMonth(year, month) });
  const calendar = useRead<DutyCalendar>("/duty-calendar", { from, to, view }, { keep: true });
  const go = (by: number) => {
    const at = year * 12 + month - 1 + by;
    change({ month: `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, "0")}` });
  };
  const count = calendar.data?.days.reduce((sum, day) => sum + day.duties.length + day.more, 0);
  return (
    <>
      <PageTitle
        title={`${t.duty_calendar.title} ${t.date.month_name(year, month)}`}
        lead={count === undefined ? undefined : count === 0 ? t.duty_calendar.none : t.duty_calendar.lead(f.number(count))}
        crumbs={[{ label: t.nav.duties, to: "/duties" }]}
      >
        <div className="row row--bottom no-print">
          <Select compact label={t.nav.duties} value={view} onChange={(next) => change({ view: next })} options={Object.entries(t.duties.views).map(([value, label]) => ({ value, label }))} />
          <Button onPress={() => go(-1)}>{t.duty_calendar.previous}</Button>
          <Button onPress={() => change({ month: null })}>{t.duty_calendar.today}</Button>
          <Button onPress={() => go(1)}>{t.duty_calendar.next}</Button>
        </div>
      </PageTitle>
      <Answer of={calendar}>{(data) => <Month days={data.days} year={year} month={month} today={session.today} view={view} />}</Answer>
    </>
  );
}

function Month({ days, year, month, today, view }: { days: DutyCalendar["days"]; year: number; month: number; today: string; view: string }) {
  const { t, f } = useDutyText();
  const byDate = new Map(days.map((day) => [day.on, day]));
  const more = (on: string, count: number) => <Link to="/duties" search={{ view, due_from: on, due_to: on } as never}>{t.duty_calendar.more(count)}</Link>;
  return (
    <>
      <ul className="shape-list">
        {(["severe", "late", "at_risk", "on_time", "not_yet_due"] as const).map((status) => <li key={status}><StatusBadge status={status} /></li>)}
      </ul>
      <table className="month-view">
        <caption className="visually-hidden">{t.date.month_name(year, month)}</caption>
        <thead><tr>{t.date.weekdays.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
        <tbody>
          {monthGrid(year, month).map((week, row) => (
            <tr key={row}>
              {week.map((on, column) => {
                if (on === null) return <td key={column} />;
                const day = byDate.get(on);
                return (
                  <td key={on} className={`${day && !day.working ? "month-view__off" : ""} ${on === today ? "month-view__today" : ""}`}>
                    <div className="month-view__day">
                      <time className="month-view__number" dateTime={on}>{Number(on.slice(8))}</time>
                      {day && (day.note || !day.working) ? <span className="month-view__note">{day.note ?? t.duty_calendar.no_work}</span> : null}
                    </div>
                    {day && day.duties.length > 0 ? (
                      <ul>
                        {day.duties.map((duty) => <li key={duty.id} title={duty.title}><Mark duty={duty} /></li>)}
                        {day.more > 0 ? <li>{more(on, day.more)}</li> : null}
                      </ul>
                    ) : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      <ol className="month-list" aria-label={t.duty_calendar.list}>
        {days.filter((day) => day.duties.length > 0).map((day) => (
          <li key={day.on} className="month-list__day">
            <h2>{f.longDate(day.on)} {day.note ? <span className="month-view__note">{day.note}</span> : null}</h2>
            <ul>
              {day.duties.map((duty) => <li key={duty.id}><Mark duty={duty} /></li>)}
              {day.more > 0 ? <li>{more(day.on, day.more)}</li> : null}
            </ul>
          </li>
        ))}
      </ol>
    </>
  );
}

function Mark({ duty }: { duty: DutyRow }) {
  const { t } = useDutyText();
  return (
    <>
      <span className={`month-mark month-mark--${duty.lateness}`} aria-hidden="true" />
      <span className="visually-hidden">{t.status[duty.lateness]} </span>
      <Link to="/duties/$id" params={{ id: duty.id } as never}>{duty.title}</Link>
    </>
  );
}
