import { useState } from "react";
import { useNavigate } from "@tanstack/react-router";
import { useChange } from "../../api/hooks";
import type { Duty, Every } from "../../api/types";
import { useSession } from "../../app/session";
import { Button } from "../../ui/button/button";
import { Check, Form, TextField, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import { AgencyBox } from "../agencies/agency_box";
import { readDay } from "./recurrence";
import { SubjectFields } from "./subject_fields";
import { useDutyText } from "./words";
import "./duties.css";

export function NewDutyPage() {
  const { t } = useDutyText();
  const say = useToast();
  const navigate = useNavigate();
  const session = useSession();
  const [title, setTitle] = useState("");
  const [detail, setDetail] = useState("");
  const [agency, setAgency] = useState<string | null>(session.grants[0]?.agency_id ?? null);
  const [due, setDue] = useState<string | null>(null);
  const [origin, setOrigin] = useState("own");
  const [severity, setSeverity] = useState("normal");
  const [confidentiality, setConfidentiality] = useState("internal");
  const [district, setDistrict] = useState("");
  const [goal, setGoal] = useState("");
  const [recurring, setRecurring] = useState(false);
  const [every, setEvery] = useState<Every>("month");
  const [months, setMonths] = useState<number[]>([]);
  const [day, setDay] = useState("");
  const change = useChange<Duty>({
    onDone: (duty) => {
      say(t.duty.said.created);
      void navigate({ to: "/duties/$id", params: { id: duty.duty.id } as never });
    },
  });
  const faults = useFaults(change.error);
  const send = () => {
    const dayRead = readDay(day, t.duties.day_last);
    const well = faults.check([
      title.trim() === "" && { path: "title", message: t.form.must(t.duty.field_title) },
      agency === null && { path: "agency_id", message: t.form.choose(t.duties.agency) },
      due === null && { path: "due_on", message: t.form.must(t.duties.due) },
      recurring && dayRead === undefined && { path: "recurrence.day", message: t.duties.day_bad },
    ]);
    if (!well) return;
    change.mutate({
      path: "/duties",
      body: {
        title: title.trim(), origin, agency_id: agency, due_on: due, detail: detail.trim() || null, severity, confidentiality, district, goal_id: goal === "" ? null : goal,
        recurrence: recurring ? { every, months, day: dayRead ?? null } : null,
      },
    });
  };
  const options = (words: Record<string, string>) => Object.entries(words).map(([value, label]) => ({ value, label }));
  return (
    <>
      <PageTitle title={t.duty.new_title} crumbs={[{ label: t.nav.duties, to: "/duties" }]}><p className="muted">{t.duty.new_lead}</p></PageTitle>
      <Form faults={faults.faults} error={change.error} onSubmit={send}>
        <TextField name="title" label={t.duty.field_title} value={title} onChange={setTitle} error={faults.of("title")} required />
        <TextField name="detail" label={t.duty.field_detail} value={detail} onChange={setDetail} error={faults.of("detail")} multiline />
        <div className="form__row">
          <AgencyBox name="agency_id" label={t.duties.agency} value={agency} onChange={setAgency} error={faults.of("agency_id")} required />
          <RocDatePicker name="due_on" label={t.duties.due} value={due} onChange={setDue} error={faults.of("due_on")} hint={due !== null && due < session.today ? t.duty.due_past : undefined} required />
        </div>
        <div className="form__row">
          <Select name="origin" label={t.duties.origin} value={origin} onChange={setOrigin} options={options(t.origins)} error={faults.of("origin")} />
          <Select name="severity" label={t.duty.severity} value={severity} onChange={setSeverity} options={options(t.severities)} error={faults.of("severity")} />
          <Select name="confidentiality" label={t.duty.confidentiality} value={confidentiality} onChange={setConfidentiality} options={options(t.confidentialities)} error={faults.of("confidentiality")} />
        </div>
        <SubjectFields district={district} goal={goal} onDistrict={setDistrict} onGoal={setGoal} errors={faults.of} />
        <Check label={t.duty.recurring} checked={recurring} onChange={setRecurring} />
        {recurring ? (
          <div className="panel form">
            <div className="form__row">
              <Select name="recurrence.every" label={t.duty.every} value={every} onChange={(value) => setEvery(value as Every)} options={options(t.every).filter((option) => option.value !== "once")} />
              <TextField name="recurrence.day" label={t.duty.day} hint={t.duties.day_hint} value={day} onChange={setDay} error={faults.of("recurrence.day")} />
            </div>
            <fieldset className="choices">
              <legend>{t.duty.months} <span className="muted">{t.duty.months_hint}</span></legend>
              <div className="months">
                {Array.from({ length: 12 }, (_, index) => index + 1).map((month) => (
                  <Check key={month} label={t.date.month_short(month)} checked={months.includes(month)}
                    onChange={(on) => setMonths(on ? [...months, month].sort((a, b) => a - b) : months.filter((each) => each !== month))} />
                ))}
              </div>
            </fieldset>
          </div>
        ) : null}
        <div><Button type="submit" look="primary" busy={change.isPending}>{t.duties.create}</Button></div>
      </Form>
    </>
  );
}
