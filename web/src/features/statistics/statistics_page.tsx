import { lazy, Suspense, useCallback, useState } from "react";
import { useNavigate } from "@tanstack/react-router";
import { useChange, useRead } from "../../api/hooks";
import type { OfferedDataset, StatisticAnswer } from "../../api/types";
import { useFilters, writeSearch } from "../../app/search";
import ViewsMenu from "../views/views_menu";
import { copyText } from "../../lib/clipboard";
import { Button, LinkButton } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Answer } from "../../ui/empty_state/empty_state";
import { Check, Choices } from "../../ui/form/form";
import { Menu } from "../../ui/menu/menu";
import { AsKnownOnField, AsKnownOnNotice } from "../../ui/notice/as_known_on";
import { PageTitle } from "../../ui/page_title/page_title";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import { captionOf, cellText, stacks, usualShow, type Show } from "./answer";
import { Definitions, StatisticView } from "./figures";
import { PinDialog } from "./pin_dialog";
import { asked, first, list, parts, presetDays, readWhere, reportFilter, writeWhere, type Condition, type Part, type Preset, type Question } from "./question";
import { useStatisticsText } from "./words";

const ExportMenu = lazy(() => import("../../ui/table/export_menu"));

type Change = (change: Partial<Record<Part, string | null>>) => void;
const shows = ["bars", "stacked", "lines", "table", "number"] as const;
const presets = ["year", "to_date", "last_year", "quarter", "month"] as const;

export function StatisticsPage() {
  const { s, f } = useStatisticsText();
  const offered = useRead<{ rows: OfferedDataset[] }>("/statistic-datasets");
  const [search, change] = useFilters<Part>();
  const question: Question = search.by === undefined && search.measures === undefined && search.dataset === undefined ? { ...search, ...first } : search;
  const [answer, setAnswer] = useState<StatisticAnswer | null>(null);
  const show = shows.find((one) => one === question.show);
  const lead = answer ? s.lead(answer.measures.map((measure, at) => s.lead_part(measure.label, cellText(answer.total.cells[at], measure.is_rate, s, f))).join("，")) : undefined;
  const onAnswer = useCallback((next: StatisticAnswer) => setAnswer(next), []);
  return (
    <>
      <PageTitle title={s.title} lead={lead} actions={<LinkButton to="/dashboards">{s.dashboards}</LinkButton>} />
      <AsKnownOnNotice value={question.as_known_on} onNow={() => change({ as_known_on: null })} />
      <div className="stack">
        <Answer of={offered}>{(data) => <Builder sets={data.rows} question={question} change={change} />}</Answer>
        <section className="panel" aria-label={s.title}>
          <div className="row row--between row--bottom no-print">
            <Select compact label={s.show} value={show ?? (answer ? usualShow(answer) : "bars")} onChange={(next) => change({ ...question, show: next })} options={shows.filter((value) => value !== "stacked" || !answer || stacks(answer)).map((value) => ({ value, label: s.shows[value] }))} />
            <Keep question={question} answer={answer} />
          </div>
          <StatisticView question={question} show={show} onAnswer={onAnswer} onSort={(sort) => change({ ...question, sort })} />
        </section>
        {answer ? <Definitions answer={answer} /> : null}
      </div>
    </>
  );
}

