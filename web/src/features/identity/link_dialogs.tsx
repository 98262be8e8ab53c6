import { useEffect, useRef, useState } from "react";
import { useChange } from "../../api/hooks";
import type { AccountLink, AccountRow } from "../../api/types";
import { Button } from "../../ui/button/button";
import { CopyButton } from "../../ui/button/copy_button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { FaultNotice, Loading } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { useToast } from "../../ui/toast/toast";
import { useAccountText } from "./words";

/** Makes a one-time link and shows it this once, or says that it went to its owner alone. */
export function LinkDialog({ account, onClose }: { account: AccountRow; onClose: () => void }) {
  const { t, f } = useAccountText();
  const [link, setLink] = useState<AccountLink | null>(null);
  const make = useChange<AccountLink>({ onDone: setLink });
  const asked = useRef(false);
  const { mutate } = make;
  useEffect(() => {
    if (asked.current) return;
    asked.current = true;
    mutate({ path: `/accounts/${account.id}/links`, body: {} });
  }, [account.id, mutate]);
  const invites = (link?.kind ?? (account.has_password ? "reset" : "invitation")) === "invitation";
  const address = link?.path ? `${window.location.origin}${link.path}` : null;
  return (
    <Dialog title={invites ? t.invitations.invitation_title(account.display_name) : t.invitations.reset_title(account.display_name)} isOpen onClose={onClose}>
      {make.error ? <FaultNotice error={make.error} /> : null}
      {!link && !make.error ? <Loading /> : null}
      {link ? (
        <>
          {link.mailed ? <p>{t.invitations.mailed}</p> : null}
          {address ? <><p>{t.invitations.shown_once}</p><code className="secret" aria-label={t.invitations.address}>{address}</code></> : <p>{t.invitations.mailed_only}</p>}
          <p className="muted small">{t.invitations.until(f.instant(link.expires_at))}</p>
        </>
      ) : null}
      <DialogButtons>
        {address ? <CopyButton text={address} /> : null}
        <Button look="primary" onPress={onClose}>{t.common.close}</Button>
      </DialogButtons>
    </Dialog>
  );
}

export function LostAuthenticatorDialog({ account, onClose }: { account: AccountRow; onClose: () => void }) {
  const { t } = useAccountText();
  const say = useToast();
  const [reason, setReason] = useState("");
  const change = useChange({
    onDone: () => {
      say(t.invitations.removed);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={t.invitations.remove_title(account.display_name)} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([reason.trim() === "" && { path: "reason", message: t.form.must(t.common.reason) }])) change.mutate({ path: `/accounts/${account.id}/authenticator-removal`, body: { reason: reason.trim() } });
      }}>
        <p>{t.invitations.remove_text}</p>
        <TextField name="reason" label={t.common.reason} value={reason} onChange={setReason} error={faults.of("reason")} required autoFocus />
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look="danger" busy={change.isPending}>{t.invitations.remove_authenticator}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
