import { useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type * as schema from "../../api/schema";
import type { List } from "../../api/types";
import { Button } from "../../ui/button/button";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Check, Form, TextField, useFaults } from "../../ui/form/form";
import { ComboBox } from "../../ui/select/combo_box";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import { AgencyBox } from "../agencies/agency_box";
import { useMeetingText } from "./words";

interface Post {
  id: string;
  label: string;
}

interface Units {
  units: { posts: schema.AgencyPostView[] }[];
}

/** Chooses a post by agency and name. */
function PostBox({ name, label, error, onChoose }: { name: string; label: string; error: string | undefined; onChoose: (post: Post) => void }) {
  const { t } = useMeetingText();
  const [agency, setAgency] = useState<string | null>(null);
  const [times, setTimes] = useState(0);
  const found = useRead<Units>(`/agencies/${agency ?? ""}`, {}, { enabled: agency !== null });
  const posts = (found.data?.units ?? []).flatMap((unit) => unit.posts).map((post) => ({ value: post.id, label: t.meetings.post_of(post.name, post.holder_name ?? "") }));
  return (
    <div className="form__row">
      <AgencyBox label={`${label}：${t.duties.agency}`} value={agency} onChange={setAgency} />
      <ComboBox key={`${agency} ${times}`} name={name} label={t.meetings.seat} value={null} options={posts} error={error} onChange={(id) => {
        const post = posts.find((one) => one.value === id);
        if (!post) return;
        onChoose({ id: post.value, label: post.label });
        setTimes(times + 1);
      }} />
    </div>
  );
}

const numbers = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => ({ value: String(from + at), label: String(from + at) }));

