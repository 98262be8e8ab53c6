import { useEffect, useRef, useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useChange } from "../../api/hooks";
import type { NewAuthenticator } from "../../api/types";
import { sessionKey } from "../../app/session";
import { Button } from "../../ui/button/button";
import { CopyButton } from "../../ui/button/copy_button";
import { Dialog, DialogButtons, SubmitButtons } from "../../ui/dialog/dialog";
import { FaultNotice, Loading } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { useToast } from "../../ui/toast/toast";
import { useAccountText } from "./words";

/** First the picture to scan; once a code shows that it was scanned, the recovery codes. */
export function AuthenticatorDialog({ onClose }: { onClose: () => void }) {
  const { t } = useAccountText();
  const say = useToast();
  const client = useQueryClient();
  const [made, setMade] = useState<NewAuthenticator | null>(null);
  const [confirmed, setConfirmed] = useState(false);
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const begin = useChange<NewAuthenticator>({ onDone: setMade, refresh: false });
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    begin.mutate({ path: "/own-account/authenticator", body: {} });
  }, [begin]);
  const change = useChange({ onDone: () => setConfirmed(true), refresh: false });
  const faults = useFaults(change.error);
  const finish = () => {
    say(t.security.enabled);
    void client.invalidateQueries({ queryKey: sessionKey });
    void client.invalidateQueries();
    onClose();
  };
  if (made && confirmed) return <CodesDialog codes={made.recovery_codes} onClose={finish} />;
  return (
    <Dialog title={t.security.set_up} isOpen onClose={onClose}>
      {begin.error ? <FaultNotice error={begin.error} /> : null}
      {!made ? <Loading /> : (
        <Form faults={faults.faults} error={change.error} onSubmit={() => {
          const well = faults.check([
            code.trim() === "" && { path: "code", message: t.form.must(t.security.code) },
            password === "" && { path: "password", message: t.form.must(t.security.present_password) },
          ]);
          if (well) change.mutate({ path: "/own-account/authenticator-confirmation", body: { password, code: code.trim() } });
        }}>
          <p>{t.security.scan}</p>
          <svg className="qr" viewBox={`0 0 ${made.qr_size} ${made.qr_size}`} role="img" aria-label={t.security.qr} shapeRendering="crispEdges"><path d={made.qr_path} /></svg>
          <p>{t.security.secret}：<code className="secret">{made.secret.replace(/(.{4})(?=.)/g, "$1 ")}</code></p>
          <TextField name="code" label={t.security.code} hint={t.security.code_hint} value={code} onChange={setCode} error={faults.of("code")} autoComplete="one-time-code" inputMode="numeric" required />
          <TextField name="password" type="password" label={t.security.present_password} hint={t.security.present_password_hint} value={password} onChange={setPassword} error={faults.of("password")} autoComplete="current-password" required />
          <SubmitButtons onClose={onClose} busy={change.isPending}>{t.security.enable}</SubmitButtons>
        </Form>
      )}
    </Dialog>
  );
}

function CodesDialog({ codes, onClose }: { codes: string[]; onClose: () => void }) {
  const { t } = useAccountText();
  return (
    <Dialog title={t.security.codes_title} isOpen onClose={onClose}>
      <p>{t.security.codes_text}</p>
      <ul className="recovery-codes">{codes.map((code) => <li key={code}>{code}</li>)}</ul>
      <DialogButtons>
        <Button onPress={() => window.print()}>{t.common.print}</Button>
        <CopyButton text={codes.join("\n")} label={t.security.codes_copy} />
        <Button look="primary" onPress={onClose}>{t.security.codes_kept}</Button>
      </DialogButtons>
    </Dialog>
  );
}

export function RenewCodesDialog({ onClose }: { onClose: () => void }) {
  const { t } = useAccountText();
  const [code, setCode] = useState("");
  const [codes, setCodes] = useState<string[] | null>(null);
  const change = useChange<{ recovery_codes: string[] }>({ onDone: (answer) => setCodes(answer.recovery_codes) });
  const faults = useFaults(change.error);
  if (codes) return <CodesDialog codes={codes} onClose={onClose} />;
  return (
    <Dialog title={t.security.renew_codes} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([code.trim() === "" && { path: "code", message: t.form.must(t.security.code) }])) change.mutate({ path: "/own-account/recovery-codes", body: { code: code.trim() } });
      }}>
        <TextField name="code" label={t.security.code} hint={t.security.code_hint} value={code} onChange={setCode} error={faults.of("code")} autoComplete="one-time-code" inputMode="numeric" required autoFocus />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.security.renew_codes}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

export function RemoveAuthenticatorDialog({ onClose }: { onClose: () => void }) {
  const { t } = useAccountText();
  const say = useToast();
  const [password, setPassword] = useState("");
  const change = useChange({
    onDone: () => {
      say(t.security.turned_off);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={t.security.turn_off} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([password === "" && { path: "password", message: t.form.must(t.security.present_password) }])) change.mutate({ path: "/own-account/authenticator-removal", body: { password } });
      }}>
        <TextField name="password" type="password" label={t.security.present_password} hint={t.security.present_password_hint} value={password} onChange={setPassword} error={faults.of("password")} autoComplete="current-password" required autoFocus />
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look="danger" busy={change.isPending}>{t.security.turn_off}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
