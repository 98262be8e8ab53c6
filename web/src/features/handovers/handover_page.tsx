import { useState } from "react";
import { Link, useParams } from "@tanstack/react-router";
import { useChange, useRead } from "../../api/hooks";
import type { Handover, HandoverItem } from "../../api/types";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons, SubmitButtons } from "../../ui/dialog/dialog";
import { Answer, EmptyState, FaultNotice } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { PlainTable } from "../../ui/table/plain_table";
import { useToast } from "../../ui/toast/toast";
import { DutyStatus } from "../duties/duty_status";
import { useHandoverText } from "./words";
import "./handovers.css";

type Part = "leaving" | "coming" | "supervisor";
const parts: Part[] = ["leaving", "coming", "supervisor"];

export function HandoverPage() {
  const { t, f } = useHandoverText();
  const { id } = useParams({ strict: false }) as { id: string };
  const handover = useRead<Handover>(`/handovers/${id}`);
  const [noted, setNoted] = useState<HandoverItem | "whole" | null>(null);
  const [signing, setSigning] = useState<Part | null>(null);
  const words = t.handovers;
  return (
    <Answer of={handover} lines={8}>
      {(view) => {
        const row = view.handover;
        const mayNote = view.actions.includes("note");
        const columns = [
          { key: "number", label: t.duties.number, kind: "short" as const, cell: (item: HandoverItem) => item.duty.number },
          { key: "title", label: t.duties.name, kind: "main" as const, cell: (item: HandoverItem) => <Link to="/duties/$id" params={{ id: item.duty.id } as never}>{item.duty.title}</Link> },
          { key: "due", label: t.duties.due, kind: "short" as const, cell: (item: HandoverItem) => f.date(item.duty.due_on) },
          { key: "state", label: t.common.state, kind: "short" as const, cell: (item: HandoverItem) => <DutyStatus duty={item.duty} /> },
          { key: "asked", label: words.extension, kind: "short" as const, cell: (item: HandoverItem) => (item.extension_asked ? words.asked : "—") },
          { key: "note", label: words.note, cell: (item: HandoverItem) => (
            <>
              <span className="handover__note">{item.note || "—"}</span>
              {mayNote ? <span className="no-print"> <Button small aria-label={`${words.write_note}：${item.duty.title}`} onPress={() => setNoted(item)}>{words.write_note}</Button></span> : null}
            </>
          ) },
        ];
        return (
          <>
            <PageTitle title={words.page_title(row.post_name)} crumbs={[{ label: words.title, to: "/handovers" }]}
              lead={words.page_lead(f.number(view.items.length), f.number(view.late))}
              actions={<><Button onPress={() => window.print()}>{t.common.print}</Button>{parts.filter((part) => view.actions.includes(`sign_${part}`)).map((part) => <Button key={part} look="primary" onPress={() => setSigning(part)}>{words.sign[part]}</Button>)}</>} />
            <dl className="facts">
              <dt>{words.agency}</dt><dd>{row.agency_name}</dd>
              <dt>{words.post}</dt><dd>{row.post_name}</dd>
              <dt>{words.changes_on}</dt><dd>{f.longDate(row.changes_on)}</dd>
              <dt>{words.parts.leaving}</dt><dd>{row.from_name}</dd>
              <dt>{words.parts.coming}</dt><dd>{row.to_name ?? words.vacant}</dd>
            </dl>
            <p className="muted">{view.frozen_at ? words.frozen(f.instant(view.frozen_at)) : words.live}</p>
            {view.hidden > 0 ? <p className="muted">{words.hidden(view.hidden)}</p> : null}
            {view.items.length === 0 ? <EmptyState title={words.no_items}>{words.no_items_hint}</EmptyState> : <PlainTable caption={words.items} rows={view.items} rowKey={(item) => item.duty.id} columns={columns} />}
            <section className="stack stack--tight">
              <h2>{words.whole_note}</h2>
              <p className="handover__note">{view.note || words.no_note}</p>
              {mayNote ? <p className="no-print"><Button small onPress={() => setNoted("whole")}>{words.write_note}</Button></p> : null}
            </section>
            <section className="stack stack--tight">
              <h2>{words.signatures}</h2>
              <div className="handover__signatures">
                {parts.map((part) => {
                  const signature = row.signatures.find((one) => one.part === part);
                  return (
                    <div key={part} className="handover__signature">
                      <strong>{words.parts[part]}{part === "supervisor" ? t.common.optional : ""}</strong>
                      {signature ? <span>{signature.by_name}<br /><span className="muted small">{f.instant(signature.at)}</span></span> : <span className="muted">{words.unsigned}</span>}
                    </div>
                  );
                })}
              </div>
            </section>
            {noted ? <NoteDialog id={id} item={noted === "whole" ? null : noted} note={noted === "whole" ? view.note : noted.note} onClose={() => setNoted(null)} /> : null}
            {signing ? <SignDialog id={id} part={signing} onClose={() => setSigning(null)} /> : null}
          </>
        );
      }}
    </Answer>
  );
}

function NoteDialog({ id, item, note, onClose }: { id: string; item: HandoverItem | null; note: string; onClose: () => void }) {
  const { t } = useHandoverText();
  const say = useToast();
  const [text, setText] = useState(note);
  const change = useChange<Handover>({
    onDone: () => {
      say(t.handovers.noted);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={item ? t.handovers.note_title(item.duty.title) : t.handovers.whole_note} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => change.mutate({ method: "PUT", path: `/handovers/${id}/notes`, body: { duty_id: item?.duty.id ?? null, note: text.trim() } })}>
        <TextField name="note" label={t.handovers.note} hint={t.handovers.note_hint} value={text} onChange={setText} error={faults.of("note")} multiline autoFocus />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

function SignDialog({ id, part, onClose }: { id: string; part: Part; onClose: () => void }) {
  const { t } = useHandoverText();
  const say = useToast();
  const change = useChange<Handover>({
    onDone: () => {
      say(t.handovers.signed);
      onClose();
    },
  });
  return (
    <Dialog title={t.handovers.sign[part]} isOpen onClose={onClose}>
      {change.error ? <FaultNotice error={change.error} /> : null}
      <p>{t.handovers.sign_text[part]}</p>
      <DialogButtons>
        <Button onPress={onClose}>{t.common.back}</Button>
        <Button look="primary" busy={change.isPending} onPress={() => change.mutate({ path: `/handovers/${id}/signatures`, body: { part } })}>{t.handovers.sign[part]}</Button>
      </DialogButtons>
    </Dialog>
  );
}
