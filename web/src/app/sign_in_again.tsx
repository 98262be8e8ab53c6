import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { ApiFault, call, setFormToken } from "../api/client";
import type { Session } from "../api/types";
import { useLanguage } from "../i18n/language";
import { Button } from "../ui/button/button";
import { Dialog, DialogButtons } from "../ui/dialog/dialog";
import { Form, TextField, useFaults } from "../ui/form/form";
import { sessionKey } from "./session";

/** The session has ended under a page in use: the password is asked for over it, and nothing typed is lost. */
export default function SignInAgain({ before }: { before: Session }) {
  const { t } = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const here = useLocation().href;
  const [password, setPassword] = useState("");
  const signIn = useMutation<Session, Error, undefined>({
    mutationFn: () => call<Session>("POST", "/session", { body: { login_name: before.account.login_name, password }, keepOn401: true }),
    onSuccess: (session) => {
      setFormToken(session.form_token);
      client.setQueryData(sessionKey, session);
      void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
    },
  });
  const wrong = signIn.error instanceof ApiFault && signIn.error.status === 401;
  const faults = useFaults(wrong ? null : signIn.error);
  const error = wrong ? new ApiFault({ type: "about:blank", title: t.sign_in.wrong, detail: t.sign_in.wrong_cure, status: 401 }) : signIn.error;
  return (
    <Dialog title={t.sign_in.again_title} isOpen onClose={() => undefined}>
      <p>{t.sign_in.again}</p>
      <Form faults={faults.faults} error={error} onSubmit={() => {
        if (faults.check([password === "" && { path: "again", message: t.form.must(t.sign_in.password) }])) signIn.mutate(undefined);
      }}>
        <p>{t.sign_in.login_name}：<strong>{before.account.login_name}</strong></p>
        <TextField name="again" type="password" label={t.sign_in.password} value={password} onChange={setPassword} error={faults.of("again")} autoComplete="current-password" required autoFocus />
        <DialogButtons>
          <Button onPress={() => void navigate({ to: "/sign-in", search: { return: here, expired: "1" } as never })}>{t.sign_in.leave}</Button>
          <Button type="submit" look="primary" busy={signIn.isPending}>{t.sign_in.submit}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
