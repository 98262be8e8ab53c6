import { useState } from "react";
import { useMutation } from "@tanstack/react-query";
import { call } from "../../api/client";
import { Button, LinkButton } from "../../ui/button/button";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Door } from "./door";
import { useAccountText } from "./words";

export function ForgotPage() {
  const { t } = useAccountText();
  const [name, setName] = useState("");
  const ask = useMutation<object, Error, undefined>({ mutationFn: () => call<object>("POST", "/password-reset-requests", { body: { login_name: name.trim() }, keepOn401: true }) });
  const faults = useFaults(ask.error);
  if (ask.data) {
    return (
      <Door title={t.forgot.done_title}>
        <p role="status">{t.forgot.done_text}</p>
        <p><LinkButton to="/sign-in">{t.forgot.back}</LinkButton></p>
      </Door>
    );
  }
  return (
    <Door title={t.forgot.title}>
      <p className="muted">{t.forgot.text}</p>
      <Form faults={faults.faults} error={ask.error} onSubmit={() => {
        if (faults.check([name.trim() === "" && { path: "login_name", message: t.form.must(t.sign_in.login_name) }])) ask.mutate(undefined);
      }}>
        <TextField name="login_name" label={t.sign_in.login_name} value={name} onChange={setName} error={faults.of("login_name")} autoComplete="username" required autoFocus />
        <div className="button-row"><Button type="submit" look="primary" busy={ask.isPending}>{t.forgot.submit}</Button> <LinkButton to="/sign-in">{t.forgot.back}</LinkButton></div>
      </Form>
    </Door>
  );
}
