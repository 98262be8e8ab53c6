import icon from "../../../public/icon.svg";
import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ApiFault, call, setFormToken } from "../../api/client";
import type { Session } from "../../api/types";
import { sessionKey } from "../../app/session";
import { useLanguage } from "../../i18n/language";
import { recall } from "../../lib/storage";
import { Button } from "../../ui/button/button";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Notice } from "../../ui/notice/notice";
import { PageTitle } from "../../ui/page_title/page_title";
import { Switches } from "../../ui/switches/switches";
import "./identity.css";

export function SignInPage() {
  const { t, setLanguage } = useLanguage();
  const search = useSearch({ strict: false }) as { return?: string; expired?: string };
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const signIn = useMutation<Session, Error, undefined>({
    mutationFn: () => call<Session>("POST", "/session", { body: { login_name: name.trim(), password }, keepOn401: true }),
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
  const fault = explain(signIn.error, t.sign_in);
  const faults = useFaults(fault ? null : signIn.error);
  return (
    <div className="sign-in">
      <main className="sign-in__box" id="main">
        <div className="sign-in__brand"><img src={icon} alt="" width="36" height="36" /><span>{t.shell.product}</span></div>
        <PageTitle title={t.sign_in.title} />
        <p className="muted">{t.sign_in.intro}</p>
        {search.expired ? <Notice>{t.sign_in.expired}</Notice> : null}
        <Form
          faults={faults.faults} error={fault ?? signIn.error}
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
          <div><Button type="submit" look="primary" busy={signIn.isPending}>{t.sign_in.submit}</Button></div>
        </Form>
      </main>
      <footer className="sign-in__foot">
        <Switches />
        <a href="/" className="small">{t.shell.public_site}</a>
      </footer>
    </div>
  );
}

/** Each refusal at the door says what to do about it. */
function explain(error: unknown, words: ReturnType<typeof useLanguage>["t"]["sign_in"]): ApiFault | null {
  if (!(error instanceof ApiFault)) return null;
  const make = (title: string, cure: string) => new ApiFault({ type: "about:blank", title, detail: cure, status: error.status, key: error.key, instance: error.requestId });
  if (error.status === 401) return make(words.wrong, words.wrong_cure);
  if (error.status === 423 || error.key?.includes("lock")) return make(words.locked, error.detail ?? words.locked_cure);
  if (error.status === 429) return make(words.too_many, error.detail ?? words.too_many_cure);
  return null;
}
