import { useEffect, useRef, useState } from "react";
import { useMutation } from "@tanstack/react-query";
import { ApiFault, call } from "../../api/client";
import type { LinkShown } from "../../api/types";
import { Button, LinkButton } from "../../ui/button/button";
import { FaultNotice, Loading } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Door } from "./door";
import { NewPasswordField, usePasswordRules } from "./new_password";
import { useAccountText } from "./words";

/** Where a one-time link leads: its secret stands behind the # and goes to the server in a body only. */
export function LinkPage() {
  const { t, f } = useAccountText();
  const [token] = useState(() => window.location.hash.replace(/^#/, ""));
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const view = useMutation<LinkShown, Error, undefined>({ mutationFn: () => call<LinkShown>("POST", "/account-link-views", { body: { token }, keepOn401: true }) });
  const use = useMutation<object, Error, undefined>({ mutationFn: () => call<object>("POST", "/account-link-uses", { body: { token, password }, keepOn401: true }) });
  const rules = usePasswordRules(view.data?.user_class);
  const faults = useFaults(use.error);
  const asked = useRef(false);
  const { mutate } = view;
  useEffect(() => {
    if (asked.current || token === "") return;
    asked.current = true;
    mutate(undefined);
  }, [token, mutate]);
  if (token === "" || view.error) {
    const gone = token === "" || (view.error instanceof ApiFault && view.error.key === "link.not_valid");
    return (
      <Door title={t.link.broken_title}>
        {gone ? <p>{token === "" ? t.link.missing : t.link.broken_text}</p> : <FaultNotice error={view.error} />}
        <p><LinkButton to="/forgot">{t.link.ask_again}</LinkButton></p>
      </Door>
    );
  }
  if (!view.data) return <Door title={t.link.reset_title}><Loading /></Door>;
  if (use.data) {
    return (
      <Door title={t.link.done_title}>
        <p role="status">{t.link.done_text}</p>
        <p><LinkButton to="/sign-in">{t.link.to_sign_in}</LinkButton></p>
      </Door>
    );
  }
  const link = view.data;
  const invited = link.kind === "invitation";
  return (
    <Door title={invited ? t.link.invitation_title : t.link.reset_title}>
      <p>{invited ? t.link.invitation_text(link.display_name) : t.link.reset_text(link.display_name)}</p>
      <p className="muted small">{t.link.expires(f.instant(link.expires_at))}</p>
      <Form faults={faults.faults} error={use.error} onSubmit={() => {
        const well = faults.check([
          password === "" && { path: "password", message: t.form.must(t.security.new_password) },
          password !== again && { path: "again", message: t.security.not_the_same },
        ]);
        if (well) use.mutate(undefined);
      }}>
        <p>{t.sign_in.login_name}：<strong>{link.login_name}</strong></p>
        <input type="text" name="username" autoComplete="username" value={link.login_name} readOnly hidden />
        <NewPasswordField name="password" login={link.login_name} rules={rules} value={password} onChange={setPassword} error={faults.of("password")} />
        <TextField name="again" type="password" label={t.security.new_password_again} value={again} onChange={setAgain} error={faults.of("again")} autoComplete="new-password" required />
        <div><Button type="submit" look="primary" busy={use.isPending}>{t.link.submit}</Button></div>
      </Form>
    </Door>
  );
}
