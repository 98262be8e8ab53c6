import { useState } from "react";
import { useRead } from "../../api/hooks";
import type { Agency, AgencyPost, AgencyUnit } from "../../api/types";
import { useSession } from "../../app/session";
import { TextField } from "../../ui/form/form";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { Select } from "../../ui/select/select";
import { AgencyBox } from "./agency_box";
import { ChangeDialog } from "./change_dialog";
import { useOrganisationText } from "./words";

/** A unit made, or renamed or moved from a day on. */
export function UnitDialog({ agency, unit, onClose }: { agency: Agency; unit: AgencyUnit | null; onClose: () => void }) {
  const { t } = useOrganisationText();
  const session = useSession();
  const [name, setName] = useState(unit?.name ?? "");
  const [home, setHome] = useState<string | null>(agency.id);
  const [from, setFrom] = useState<string | null>(session.today);
  return (
    <ChangeDialog title={unit ? t.places.edit_unit : t.places.add_unit} said={t.places.said.saved} onClose={onClose} {...(unit ? { hint: t.places.unit_move_hint } : {})}
      check={() => [
        name.trim() === "" && { path: "name", message: t.form.must(t.places.unit_name) },
        home === null && { path: "agency_id", message: t.form.must(t.places.agency) },
        from === null && { path: "valid_from", message: t.form.must(t.agencies.valid_from) },
      ]}
      change={() => unit
        ? { method: "PUT", path: `/agency-units/${unit.id}`, body: { name: name.trim(), agency_id: home, valid_from: from } }
        : { path: `/agencies/${agency.id}/units`, body: { name: name.trim(), valid_from: from } }}>
      {(of) => (
        <>
          <TextField name="name" label={t.places.unit_name} value={name} onChange={setName} error={of("name")} required />
          {unit ? <AgencyBox name="agency_id" label={t.places.agency} value={home} onChange={setHome} error={of("agency_id")} required /> : null}
          <RocDatePicker name="valid_from" label={t.agencies.valid_from} hint={t.agencies.valid_from_hint} value={from} onChange={setFrom} error={of("valid_from")} required />
        </>
      )}
    </ChangeDialog>
  );
}

/** A post made, or renamed or moved from a day on. */
export function PostDialog({ agency, unit, post, onClose }: { agency: Agency; unit: string | null; post: AgencyPost | null; onClose: () => void }) {
  const { t } = useOrganisationText();
  const session = useSession();
  const [name, setName] = useState(post?.name ?? "");
  const [kind, setKind] = useState<string>(post?.kind ?? "officer");
  const [home, setHome] = useState<string | null>(agency.id);
  const [place, setPlace] = useState(unit ?? "");
  const [from, setFrom] = useState<string | null>(session.today);
  const elsewhere = useRead<Agency>(`/agencies/${home ?? ""}`, { as_of: from ?? session.today }, { enabled: home !== null && home !== agency.id });
  const units = (home === agency.id ? agency : elsewhere.data)?.units.filter((one) => one.id !== "0") ?? [];
  return (
    <ChangeDialog title={post ? t.places.edit_post : t.places.add_post} said={t.places.said.saved} onClose={onClose} {...(post ? { hint: t.places.move_hint } : {})}
      check={() => [
        name.trim() === "" && { path: "name", message: t.form.must(t.places.post_name) },
        home === null && { path: "agency_id", message: t.form.must(t.places.agency) },
        from === null && { path: "valid_from", message: t.form.must(t.agencies.valid_from) },
      ]}
      change={() => {
        const body = { name: name.trim(), kind, unit_id: place || null, valid_from: from };
        return post ? { method: "PUT", path: `/agency-posts/${post.id}`, body: { ...body, agency_id: home } } : { path: `/agencies/${agency.id}/posts`, body };
      }}>
      {(of) => (
        <>
          <TextField name="name" label={t.places.post_name} value={name} onChange={setName} error={of("name")} required />
          {post ? <AgencyBox name="agency_id" label={t.places.agency} value={home} error={of("agency_id")} required onChange={(id) => {
            setHome(id);
            setPlace("");
          }} /> : null}
          <div className="form__row">
            <Select name="unit_id" label={t.places.in_unit} value={place} onChange={setPlace} error={of("unit_id")} options={[{ value: "", label: t.places.own_posts }, ...units.map((one) => ({ value: one.id, label: one.name }))]} />
            <Select name="kind" label={t.places.post_kind} value={kind} onChange={setKind} error={of("kind")} options={Object.entries(t.places.post_kinds).map(([value, label]) => ({ value, label }))} />
          </div>
          <RocDatePicker name="valid_from" label={t.agencies.valid_from} hint={t.agencies.valid_from_hint} value={from} onChange={setFrom} error={of("valid_from")} required />
        </>
      )}
    </ChangeDialog>
  );
}
