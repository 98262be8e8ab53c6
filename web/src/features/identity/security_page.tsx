import { useState } from "react";
import { useRead } from "../../api/hooks";
import type { OwnAccount } from "../../api/types";
import { useSession } from "../../app/session";
import { Button, LinkButton } from "../../ui/button/button";
import { Answer } from "../../ui/empty_state/empty_state";
import { Notice } from "../../ui/notice/notice";
import { PageTitle } from "../../ui/page_title/page_title";
import { AuthenticatorDialog, RemoveAuthenticatorDialog, RenewCodesDialog } from "./authenticator_dialogs";
import { OwnEmailDialog, PasswordDialog } from "./own_account_dialogs";
import { useAccountText } from "./words";
import "./identity.css";

type Asked = "email" | "password" | "authenticator" | "codes" | "remove";
const codes_few = 3;

export function SecurityPage() {
  const { t, f } = useAccountText();
  const session = useSession();
  const account = useRead<OwnAccount>("/own-account");
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  return (
    <>
      <PageTitle title={t.security.title} lead={t.security.lead} />
      {session.must.includes("password") ? <Notice warn>{t.must.password}</Notice> : null}
      {session.must.includes("second_step") ? <Notice warn>{t.must.second_step}</Notice> : null}
      <Answer of={account} lines={6}>
        {(own) => (
          <div className="security">
            <section className="stack stack--tight">
              <dl className="facts">
                <dt>{t.security.display_name}</dt><dd>{own.display_name}</dd>
                <dt>{t.security.login_name}</dt><dd>{own.login_name}</dd>
                <dt>{t.security.email}</dt>
                <dd>{own.email ?? <span className="muted">{t.security.no_email}</span>} <Button small onPress={() => setAsked("email")}>{t.security.edit_email}</Button></dd>
              </dl>
            </section>
            <section className="stack stack--tight">
              <h2>{t.security.password}</h2>
              <p>{own.password_set_at ? t.security.password_since(f.instant(own.password_set_at)) : t.security.password_given}</p>
              <p className="button-row"><Button onPress={() => setAsked("password")}>{t.security.change_password}</Button> <LinkButton to="/account/password-rules">{t.security.rules}</LinkButton></p>
            </section>
            <section className="stack stack--tight">
              <h2>{t.security.second_step}</h2>
              <p>{own.second_step_since ? t.security.second_step_on(f.instant(own.second_step_since)) : t.security.second_step_off}</p>
              {own.second_step_required ? <p className="muted">{t.security.second_step_required}</p> : null}
              {own.second_step_since ? <p>{t.security.codes_left(own.recovery_codes_left)}</p> : null}
              {own.second_step_since && own.recovery_codes_left < codes_few ? <Notice warn>{t.security.codes_low}</Notice> : null}
              <p className="button-row">
                <Button look={own.second_step_since ? "secondary" : "primary"} onPress={() => setAsked("authenticator")}>{own.second_step_since ? t.security.replace : t.security.set_up}</Button>
                {own.second_step_since ? <Button onPress={() => setAsked("codes")}>{t.security.renew_codes}</Button> : null}
                {own.second_step_since && !own.second_step_required ? <Button look="danger" onPress={() => setAsked("remove")}>{t.security.turn_off}</Button> : null}
              </p>
            </section>
            <section className="stack stack--tight">
              <h2>{t.security.devices}</h2>
              <p>{t.security.devices_text}</p>
              <p><LinkButton to="/account/sessions">{t.shell.sessions}</LinkButton></p>
            </section>
            {asked === "email" ? <OwnEmailDialog own={own} onClose={close} /> : null}
            {asked === "password" ? <PasswordDialog own={own} onClose={close} /> : null}
            {asked === "authenticator" ? <AuthenticatorDialog onClose={close} /> : null}
            {asked === "codes" ? <RenewCodesDialog onClose={close} /> : null}
            {asked === "remove" ? <RemoveAuthenticatorDialog onClose={close} /> : null}
          </div>
        )}
      </Answer>
    </>
  );
}
