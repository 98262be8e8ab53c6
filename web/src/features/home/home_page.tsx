import { lazy, Suspense } from "react";
import { Link } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { ChangeRow, DutyRow, Home } from "../../api/types";
import { useSession } from "../../app/session";
import { useLanguage } from "../../i18n/language";
import { Answer } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { StatusBadge } from "../../ui/status_badge/status_badge";
import { Timeline } from "../../ui/timeline/timeline";
import "./home.css";

const HomeTiles = lazy(() => import("../statistics/home_tiles"));

export function HomePage() {
  const home = useRead<Home>("/home");
  return <Answer of={home}>{(data) => <HomeBody data={data} />}</Answer>;
}

function HomeBody({ data }: { data: Home }) {
  const { t } = useLanguage();
  const session = useSession();
  return (
    <>
      <PageTitle title={t.home.greeting(session.account.display_name)} lead={useLead(data)}>
        <p className="muted small"><Today iso={data.today} /> · {t.home.scope[data.scope]}</p>
      </PageTitle>
      <Counts home={data} />
      <div className="split split--side">
        <div className="stack">
          <DutyPanel title={t.home.needs_me} none={t.home.none_needs} part={data.needs_me} to="/duties" search={{ view: data.scope }} />
          <DutyPanel title={t.home.late} none={t.home.none_late} part={data.late} to="/duties" search={{ view: data.scope, lateness: "overdue" }} />
        </div>
        <section className="panel" aria-labelledby="changes">
          <h2 id="changes">{t.home.changes}</h2>
          {data.changes.length === 0 ? <p className="muted small">{t.home.none_changes}</p> : (
            <Timeline label={t.home.changes} events={data.changes.map((change) => ({ key: change.position, at: change.at, who: change.actor_name, text: <ChangeText change={change} /> }))} />
          )}
        </section>
      </div>
      <Suspense fallback={null}><HomeTiles /></Suspense>
    </>
  );
}

function useLead(home: Home): string {
  const { t, f } = useLanguage();
  if (home.needs_me.count === 0 && home.late.count === 0) return t.home.lead_none;
  if (home.late.count === 0) return t.home.lead_only_needs(f.number(home.needs_me.count));
  if (home.needs_me.count === 0) return t.home.lead_only_late(f.number(home.late.count), t.duties.views[home.scope]);
  return t.home.lead(f.number(home.needs_me.count), f.number(home.late.count), t.duties.views[home.scope]);
}

function Today({ iso }: { iso: string }) {
  const { f } = useLanguage();
  return <time dateTime={iso}>{f.longDate(iso)}</time>;
}

function Counts({ home }: { home: Home }) {
  const { t, f } = useLanguage();
  const cards: { key: keyof Home["counts"]; search: Record<string, string> }[] = [
    { key: "open", search: { state: "open" } },
    { key: "due_this_week", search: { lateness: "at_risk" } },
    { key: "late", search: { lateness: "overdue" } },
    { key: "severe", search: { lateness: "severe" } },
    { key: "done_this_month", search: { state: "done" } },
  ];
  return (
    <ul className="counts">
      {cards.map((card) => (
        <li key={card.key}>
          <Link to="/duties" search={{ view: home.scope, ...card.search } as never} className={`count count--${card.key}`}>
            <span className="count__label">{t.home.counts[card.key]}</span>
            <span className="count__figure">{f.number(home.counts[card.key])}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

function DutyPanel({ title, none, part, to, search }: { title: string; none: string; part: { count: number; rows: DutyRow[] }; to: string; search: Record<string, string> }) {
  const { t, f } = useLanguage();
  return (
    <section className="panel" aria-label={title}>
      <div className="row row--between">
        <h2>{title}</h2>
        {part.count > part.rows.length ? <Link to={to} search={search as never} className="small">{t.home.see_all(f.number(part.count))}</Link> : null}
      </div>
      {part.rows.length === 0 ? <p className="muted small">{none}</p> : (
        <ul className="duty-list">
          {part.rows.map((duty) => (
            <li key={duty.id} className="duty-list__row">
              <div className="grow">
                <Link to="/duties/$id" params={{ id: duty.id } as never} className="duty-list__title">{duty.title}</Link>
                <div className="muted small">{duty.number} · {duty.agency_name}{duty.holder_name ? ` · ${duty.holder_name}` : ""}</div>
              </div>
              <div className="duty-list__when">
                <StatusBadge status={duty.lateness} />
                <span className="small number">{f.date(duty.due_on)}{duty.state === "open" ? ` · ${t.duties.days_left(duty.days_left)}` : ""}</span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function ChangeText({ change }: { change: ChangeRow }) {
  const title = change.record_title;
  if (change.record_kind === "duty" && title) {
    return <><Link to="/duties/$id" params={{ id: change.record_id } as never}>{title}</Link> {change.text}</>;
  }
  return <>{title ? `${title} ` : ""}{change.text}</>;
}
