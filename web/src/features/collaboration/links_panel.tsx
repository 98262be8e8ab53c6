import { useState } from "react";
import { Link } from "@tanstack/react-router";
import { useChange, useRead } from "../../api/hooks";
import type { DutyRow, LinkList, LinkRow, List } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Answer, FaultNotice } from "../../ui/empty_state/empty_state";
import { Choices, Form, TextField, useFaults } from "../../ui/form/form";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import { collaboration, type RecordRef } from "./words";
import "./collaboration.css";

const inverses: Record<string, string> = { blocks: "blocked_by", duplicates: "duplicated_by", follows: "followed_by" };
const wordOf = (row: LinkRow) => (row.inverse ? (inverses[row.relation] ?? row.relation) : row.relation);

/** What a record is linked with, from whichever end. */
export function LinksPanel({ record }: { record: RecordRef }) {
  const words = useWords(collaboration);
  const { t } = useLanguage();
  const say = useToast();
  const [adding, setAdding] = useState(false);
  const list = useRead<LinkList>("/links", { record_kind: record.kind, record_id: record.id });
  const remove = useChange({ onDone: () => say(words.link_removed) });
  return (
    <section className="panel">
      <h2>{words.links}</h2>
      <Answer of={list}>{(data) => (
        <div className="stack stack--tight">
          {remove.error ? <FaultNotice error={remove.error} /> : null}
          {data.rows.length === 0 ? <p className="muted small">{data.may_change ? words.links_none : words.links_none_readonly}</p> : (
            <ul className="plain-list links">
              {data.rows.map((row) => (
                <li key={row.id}>
                  <span className="tag">{nameOf(words.relations, wordOf(row))}</span>
                  <Link to="/duties/$id" params={{ id: row.other.id } as never}>{row.other.title}</Link>
                  <span className="muted small">{row.other.number} · {nameOf(t.duties.states, row.other.state)}</span>
                  {data.may_change ? <Button small look="quiet" aria-label={words.remove_link(row.other.title)} busy={remove.isPending} onPress={() => remove.mutate({ method: "DELETE", path: `/links/${row.id}` })}>{words.remove}</Button> : null}
                </li>
              ))}
            </ul>
          )}
          {data.may_change ? <div><Button small onPress={() => setAdding(true)}>{words.add_link}</Button></div> : null}
        </div>
      )}</Answer>
      {adding ? <AddDialog record={record} onClose={() => setAdding(false)} onAdded={() => say(words.link_added)} /> : null}
    </section>
  );
}

function AddDialog({ record, onClose, onAdded }: { record: RecordRef; onClose: () => void; onAdded: () => void }) {
  const words = useWords(collaboration);
  const [relation, setRelation] = useState("relates");
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const [other, setOther] = useState("");
  const found = useRead<List<DutyRow>>("/duties", { view: "city", state: "all", q: asked, limit: 8 }, { enabled: asked !== "" });
  const change = useChange<LinkList>({ onDone: () => {
    onAdded();
    onClose();
  } });
  const faults = useFaults(change.error);
  const options = (found.data?.rows ?? []).filter((row) => row.id !== record.id).map((row) => ({ value: row.id, label: `${row.number} ${row.title}（${row.agency_name}）` }));
  const send = () => {
    if (other === "" && typed.trim() !== asked) return setAsked(typed.trim());
    if (!faults.check([other === "" && { path: "other_id", message: words.choose_other }])) return;
    const direct = Object.entries(inverses).find(([, inverse]) => inverse === relation)?.[0];
    change.mutate({ path: "/links", body: { record_kind: record.kind, record_id: record.id, relation: direct ?? relation, inverse: direct !== undefined, other_id: other } });
  };
  return (
    <Dialog title={words.add_link} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={send}>
        <Select name="relation" label={words.relation} value={relation} onChange={setRelation} options={Object.entries(words.relations).map(([value, label]) => ({ value, label }))} />
        <div className="row row--bottom">
          <TextField name="other_id" label={words.other} hint={words.other_hint} value={typed} onChange={(value) => {
            setTyped(value);
            setOther("");
          }} error={faults.of("other_id")} required />
          <Button busy={found.isFetching} onPress={() => setAsked(typed.trim())}>{words.search}</Button>
        </div>
        {asked !== "" && found.data ? (options.length === 0 ? <p className="muted" role="status">{words.no_match}</p> : <Choices name="other" label={words.other} value={other} onChange={setOther} options={options} />) : null}
        <SubmitButtons onClose={onClose} busy={change.isPending}>{words.add_link}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
