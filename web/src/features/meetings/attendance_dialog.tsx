import { useState } from "react";
import { useChange } from "../../api/hooks";
import type * as schema from "../../api/schema";
import { Button } from "../../ui/button/button";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import { useMeetingText } from "./words";

type Presence = schema.MeetingSeat["presence"];

interface Draft {
  post_id: string | null;
  label: string;
  who: string;
  presence: Presence;
  deputy: string;
}

export function AttendanceDialog({ view, onClose }: { view: schema.MeetingView; onClose: () => void }) {
  const { t, f } = useMeetingText();
  const words = t.meetings;
  const say = useToast();
  const [rows, setRows] = useState<Draft[]>(view.attendance.map((seat) => ({ post_id: seat.post_id, label: [seat.agency_name, seat.post_name].filter(Boolean).join(" "), who: seat.who, presence: seat.presence, deputy: seat.deputy })));
  const change = useChange<schema.MeetingView>({
    onDone: () => {
      say(words.attendance_kept);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  const set = (at: number, next: Partial<Draft>) => setRows(rows.map((row, index) => (index === at ? { ...row, ...next } : row)));
  return (
    <Dialog title={words.keep_attendance} isOpen onClose={onClose} wide>
      <Form faults={faults.faults} error={change.error} wide onSubmit={() => {
        const well = faults.check(rows.flatMap((row, at) => [
          row.post_id === null && row.who.trim() === "" && { path: `rows[${at}].who`, message: t.form.must(words.who) },
          row.presence === "deputy" && row.deputy.trim() === "" && { path: `rows[${at}].deputy`, message: t.form.must(words.deputy) },
        ]));
        if (!well) return;
        change.mutate({
          method: "PUT", path: `/meetings/${view.meeting.id}/attendance`,
          body: { revision: view.meeting.revision, rows: rows.map((row) => ({ ...(row.post_id ? { post_id: row.post_id } : {}), who: row.who.trim(), presence: row.presence, deputy: row.deputy.trim() })) },
        });
      }}>
        {rows.map((row, at) => (
          <fieldset key={`${row.post_id ?? "added"} ${at}`} className="choices">
            <legend>{row.label || words.seat_name(f.number(at + 1))}</legend>
            <div className="meeting__seat">
              <TextField name={`rows[${at}].who`} label={words.who} value={row.who} onChange={(who) => set(at, { who })} error={faults.of(`rows[${at}].who`)} />
              <Select name={`rows[${at}].presence`} label={words.presence} value={row.presence} onChange={(presence) => set(at, { presence: presence as Presence })} options={Object.entries(words.presences).map(([value, label]) => ({ value, label }))} />
              {row.presence === "deputy" ? <TextField name={`rows[${at}].deputy`} label={words.deputy} value={row.deputy} onChange={(deputy) => set(at, { deputy })} error={faults.of(`rows[${at}].deputy`)} /> : null}
              <div><Button small look="quiet" aria-label={words.remove_seat(row.who || row.label)} onPress={() => setRows(rows.filter((_, index) => index !== at))}>✕</Button></div>
            </div>
          </fieldset>
        ))}
        <div><Button onPress={() => setRows([...rows, { post_id: null, label: "", who: "", presence: "present", deputy: "" }])}>{words.add_seat}</Button></div>
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
