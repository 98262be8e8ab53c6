import { useState } from "react";
import { Link, useNavigate } from "@tanstack/react-router";
import { useChange, useRead } from "../../api/hooks";
import type { List, MailRow, MailStatus } from "../../api/types";
import { useFilters } from "../../app/search";
import { useMay } from "../../app/session";
import { useLanguage, useWords } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons, SubmitButtons } from "../../ui/dialog/dialog";
import { Answer, EmptyState, FaultNotice } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Notice } from "../../ui/notice/notice";
import { PageTitle } from "../../ui/page_title/page_title";
import { DataTable, type Column } from "../../ui/table/data_table";
import { useCursor } from "../../ui/table/use_pages";
import { Tabs } from "../../ui/tabs/tabs";
import { useToast } from "../../ui/toast/toast";
import { mailWords } from "./words";

const views = ["failed", "waiting", "bounced", "sent", "cancelled"] as const;
type View = (typeof views)[number];

export function MailPage() {
  const { f } = useLanguage();
  const words = useWords(mailWords);
  const say = useToast();
  const allowed = useMay();
  const navigate = useNavigate();
  const [filter, change] = useFilters<"state">();
  const view: View = views.find((one) => one === filter.state) ?? "failed";
  const { cursor, pages } = useCursor(view);
  const status = useRead<MailStatus>("/mail-status");
  const list = useRead<List<MailRow>>("/mail", { state: view, cursor, limit: 50 }, { keep: true });
  const [asked, setAsked] = useState<"test" | "all" | null>(null);
  const resend = useChange({ onDone: () => say(words.mail.said.resent) });
  const open = (row: MailRow) => void navigate({ to: "/mail/$id", params: { id: row.id } as never });
  const state = status.data;
  const counted = (count: number) => (state && count >= state.counted_max ? words.mail.more_than(f.number(count)) : f.number(count));
  const columns: Column<MailRow>[] = [
    { key: "kind", label: words.mail.kind, kind: "main", fixed: true, cell: (row) => <Link to="/mail/$id" params={{ id: row.id } as never}>{row.kind_name}</Link> },
    { key: "to", label: words.mail.to, kind: "short", cell: (row) => <>{row.to}{row.to && row.address ? " " : ""}<span className="muted">{row.address || words.mail.no_address}</span></> },
    { key: "state", label: words.mail.state, kind: "short", cell: (row) => <MailState of={row} /> },
    { key: "error", label: words.mail.error, cell: (row) => row.error || "—" },
    { key: "cure", label: words.mail.cure, hidden: view === "sent" || view === "cancelled", cell: (row) => row.cure || "—" },
    { key: "created", label: words.mail.created, kind: "short", cell: (row) => f.instant(row.created_at) },
    { key: "attempts", label: words.mail.attempts, kind: "number", hidden: true, cell: (row) => row.attempts },
    view === "sent"
      ? { key: "sent", label: words.mail.sent_at, kind: "short", cell: (row) => (row.sent_at ? f.instant(row.sent_at) : "—") }
      : { key: "next", label: words.mail.next, kind: "short", hidden: view !== "waiting", cell: (row) => (row.next_at ? f.instant(row.next_at) : "—") },
  ];
  const canResend = view === "failed" || view === "waiting" || view === "bounced";
  return (
    <>
      <PageTitle
        title={words.mail.title} lead={!state ? undefined : state.failed + state.waiting === 0 ? words.mail.lead_none : words.mail.lead(counted(state.failed), counted(state.waiting))}
        actions={allowed("edit_mail") ? <Button onPress={() => setAsked("test")}>{words.mail.test}</Button> : null}
      />
      <Answer of={status} lines={2}>
        {(data) => (
          <div className="stack stack--tight">
            {data.configured ? null : <Notice warn>{words.mail.not_configured}</Notice>}
            {data.configured && data.down_since ? <Notice warn>{words.mail.down(data.error, f.instant(data.down_since))} {data.cure} {data.next_try_at ? words.mail.next_try(f.instant(data.next_try_at)) : null}</Notice> : null}
            {data.bounces_error ? <Notice warn>{data.bounces_error}</Notice> : null}
            <p className="muted small">
              {words.mail.last_sent}：{data.last_sent_at ? f.instant(data.last_sent_at) : words.mail.never}
              {" · "}
              {data.bounces_configured ? <>{words.mail.bounces_read}：{data.bounces_read_at ? f.instant(data.bounces_read_at) : words.mail.never}</> : words.mail.no_bounces}
            </p>
          </div>
        )}
      </Answer>
      {resend.error ? <FaultNotice error={resend.error} /> : null}
      <Tabs label={words.mail.title} chosen={view} onChange={(key) => change({ state: key === "failed" ? null : key })}
        tabs={views.map((key) => ({ key, label: state && key !== "cancelled" ? words.mail.with_count(words.mail.views[key], counted(state[key])) : words.mail.views[key] }))}>
        <DataTable
          key={view} name={`mail.${view}`} exports={{ list: "mail", query: { state: view } }} label={words.mail.views[view]} columns={columns} rows={list.data?.rows} rowKey={(row) => row.id} rowText={(row) => `${row.kind_name} ${row.to || row.address}`}
          onOpen={open} error={list.data ? null : list.error} retry={() => void list.refetch()} stale={list.isPlaceholderData} pages={pages(list.data)}
          actions={(row) => [
            { key: "open", label: words.mail.open, run: () => open(row) },
            ...(allowed("edit_mail") && canResend ? [{ key: "resend", label: view === "waiting" ? words.mail.resend_now : words.mail.resend, run: () => resend.mutate({ path: `/mail/${row.id}/resending` }) }] : []),
          ]}
          tools={allowed("edit_mail") && canResend && (list.data?.rows.length ?? 0) > 0 ? <Button onPress={() => setAsked("all")}>{words.mail.resend_all}</Button> : null}
          empty={<EmptyState title={words.mail.empty[view]}>{words.mail.empty_hint}</EmptyState>}
        />
      </Tabs>
      {asked === "test" ? <TestDialog onClose={() => setAsked(null)} /> : null}
      {asked === "all" ? <ResendAllDialog view={view} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

export function MailState({ of }: { of: MailRow }) {
  const words = useWords(mailWords);
  return <span className={of.state === "failed" ? "tag tag--warn" : "tag"}>{of.bounced ? words.mail.came_back : nameOf(words.mail.states, of.state)}</span>;
}

function TestDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage();
  const words = useWords(mailWords);
  const say = useToast();
  const [address, setAddress] = useState("");
  const change = useChange({
    onDone: () => {
      say(words.mail.said.tested);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={words.mail.test} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([address.trim() === "" && { path: "address", message: t.form.must(words.mail.address) }])) change.mutate({ path: "/mail-tests", body: { address: address.trim() } });
      }}>
        <p className="muted small">{words.mail.test_hint}</p>
        <TextField name="address" type="email" label={words.mail.address} value={address} onChange={setAddress} error={faults.of("address")} autoComplete="off" required />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{words.mail.test}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

function ResendAllDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const { t, f } = useLanguage();
  const words = useWords(mailWords);
  const say = useToast();
  const change = useChange<{ count: number }>({
    onDone: (answer) => {
      say(words.mail.said.all_resent(f.number(answer.count)));
      onClose();
    },
  });
  return (
    <Dialog title={words.mail.resend_all_title} isOpen onClose={onClose}>
      {change.error ? <FaultNotice error={change.error} /> : null}
      <p>{words.mail.resend_all_text(words.mail.views[view])}</p>
      <DialogButtons>
        <Button onPress={onClose}>{t.common.back}</Button>
        <Button look="primary" busy={change.isPending} onPress={() => change.mutate({ path: "/mail-resendings", body: { state: view } })}>{words.mail.resend_all}</Button>
      </DialogButtons>
    </Dialog>
  );
}
