import { useState } from "react";
import type { AgencyContact, AgencyPost } from "../../api/types";
import { useSession } from "../../app/session";
import { Choices, TextField } from "../../ui/form/form";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { ChangeDialog } from "./change_dialog";
import { PersonBox } from "./person_box";
import { useOrganisationText } from "./words";

/** Who holds a post from a day on: somebody known, or a person recorded with it. */
export function HolderDialog({ post, onClose }: { post: AgencyPost; onClose: () => void }) {
  const { t } = useOrganisationText();
  const session = useSession();
  const [who, setWho] = useState("known");
  const [person, setPerson] = useState<string | null>(null);
  const [name, setName] = useState("");
  const [from, setFrom] = useState<string | null>(session.today);
  const [to, setTo] = useState<string | null>(null);
  return (
    <ChangeDialog title={`${t.places.appoint}：${post.name}`} hint={t.places.appoint_hint} said={t.places.said.appointed} onClose={onClose}
      check={() => [
        who === "known" && person === null && { path: "person_id", message: t.form.must(t.places.person) },
        who === "new" && name.trim() === "" && { path: "person_name", message: t.form.must(t.places.person) },
        from === null && { path: "valid_from", message: t.form.must(t.places.from) },
      ]}
      change={() => ({ path: `/agency-posts/${post.id}/holders`, body: { ...(who === "known" ? { person_id: person } : { person_name: name.trim() }), valid_from: from, valid_to: to } })}>
      {(of) => (
        <>
          <Choices label={t.places.who} name="who" value={who} onChange={setWho} options={[{ value: "known", label: t.places.known_person }, { value: "new", label: t.places.new_person }]} />
          {who === "known"
            ? <PersonBox name="person_id" label={t.places.person} value={person} onChange={setPerson} error={of("person_id")} required />
            : <TextField name="person_name" label={t.places.person} hint={t.places.person_new_hint} value={name} onChange={setName} error={of("person_name") ?? of("name")} required />}
          <div className="form__row">
            <RocDatePicker name="valid_from" label={t.places.from} value={from} onChange={setFrom} error={of("valid_from")} required />
            <RocDatePicker name="valid_to" label={t.places.to} hint={t.places.to_hint} value={to} onChange={setTo} error={of("valid_to")} />
          </div>
        </>
      )}
    </ChangeDialog>
  );
}

/** Who stands in for a person, from a day to a day. */
export function DeputyDialog({ person, onClose }: { person: { id: string; name: string }; onClose: () => void }) {
  const { t } = useOrganisationText();
  const session = useSession();
  const [deputy, setDeputy] = useState<string | null>(null);
  const [from, setFrom] = useState<string | null>(session.today);
  const [to, setTo] = useState<string | null>(null);
  return (
    <ChangeDialog title={`${t.places.set_deputy}：${person.name}`} said={t.places.said.deputy} onClose={onClose}
      check={() => [
        deputy === null && { path: "deputy_id", message: t.form.must(t.agencies.deputy) },
        from === null && { path: "valid_from", message: t.form.must(t.places.deputy_from) },
        to === null && { path: "valid_to", message: t.form.must(t.places.deputy_to) },
      ]}
      change={() => ({ path: `/agency-people/${person.id}/deputies`, body: { deputy_id: deputy, valid_from: from, valid_to: to } })}>
      {(of) => (
        <>
          <PersonBox name="deputy_id" label={t.agencies.deputy} value={deputy} onChange={setDeputy} error={of("deputy_id")} required />
          <div className="form__row">
            <RocDatePicker name="valid_from" label={t.places.deputy_from} value={from} onChange={setFrom} error={of("valid_from")} required />
            <RocDatePicker name="valid_to" label={t.places.deputy_to} value={to} onChange={setTo} error={of("valid_to")} required />
          </div>
        </>
      )}
    </ChangeDialog>
  );
}

/** A deputy's period cut short, or withdrawn. */
export function EndDeputyDialog({ person, from, to, onClose }: { person: string; from: string; to: string; onClose: () => void }) {
  const { t, f } = useOrganisationText();
  const [last, setLast] = useState<string | null>(null);
  return (
    <ChangeDialog title={t.places.end_deputy} hint={t.places.end_deputy_hint(f.date(from), f.date(to))} said={t.places.said.deputy_ended} danger save={t.places.end_deputy} onClose={onClose}
      change={() => ({ path: `/agency-people/${person}/deputy-closure`, body: { valid_from: from, last_on: last } })}>
      {(of) => <RocDatePicker name="last_on" label={t.places.last_on} value={last} onChange={setLast} error={of("last_on")} />}
    </ChangeDialog>
  );
}

export function ContactDialog({ agency, contact, onClose }: { agency: string; contact: AgencyContact | null; onClose: () => void }) {
  const { t } = useOrganisationText();
  const [kind, setKind] = useState(contact && contact.key !== "general" ? contact.key : "");
  const [name, setName] = useState(contact?.name ?? "");
  const [phone, setPhone] = useState(contact?.phone ?? "");
  const [email, setEmail] = useState(contact?.email ?? "");
  return (
    <ChangeDialog title={contact ? `${t.places.edit_contact}：${contact.kind}` : t.places.add_contact} said={t.places.said.contact} onClose={onClose}
      check={() => [name.trim() === "" && { path: "name", message: t.form.must(t.places.contact_name) }]}
      change={() => ({ path: `/agencies/${agency}/contacts`, body: { kind: contact?.key ?? (kind.trim() || "general"), name: name.trim(), phone: phone.trim(), email: email.trim() } })}>
      {(of) => (
        <>
          {contact ? null : <TextField name="kind" label={t.agencies.contact_kind} hint={t.places.contact_kind_hint} value={kind} onChange={setKind} error={of("kind")} />}
          <TextField name="name" label={t.places.contact_name} value={name} onChange={setName} error={of("name") ?? of("contact_name")} required />
          <div className="form__row">
            <TextField name="phone" label={t.agencies.phone} type="tel" value={phone} onChange={setPhone} error={of("phone")} />
            <TextField name="email" label={t.agencies.email} type="email" value={email} onChange={setEmail} error={of("email")} />
          </div>
        </>
      )}
    </ChangeDialog>
  );
}

export function RemoveContactDialog({ agency, contact, onClose }: { agency: string; contact: AgencyContact; onClose: () => void }) {
  const { t } = useOrganisationText();
  return (
    <ChangeDialog title={t.places.remove_contact} hint={t.places.remove_contact_hint(contact.kind)} said={t.places.said.contact_removed} danger save={t.places.remove_contact} onClose={onClose}
      change={() => ({ path: `/agencies/${agency}/contact-closure`, body: { kind: contact.key } })} />
  );
}