function Keep({ question, answer }: { question: Question; answer: StatisticAnswer | null }) {
  const { s, f, t } = useStatisticsText();
  const say = useToast();
  const [pinning, setPinning] = useState(false);
  const query = writeSearch(question).slice(1);
  const title = answer ? captionOf(answer, s, f).slice(0, 60) : s.title;
  const show: Show = shows.find((one) => one === question.show) ?? (answer ? usualShow(answer) : "bars");
  const pin = useChange({ onDone: () => say(s.pinned_home) });
  const navigate = useNavigate();
  return (
    <div className="row">
      <Suspense fallback={null}><ExportMenu path="/statistics/file" query={asked(question)} /></Suspense>
      <ViewsMenu page="statistics" search={question} />
      <Menu label={s.keep} trigger={<Button>{s.keep} ▾</Button>} entries={[
        { key: "home", label: s.pin_home, run: () => pin.mutate({ path: "/home-dashboard/tiles", body: { title, query, show } }) },
        { key: "board", label: s.pin_dashboard, run: () => setPinning(true) },
        { key: "report", label: s.as_report, run: () => void navigate({ to: `/reports/statistic-${question.dataset ?? "duties"}`, search: { filter: reportFilter(question, title), ...(question.as_known_on ? { known_on: question.as_known_on, as_of: question.as_known_on } : {}) } as never }) },
        { key: "copy", label: s.copy, run: () => void copyText(`${window.location.origin}/console/statistics?${query}`).then((done) => say(done ? s.copied : t.common.not_copied)) },
        { key: "print", label: s.print, run: () => window.print() },
      ]} />
      {pinning ? <PinDialog tile={{ title, query, show }} onClose={() => setPinning(false)} /> : null}
    </div>
  );
}

function Builder({ sets, question, change }: { sets: OfferedDataset[]; question: Question; change: Change }) {
  const { s, f } = useStatisticsText();
  const today = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Taipei" }).format(new Date());
  const set = sets.find((one) => one.name === (question.dataset ?? "duties")) ?? sets[0];
  const [adding, setAdding] = useState(false);
  if (!set) return null;
  const by = list(question.by);
  const measures = list(question.measures);
  const conditions = readWhere(question.where);
  const put = (next: Partial<Record<Part, string | null>>) => change({ by: question.by ?? "", measures: question.measures ?? set.measures[0]?.name ?? "", ...next });
  const options = (place: number) => [
    { value: "", label: s.none },
    ...set.dimensions.filter((one) => by[place] === one.name || !by.includes(one.name)).map((one) => ({ value: one.name, label: one.label })),
  ];
  const setBy = (place: number, value: string) => {
    const next = [...by];
    if (value === "") next.splice(place);
    else next[place] = value;
    put({ by: next.join(","), sort: null });
  };
  const preset = presets.find((one) => {
    const days = presetDays(one, today);
    return days.from === question.from && days.to === question.to;
  });
  const words = (condition: Condition) => {
    const dimension = set.dimensions.find((one) => one.name === condition.dimension);
    const label = dimension?.label ?? set.days.find((one) => one.name === condition.dimension)?.label ?? condition.dimension;
    const values = condition.values.map((value) => dimension?.choices.find((choice) => choice.value === value)?.label ?? (/^\d{4}-\d\d-\d\d$/.test(value) ? f.date(value) : value || s.cells.missing));
    return condition.sign === "=" ? f.pair(label, f.list(values)) : `${label} ${{ "!=": "≠", ">=": "≥", "<=": "≤" }[condition.sign]} ${f.list(values)}`;
  };
  return (
    <section className="panel builder no-print" aria-label={s.build}>
      <div className="row row--between">
        <h2>{s.build}</h2>
        <Button small look="quiet" onPress={() => change(Object.fromEntries(parts.map((part) => [part, null])))}>{s.reset}</Button>
      </div>
      <div className="builder__row">
        {sets.length > 1 ? <Select compact label={s.dataset} value={set.name} onChange={(next) => change({ dataset: next === "duties" ? null : next, by: "agency", measures: sets.find((one) => one.name === next)?.measures[0]?.name ?? "", where: null, period: null, show: null })} options={sets.map((one) => ({ value: one.name, label: one.label }))} /> : null}
        {[0, 1, 2].filter((place) => place <= by.length).map((place) => <Select key={place} compact label={s.by[place] ?? ""} value={by[place] ?? ""} onChange={(value) => setBy(place, value)} options={options(place)} />)}
        {by.length === 2 ? <Button onPress={() => put({ by: [...by].reverse().join(","), sort: null })}>{s.swap}</Button> : null}
      </div>
      <fieldset className="builder__measures">
        <legend>{s.measures}</legend>
        {set.measures.map((measure) => (
          <Check key={measure.name} label={measure.label} checked={measures.includes(measure.name)} onChange={(on) => {
            const next = on ? [...measures, measure.name] : measures.filter((one) => one !== measure.name);
            if (next.length > 0) put({ measures: set.measures.map((one) => one.name).filter((name) => next.includes(name)).join(",") });
          }} />
        ))}
      </fieldset>
      <div className="builder__row">
        <Select compact label={s.period} value={question.period ?? set.period} onChange={(next) => put({ period: next === set.period ? null : next })} options={set.days.map((one) => ({ value: one.name, label: one.label }))} />
        <Select compact label={s.presets} value={preset ?? (question.from || question.to ? "own" : "none")} onChange={(next) => next === "own" ? undefined : put(next === "none" ? { from: null, to: null, compare: null } : presetDays(next as Preset, today))}
          options={[{ value: "none", label: s.preset.none }, ...(!preset && (question.from || question.to) ? [{ value: "own", label: s.preset.own }] : []), ...presets.map((value) => ({ value, label: s.preset[value] }))]} />
        <RocDatePicker compact label={s.from} value={question.from ?? null} onChange={(iso) => put({ from: iso })} />
        <RocDatePicker compact label={s.to} value={question.to ?? null} onChange={(iso) => put({ to: iso })} />
        <AsKnownOnField value={question.as_known_on ?? null} onChange={(iso) => put({ as_known_on: iso })} />
      </div>
      <div className="builder__row">
        <Check label={s.compare} checked={question.compare === "true"} onChange={(on) => put({ compare: on ? "true" : null, ...(on && !question.from && !question.to ? presetDays("to_date", today) : {}) })} />
        <Check label={s.empty_rows} checked={question.empty === "true"} onChange={(on) => put({ empty: on ? "true" : null })} />
      </div>
      <div className="row">
        <ul className="builder__chips" aria-label={s.filters}>
          {conditions.map((condition, at) => (
            <li key={`${condition.dimension}${condition.sign}${condition.values.join("|")}`}>
              <Button small look="quiet" aria-label={s.remove_filter(words(condition))} onPress={() => put({ where: writeWhere(conditions.filter((_, place) => place !== at)) || null })}>{words(condition)} ✕</Button>
            </li>
          ))}
        </ul>
        <Button small onPress={() => setAdding(true)}>{s.add_filter}</Button>
      </div>
      {adding ? <FilterDialog set={set} onClose={() => setAdding(false)} onAdd={(condition) => put({ where: writeWhere([...conditions, condition]) })} /> : null}
    </section>
  );
}

