import { useState } from "react";
import { useChange } from "../../api/hooks";
import { useLanguage, useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Select } from "../../ui/select/select";
import { PlainTable } from "../../ui/table/plain_table";
import type { ImportColumn, RunView, Source } from "./records";
import { importWords } from "./words";
import "./imports.css";

/** Which column of the file is which column of the record. Several of the file are joined; a text of one's own stands where they are empty. */
export function MappingForm({ view, again }: { view: RunView; again: boolean }) {
  const { t } = useLanguage();
  const words = useWords(importWords);
  const [header, setHeader] = useState(String(view.header_row));
  const titles = view.sample.find((row) => String(row.number) === header)?.cells ?? view.titles;
  const [mapping, setMapping] = useState<Source[]>(view.mapping);
  const change = useChange<RunView>();
  const faults = useFaults(change.error);
  const of = (name: string): Source => mapping.find((one) => one.column === name) ?? { column: name, from: [], otherwise: null };
  const put = (next: Source) => setMapping([...mapping.filter((one) => one.column !== next.column), next]);
  const send = () => {
    const used = view.columns.map((column) => of(column.name)).filter((one) => one.from.length > 0 || (one.otherwise ?? "") !== "");
    const missing = view.columns.filter((column) => column.required && !used.some((one) => one.column === column.name));
    if (!faults.check(missing.map((column) => ({ path: `mapping.${column.name}`, message: t.form.must(column.title) })))) return;
    change.mutate({ path: `/imports/${view.run.id}/check`, body: { mapping: used, header_row: Number(header) } });
  };
  const choices = [{ value: "", label: words.none }, ...titles.map((title, at) => ({ value: String(at), label: title || `#${at + 1}` }))];
  const field = (column: ImportColumn) => {
    const source = of(column.name);
    const slots = source.from.length === 0 ? [null] : source.from;
    const set = (slot: number, value: string) => {
      const from = [...source.from];
      if (value === "") from.splice(slot, 1);
      else from[slot] = Number(value);
      put({ ...source, from });
    };
    const name = `mapping.${column.name}`;
    return (
      <fieldset key={column.name} className="mapping__row" id={`field-${name}`} tabIndex={-1}>
        <legend>{column.title}{column.required ? <span className="muted small">（{words.required}）</span> : null}</legend>
        {column.hint ? <p className="muted small">{column.hint}</p> : null}
        {faults.of(name) ? <p className="field__error">{faults.of(name)}</p> : null}
        <div className="mapping__sources">
          {slots.map((at, slot) => <Select key={slot} compact label={words.from_file} value={at === null ? "" : String(at)} onChange={(value) => set(slot, value)} options={choices} />)}
          {source.from.length > 0 && source.from.length < 6 ? (
            <Select compact label={words.add_source} value="" onChange={(value) => value !== "" && put({ ...source, from: [...source.from, Number(value)] })} options={[{ value: "", label: `＋ ${words.add_source}` }, ...choices.slice(1)]} />
          ) : null}
          {column.choices.length > 0
            ? <Select compact label={words.otherwise} value={source.otherwise ?? ""} onChange={(otherwise) => put({ ...source, otherwise: otherwise || null })} options={[{ value: "", label: "—" }, ...column.choices.map((each) => ({ value: each, label: each }))]} />
            : <TextField name={`otherwise-${column.name}`} label={words.otherwise} value={source.otherwise ?? ""} onChange={(otherwise) => put({ ...source, otherwise: otherwise || null })} />}
        </div>
      </fieldset>
    );
  };
  return (
    <section className="stack">
      <h2>{words.match_title}</h2>
      <p className="muted">{words.match_lead}{view.mapping_is_remembered ? <> <span className="tag">{words.remembered}</span></> : null}</p>
      {view.sample.length > 0 ? (
        <>
          <Select compact label={words.header_row} value={header} onChange={setHeader} options={view.sample.map((row) => ({ value: String(row.number), label: `${row.number}：${row.cells.filter(Boolean).slice(0, 4).join("、")}` }))} />
          <PlainTable caption={words.sample} rows={view.sample.filter((row) => row.number > Number(header)).slice(0, 5)} rowKey={(row) => String(row.number)} columns={[
            { key: "number", label: words.row, kind: "number", cell: (row) => row.number },
            ...titles.map((title, at) => ({ key: String(at), label: title || `#${at + 1}`, cell: (row: { cells: string[] }) => row.cells[at] ?? "" })),
          ]} />
        </>
      ) : null}
      <Form wide faults={faults.faults} error={change.error} onSubmit={send}>
        <div className="mapping">{view.columns.map(field)}</div>
        <div><Button type="submit" look={again ? "secondary" : "primary"} busy={change.isPending}>{again ? words.check_again : words.check}</Button></div>
      </Form>
    </section>
  );
}
