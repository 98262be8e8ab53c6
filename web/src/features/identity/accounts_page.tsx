import { lazy, Suspense, useCallback, useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type { AccountRow, Grant, List, RoleRow } from "../../api/types";
import { useFilters } from "../../app/search";
import { useMay } from "../../app/session";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { EmptyState, FaultNotice } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { SearchField } from "../../ui/search_field/search_field";
import { DataTable, type Column } from "../../ui/table/data_table";
import { useCursor } from "../../ui/table/use_pages";
import { useToast } from "../../ui/toast/toast";
import { useAccountsText } from "./words";
import "./identity.css";

// The dialogs come when one is opened.
const CreateDialog = lazy(() => import("./account_dialogs").then((all) => ({ default: all.CreateDialog })));
const DisableDialog = lazy(() => import("./account_dialogs").then((all) => ({ default: all.DisableDialog })));
const EmailDialog = lazy(() => import("./account_dialogs").then((all) => ({ default: all.EmailDialog })));
const GrantsDialog = lazy(() => import("./account_dialogs").then((all) => ({ default: all.GrantsDialog })));
const PersonDialog = lazy(() => import("./account_dialogs").then((all) => ({ default: all.PersonDialog })));
const LinkDialog = lazy(() => import("./link_dialogs").then((all) => ({ default: all.LinkDialog })));
const LostAuthenticatorDialog = lazy(() => import("./link_dialogs").then((all) => ({ default: all.LostAuthenticatorDialog })));

type Asked = { kind: "create" } | { kind: "grants" | "disable" | "person" | "email" | "link" | "authenticator"; account: AccountRow } | null;

export function AccountsPage() {
  const { t, f } = useAccountsText();
  const say = useToast();
  const allowed = useMay();
  const [filter, change] = useFilters<"q">();
  const { cursor, pages } = useCursor(filter.q ?? "");
  const accounts = useRead<List<AccountRow>>("/accounts", { q: filter.q, cursor, limit: 25 }, { keep: true });
  const roles = useRead<{ roles: RoleRow[] }>("/roles");
  const [asked, setAsked] = useState<Asked>(null);
  const enable = useChange({ onDone: () => say(t.accounts.said.enabled) });
  const search = useCallback((q: string) => change({ q: q || null }), [change]);
  const grantText = (grant: Grant) => `${nameOf(t.roles, grant.role)}（${grant.agency_name || t.accounts.whole_city}）`;
  const columns: Column<AccountRow>[] = [
    { key: "login_name", label: t.accounts.login_name, kind: "short", fixed: true, cell: (row) => row.login_name },
    { key: "display_name", label: t.accounts.display_name, kind: "main", fixed: true, cell: (row) => (
      <>
        {row.display_name}
        {row.has_password ? null : <span className="tag tag--warn">{t.invitations.waiting}</span>}
        {row.reset_asked_at ? <span className="tag tag--warn">{t.invitations.reset_asked(f.instant(row.reset_asked_at))}</span> : null}
      </>
    ) },
    { key: "person", label: t.accounts.person, cell: (row) => (row.person ? <>{row.person.name}{row.person.posts ? <span className="muted small"> {row.person.posts}</span> : null}</> : <span className="muted">{t.accounts.no_person}</span>) },
    { key: "email", label: t.account_mail.email, cell: (row) => row.email ?? t.account_mail.none },
    { key: "state", label: t.accounts.state, kind: "short", cell: (row) => <span className={row.state === "active" ? "tag" : "tag tag--warn"}>{nameOf(t.accounts.states, row.state)}</span> },
    { key: "waits", label: t.invitations.second_step, hidden: true, kind: "short", cell: (row) => t.invitations.second_step_states[row.second_step ? "on" : "off"] },
    { key: "grants", label: t.accounts.grants, cell: (row) => (row.grants.length === 0 ? "—" : row.grants.map(grantText).join("、")) },
    { key: "last", label: t.accounts.last_sign_in, kind: "short", cell: (row) => (row.last_sign_in_at ? f.instant(row.last_sign_in_at) : t.accounts.never) },
  ];
  const total = accounts.data?.total ?? null;
  return (
    <>
      <PageTitle title={t.accounts.title} lead={total === null ? undefined : t.accounts.lead(f.number(total))}
        actions={allowed("edit_accounts") ? <Button look="primary" onPress={() => setAsked({ kind: "create" })}>{t.accounts.create}</Button> : null} />
      {enable.error ? <FaultNotice error={enable.error} /> : null}
      <DataTable
        name="accounts" exports={{ list: "accounts", query: { q: filter.q } }} label={t.accounts.title} columns={columns} rows={accounts.data?.rows} rowKey={(row) => row.id} rowText={(row) => row.display_name}
        error={accounts.data ? null : accounts.error} retry={() => void accounts.refetch()} stale={accounts.isPlaceholderData} pages={pages(accounts.data)}
        filters={<SearchField label={t.table.search} value={filter.q ?? ""} onSearch={search} />}
        {...(allowed("edit_accounts") ? {
          onOpen: (account: AccountRow) => setAsked({ kind: "grants", account }),
          actions: (account: AccountRow) => [
            { key: "grants", label: t.accounts.edit_grants, run: () => setAsked({ kind: "grants", account }) },
            { key: "person", label: t.accounts.link_person, run: () => setAsked({ kind: "person", account }) },
            { key: "email", label: t.account_mail.edit, run: () => setAsked({ kind: "email", account }) },
            ...(account.state === "active" ? [{ key: "link", label: account.has_password ? t.invitations.make_reset : t.invitations.make_invitation, run: () => setAsked({ kind: "link", account }) }] : []),
            ...(account.second_step ? [{ key: "authenticator", label: t.invitations.remove_authenticator, danger: true, run: () => setAsked({ kind: "authenticator", account }) }] : []),
            account.state === "disabled"
              ? { key: "enable", label: t.accounts.enable, run: () => enable.mutate({ method: "DELETE", path: `/accounts/${account.id}/disablement` }) }
              : { key: "disable", label: t.accounts.disable, danger: true, run: () => setAsked({ kind: "disable", account }) },
          ],
        } : {})}
        empty={<EmptyState title={t.accounts.empty} />}
      />
      <Suspense fallback={null}>
        {asked?.kind === "create" ? <CreateDialog onClose={() => setAsked(null)} onMade={(account) => setAsked({ kind: "link", account })} /> : null}
        {asked?.kind === "grants" ? <GrantsDialog account={asked.account} roles={roles.data?.roles ?? []} onClose={() => setAsked(null)} /> : null}
        {asked?.kind === "person" ? <PersonDialog account={asked.account} onClose={() => setAsked(null)} /> : null}
        {asked?.kind === "link" ? <LinkDialog account={asked.account} onClose={() => setAsked(null)} /> : null}
        {asked?.kind === "authenticator" ? <LostAuthenticatorDialog account={asked.account} onClose={() => setAsked(null)} /> : null}
        {asked?.kind === "email" ? <EmailDialog account={asked.account} onClose={() => setAsked(null)} /> : null}
        {asked?.kind === "disable" ? <DisableDialog account={asked.account} onClose={() => setAsked(null)} /> : null}
      </Suspense>
    </>
  );
}
