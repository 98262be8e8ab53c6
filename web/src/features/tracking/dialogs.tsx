import { useState } from "react";
import { useChange } from "../../api/hooks";
import type { TrackedItem, TrackedPart } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Choices, Form, TextField, useFaults } from "../../ui/form/form";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { useToast } from "../../ui/toast/toast";
import { AgencyBox } from "../agencies/agency_box";
import { tracking } from "./words";

export type ItemAction = "submit_set_up" | "decide_set_up" | "ask_closing" | "decide_closing" | "add_part" | "add_baseline" | "ask_period" | "cancel";

/** What is done to an item as a whole: hand in, approve or return, each with its words. */
export default function ItemDialog({ item, action, onClose }: { item: TrackedItem; action: ItemAction; onClose: () => void }) {
  const { t } = useLanguage();
  const words = useWords(tracking);
  const say = useToast();
  const [approve, setApprove] = useState("yes");
  const [note, setNote] = useState("");
  const [number, setNumber] = useState("");
  const [days, setDays] = useState("0");
  const [agency, setAgency] = useState<string | null>(null);
  const [due, setDue] = useState<string | null>(null);
  const change = useChange({
    onDone: () => {
      say(words.item.said);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  const decides = action === "decide_set_up" || action === "decide_closing";
  const path = `/tracking-items/${item.item.id}/`;
  const send = () => {
    const approved = approve === "yes";
    const must = (so: boolean, field: string, label: string) => so && { path: field, message: t.form.must(label) };
    const well = faults.check([
      must(note.trim() === "" && ((decides && (!approved || action === "decide_closing")) || action === "ask_closing" || action === "cancel"), "note", words.item.note),
      must(due === null && action === "ask_period", "period", words.cycle.period),
      must(note.trim() === "" && action === "add_part", "title", words.item.parts),
      must(agency === null && action === "add_part", "agency_id", words.agency),
      must(note.trim() === "" && action === "add_baseline", "reason", words.item.reason),
      must(number.trim() === "" && action === "add_baseline", "approval_number", words.item.approval_number),
      action === "add_baseline" && !/^-?\d{1,4}$/.test(days.trim()) && { path: "granted_days", message: t.form.whole_number },
    ]);
    if (!well) return;
    if (action === "submit_set_up") change.mutate({ path: `${path}set-up`, body: {} });
    if (action === "decide_set_up") change.mutate({ path: `${path}set-up-decision`, body: { approve: approved, note: note.trim(), approval_number: number.trim() } });
    if (action === "ask_closing") change.mutate({ path: `${path}closing`, body: { note: note.trim() } });
    if (action === "decide_closing") change.mutate({ path: `${path}closing-decision`, body: { approve: approved, note: note.trim() } });
    if (action === "ask_period") change.mutate({ path: `${path}filings/${due}/request`, body: {} });
    if (action === "cancel") change.mutate({ path: `${path}requests`, body: { kind: "cancel", reason: note.trim(), checkpoints: [], curves: [], release_reason: "given_up" } });
    if (action === "add_part") change.mutate({ path: `${path}parts`, body: { title: note.trim(), agency_id: agency, due_on: due } });
    if (action === "add_baseline") change.mutate({ path: `${path}baselines`, body: { approval_number: number.trim(), reason: note.trim(), granted_days: Number(days), curves: [], revision: item.revision } });
  };
  return (
    <Dialog title={words.item[action]} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={send}>
        <p className="small muted">{item.item.title}</p>
        {decides ? <Choices label={words.item[action]} name="approve" value={approve} onChange={setApprove} options={[{ value: "yes", label: words.item.approve }, { value: "no", label: words.item.return }]} /> : null}
        {action === "decide_set_up" || action === "add_baseline" ? <TextField name="approval_number" label={words.item.approval_number} value={number} onChange={setNumber} error={faults.of("approval_number")} required={action === "add_baseline"} /> : null}
        {action === "add_baseline" ? <TextField name="granted_days" label={words.item.granted} value={days} onChange={setDays} error={faults.of("granted_days")} inputMode="numeric" /> : null}
        {action === "add_part" ? <TextField name="title" label={words.item.parts} value={note} onChange={setNote} error={faults.of("title")} required /> : null}
        {action === "add_part" ? <AgencyBox name="agency_id" label={words.agency} value={agency} onChange={setAgency} error={faults.of("agency_id")} required /> : null}
        {action === "ask_period" ? <RocDatePicker name="period" label={words.item.period_first_day} value={due} onChange={setDue} error={faults.of("period")} required /> : null}
        {action === "add_part" ? <RocDatePicker name="due_on" label={words.item.due_on} value={due} onChange={setDue} error={faults.of("due_on")} /> : null}
        {action === "add_baseline" ? <TextField name="reason" label={words.item.reason} value={note} onChange={setNote} error={faults.of("reason")} multiline required /> : null}
        {decides || action === "ask_closing" || action === "cancel" ? <TextField name="note" label={action === "decide_closing" && approve === "yes" ? words.item.evidence : words.item.note} value={note} onChange={setNote} error={faults.of("note")} multiline required={action !== "decide_set_up" || approve === "no"} /> : null}
        <SubmitButtons onClose={onClose} busy={change.isPending}>{words.item[action]}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

/** A part asks to be closed, or the controller decides on that. */
export function PartDialog({ part, onClose }: { part: TrackedPart; onClose: () => void }) {
  const words = useWords(tracking);
  const { t } = useLanguage();
  const say = useToast();
  const asks = part.actions.includes("ask");
  const [text, setText] = useState("");
  const [agree, setAgree] = useState("yes");
  const change = useChange({
    onDone: () => {
      say(words.item.said);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  const field = asks ? "report" : "answer";
  return (
    <Dialog title={asks ? words.item.ask_part : words.item.decide_part} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (!faults.check([text.trim() === "" && (asks || agree === "no") && { path: field, message: t.form.must(words.item.note) }])) return;
        if (asks) change.mutate({ path: `/tracking-parts/${part.id}/closing`, body: { report: text.trim(), revision: part.revision } });
        else change.mutate({ path: `/tracking-parts/${part.id}/closing-decision`, body: { agree: agree === "yes", answer: text.trim(), revision: part.revision } });
      }}>
        <p className="small muted">{part.title}</p>
        {asks ? null : <p className="prose">{part.report}</p>}
        {asks ? null : <Choices label={words.item.decide_part} name="agree" value={agree} onChange={setAgree} options={[{ value: "yes", label: words.item.approve }, { value: "no", label: words.item.return }]} />}
        <TextField name={field} label={words.item.note} value={text} onChange={setText} error={faults.of(field)} multiline required={asks || agree === "no"} />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{asks ? words.item.ask_part : words.item.decide_part}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
