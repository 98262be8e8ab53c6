import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ApiFault, call, setFormToken } from "../../api/client";
import type { Session } from "../../api/types";
import { sessionKey } from "../../app/session";
import { recall } from "../../lib/storage";
import { Button, LinkButton } from "../../ui/button/button";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Notice } from "../../ui/notice/notice";
import { Door } from "./door";
import { useAccountText } from "./words";

export function SignInPage() {
  const { t, setLanguage } = useAccountText();
  const search = useSearch({ strict: false }) as { return?: string; expired?: string };
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState<string | null>(null); // a string once the second step is asked for
  const signIn = useMutation<Session, Error, undefined>({
    mutationFn: () => call<Session>("POST", "/session", { body: { login_name: name.trim(), password, code: code?.trim() || undefined }, keepOn401: true }),
    onError: (error) => {
      if (error instanceof ApiFault && error.key === "account.code_needed") setCode("");
    },
    onSuccess: (session) => {
      setFormToken(session.form_token);
      if (session.account.language && recall("language") === null) setLanguage(session.account.language === "en" ? "en" : "zh-TW");
      client.clear();
      client.setQueryData(sessionKey, session);
      // Only an address inside the console is a place to return to.
      const back = search.return && /^\/(?![/\\])/.test(search.return) ? search.return.replace(/^\/console(?=\/|$)/, "") || "/" : "/";
      void navigate({ href: `/console${back}`, replace: true });
    },
  });
  // That a code is asked for is no refusal: the page asks for it.
  const refusal = signIn.error instanceof ApiFault && signIn.error.key === "account.code_needed" ? null : signIn.error;
  const fault = explain(refusal, t);
  const faults = useFaults(fault ? null : refusal);
  if (code !== null) {
    return (
      <Door title={t.second_step.title}>
        <p>{t.second_step.text}</p>
        <Form faults={faults.faults} error={fault ?? refusal} onSubmit={() => {
          if (faults.check([code.trim() === "" && { path: "code", message: t.form.must(t.second_step.code) }])) signIn.mutate(undefined);
        }}>
          <TextField name="code" label={t.second_step.code} value={code} onChange={setCode} error={faults.of("code")} autoComplete="one-time-code" required autoFocus />
          <div className="button-row">
            <Button type="submit" look="primary" busy={signIn.isPending}>{t.sign_in.submit}</Button>
            <Button onPress={() => {
              setCode(null);
              signIn.reset();
            }}>{t.second_step.back}</Button>
          </div>
        </Form>
      </Door>
    );
  }
  return (
    <Door title={t.sign_in.title}>
      <p className="muted">{t.sign_in.intro}</p>
      {search.expired ? <Notice>{t.sign_in.expired}</Notice> : null}
      <Form
        faults={faults.faults} error={fault ?? refusal}
        onSubmit={() => {
          const well = faults.check([
            name.trim() === "" && { path: "login_name", message: t.form.must(t.sign_in.login_name) },
            password === "" && { path: "password", message: t.form.must(t.sign_in.password) },
          ]);
          if (well) signIn.mutate(undefined);
        }}
      >
        <TextField name="login_name" label={t.sign_in.login_name} value={name} onChange={setName} error={faults.of("login_name")} autoComplete="username" required />
        <TextField name="password" type="password" label={t.sign_in.password} value={password} onChange={setPassword} error={faults.of("password")} autoComplete="current-password" required />
        <div className="button-row">
          <Button type="submit" look="primary" busy={signIn.isPending}>{t.sign_in.submit}</Button>
          <LinkButton look="quiet" to="/forgot">{t.forgot.link}</LinkButton>
        </div>
      </Form>
    </Door>
  );
}

/** Each refusal at the door says what to do about it. */
function explain(error: unknown, t: ReturnType<typeof useAccountText>["t"]): ApiFault | null {
  if (!(error instanceof ApiFault)) return null;
  const words = t.sign_in;
  const make = (title: string, cure: string) => new ApiFault({ type: "about:blank", title, detail: cure, status: error.status, key: error.key, instance: error.requestId });
  if (error.key === "account.wrong_code") return make(t.second_step.wrong, t.second_step.wrong_cure);
  if (error.status === 401) return make(words.wrong, words.wrong_cure);
  if (error.status === 423 || error.key?.includes("lock")) return make(words.locked, error.detail ?? words.locked_cure);
  if (error.status === 429) return make(words.too_many, error.detail ?? words.too_many_cure);
  return null;
}
