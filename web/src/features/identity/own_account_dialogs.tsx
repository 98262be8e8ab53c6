import { useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useChange } from "../../api/hooks";
import type { OwnAccount } from "../../api/types";
import { sessionKey } from "../../app/session";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { useToast } from "../../ui/toast/toast";
import { looksLikeEmail } from "./email";
import { NewPasswordField, usePasswordRules } from "./new_password";
import { useAccountText } from "./words";

export function OwnEmailDialog({ own, onClose }: { own: OwnAccount; onClose: () => void }) {
  const { t } = useAccountText();
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
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

export function PasswordDialog({ own, onClose }: { own: OwnAccount; onClose: () => void }) {
  const { t } = useAccountText();
  const say = useToast();
  const client = useQueryClient();
  const rules = usePasswordRules(own.user_class);
  const [password, setPassword] = useState("");
  const [wanted, setWanted] = useState("");
  const [again, setAgain] = useState("");
  const change = useChange<OwnAccount>({
    onDone: () => {
      say(t.security.password_changed);
      void client.invalidateQueries({ queryKey: sessionKey });
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={t.security.change_password} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        const well = faults.check([
          password === "" && { path: "password", message: t.form.must(t.security.present_password) },
          wanted === "" && { path: "new_password", message: t.form.must(t.security.new_password) },
          wanted !== again && { path: "again", message: t.security.not_the_same },
        ]);
        if (well) change.mutate({ method: "PUT", path: "/own-account/password", body: { password, new_password: wanted } });
      }}>
        <TextField name="password" type="password" label={t.security.present_password} value={password} onChange={setPassword} error={faults.of("password")} autoComplete="current-password" required autoFocus />
        <NewPasswordField name="new_password" login={own.login_name} rules={rules} value={wanted} onChange={setWanted} error={faults.of("new_password")} />
        <TextField name="again" type="password" label={t.security.new_password_again} value={again} onChange={setAgain} error={faults.of("again")} autoComplete="new-password" required />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.security.change_password}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
