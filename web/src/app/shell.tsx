import icon from "../../public/icon.svg";
import { useEffect, useRef, useState } from "react";
import { Link, Outlet, useLocation, useMatches, useNavigate } from "@tanstack/react-router";
import { useLanguage } from "../i18n/language";
import { NoticeBell } from "../features/notices/notice_bell";
import { Button, LinkButton } from "../ui/button/button";
import { Menu } from "../ui/menu/menu";
import { Notice } from "../ui/notice/notice";
import { PageTitle } from "../ui/page_title/page_title";
import { SkipLink } from "../ui/skip_link/skip_link";
import { nextTheme, useTheme } from "../ui/switches/theme";
import { doors } from "./doors";
import { useMay, useSession } from "./session";
import { Shortcuts } from "./shortcuts";
import { useSignOut } from "./sign_out";
import { PaletteButton } from "../features/search/palette_button";
import "./shell.css";

/** The most exact door for an address: /duties/calendar is not also /duties. */
function currentDoor(path: string): string {
  const all = doors.flatMap((group) => group.doors.map((door) => door.to));
  return all.filter((to) => path === to || (to !== "/" && path.startsWith(`${to}/`))).sort((a, b) => b.length - a.length)[0] ?? "";
}

export function Shell() {
  const { t } = useLanguage();
  const session = useSession();
  const allowed = useMay();
  const path = useLocation().pathname.replace(/^\/console(?=\/|$)/, "") || "/";
  const needs = useMatches().map((match) => match.staticData.needs).find((need) => need !== undefined);
  const [open, setOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const before = useRef(path);
  useEffect(() => {
    setOpen(false);
    if (before.current === path) return;
    before.current = path;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [path]);
  const here = currentDoor(path);
  return (
    <div className="shell">
      <SkipLink />
      <header className="shell__top no-print">
        <button type="button" className="shell__menu-button" aria-expanded={open} aria-controls="navigation" onClick={() => setOpen(!open)}>
          <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true"><path d="M1 4h16M1 9h16M1 14h16" stroke="currentColor" strokeWidth="2" /></svg>
          {t.shell.menu}
        </button>
        <Link to="/" className="shell__name">
          <img src={icon} alt="" width="26" height="26" />
          {t.shell.product}
        </Link>
        <PaletteButton />
        <NoticeBell />
        <AccountMenu />
      </header>
      <nav id="navigation" className={open ? "shell__nav shell__nav--open no-print" : "shell__nav no-print"} aria-label={t.shell.navigation}>
        {doors.map((group) => {
          const seen = group.doors.filter((door) => !door.needs || allowed(door.needs));
          if (seen.length === 0) return null;
          return (
            <div key={group.group} className="shell__group">
              <h2 className="shell__group-name" id={`group-${group.group}`}>{t.shell.groups[group.group]}</h2>
              <ul aria-labelledby={`group-${group.group}`}>
                {seen.map((door) => (
                  <li key={door.to}>
                    <Link to={door.to} className="shell__link" activeOptions={{ exact: true }} aria-current={door.to === here ? "page" : undefined}>{t.nav[door.name]}</Link>
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
        <div className="shell__group">
          <ul><li><a className="shell__link" href="/">{t.shell.public_site}</a></li></ul>
        </div>
      </nav>
      <main id="main" className="shell__main" tabIndex={-1} ref={main}>
        <AccountDue />
        {session.stands_in_for.length > 0 ? <div className="no-print"><Notice>{t.acting.now(session.stands_in_for.join("、"))}</Notice></div> : null}
        {session.sample ? <div className="no-print"><Notice warn>{t.shell.sample}</Notice></div> : null}
        {session.must.length > 0 && !path.startsWith("/account/") ? (
          <>
            <PageTitle title={t.must.title} />
            {session.must.includes("password") ? <p>{t.must.password}</p> : null}
            {session.must.includes("second_step") ? <p>{t.must.second_step}</p> : null}
            <p><LinkButton to="/account/security" look="primary">{t.shell.security}</LinkButton></p>
          </>
        ) : needs && !allowed(needs) ? (
          <>
            <PageTitle title={t.shell.no_permission_title} />
            <p>{t.shell.no_permission}</p>
            <p><LinkButton to="/">{t.nav.home}</LinkButton></p>
          </>
        ) : (
          <Outlet />
        )}
      </main>
      <Shortcuts />
    </div>
  );
}

/** What the account needs by a day, said while there is time. */
function AccountDue() {
  const { t, f } = useLanguage();
  const session = useSession();
  if (!session.second_step_due_on || session.must.length > 0) return null;
  return <div className="no-print"><Notice warn action={<LinkButton small to="/account/security">{t.must.set_up}</LinkButton>}>{t.must.soon(f.longDate(session.second_step_due_on))}</Notice></div>;
}

function AccountMenu() {
  const { t, language, setLanguage } = useLanguage();
  const session = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const [theme, setTheme] = useTheme();
  return (
    <Menu
      label={t.shell.account}
      trigger={<Button look="quiet" aria-label={`${t.shell.account}：${session.account.display_name}`}><span className="shell__person">{session.account.display_name}</span><span aria-hidden="true">▾</span></Button>}
      entries={[
        { key: "security", label: t.shell.security, run: () => void navigate({ to: "/account/security" }) },
        { key: "notices", label: t.notices.settings, run: () => void navigate({ to: "/account/notices" }) },
        { key: "sessions", label: t.shell.sessions, run: () => void navigate({ to: "/account/sessions" }) },
        { key: "feeds", label: t.shell.feeds, run: () => void navigate({ to: "/account/feeds" }) },
        { key: "language", label: t.shell.switch_language, run: () => setLanguage(language === "en" ? "zh-TW" : "en") },
        { key: "theme", label: t.shell.theme_is[theme], run: () => setTheme(nextTheme[theme]) },
        { key: "shortcuts", label: t.shell.shortcuts, run: () => window.dispatchEvent(new Event("mandate:shortcuts")) },
        { key: "out", label: t.shell.sign_out, run: () => void signOut() },
      ]}
    />
  );
}

export function NotFoundPage() {
  const { t } = useLanguage();
  return (
    <>
      <PageTitle title={t.shell.not_found_title} />
      <p>{t.shell.not_found}</p>
      <p><LinkButton to="/">{t.nav.home}</LinkButton></p>
    </>
  );
}

export function NotFoundAlone() {
  return <main className="lone"><NotFoundPage /></main>;
}

export function FailedAlone({ error }: { error: Error }) {
  return <main><FailedPage error={error} /></main>;
}

export function FailedPage({ error }: { error: Error }) {
  const { t } = useLanguage();
  return (
    <div className="lone" role="alert">
      <h1>{t.shell.failed_title}</h1>
      <p>{t.shell.failed}</p>
      <p className="muted small">{error.message}</p>
      <p><Button look="primary" onPress={() => window.location.reload()}>{t.shell.reload}</Button></p>
    </div>
  );
}
