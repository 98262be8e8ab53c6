import { useDeferredValue, useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type { Delegation, DelegationPerson } from "../../api/types";
import { useSession } from "../../app/session";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons, SubmitButtons } from "../../ui/dialog/dialog";
import { FaultNotice } from "../../ui/empty_state/empty_state";
import { Check, Form, useFaults } from "../../ui/form/form";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { ComboBox } from "../../ui/select/combo_box";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import type { useDelegationText } from "./words";

type Words = ReturnType<typeof useDelegationText>["t"];

const reasons = ["leave", "trip", "training", "vacancy", "other"] as const;

function PersonChoice({ path, query, name, label, value, onChange, error }: {
  path: string;
  query?: Record<string, string | null>;
  name: string;
  label: string;
  value: string | null;
  onChange: (id: string | null) => void;
  error?: string | undefined;
}) {
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<{ value: string; label: string } | null>(null);
  const q = useDeferredValue(typed === chosen?.label ? "" : typed.trim());
  const people = useRead<{ rows: DelegationPerson[] }>(path, { ...query, q }, { keep: true });
  const found = (people.data?.rows ?? []).map((row) => ({ value: row.id, label: row.posts ? `${row.name}（${row.posts}）` : row.name }));
  const options = chosen && value === chosen.value && !found.some((one) => one.value === chosen.value) ? [chosen, ...found] : found;
  return (
    <ComboBox name={name} label={label} value={value} options={options} onType={setTyped} error={error} required
      onChange={(id) => {
        if (id) setChosen(options.find((one) => one.value === id) ?? null);
        onChange(id);
      }} />
  );
}

export function AddDialog({ t, forOthers, onClose }: { t: Words; forOthers: boolean; onClose: () => void }) {
  const say = useToast();
  const session = useSession();
  const [person, setPerson] = useState<string | null>(null);
  const [deputy, setDeputy] = useState<string | null>(null);
  const [from, setFrom] = useState<string | null>(session.today);
  const [to, setTo] = useState<string | null>(null);
  const [reason, setReason] = useState<string>("leave");
  const [confidential, setConfidential] = useState(false);
  const change = useChange({
    onDone: () => {
      say(t.delegations.added);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={forOthers ? t.delegations.add_for : t.delegations.add} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        const well = faults.check([
          forOthers && person === null && { path: "person_id", message: t.form.choose(t.delegations.person) },
          deputy === null && { path: "deputy_id", message: t.form.choose(t.delegations.deputy) },
          from === null && { path: "valid_from", message: t.form.must(t.delegations.from) },
          to === null && { path: "valid_to", message: t.form.must(t.delegations.to) },
        ]);
        const body = { deputy_id: deputy, valid_from: from, valid_to: to, reason, confidential };
        if (well) change.mutate(forOthers ? { path: "/delegations", body: { ...body, person_id: person } } : { path: "/own-delegations", body });
      }}>
        {forOthers ? <PersonChoice path="/delegation-people" name="person_id" label={t.delegations.person} value={person} onChange={(id) => { setPerson(id); setDeputy(null); }} error={faults.of("person_id")} /> : null}
        {forOthers && person === null ? null : (
          <PersonChoice key={person ?? "own"} path="/delegation-candidates" query={{ person_id: person }} name="deputy_id" label={t.delegations.deputy} value={deputy} onChange={setDeputy} error={faults.of("deputy_id")} />
        )}
        <div className="form__row">
          <RocDatePicker name="valid_from" label={t.delegations.from} value={from} onChange={setFrom} error={faults.of("valid_from")} required />
          <RocDatePicker name="valid_to" label={t.delegations.to} value={to} onChange={setTo} error={faults.of("valid_to")} required />
        </div>
        <Select name="reason" label={t.delegations.reason} value={reason} options={reasons.map((one) => ({ value: one, label: t.delegations.reasons[one] }))} onChange={setReason} />
        <Check label={t.delegations.confidential_ask} checked={confidential} onChange={setConfidential} />
        <p className="muted small">{t.delegations.confidential_hint}</p>
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.delegations.add}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

export function EndDialog({ t, row, forOthers, onClose }: { t: Words; row: Delegation; forOthers: boolean; onClose: () => void }) {
  const say = useToast();
  const change = useChange({
    onDone: () => {
      say(t.delegations.ended);
      onClose();
    },
  });
  const begun = row.state === "now";
  return (
    <Dialog title={begun ? t.delegations.end_title : t.delegations.withdraw_title} isOpen onClose={onClose}>
      {change.error ? <FaultNotice error={change.error} /> : null}
      <p>{begun ? t.delegations.end_text(row.deputy.name) : t.delegations.withdraw_text(row.deputy.name)}</p>
      <DialogButtons>
        <Button onPress={onClose}>{t.common.back}</Button>
        <Button look="danger" busy={change.isPending} onPress={() => change.mutate(forOthers
          ? { path: "/delegations/closure", body: { person_id: row.person.id, valid_from: row.valid_from } }
          : { path: "/own-delegations/closure", body: { valid_from: row.valid_from } })}>{begun ? t.delegations.end : t.delegations.withdraw}</Button>
      </DialogButtons>
    </Dialog>
  );
}
