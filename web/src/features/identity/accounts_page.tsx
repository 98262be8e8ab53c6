import { useCallback, useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type { AccountRow, Grant, List, RoleRow } from "../../api/types";
import { useFilters } from "../../app/search";
import { useMay } from "../../app/session";
import { useLanguage } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Answer, EmptyState, FaultNotice } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { SearchField } from "../../ui/search_field/search_field";
import { Select } from "../../ui/select/select";
import { DataTable, type Column } from "../../ui/table/data_table";
import { useCursor } from "../../ui/table/use_pages";
import { useToast } from "../../ui/toast/toast";
import { AgencyBox } from "../agencies/agency_box";
import { PersonBox } from "../agencies/person_box";
import "./identity.css";

type Asked = { kind: "create" } | { kind: "grants" | "disable" | "person"; account: AccountRow } | null;

export function AccountsPage() {
  const { t, f } = useLanguage();
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
    { key: "display_name", label: t.accounts.display_name, kind: "main", fixed: true, cell: (row) => row.display_name },
    { key: "person", label: t.accounts.person, cell: (row) => (row.person ? <>{row.person.name}{row.person.posts ? <span className="muted small"> {row.person.posts}</span> : null}</> : <span className="muted">{t.accounts.no_person}</span>) },
    { key: "state", label: t.accounts.state, kind: "short", cell: (row) => <span className={row.state === "active" ? "tag" : "tag tag--warn"}>{nameOf(t.accounts.states, row.state)}</span> },
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
        name="accounts" label={t.accounts.title} columns={columns} rows={accounts.data?.rows} rowKey={(row) => row.id} rowText={(row) => row.display_name}
        error={accounts.data ? null : accounts.error} retry={() => void accounts.refetch()} stale={accounts.isPlaceholderData} pages={pages(accounts.data)}
        filters={<SearchField label={t.table.search} value={filter.q ?? ""} onSearch={search} />}
        {...(allowed("edit_accounts") ? {
          onOpen: (account: AccountRow) => setAsked({ kind: "grants", account }),
          actions: (account: AccountRow) => [
            { key: "grants", label: t.accounts.edit_grants, run: () => setAsked({ kind: "grants", account }) },
            { key: "person", label: t.accounts.link_person, run: () => setAsked({ kind: "person", account }) },
            account.state === "disabled"
              ? { key: "enable", label: t.accounts.enable, run: () => enable.mutate({ method: "DELETE", path: `/accounts/${account.id}/disablement` }) }
              : { key: "disable", label: t.accounts.disable, danger: true, run: () => setAsked({ kind: "disable", account }) },
          ],
        } : {})}
        empty={<EmptyState title={t.accounts.empty} />}
      />
      <section className="stack stack--tight">
        <h2>{t.accounts.permissions}</h2>
        <Answer of={roles} lines={3}>
          {(data) => (
            <div className="stack stack--tight">
              {data.roles.map((role) => (
                <details key={role.role}>
                  <summary>{nameOf(t.roles, role.role)}</summary>
                  {role.permissions.length === 0 ? <p className="muted small">{t.common.none}</p> : <ul className="permission-list">{role.permissions.map((one) => <li key={one}>{nameOf(t.permissions, one)}</li>)}</ul>}
                </details>
              ))}
            </div>
          )}
        </Answer>
      </section>
      {asked?.kind === "create" ? <CreateDialog onClose={() => setAsked(null)} /> : null}
      {asked?.kind === "grants" ? <GrantsDialog account={asked.account} roles={roles.data?.roles ?? []} onClose={() => setAsked(null)} /> : null}
      {asked?.kind === "person" ? <PersonDialog account={asked.account} onClose={() => setAsked(null)} /> : null}
      {asked?.kind === "disable" ? <DisableDialog account={asked.account} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

function CreateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage();
  const say = useToast();
  const [login, setLogin] = useState("");
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const change = useChange({
    onDone: () => {
      say(t.accounts.said.created);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={t.accounts.create} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        const well = faults.check([
          login.trim() === "" && { path: "login_name", message: t.form.must(t.accounts.login_name) },
          name.trim() === "" && { path: "display_name", message: t.form.must(t.accounts.display_name) },
          Array.from(password).length < 12 && { path: "password", message: t.accounts.password_short },
        ]);
        if (well) change.mutate({ path: "/accounts", body: { login_name: login.trim(), display_name: name.trim(), password } });
      }}>
        <TextField name="login_name" label={t.accounts.login_name} value={login} onChange={setLogin} error={faults.of("login_name")} autoComplete="off" required />
        <TextField name="display_name" label={t.accounts.display_name} value={name} onChange={setName} error={faults.of("display_name")} autoComplete="off" required />
        <TextField name="password" type="password" label={t.accounts.password} hint={t.accounts.password_hint} value={password} onChange={setPassword} error={faults.of("password")} autoComplete="new-password" required />
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look="primary" busy={change.isPending}>{t.accounts.create}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}

function GrantsDialog({ account, roles, onClose }: { account: AccountRow; roles: RoleRow[]; onClose: () => void }) {
  const { t } = useLanguage();
  const say = useToast();
  const [grants, setGrants] = useState<{ role: string; agency_id: string | null; unit_id: string | null }[]>(account.grants.map(({ role, agency_id, unit_id }) => ({ role, agency_id, unit_id })));
  const change = useChange({
    onDone: () => {
      say(t.accounts.said.grants);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  const put = (index: number, part: Partial<(typeof grants)[number]>) => setGrants(grants.map((each, at) => (at === index ? { ...each, ...part } : each)));
  const options = roles.map((role) => ({ value: role.role, label: nameOf(t.roles, role.role) }));
  return (
    <Dialog title={t.accounts.grants_title(account.display_name)} isOpen wide onClose={onClose}>
      <Form wide faults={faults.faults} error={change.error} onSubmit={() => change.mutate({ method: "PUT", path: `/accounts/${account.id}/grants`, body: { grants } })}>
        {grants.map((grant, index) => (
          <div key={index} className="grant">
            <Select name={`grants[${index}].role`} label={t.accounts.role} value={grant.role} options={options} onChange={(role) => put(index, { role })} error={faults.of(`grants[${index}].role`)} />
            <AgencyBox name={`grants[${index}].agency_id`} label={t.accounts.scope} anyLabel={t.accounts.whole_city} value={grant.agency_id} onChange={(id) => put(index, { agency_id: id, unit_id: null })} error={faults.of(`grants[${index}].agency_id`)} />
            <Button onPress={() => setGrants(grants.filter((_, at) => at !== index))}>{t.common.remove}</Button>
          </div>
        ))}
        <div><Button small onPress={() => setGrants([...grants, { role: options[0]?.value ?? "handler", agency_id: null, unit_id: null }])}>{t.accounts.add_grant}</Button></div>
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look="primary" busy={change.isPending}>{t.common.save}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}

/** Whose account it is: the person whose posts and deputyships make the worklist. */
function PersonDialog({ account, onClose }: { account: AccountRow; onClose: () => void }) {
  const { t } = useLanguage();
  const say = useToast();
  const [person, setPerson] = useState<string | null>(account.person?.id ?? null);
  const change = useChange({
    onDone: () => {
      say(person === null ? t.accounts.said.unlinked : t.accounts.said.linked);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  const path = `/accounts/${account.id}/person`;
  return (
    <Dialog title={t.accounts.link_title(account.display_name)} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([person === null && { path: "person_id", message: t.form.must(t.accounts.person) }])) change.mutate({ method: "PUT", path, body: { person_id: person } });
      }}>
        <p className="muted small">{t.accounts.link_hint}</p>
        <PersonBox name="person_id" label={t.accounts.person} value={person} first={account.person} onChange={setPerson} error={faults.of("person_id")} required />
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          {account.person ? <Button look="danger" busy={change.isPending} onPress={() => {
            setPerson(null);
            change.mutate({ method: "DELETE", path });
          }}>{t.accounts.unlink}</Button> : null}
          <Button type="submit" look="primary" busy={change.isPending}>{t.common.save}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}

function DisableDialog({ account, onClose }: { account: AccountRow; onClose: () => void }) {
  const { t } = useLanguage();
  const say = useToast();
  const [reason, setReason] = useState("");
  const change = useChange({
    onDone: () => {
      say(t.accounts.said.disabled);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={t.accounts.disable_title(account.display_name)} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([reason.trim() === "" && { path: "reason", message: t.form.must(t.common.reason) }])) change.mutate({ path: `/accounts/${account.id}/disablement`, body: { reason: reason.trim() } });
      }}>
        <TextField name="reason" label={t.common.reason} value={reason} onChange={setReason} error={faults.of("reason")} required />
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look="danger" busy={change.isPending}>{t.accounts.disable}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
