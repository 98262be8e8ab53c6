import { useState } from "react";
import { useChange } from "../../api/hooks";
import type { AccountRow, RoleRow } from "../../api/types";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons, SubmitButtons } from "../../ui/dialog/dialog";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import { AgencyBox } from "../agencies/agency_box";
import { PersonBox } from "../agencies/person_box";
import { looksLikeEmail } from "./email";
import { useAccountsText } from "./words";

/** An account without a password: its owner sets one by the invitation that comes next. */
export function CreateDialog({ onClose, onMade }: { onClose: () => void; onMade: (account: AccountRow) => void }) {
  const { t } = useAccountsText();
  const say = useToast();
  const [login, setLogin] = useState("");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const change = useChange<AccountRow>({
    onDone: (account) => {
      say(t.accounts.said.created);
      onMade(account);
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={t.accounts.create} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        const well = faults.check([
          login.trim() === "" && { path: "login_name", message: t.form.must(t.accounts.login_name) },
          name.trim() === "" && { path: "display_name", message: t.form.must(t.accounts.display_name) },
          !looksLikeEmail(email) && { path: "email", message: t.account_mail.bad },
        ]);
        if (well) change.mutate({ path: "/accounts", body: { login_name: login.trim(), display_name: name.trim(), email: email.trim() || null } });
      }}>
        <p className="muted small">{t.invitations.no_password}</p>
        <TextField name="login_name" label={t.accounts.login_name} value={login} onChange={setLogin} error={faults.of("login_name")} autoComplete="off" required />
        <TextField name="display_name" label={t.accounts.display_name} value={name} onChange={setName} error={faults.of("display_name")} autoComplete="off" required />
        <TextField name="email" type="email" label={t.account_mail.email} hint={t.account_mail.hint} value={email} onChange={setEmail} error={faults.of("email")} autoComplete="off" />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.invitations.create}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

export function GrantsDialog({ account, roles, onClose }: { account: AccountRow; roles: RoleRow[]; onClose: () => void }) {
  const { t } = useAccountsText();
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
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

/** Whose account it is: the person whose posts and deputyships make the worklist. */
export function PersonDialog({ account, onClose }: { account: AccountRow; onClose: () => void }) {
  const { t } = useAccountsText();
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

export function DisableDialog({ account, onClose }: { account: AccountRow; onClose: () => void }) {
  const { t } = useAccountsText();
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

export function EmailDialog({ account, onClose }: { account: AccountRow; onClose: () => void }) {
  const { t } = useAccountsText();
  const say = useToast();
  const [email, setEmail] = useState(account.email ?? "");
  const change = useChange({
    onDone: () => {
      say(t.account_mail.saved);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={t.account_mail.title(account.display_name)} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([!looksLikeEmail(email) && { path: "email", message: t.account_mail.bad }])) change.mutate({ method: "PUT", path: `/accounts/${account.id}/email`, body: { email: email.trim() || null } });
      }}>
        <TextField name="email" type="email" label={t.account_mail.email} hint={t.security.email_hint} value={email} onChange={setEmail} error={faults.of("email")} autoComplete="off" autoFocus />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
