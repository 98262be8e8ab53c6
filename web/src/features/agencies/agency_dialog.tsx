import { useState } from "react";
import { useChange } from "../../api/hooks";
import type { Agency, AgencyRow } from "../../api/types";
import { useSession } from "../../app/session";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Check, Form, TextField, useFaults } from "../../ui/form/form";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import { AgencyBox } from "./agency_box";
import { useOrganisationText } from "./words";

/** A correction is a new dated row: what was true before stays and can be asked for. */
export function AgencyDialog({ agency, onClose }: { agency: Pick<AgencyRow, "id" | "code" | "name" | "short_name" | "kind" | "parent_id" | "self_governing"> | null; onClose: () => void }) {
  const { t } = useOrganisationText();
  const say = useToast();
  const session = useSession();
  const [code, setCode] = useState(agency?.code ?? "");
  const [name, setName] = useState(agency?.name ?? "");
  const [shortName, setShortName] = useState(agency?.short_name ?? "");
  const [kind, setKind] = useState<string>(agency?.kind ?? "first_level");
  const [parent, setParent] = useState<string | null>(agency?.parent_id ?? null);
  const [selfGoverning, setSelfGoverning] = useState(agency?.self_governing ?? false);
  const [from, setFrom] = useState<string | null>(session.today);
  const change = useChange<Agency>({
    onDone: () => {
      say(t.agencies.saved);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  const send = () => {
    const well = faults.check([
      name.trim() === "" && { path: "name", message: t.form.must(t.agencies.name) },
      code.trim() === "" && { path: "code", message: t.form.must(t.agencies.code) },
      from === null && { path: "valid_from", message: t.form.must(t.agencies.valid_from) },
    ]);
    if (!well) return;
    const body = { name: name.trim(), short_name: shortName.trim() || name.trim(), kind, parent_id: parent, self_governing: selfGoverning, valid_from: from };
    change.mutate(agency ? { method: "PUT", path: `/agencies/${agency.id}`, body } : { path: "/agencies", body: { ...body, code: code.trim() } });
  };
  return (
    <Dialog title={agency ? t.agencies.edit : t.agencies.create} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={send}>
        <TextField name="name" label={t.agencies.name} value={name} onChange={setName} error={faults.of("name")} required />
        <div className="form__row">
          <TextField name="short_name" label={t.agencies.short_name} value={shortName} onChange={setShortName} error={faults.of("short_name")} />
          {agency ? null : <TextField name="code" label={t.agencies.code} value={code} onChange={setCode} error={faults.of("code")} required />}
        </div>
        <div className="form__row">
          <Select name="kind" label={t.agencies.kind} value={kind} onChange={setKind} error={faults.of("kind")} options={Object.entries(t.agencies.kinds).map(([value, label]) => ({ value, label }))} />
          <AgencyBox name="parent_id" label={t.agencies.parent} anyLabel={t.agencies.no_parent} value={parent} onChange={setParent} error={faults.of("parent_id")} />
        </div>
        <Check label={t.agencies.self_governing} checked={selfGoverning} onChange={setSelfGoverning} />
        <RocDatePicker name="valid_from" label={t.agencies.valid_from} hint={t.agencies.valid_from_hint} value={from} onChange={setFrom} error={faults.of("valid_from")} required />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
