import { useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type { OwnAccount } from "../../api/types";
import { useLanguage } from "../../i18n/language";
import { Button, LinkButton } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Answer } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { useToast } from "../../ui/toast/toast";
import { looksLikeEmail } from "./email";
import "./identity.css";

export function SecurityPage() {
  const { t } = useLanguage();
  const account = useRead<OwnAccount>("/own-account");
  const [asked, setAsked] = useState<"email" | null>(null);
  return (
    <>
      <PageTitle title={t.security.title} lead={t.security.lead} />
      <Answer of={account} lines={4}>
        {(own) => (
          <>
            <dl className="facts">
              <dt>{t.security.display_name}</dt><dd>{own.display_name}</dd>
              <dt>{t.security.login_name}</dt><dd>{own.login_name}</dd>
              <dt>{t.security.email}</dt>
              <dd>{own.email ?? <span className="muted">{t.security.no_email}</span>} <Button small onPress={() => setAsked("email")}>{t.security.edit_email}</Button></dd>
            </dl>
            {asked === "email" ? <OwnEmailDialog own={own} onClose={() => setAsked(null)} /> : null}
          </>
        )}
      </Answer>
      <section className="stack stack--tight">
        <h2>{t.security.devices}</h2>
        <p>{t.security.devices_text}</p>
        <p><LinkButton to="/account/sessions">{t.shell.sessions}</LinkButton></p>
      </section>
    </>
  );
}

function OwnEmailDialog({ own, onClose }: { own: OwnAccount; onClose: () => void }) {
  const { t } = useLanguage();
  const say = useToast();
  const [email, setEmail] = useState(own.email ?? "");
  const [password, setPassword] = useState("");
  const change = useChange<OwnAccount>({
    onDone: () => {
      say(t.security.email_saved);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={t.security.edit_email} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        const well = faults.check([
          !looksLikeEmail(email) && { path: "email", message: t.account_mail.bad },
          password === "" && { path: "password", message: t.form.must(t.security.present_password) },
        ]);
        if (well) change.mutate({ method: "PUT", path: "/own-account/email", body: { email: email.trim() || null, password } });
      }}>
        <TextField name="email" type="email" label={t.security.email} hint={t.security.email_hint} value={email} onChange={setEmail} error={faults.of("email")} autoComplete="email" autoFocus />
        <TextField name="password" type="password" label={t.security.present_password} hint={t.security.present_password_hint} value={password} onChange={setPassword} error={faults.of("password")} autoComplete="current-password" required />
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look="primary" busy={change.isPending}>{t.common.save}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
