import { useEffect, useState } from "react";
import { Link } from "@tanstack/react-router";
import { useChange, useRead } from "../../api/hooks";
import type { MailMode, NoticeCategory, NoticePreferences, NoticePreferencesAnswer, WatchedList } from "../../api/types";
import { useLanguage } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { Answer } from "../../ui/empty_state/empty_state";
import { Check, Form, TextField, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { Select } from "../../ui/select/select";
import { PlainTable } from "../../ui/table/plain_table";
import { useToast } from "../../ui/toast/toast";

const categories: NoticeCategory[] = ["chase", "task", "mention", "change"];
const modes: MailMode[] = ["single", "daily", "weekly", "none"];

export function PreferencesPage() {
  const { t } = useLanguage();
  const answer = useRead<NoticePreferencesAnswer>("/notice-preferences");
  return (
    <>
      <PageTitle title={t.notices.settings} lead={t.notices.settings_lead} crumbs={[{ label: t.notices.title, to: "/notices" }]} />
      <Answer of={answer}>{(data) => <PreferencesForm answer={data} />}</Answer>
      <Watched />
    </>
  );
}

function PreferencesForm({ answer }: { answer: NoticePreferencesAnswer }) {
  const { t, f } = useLanguage();
  const say = useToast();
  const [own, setOwn] = useState<NoticePreferences>(answer.preferences);
  useEffect(() => setOwn(answer.preferences), [answer]);
  const change = useChange<NoticePreferencesAnswer>({ onDone: () => say(t.notices.saved) });
  const faults = useFaults(change.error);
  const set = (next: Partial<NoticePreferences>) => setOwn({ ...own, ...next });
  const [single, daily, weekly] = answer.next_mail_at;
  return (
    <section className="panel">
      <Form faults={faults.faults} error={change.error} onSubmit={() => change.mutate({ method: "PUT", path: "/notice-preferences", body: own })}>
        <div className="form__row">
          {categories.map((category) => (
            <Select key={category} name={category} label={t.notices.mail_of[category]} hint={t.notices.mail_hints[category]} value={own[category]} error={faults.of(category)}
              onChange={(mode) => set({ [category]: mode as MailMode })} options={modes.filter((mode) => mode !== "none" || category !== "chase").map((mode) => ({ value: mode, label: t.notices.modes[mode] }))} />
          ))}
        </div>
        <h2>{t.notices.when}</h2>
        <div className="form__row">
          <TextField name="quiet_from" label={t.notices.quiet_from} hint={t.notices.quiet_hint} value={own.quiet_from} onChange={(quiet_from) => set({ quiet_from })} error={faults.of("quiet_from")} />
          <TextField name="quiet_to" label={t.notices.quiet_to} value={own.quiet_to} onChange={(quiet_to) => set({ quiet_to })} error={faults.of("quiet_to")} />
          <TextField name="digest_at" label={t.notices.digest_at} value={own.digest_at} onChange={(digest_at) => set({ digest_at })} error={faults.of("digest_at")} />
          <Select name="weekly_on" label={t.notices.weekly_on} value={String(own.weekly_on)} error={faults.of("weekly_on")} onChange={(day) => set({ weekly_on: Number(day) })}
            options={Object.entries(t.notices.weekdays).map(([value, label]) => ({ value, label }))} />
        </div>
        <Check label={t.notices.office_days} checked={own.office_days} onChange={(office_days) => set({ office_days })} />
        {single && daily && weekly ? <p className="muted small">{t.notices.next(f.instant(single), f.instant(daily), f.instant(weekly))}</p> : null}
        <div className="row"><Button type="submit" look="primary" busy={change.isPending}>{t.common.save}</Button></div>
      </Form>
    </section>
  );
}

function Watched() {
  const { t, f } = useLanguage();
  const watched = useRead<WatchedList>("/watched");
  const change = useChange();
  return (
    <section className="panel">
      <h2>{t.notices.watched}</h2>
      <Answer of={watched} lines={3}>
        {(data) => data.rows.length === 0 ? <p className="muted">{t.notices.watched_empty}</p> : (
          <PlainTable caption={t.notices.watched} rows={data.rows} rowKey={(row) => row.record_kind + row.record_id} columns={[
            { key: "title", label: t.notices.record, kind: "main", cell: (row) => <Link to={row.place}>{row.number} {row.title}</Link> },
            { key: "since", label: t.notices.since, kind: "short", cell: (row) => f.instant(row.since) },
            { key: "actions", label: t.table.actions, kind: "actions", cell: (row) => <Button small busy={change.isPending} onPress={() => change.mutate({ method: "PUT", path: "/watch", body: { record_kind: row.record_kind, record_id: row.record_id, state: "none" } })}>{t.notices.unwatch}</Button> },
          ]} />
        )}
      </Answer>
    </section>
  );
}
