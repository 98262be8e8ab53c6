import { useState, type DragEvent } from "react";
import { useQueryClient } from "@tanstack/react-query";
import { useChange, useRead } from "../../api/hooks";
import type { Checklist, ChecklistItem } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Answer, FaultNotice } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Meter } from "../../ui/progress/progress";
import { collaboration, type RecordRef } from "./words";
import "./collaboration.css";

/** The steps of a record, ticked one by one. */
export function ChecklistPanel({ record }: { record: RecordRef }) {
  const words = useWords(collaboration);
  const query = { record_kind: record.kind, record_id: record.id };
  const list = useRead<Checklist>("/checklist", query);
  return (
    <section className="panel">
      <h2>{words.checklist}</h2>
      <Answer of={list}>{(data) => <Body record={record} list={data} />}</Answer>
    </section>
  );
}

/** The ids with one of them at another place. */
export function moved(ids: string[], from: number, to: number): string[] {
  const out = ids.filter((_, index) => index !== from);
  out.splice(to, 0, ids[from] as string);
  return out;
}

function Body({ record, list }: { record: RecordRef; list: Checklist }) {
  const words = useWords(collaboration);
  const client = useQueryClient();
  const { language } = useLanguage();
  const place = { record_kind: record.kind, record_id: record.id };
  // The answer is the new list: shown at once, before everything else on the page is asked for again.
  const show = (answer: Checklist) => client.setQueryData(["/checklist", place, language], answer);
  const change = useChange<Checklist>({ onDone: show });
  const [text, setText] = useState("");
  const [editing, setEditing] = useState<ChecklistItem | null>(null);
  const [dragged, setDragged] = useState<number | null>(null);
  const [said, setSaid] = useState("");
  const adding = useChange<Checklist>({ onDone: (answer) => {
    show(answer);
    setText("");
  } });
  const faults = useFaults(adding.error);
  const ticked = (row: ChecklistItem) => (change.isPending && change.variables?.path === `/checklist/${row.id}/completion` ? change.variables.method === "POST" : row.done_at !== null);
  const move = (from: number, to: number) => {
    const item = list.rows[from];
    if (!item || to < 0 || to >= list.rows.length || from === to) return;
    setSaid(words.moved(item.text, String(to + 1), String(list.rows.length)));
    change.mutate({ method: "PUT", path: "/checklist", body: { ...place, ids: moved(list.rows.map((row) => row.id), from, to) } }, { onError: () => void client.invalidateQueries() });
  };
  return (
    <div className="stack stack--tight">
      {change.error ? <FaultNotice error={change.error} /> : null}
      {list.total_count === 0 ? <p className="muted small">{list.may_change ? words.checklist_none : words.checklist_none_readonly}</p> : (
        <>
          <p className="small">{words.progress(String(list.done_count), String(list.total_count))}</p>
          <Meter part={list.done_count} whole={list.total_count} />
          <ol className="checklist" aria-label={words.checklist}>
            {list.rows.map((row, index) => (
              <li
                key={row.id} className={dragged === index ? "checklist__item checklist__item--dragged" : "checklist__item"} draggable={list.may_change}
                onDragStart={(event: DragEvent) => {
                  event.dataTransfer.effectAllowed = "move";
                  setDragged(index);
                }}
                onDragEnd={() => setDragged(null)} onDragOver={(event) => { if (dragged !== null) event.preventDefault(); }}
                onDrop={(event) => {
                  event.preventDefault();
                  if (dragged !== null) move(dragged, index);
                  setDragged(null);
                }}
              >
                <label className="check checklist__text">
                  <input type="checkbox" checked={ticked(row)} disabled={!list.may_change} onChange={(event) => change.mutate({ method: event.target.checked ? "POST" : "DELETE", path: `/checklist/${row.id}/completion` })} />
                  <span>{row.done_at ? <s>{row.text}</s> : row.text}<DoneBy item={row} /></span>
                </label>
                {list.may_change ? (
                  <span className="row checklist__buttons no-print">
                    <Button small icon look="quiet" aria-label={words.up(row.text)} isDisabled={index === 0} onPress={() => move(index, index - 1)}>↑</Button>
                    <Button small icon look="quiet" aria-label={words.down(row.text)} isDisabled={index === list.rows.length - 1} onPress={() => move(index, index + 1)}>↓</Button>
                    <Button small icon look="quiet" aria-label={words.edit_item(row.text)} onPress={() => setEditing(row)}>✎</Button>
                    <Button small icon look="quiet" aria-label={words.remove_item(row.text)} onPress={() => change.mutate({ method: "DELETE", path: `/checklist/${row.id}` })}>✕</Button>
                  </span>
                ) : null}
              </li>
            ))}
          </ol>
          {list.may_change && list.total_count > 1 ? <p className="muted small no-print">{words.drag_hint}</p> : null}
        </>
      )}
      <p className="visually-hidden" role="status">{said}</p>
      {list.may_change ? (
        <Form label={words.item} faults={faults.faults} error={adding.error} onSubmit={() => {
          if (text.trim() !== "") adding.mutate({ path: "/checklist", body: { ...place, text: text.trim() } });
        }}>
          <div className="row row--bottom">
            <div className="grow"><TextField name="text" label={words.item} value={text} onChange={setText} error={faults.of("text")} /></div>
            <Button type="submit" busy={adding.isPending}>{words.add}</Button>
          </div>
        </Form>
      ) : null}
      {editing ? <EditDialog item={editing} onClose={() => setEditing(null)} /> : null}
    </div>
  );
}

function DoneBy({ item }: { item: ChecklistItem }) {
  const words = useWords(collaboration);
  const { t, f } = useLanguage();
  if (!item.done_at) return null;
  return <span className="muted small checklist__who">{words.done_by(item.done_by_name ?? t.common.system, f.instant(item.done_at))}</span>;
}

function EditDialog({ item, onClose }: { item: ChecklistItem; onClose: () => void }) {
  const words = useWords(collaboration);
  const { t } = useLanguage();
  const [text, setText] = useState(item.text);
  const change = useChange<Checklist>({ onDone: onClose });
  const faults = useFaults(change.error);
  return (
    <Dialog title={words.edit_item(item.text)} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([text.trim() === "" && { path: "text", message: t.form.must(words.item_text) }])) change.mutate({ method: "PUT", path: `/checklist/${item.id}`, body: { text: text.trim() } });
      }}>
        <TextField name="text" label={words.item_text} value={text} onChange={setText} error={faults.of("text")} required />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
