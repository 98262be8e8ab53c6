import { useState } from "react";
import { Link, useParams } from "@tanstack/react-router";
import { useChange, useRead } from "../../api/hooks";
import type { MailView, OpenedMail } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons, SubmitButtons } from "../../ui/dialog/dialog";
import { Answer, FaultNotice } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { Timeline } from "../../ui/timeline/timeline";
import { useToast } from "../../ui/toast/toast";
import { MailState } from "./mail_page";
import { mailWords } from "./words";

export function OneMailPage() {
  const words = useWords(mailWords);
  const { id } = useParams({ strict: false }) as { id: string };
  const mail = useRead<MailView>(`/mail/${id}`);
  return <Answer of={mail}>{(data) => <OneMail of={data} title={words.mail.one_title(data.mail.kind_name)} />}</Answer>;
}

function OneMail({ of: { mail, steps, actions }, title }: { of: MailView; title: string }) {
  const { t, f } = useLanguage();
  const words = useWords(mailWords);
  const say = useToast();
  const [asked, setAsked] = useState<"mend" | "give_up" | null>(null);
  const [opened, setOpened] = useState<OpenedMail | null>(null);
  const resend = useChange({ onDone: () => say(words.mail.said.resent) });
  const reveal = useChange<OpenedMail>({ onDone: setOpened, refresh: false });
  const can = (action: string) => actions.includes(action);
  return (
    <>
      <PageTitle title={title} crumbs={[{ label: t.nav.mail, to: "/mail" }]}
        actions={
          <>
            {can("resend") ? <Button look="primary" busy={resend.isPending} onPress={() => resend.mutate({ path: `/mail/${mail.id}/resending` })}>{mail.state === "waiting" ? words.mail.resend_now : words.mail.resend}</Button> : null}
            {can("mend") ? <Button onPress={() => setAsked("mend")}>{words.mail.mend}</Button> : null}
            {can("give_up") ? <Button look="danger" onPress={() => setAsked("give_up")}>{words.mail.give_up}</Button> : null}
          </>
        } />
      {resend.error ? <FaultNotice error={resend.error} /> : null}
      {reveal.error ? <FaultNotice error={reveal.error} /> : null}
      <section className="panel">
        <dl className="facts">
          <dt>{words.mail.state}</dt>
          <dd><MailState of={mail} /></dd>
          {mail.error ? <><dt>{words.mail.error}</dt><dd>{mail.error}</dd></> : null}
          {mail.cure ? <><dt>{words.mail.cure}</dt><dd>{mail.cure}</dd></> : null}
          <dt>{words.mail.to}</dt>
          <dd>{mail.to}{mail.to ? " " : ""}<span className="muted">{opened ? opened.address : mail.address || words.mail.no_address}</span></dd>
          <dt>{words.mail.attempts}</dt>
          <dd>{f.number(mail.attempts)}</dd>
          {mail.next_at ? <><dt>{words.mail.next}</dt><dd>{f.instant(mail.next_at)}</dd></> : null}
          {mail.record_kind === "duty" ? <><dt>{words.mail.about}</dt><dd><Link to="/duties/$id" params={{ id: mail.record_id } as never}>{t.duties.name}</Link></dd></> : null}
          {opened ? (
            <>
              <dt>{words.mail.subject}</dt>
              <dd>{opened.subject}</dd>
              <dt>{words.mail.content}</dt>
              <dd>
                {opened.paragraphs.map((paragraph, index) => <p key={index}>{paragraph}</p>)}
                {opened.rows.map((row, index) => <div key={index}><span className="muted">{row.label}</span> {row.value}</div>)}
              </dd>
            </>
          ) : null}
        </dl>
        {can("open") && !opened ? (
          <div className="stack stack--tight">
            <div><Button small busy={reveal.isPending} onPress={() => reveal.mutate({ path: `/mail/${mail.id}/opening`, body: {} })}>{words.mail.reveal}</Button></div>
            <p className="muted small">{words.mail.reveal_hint}</p>
          </div>
        ) : null}
      </section>
      <section className="stack stack--tight">
        <h2>{words.mail.history}</h2>
        <Timeline label={words.mail.history} events={[
          { key: "queued", at: mail.created_at, who: null, text: words.mail.queued },
          ...steps.map((step, index) => ({
            key: index, at: step.at, who: step.by || null,
            text: <>{nameOf(words.mail.events, step.what)}{step.text ? <span className="muted"> {step.text}</span> : null}{step.reason ? <> {step.reason}</> : null}</>,
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
  const words = useWords(mailWords);
  const say = useToast();
  const [address, setAddress] = useState("");
  const change = useChange({
    onDone: () => {
      say(words.mail.said.mended);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={words.mail.mend} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([address.trim() === "" && { path: "address", message: t.form.must(words.mail.address) }])) change.mutate({ method: "PUT", path: `/mail/${id}/address`, body: { address: address.trim() } });
      }}>
        <p className="muted small">{words.mail.mend_hint}</p>
        <TextField name="address" type="email" label={words.mail.address} value={address} onChange={setAddress} error={faults.of("address")} autoComplete="off" required />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{words.mail.mend_and_send}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

function GiveUpDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useLanguage();
  const words = useWords(mailWords);
  const say = useToast();
  const [reason, setReason] = useState("");
  const change = useChange({
    onDone: () => {
      say(words.mail.said.given_up);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={words.mail.give_up} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([reason.trim() === "" && { path: "reason", message: t.form.must(t.common.reason) }])) change.mutate({ path: `/mail/${id}/giving-up`, body: { reason: reason.trim() } });
      }}>
        <p className="muted small">{words.mail.give_up_hint}</p>
        <TextField name="reason" label={t.common.reason} value={reason} onChange={setReason} error={faults.of("reason")} required />
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look="danger" busy={change.isPending}>{words.mail.give_up}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}
