import { useState } from "react";
import { Link, useParams } from "@tanstack/react-router";
import { useChange, useRead } from "../../api/hooks";
import type { MailView, OpenedMail } from "../../api/types";
import { useLanguage } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Answer, FaultNotice } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { Timeline } from "../../ui/timeline/timeline";
import { useToast } from "../../ui/toast/toast";
import { MailState } from "./mail_page";

export function OneMailPage() {
  const { t } = useLanguage();
  const { id } = useParams({ strict: false }) as { id: string };
  const mail = useRead<MailView>(`/mail/${id}`);
  return <Answer of={mail}>{(data) => <OneMail of={data} title={t.mail.one_title(data.mail.kind_name)} />}</Answer>;
}

function OneMail({ of: { mail, steps, actions }, title }: { of: MailView; title: string }) {
  const { t, f } = useLanguage();
  const say = useToast();
  const [asked, setAsked] = useState<"mend" | "give_up" | null>(null);
  const [opened, setOpened] = useState<OpenedMail | null>(null);
  const resend = useChange({ onDone: () => say(t.mail.said.resent) });
  const reveal = useChange<OpenedMail>({ onDone: setOpened, refresh: false });
  const can = (action: string) => actions.includes(action);
  return (
    <>
      <PageTitle title={title} crumbs={[{ label: t.nav.mail, to: "/mail" }]}
        actions={
          <>
            {can("resend") ? <Button look="primary" busy={resend.isPending} onPress={() => resend.mutate({ path: `/mail/${mail.id}/resending` })}>{mail.state === "waiting" ? t.mail.resend_now : t.mail.resend}</Button> : null}
            {can("mend") ? <Button onPress={() => setAsked("mend")}>{t.mail.mend}</Button> : null}
            {can("give_up") ? <Button look="danger" onPress={() => setAsked("give_up")}>{t.mail.give_up}</Button> : null}
          </>
        } />
      {resend.error ? <FaultNotice error={resend.error} /> : null}
      {reveal.error ? <FaultNotice error={reveal.error} /> : null}
      <section className="panel">
        <dl className="facts">
          <dt>{t.mail.state}</dt>
          <dd><MailState of={mail} /></dd>
          {mail.error ? <><dt>{t.mail.error}</dt><dd>{mail.error}</dd></> : null}
          {mail.cure ? <><dt>{t.mail.cure}</dt><dd>{mail.cure}</dd></> : null}
          <dt>{t.mail.to}</dt>
          <dd>{mail.to}{mail.to ? " " : ""}<span className="muted">{opened ? opened.address : mail.address || t.mail.no_address}</span></dd>
          <dt>{t.mail.attempts}</dt>
          <dd>{f.number(mail.attempts)}</dd>
          {mail.next_at ? <><dt>{t.mail.next}</dt><dd>{f.instant(mail.next_at)}</dd></> : null}
          {mail.record_kind === "duty" ? <><dt>{t.mail.about}</dt><dd><Link to="/duties/$id" params={{ id: mail.record_id } as never}>{t.record_kinds.duty}</Link></dd></> : null}
          {opened ? (
            <>
              <dt>{t.mail.subject}</dt>
              <dd>{opened.subject}</dd>
              <dt>{t.mail.content}</dt>
              <dd>
                {opened.paragraphs.map((paragraph, index) => <p key={index}>{paragraph}</p>)}
                {opened.rows.map((row, index) => <div key={index}><span className="muted">{row.label}</span> {row.value}</div>)}
              </dd>
            </>
          ) : null}
        </dl>
        {can("open") && !opened ? (
          <div className="stack stack--tight">
            <div><Button small busy={reveal.isPending} onPress={() => reveal.mutate({ path: `/mail/${mail.id}/opening`, body: {} })}>{t.mail.reveal}</Button></div>
            <p className="muted small">{t.mail.reveal_hint}</p>
          </div>
        ) : null}
      </section>
      <section className="stack stack--tight">
        <h2>{t.mail.history}</h2>
        <Timeline label={t.mail.history} events={[
          { key: "queued", at: mail.created_at, who: null, text: t.mail.queued },
          ...steps.map((step, index) => ({
            key: index, at: step.at, who: step.by || null,
            text: <>{nameOf(t.mail.events, step.what)}{step.text ? <span className="muted"> {step.text}</span> : null}{step.reason ? <> {step.reason}</> : null}</>,
          })),
        ].reverse()} />
      </section>
      {asked === "mend" ? <MendDialog id={mail.id} onClose={() => setAsked(null)} /> : null}
      {asked === "give_up" ? <GiveUpDialog id={mail.id} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

function MendDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useLanguage();
  const say = useToast();
  const [address, setAddress] = useState("");
  const change = useChange({
    onDone: () => {
      say(t.mail.said.mended);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={t.mail.mend} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([address.trim() === "" && { path: "address", message: t.form.must(t.mail.address) }])) change.mutate({ method: "PUT", path: `/mail/${id}/address`, body: { address: address.trim() } });
      }}>
        <p className="muted small">{t.mail.mend_hint}</p>
        <TextField name="address" type="email" label={t.mail.address} value={address} onChange={setAddress} error={faults.of("address")} autoComplete="off" required />
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look="primary" busy={change.isPending}>{t.mail.mend_and_send}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}

function GiveUpDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useLanguage();
  const say = useToast();
  const [reason, setReason] = useState("");
  const change = useChange({
    onDone: () => {
      say(t.mail.said.given_up);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={t.mail.give_up} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([reason.trim() === "" && { path: "reason", message: t.form.must(t.common.reason) }])) change.mutate({ path: `/mail/${id}/giving-up`, body: { reason: reason.trim() } });
      }}>
        <p className="muted small">{t.mail.give_up_hint}</p>
        <TextField name="reason" label={t.common.reason} value={reason} onChange={setReason} error={faults.of("reason")} required />
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look="danger" busy={change.isPending}>{t.mail.give_up}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
