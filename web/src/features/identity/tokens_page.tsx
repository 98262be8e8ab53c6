import { useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type { NewServiceToken, ServiceToken } from "../../api/types";
import { useSession } from "../../app/session";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { CopyButton } from "../../ui/button/copy_button";
import { Dialog, DialogButtons, SubmitButtons } from "../../ui/dialog/dialog";
import { Answer, EmptyState, FaultNotice } from "../../ui/empty_state/empty_state";
import { Check, Form, TextField, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { PlainTable } from "../../ui/table/plain_table";
import { useToast } from "../../ui/toast/toast";
import { useAccountsText } from "./words";
import "./identity.css";

const listOf = (permissions: string) => permissions.split(/[\s,]+/).filter((one) => one !== "");

export function TokensPage() {
  const { t, f } = useAccountsText();
  const say = useToast();
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewServiceToken | null>(null);
  const tokens = useRead<{ rows: ServiceToken[] }>("/service-tokens");
  const revoke = useChange({ onDone: () => say(t.tokens.revoked) });
  return (
    <>
      <PageTitle title={t.tokens.title} lead={tokens.data ? t.tokens.lead(f.number(tokens.data.rows.filter((row) => !row.revoked_at).length)) : undefined}
        actions={<Button look="primary" onPress={() => setMaking(true)}>{t.tokens.create}</Button>} />
      {revoke.error ? <FaultNotice error={revoke.error} /> : null}
      <Answer of={tokens}>
        {(data) => data.rows.length === 0 ? <EmptyState title={t.tokens.empty}>{t.tokens.empty_hint}</EmptyState> : (
          <PlainTable caption={t.tokens.title} rows={data.rows} rowKey={(row) => row.id} columns={[
            { key: "name", label: t.tokens.name, kind: "main", cell: (row) => row.name },
            { key: "permissions", label: t.tokens.permissions, cell: (row) => listOf(row.permissions).map((one) => nameOf(t.permissions, one)).join("、") },
            { key: "expires", label: t.tokens.expires, kind: "short", cell: (row) => f.instant(row.expires_at) },
            { key: "revoke", label: t.table.actions, cell: (row) => (row.revoked_at ? t.tokens.revoked : <Button small look="danger" onPress={() => revoke.mutate({ method: "DELETE", path: `/service-tokens/${row.id}` })}>{t.tokens.revoke}</Button>) },
          ]} />
        )}
      </Answer>
      {making ? <CreateDialog onClose={() => setMaking(false)} onMade={(token) => {
        setMaking(false);
        setMade(token);
      }} /> : null}
      {made ? (
        <Dialog title={t.tokens.once_title} isOpen onClose={() => setMade(null)}>
          <p>{t.tokens.once}</p>
          <code className="secret">{made.token}</code>
          <DialogButtons>
            <CopyButton text={made.token} />
            <Button look="primary" onPress={() => setMade(null)}>{t.common.close}</Button>
          </DialogButtons>
        </Dialog>
      ) : null}
    </>
  );
}

function CreateDialog({ onClose, onMade }: { onClose: () => void; onMade: (token: NewServiceToken) => void }) {
  const { t } = useAccountsText();
  const session = useSession();
  const [name, setName] = useState("");
  const [permissions, setPermissions] = useState<string[]>([]);
  const [expires, setExpires] = useState<string | null>(null);
  const change = useChange<NewServiceToken>({ onDone: onMade });
  const faults = useFaults(change.error);
  return (
    <Dialog title={t.tokens.create} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        const well = faults.check([
          name.trim() === "" && { path: "name", message: t.form.must(t.tokens.name) },
          permissions.length === 0 && { path: "permissions", message: t.tokens.choose_permissions },
          expires === null && { path: "expires_on", message: t.form.must(t.tokens.expires) },
        ]);
        if (well) change.mutate({ path: "/service-tokens", body: { name: name.trim(), permissions, expires_on: expires } });
      }}>
        <TextField name="name" label={t.tokens.name} value={name} onChange={setName} error={faults.of("name")} required />
        <fieldset className="choices" id="field-permissions" tabIndex={-1}>
          <legend>{t.tokens.permissions}</legend>
          {faults.of("permissions") ? <span className="field__error">{faults.of("permissions")}</span> : null}
          <div className="permission-list">
            {session.permissions.map((one) => (
              <Check key={one} label={nameOf(t.permissions, one)} checked={permissions.includes(one)} onChange={(on) => setPermissions(on ? [...permissions, one] : permissions.filter((each) => each !== one))} />
            ))}
          </div>
        </fieldset>
        <RocDatePicker name="expires_on" label={t.tokens.expires} value={expires} onChange={setExpires} error={faults.of("expires_on")} required />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.tokens.create}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
