import { useState } from "react";
import { ApiFault, call } from "../../api/client";
import { useChange } from "../../api/hooks";
import type { Duty } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { changedPart } from "../../lib/marks";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons, SubmitButtons } from "../../ui/dialog/dialog";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import { SubjectFields } from "./subject_fields";
import { together } from "./words";

type Severity = Duty["duty"]["severity"];
interface Text {
  title: string;
  detail: string;
  severity: Severity;
}
const textOf = (duty: Duty): Text => ({ title: duty.duty.title, detail: duty.detail ?? "", severity: duty.duty.severity });

/** Changes the words of a duty. When somebody was quicker, both texts stand side by side and nothing is lost. */
export default function EditDialog({ duty, onClose }: { duty: Duty; onClose: () => void }) {
  const { t } = useLanguage();
  const words = useWords(together);
  const say = useToast();
  const [base, setBase] = useState(duty);
  const [mine, setMine] = useState<Text>(textOf(duty));
  const [subject, setSubject] = useState({ district: duty.duty.district ?? "", goal_id: duty.duty.goal_id ?? "" });
  const [theirs, setTheirs] = useState<Duty | null>(null);
  const change = useChange<Duty>({
    onDone: () => {
      say(words.saved);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  const stale = change.error instanceof ApiFault && change.error.key === "duty.stale";
  const save = (text: Text, revision: number) => {
    if (!faults.check([text.title.trim() === "" && { path: "title", message: t.form.must(words.title) }])) return;
    change.mutate({ method: "PUT", path: `/duties/${duty.duty.id}`, body: { ...text, title: text.title.trim(), district: subject.district, goal_id: subject.goal_id === "" ? "0" : subject.goal_id, revision } }, {
      onError: (error) => {
        if (error instanceof ApiFault && error.key === "duty.stale") void call<Duty>("GET", `/duties/${duty.duty.id}`).then(setTheirs, () => undefined);
      },
    });
  };
  if (theirs && stale) {
    return <Merge base={textOf(base)} mine={mine} theirs={theirs} busy={change.isPending} onClose={onClose} onSave={(text) => {
      setBase(theirs);
      setMine(text);
      change.reset();
      const revision = theirs.revision;
      setTheirs(null);
      save(text, revision);
    }} />;
  }
  return (
    <Dialog title={words.edit_title} wide isOpen onClose={onClose}>
      <Form wide faults={faults.faults} error={stale ? null : change.error} onSubmit={() => save(mine, base.revision)}>
        <TextField name="title" label={words.title} value={mine.title} onChange={(title) => setMine({ ...mine, title })} error={faults.of("title")} required />
        <TextField name="detail" label={words.detail} multiline value={mine.detail} onChange={(detail) => setMine({ ...mine, detail })} error={faults.of("detail")} />
        <Select name="severity" label={words.severity} value={mine.severity} onChange={(severity) => setMine({ ...mine, severity: severity as Severity })} options={Object.entries(t.severities).map(([value, label]) => ({ value, label }))} />
        <SubjectFields district={subject.district} goal={subject.goal_id} onDistrict={(district) => setSubject({ ...subject, district })} onGoal={(goal_id) => setSubject({ ...subject, goal_id })} errors={faults.of} />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

function Merge({ base, mine, theirs, busy, onSave, onClose }: { base: Text; mine: Text; theirs: Duty; busy: boolean; onSave: (text: Text) => void; onClose: () => void }) {
  const { t, f } = useLanguage();
  const words = useWords(together);
  const present = textOf(theirs);
  // What only one of the two changed needs no choice: that change is taken.
  const first = <K extends keyof Text>(key: K): Text[K] => (mine[key] === base[key] ? present[key] : mine[key]);
  const [result, setResult] = useState<Text>({ title: first("title"), detail: first("detail"), severity: first("severity") });
  const last = theirs.history[0];
  const fields: (keyof Text)[] = ["title", "detail", "severity"];
  const shown = (key: keyof Text, value: string) => (key === "severity" ? t.severities[value as Severity] : value);
  return (
    <Dialog title={words.merge.title} wide isOpen onClose={onClose}>
      <p>{words.merge.lead}</p>
      {last ? <p className="muted small">{words.merge.by(last.actor_name, f.instant(last.at))}</p> : null}
      {fields.filter((key) => mine[key] !== present[key]).map((key) => {
        const how = mine[key] === base[key] ? words.merge.only_theirs : present[key] === base[key] ? words.merge.only_yours : words.merge.both;
        const difference = changedPart(shown(key, present[key]), shown(key, mine[key]));
        return (
          <fieldset key={key} className="merge">
            <legend>{words[key]} <span className="tag tag--warn">{how}</span></legend>
            <div className="merge__sides">
              <div className="panel">
                <h3>{words.merge.theirs}</h3>
                <p className="prose">{difference.head}<del>{difference.before}</del>{difference.tail}</p>
                <Button small onPress={() => setResult({ ...result, [key]: present[key] })}>{words.merge.use_theirs}</Button>
              </div>
              <div className="panel">
                <h3>{words.merge.yours}</h3>
                <p className="prose">{difference.head}<ins>{difference.after}</ins>{difference.tail}</p>
                <Button small onPress={() => setResult({ ...result, [key]: mine[key] })}>{words.merge.use_yours}</Button>
              </div>
            </div>
            {key === "severity"
              ? <Select label={words.merge.result} value={result.severity} onChange={(severity) => setResult({ ...result, severity: severity as Severity })} options={Object.entries(t.severities).map(([value, label]) => ({ value, label }))} />
              : <TextField name={`result-${key}`} label={words.merge.result} multiline={key === "detail"} value={result[key]} onChange={(value) => setResult({ ...result, [key]: value })} />}
          </fieldset>
        );
      })}
      <DialogButtons>
        <Button onPress={onClose}>{t.common.back}</Button>
        <Button look="primary" busy={busy} onPress={() => onSave(result)}>{words.merge.save}</Button>
      </DialogButtons>
    </Dialog>
  );
}