export function SeriesDialog({ series, onClose }: { series: schema.MeetingSeriesView | null; onClose: () => void }) {
  const { t } = useMeetingText();
  const words = t.meetings;
  const say = useToast();
  const rules = useRead<{ rows: schema.AgendaSourceRow[] }>("/agenda-sources");
  const all = useRead<List<schema.MeetingSeriesView>>("/meeting-series", { limit: 200 });
  const [kind, setKind] = useState<schema.MeetingSeriesView["kind"]>(series?.kind ?? "agency");
  const [name, setName] = useState(series?.name ?? "");
  const [agency, setAgency] = useState<string | null>(series?.agency_id ?? null);
  const [frequency, setFrequency] = useState<schema.MeetingSeriesView["frequency"]>(series?.frequency ?? "month");
  const [day, setDay] = useState(String(series?.day ?? 10));
  const [after, setAfter] = useState(String(series?.months_after ?? 1));
  const [time, setTime] = useState(series?.begins_at ?? "");
  const [place, setPlace] = useState(series?.place ?? "");
  const [stage, setStage] = useState(String(series?.stage ?? 1));
  const postOf = (post: schema.MeetingPost): Post => ({ id: post.id, label: `${post.agency_name} ${words.post_of(post.name, post.holder_name ?? "")}` });
  const [chair, setChair] = useState<Post | null>(series?.chair ? postOf(series.chair) : null);
  const [seats, setSeats] = useState<Post[]>(series?.attendants.map(postOf) ?? []);
  const [gates, setGates] = useState<string[]>(series?.gates.map((gate) => gate.id) ?? []);
  const [sources, setSources] = useState<string[]>(series?.sources.map((one) => one.key) ?? []);
  const [ended, setEnded] = useState(series?.ended ?? false);
  const change = useChange<schema.MeetingSeriesView>({
    onDone: () => {
      say(series ? words.series_changed : words.series_made);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  const toggle = (list: string[], key: string, on: boolean) => (on ? [...list, key] : list.filter((one) => one !== key));
  const options = (names: Record<string, string>) => Object.entries(names).map(([value, label]) => ({ value, label }));
  const first = (all.data?.rows ?? []).filter((one) => one.stage === 1 && one.id !== series?.id && (!one.ended || gates.includes(one.id)));
  const send = () => {
    const well = faults.check([
      name.trim() === "" && { path: "name", message: t.form.must(words.series_name) },
      agency === null && { path: "agency_id", message: t.form.choose(words.agency) },
    ]);
    if (!well) return;
    const body = {
      kind, name: name.trim(), agency_id: agency, frequency, day: Number(day), months_after: Number(after), begins_at: time.trim(), place: place.trim(), ...(chair ? { chair_post_id: chair.id } : {}), attendants: seats.map((seat) => seat.id),
      stage: Number(stage), gates: stage === "2" ? gates : [], sources, covers: series?.covers.map((one) => one.id) ?? [], confidentiality: series?.confidentiality ?? "internal", ended,
    };
    if (series) change.mutate({ method: "PUT", path: `/meeting-series/${series.id}`, body: { ...body, revision: series.revision } });
    else change.mutate({ path: "/meeting-series", body });
  };
  return (
    <Dialog title={series ? words.change_of(series.name) : words.create_series} isOpen onClose={onClose} wide>
      <Form faults={faults.faults} error={change.error} onSubmit={send} wide>
        <TextField name="name" label={words.series_name} value={name} onChange={setName} error={faults.of("name")} required autoFocus />
        {series ? <p className="muted small">{words.keeps}</p> : (
          <div className="form__row">
            <Select name="kind" label={words.kind} value={kind} onChange={(value) => {
              setKind(value as schema.MeetingSeriesView["kind"]);
              setStage(value === "agency" ? "1" : "2");
            }} options={options(words.kinds)} error={faults.of("kind")} />
            <AgencyBox name="agency_id" label={words.agency} value={agency} onChange={setAgency} error={faults.of("agency_id")} required />
            <Select name="frequency" label={words.frequency} value={frequency} onChange={(value) => setFrequency(value as schema.MeetingSeriesView["frequency"])} options={options(words.frequencies)} error={faults.of("frequency")} />
          </div>
        )}
        <div className="form__row">
          <Select name="day" label={words.day} hint={words.day_hint} value={day} onChange={setDay} options={numbers(0, 31)} error={faults.of("day")} />
          <Select name="months_after" label={words.months_after} hint={words.months_after_hint} value={after} onChange={setAfter} options={numbers(0, 3)} error={faults.of("months_after")} />
          <TextField name="begins_at" label={`${words.time}${t.common.optional}`} hint={words.time_hint} value={time} onChange={setTime} error={faults.of("begins_at")} />
          <TextField name="place" label={`${words.place}${t.common.optional}`} value={place} onChange={setPlace} error={faults.of("place")} />
        </div>
        <fieldset className="choices">
          <legend>{words.sources}</legend>
          {(rules.data?.rows ?? []).map((rule) => <Check key={rule.key} label={`${rule.title}（${words.rule(rule.key, String(rule.version))}）`} checked={sources.includes(rule.key)} onChange={(on) => setSources(toggle(sources, rule.key, on))} />)}
          {faults.of("sources") ? <span className="field__error">{faults.of("sources")}</span> : null}
        </fieldset>
        <Select name="stage" label={words.stage} value={stage} onChange={setStage} options={options(words.stages)} error={faults.of("stage")} />
        {stage === "2" ? (
          <fieldset className="choices">
            <legend>{words.gates_of}</legend>
            {first.length === 0 ? <p className="muted small">{words.gates_none}</p> : first.map((one) => <Check key={one.id} label={`${one.name}（${one.agency_name}）`} checked={gates.includes(one.id)} onChange={(on) => setGates(toggle(gates, one.id, on))} />)}
            {faults.of("gates") ? <span className="field__error">{faults.of("gates")}</span> : null}
          </fieldset>
        ) : null}
        <PostBox name="chair_post_id" label={words.chair} error={faults.of("chair_post_id")} onChoose={setChair} />
        <PostList label={words.chair} none={words.no_chair} posts={chair ? [chair] : []} onRemove={() => setChair(null)} />
        <PostBox name="attendants" label={words.add_attendant} error={faults.of("attendants")} onChoose={(post) => setSeats(seats.some((seat) => seat.id === post.id) ? seats : [...seats, post])} />
        <PostList label={words.attendants} none={words.attendants_none} posts={seats} onRemove={(post) => setSeats(seats.filter((seat) => seat !== post))} />
        {series ? <><Check label={words.ended} checked={ended} onChange={setEnded} /><p className="muted small">{words.ended_hint}</p></> : null}
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

function PostList({ label, none, posts, onRemove }: { label: string; none: string; posts: Post[]; onRemove: (post: Post) => void }) {
  const { t } = useMeetingText();
  if (posts.length === 0) return <p className="muted small">{`${label}：${none}`}</p>;
  return (
    <ul className="meeting__posts" aria-label={label}>
      {posts.map((post) => (
        <li key={post.id} className="tag">
          {post.label} <Button small look="quiet" aria-label={t.meetings.remove_seat(post.label)} onPress={() => onRemove(post)}>✕</Button>
        </li>
      ))}
    </ul>
  );
}
