import { useState } from "react";
import { useNavigate } from "@tanstack/react-router";
import { useChange } from "../../api/hooks";
import type { Tender } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { Select } from "../../ui/select/select";
import { AgencyBox } from "../agencies/agency_box";
import { useDistricts } from "../duties/subject_fields";
import { tracking } from "./words";

const amount = (text: string): number | null => {
  const plain = text.normalize("NFKC").replaceAll(",", "").trim();
  return /^\d{1,13}$/.test(plain) ? Number(plain) : null;
};

export function NewTenderPage() {
  const { t } = useLanguage();
  const all = useWords(tracking);
  const words = all.tender;
  const navigate = useNavigate();
  const districts = useDistricts();
  const [title, setTitle] = useState("");
  const [number, setNumber] = useState("");
  const [agency, setAgency] = useState<string | null>(null);
  const [district, setDistrict] = useState("");
  const [budget, setBudget] = useState("");
  const [central, setCentral] = useState("0");
  const [kind, setKind] = useState("road");
  const change = useChange<Tender>({ onDone: (made) => void navigate({ to: "/tracking/$id/plan", params: { id: made.id } as never }) });
  const faults = useFaults(change.error);
  return (
    <>
      <PageTitle title={words.title} lead={words.lead} crumbs={[{ label: all.title, to: "/tracking" }]} />
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        const well = faults.check([
          title.trim() === "" && { path: "title", message: t.form.must(words.name) },
          agency === null && { path: "agency_id", message: t.form.choose(words.agency) },
          amount(budget) === null && { path: "fields.budget", message: words.bad_amount },
          amount(central) === null && { path: "fields.central_share", message: words.bad_amount },
        ]);
        if (!well) return;
        change.mutate({ path: "/tenders", body: {
          title: title.trim(), number: number.trim() || null, agency_id: agency, district: district || null,
          fields: { status_code: 162, works_kind: kind, summary: "", place: "", budget: amount(budget), central_share: amount(central), contractor: "", designer: "", supervisor: "", public_number: "" },
        } });
      }}>
        <TextField name="title" label={words.name} value={title} onChange={setTitle} error={faults.of("title")} required autoFocus />
        <TextField name="number" label={words.number} value={number} onChange={setNumber} error={faults.of("number")} />
        <AgencyBox name="agency_id" label={words.agency} value={agency} onChange={setAgency} error={faults.of("agency_id")} required />
        <Select name="district" label={words.district} value={district} onChange={setDistrict} error={faults.of("district")} options={[{ value: "", label: "—" }, ...(districts ?? []).map((one) => ({ value: one.code, label: one.name }))]} />
        <Select name="kind" label={words.kind} value={kind} onChange={setKind} options={(Object.keys(words.kinds) as (keyof typeof words.kinds)[]).map((value) => ({ value, label: words.kinds[value] }))} />
        <TextField name="fields.budget" label={words.budget} value={budget} onChange={setBudget} error={faults.of("fields.budget") ?? faults.of("budget")} inputMode="numeric" required />
        <TextField name="fields.central_share" label={words.central} value={central} onChange={setCentral} error={faults.of("fields.central_share") ?? faults.of("central_share")} inputMode="numeric" />
        <div><Button type="submit" look="primary" busy={change.isPending}>{words.create}</Button></div>
      </Form>
    </>
  );
}
