import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { ApiFault, call, setFormToken } from "../api/client";
import type { Session } from "../api/types";
import { enSignIn } from "../i18n/en_sign_in";
import { useTextWith } from "../i18n/language";
import { zhSignIn } from "../i18n/zh_sign_in";
import { Button } from "../ui/button/button";
import { Dialog, DialogButtons } from "../ui/dialog/dialog";
import { Form, TextField, useFaults } from "../ui/form/form";
import { sessionKey } from "./session";

/** The session has ended under a page in use: the password is asked for over it, and nothing typed is lost. */
export default function SignInAgain({ before }: { before: Session }) {
  const { t } = useTextWith({ zh: zhSignIn, en: enSignIn });
  const client = useQueryClient();
  const navigate = useNavigate();
  const here = useLocation().href;
  const [password, setPassword] = useState("");
  const [code, setCode] = useState<string | null>(null);
  const signIn = useMutation<Session, Error, undefined>({
    mutationFn: () => call<Session>("POST", "/session", { body: { login_name: before.account.login_name, password, code: code?.trim() || undefined }, keepOn401: true }),
    onError: (error) => {
      if (error instanceof ApiFault && error.key === "account.code_needed") setCode("");
    },
    onSuccess: (session) => {
      setFormToken(session.form_token);
      client.setQueryData(sessionKey, session);
      void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
    },
  });
  const refusal = signIn.error instanceof ApiFault && signIn.error.key === "account.code_needed" ? null : signIn.error;
  const wrong = refusal instanceof ApiFault && refusal.status === 401;
  const faults = useFaults(wrong ? null : refusal);
  const words = refusal instanceof ApiFault && refusal.key === "account.wrong_code" ? t.second_step : t.sign_in;
  const error = wrong ? new ApiFault({ type: "about:blank", title: words.wrong, detail: words.wrong_cure, status: 401 }) : refusal;
  return (
    <Dialog title={t.sign_in.again_title} isOpen onClose={() => undefined}>
      <p>{t.sign_in.again}</p>
      <Form faults={faults.faults} error={error} onSubmit={() => {
        if (faults.check([password === "" && { path: "again", message: t.form.must(t.sign_in.password) }])) signIn.mutate(undefined);
      }}>
        <p>{t.sign_in.login_name}：<strong>{before.account.login_name}</strong></p>
        <TextField name="again" type="password" label={t.sign_in.password} value={password} onChange={setPassword} error={faults.of("again")} autoComplete="current-password" required autoFocus />
        {code !== null ? <TextField name="code" label={t.second_step.code} hint={t.second_step.text} value={code} onChange={setCode} error={faults.of("code")} autoComplete="one-time-code" required autoFocus /> : null}
        <DialogButtons>
          <Button onPress={() => void navigate({ to: "/sign-in", search: { return: here, expired: "1" } as never })}>{t.sign_in.leave}</Button>
          <Button type="submit" look="primary" busy={signIn.isPending}>{t.sign_in.submit}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