function FilterDialog({ set, onClose, onAdd }: { set: OfferedDataset; onClose: () => void; onAdd: (condition: Condition) => void }) {
  const { s, t } = useStatisticsText();
  const choosable = set.dimensions.filter((one) => one.choices.length > 0);
  const [name, setName] = useState(choosable[0]?.name ?? "");
  const [sign, setSign] = useState<"=" | "!=">("=");
  const [values, setValues] = useState<string[]>([]);
  const dimension = choosable.find((one) => one.name === name);
  return (
    <Dialog title={s.add_filter} isOpen onClose={onClose}>
      <div className="stack stack--tight">
        <Select label={s.filter_dimension} value={name} onChange={(next) => { setName(next); setValues([]); }} options={choosable.map((one) => ({ value: one.name, label: one.label }))} />
        <Choices label={s.filters} name="sign" value={sign} onChange={(next) => setSign(next as "=" | "!=")} options={[{ value: "=", label: s.filter_is }, { value: "!=", label: s.filter_not }]} />
        <fieldset className="builder__values">
          <legend>{s.choose_values}</legend>
          {dimension?.choices.map((choice) => (
            <Check key={choice.value} label={choice.label} checked={values.includes(choice.value)} onChange={(on) => setValues(on ? [...values, choice.value] : values.filter((one) => one !== choice.value))} />
          ))}
        </fieldset>
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button look="primary" isDisabled={values.length === 0} onPress={() => { onAdd({ dimension: name, sign, values }); onClose(); }}>{s.add_filter}</Button>
        </DialogButtons>
      </div>
    </Dialog>
  );
}
