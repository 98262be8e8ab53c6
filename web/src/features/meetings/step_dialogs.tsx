import { useState, type ReactNode } from "react";
import { useChange } from "../../api/hooks";
import type * as schema from "../../api/schema";
import { useSession } from "../../app/session";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import { AgencyBox } from "../agencies/agency_box";
import { useMeetingText } from "./words";

type View = schema.MeetingView;

/** A step that needs a sentence: cancel, strike, waive, close, withdraw. */
export function ReasonDialog({ title, about, label, said, path, more, submit, onClose }: { title: string; about?: string; label: string; said: string; path: string; more?: Record<string, unknown>; submit: string; onClose: () => void }) {
  const { t } = useMeetingText();
  const say = useToast();
  const [reason, setReason] = useState("");
  const change = useChange<unknown>({
    onDone: () => {
      say(said);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (!faults.check([reason.trim() === "" && { path: "reason", message: t.form.must(label) }])) return;
        change.mutate({ path, body: { ...more, reason: reason.trim() } });
      }}>
        {about ? <p>{about}</p> : null}
        <TextField name="reason" label={label} value={reason} onChange={setReason} error={faults.of("reason")} multiline required autoFocus />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{submit}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

/** A form that changes the meeting; what is sent is made of its own fields. */
function StepDialog({ title, submit, said, method, path, body, check, onClose, children }: {
  title: string;
  submit: string;
  said: string;
  method?: "PUT";
  path: string;
  body: () => Record<string, unknown>;
  check?: () => ({ path: string; message: string } | false)[];
  onClose: () => void;
  children: (fault: (path: string) => string | undefined) => ReactNode;
}) {
  const say = useToast();
  const change = useChange<View>({
    onDone: () => {
      say(said);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (check && !faults.check(check())) return;
        change.mutate({ ...(method ? { method } : {}), path, body: body() });
      }}>
        {children(faults.of)}
        <SubmitButtons onClose={onClose} busy={change.isPending}>{submit}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

export function EditDialog({ meeting, onClose }: { meeting: schema.MeetingRow; onClose: () => void }) {
  const { t } = useMeetingText();
  const words = t.meetings;
  const [on, setOn] = useState<string | null>(meeting.planned_on);
  const [time, setTime] = useState(meeting.begins_at);
  const [place, setPlace] = useState(meeting.place);
  return (
    <StepDialog title={words.edit} submit={t.common.save} said={words.edited} method="PUT" path={`/meetings/${meeting.id}`} onClose={onClose}
      body={() => ({ planned_on: on, begins_at: time.trim(), place: place.trim(), revision: meeting.revision })} check={() => [on === null && { path: "planned_on", message: t.form.must(words.date) }]}>
      {(fault) => (
        <>
          <RocDatePicker name="planned_on" label={words.date} value={on} onChange={setOn} error={fault("planned_on")} required />
          <TextField name="begins_at" label={`${words.time}${t.common.optional}`} hint={words.time_hint} value={time} onChange={setTime} error={fault("begins_at")} />
          <TextField name="place" label={`${words.place}${t.common.optional}`} value={place} onChange={setPlace} error={fault("place")} />
        </>
      )}
    </StepDialog>
  );
}

export function EntryDialog({ meeting, onClose }: { meeting: schema.MeetingRow; onClose: () => void }) {
  const { t } = useMeetingText();
  const words = t.meetings;
  const [title, setTitle] = useState("");
  const [reason, setReason] = useState("");
  const [agency, setAgency] = useState<string | null>(null);
  const [secret, setSecret] = useState("internal");
  return (
    <StepDialog title={words.add_entry} submit={words.add_entry} said={words.added} path={`/meetings/${meeting.id}/entries`} onClose={onClose}
      body={() => ({ title: title.trim(), reason: reason.trim(), ...(agency ? { agency_id: agency } : {}), confidentiality: secret })}
      check={() => [title.trim() === "" && { path: "title", message: t.form.must(words.entry_title) }, reason.trim() === "" && { path: "reason", message: t.form.must(words.entry_reason) }]}>
      {(fault) => (
        <>
          <TextField name="title" label={words.entry_title} value={title} onChange={setTitle} error={fault("title")} required autoFocus />
          <TextField name="reason" label={words.entry_reason} hint={words.entry_reason_hint} value={reason} onChange={setReason} error={fault("reason")} multiline required />
          <AgencyBox name="agency_id" label={`${words.entry_agency}${t.common.optional}`} hint={words.entry_agency_hint} value={agency} onChange={setAgency} error={fault("agency_id")} />
          <Select name="confidentiality" label={words.confidentiality} hint={words.confidential_hint} value={secret} onChange={setSecret} options={Object.entries(t.confidentialities).map(([value, label]) => ({ value, label }))} error={fault("confidentiality")} />
        </>
      )}
    </StepDialog>
  );
}

export function FreezeDialog({ meeting, onClose }: { meeting: schema.MeetingRow; onClose: () => void }) {
  const { t } = useMeetingText();
  const words = t.meetings;
  const session = useSession();
  const [on, setOn] = useState<string | null>(session.today);
  return (
    <StepDialog title={words.freeze} submit={words.freeze} said={words.frozen} path={`/meetings/${meeting.id}/pack`} onClose={onClose}
      body={() => ({ revision: meeting.revision, ...(on && on !== session.today ? { cutoff_on: on } : {}) })} check={() => [on === null && { path: "cutoff_on", message: t.form.must(words.cutoff) }]}>
      {(fault) => (
        <>
          <p>{words.freeze_about}</p>
          <RocDatePicker name="cutoff_on" label={words.cutoff} hint={words.cutoff_hint} value={on} onChange={setOn} error={fault("cutoff_on")} required />
        </>
      )}
    </StepDialog>
  );
}

export function HoldDialog({ meeting, onClose }: { meeting: schema.MeetingRow; onClose: () => void }) {
  const { t } = useMeetingText();
  const words = t.meetings;
  const session = useSession();
  const [on, setOn] = useState<string | null>(session.today);
  return (
    <StepDialog title={words.hold} submit={words.hold} said={words.held} path={`/meetings/${meeting.id}/holding`} onClose={onClose}
      body={() => ({ held_on: on, revision: meeting.revision })} check={() => [on === null && { path: "held_on", message: t.form.must(words.held_on) }]}>
      {(fault) => <RocDatePicker name="held_on" label={words.held_on} value={on} onChange={setOn} error={fault("held_on")} required />}
    </StepDialog>
  );
}

export function MinutesDialog({ meeting, newest, onClose }: { meeting: schema.MeetingRow; newest: schema.MinutesVersion | null; onClose: () => void }) {
  const { t } = useMeetingText();
  const words = t.meetings;
  const [text, setText] = useState(newest?.text ?? "");
  return (
    <StepDialog title={words.write_minutes} submit={t.common.save} said={words.minutes_written} path={`/meetings/${meeting.id}/minutes`} onClose={onClose}
      body={() => ({ text, after: newest?.version ?? 0 })} check={() => [text.trim() === "" && { path: "text", message: t.form.must(words.minutes_text) }]}>
      {(fault) => <TextField name="text" label={words.minutes_text} value={text} onChange={setText} error={fault("text")} multiline required autoFocus />}
    </StepDialog>
  );
}

export function ApproveDialog({ meeting, version, onClose }: { meeting: schema.MeetingRow; version: number; onClose: () => void }) {
  const { t } = useMeetingText();
  const words = t.meetings;
  return (
    <StepDialog title={words.approve} submit={words.approve} said={words.approved} path={`/meetings/${meeting.id}/minutes-approval`} onClose={onClose} body={() => ({ version })}>
      {() => <p>{`${words.version(String(version))}。${words.approve_about}`}</p>}
    </StepDialog>
  );
}

export function DecideDialog({ view, onClose }: { view: View; onClose: () => void }) {
  const { t } = useMeetingText();
  const words = t.meetings;
  const [text, setText] = useState("");
  const [agency, setAgency] = useState<string | null>(view.meeting.kind === "agency" ? view.meeting.agency_id : null);
  const [due, setDue] = useState<string | null>(null);
  const [entry, setEntry] = useState("");
  const [secret, setSecret] = useState("internal");
  const open = view.entries.filter((one) => !one.struck_reason);
  return (
    <StepDialog title={words.decide} submit={words.decide} said={words.decided} path={`/meetings/${view.meeting.id}/decisions`} onClose={onClose}
      body={() => ({ text: text.trim(), agency_id: agency, due_on: due, ...(entry ? { entry_id: entry } : {}), confidentiality: secret })}
      check={() => [
        text.trim() === "" && { path: "text", message: t.form.must(words.decision_text) },
        agency === null && { path: "agency_id", message: t.form.choose(words.owed_by) },
        due === null && { path: "due_on", message: t.form.must(words.due) },
      ]}>
      {(fault) => (
        <>
          <TextField name="text" label={words.decision_text} value={text} onChange={setText} error={fault("text")} multiline required autoFocus />
          <AgencyBox name="agency_id" label={words.owed_by} value={agency} onChange={setAgency} error={fault("agency_id")} required />
          <RocDatePicker name="due_on" label={words.due} value={due} onChange={setDue} error={fault("due_on")} required />
          <Select name="entry_id" label={words.decision_entry} value={entry} onChange={(id) => {
            setEntry(id);
            const chosen = open.find((one) => one.id === id);
            if (chosen?.agency_id) setAgency(chosen.agency_id);
            if (chosen) setSecret(chosen.confidentiality);
          }} options={[{ value: "", label: words.decision_entry_none }, ...open.map((one) => ({ value: one.id, label: one.title }))]} error={fault("entry_id")} />
          <Select name="confidentiality" label={words.confidentiality} value={secret} onChange={setSecret} options={Object.entries(t.confidentialities).map(([value, label]) => ({ value, label }))} error={fault("confidentiality")} />
        </>
      )}
    </StepDialog>
  );
}
