import { useEffect, useRef, useState } from "react";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "../../api/client";
import { useChange } from "../../api/hooks";
import type { CommentPage, CommentRow, Mentioned } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { FaultNotice, Loading } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { useToast } from "../../ui/toast/toast";
import { cutByNames, mentionAt, withMention } from "./mention";
import { comments } from "./words";
import "./comments.css";

/** What is said about a record, newest first. */
export function CommentsPanel({ kind, id }: { kind: string; id: string }) {
  const words = useWords(comments);
  const { language } = useLanguage();
  const pages = useInfiniteQuery({
    queryKey: ["/comments", kind, id, language],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => call<CommentPage>("GET", "/comments", { signal, query: { record_kind: kind, record_id: id, cursor: pageParam || null, limit: 20 } }),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows);
  return (
    <section className="panel">
      <h2>{words.title}</h2>
      {pages.error && !rows ? <FaultNotice error={pages.error} retry={() => void pages.refetch()} /> : null}
      {!rows && !pages.error ? <Loading lines={2} /> : null}
      {pages.data?.pages[0]?.may_add ? <Writer kind={kind} id={id} /> : null}
      {rows?.length === 0 ? <p className="muted small">{words.empty}</p> : null}
      {rows && rows.length > 0 ? <ul className="talk">{rows.map((row) => <One key={row.id} row={row} kind={kind} id={id} />)}</ul> : null}
      {pages.hasNextPage ? <Button small busy={pages.isFetchingNextPage} onPress={() => void pages.fetchNextPage()}>{words.more}</Button> : null}
    </section>
  );
}

function One({ row, kind, id }: { row: CommentRow; kind: string; id: string }) {
  const { f } = useLanguage();
  const words = useWords(comments);
  const say = useToast();
  const [changing, setChanging] = useState(false);
  const withdraw = useChange({ onDone: () => say(words.said_withdrawn) });
  if (changing) return <li className="talk__one"><Writer kind={kind} id={id} before={row} onClose={() => setChanging(false)} /></li>;
  return (
    <li className="talk__one">
      {row.withdrawn ? <p className="muted">{words.withdrawn}</p> : (
        <p className="prose">{cutByNames(row.text, row.mentions.map((each) => each.name)).map((piece, index) => (piece.name ? <span key={index} className="talk__name">{piece.text}</span> : piece.text))}</p>
      )}
      {withdraw.error ? <FaultNotice error={withdraw.error} /> : null}
      <div className="row row--between">
        <span className="muted small">{f.instant(row.at)} · {row.by_name}{row.changed_at && !row.withdrawn ? ` · ${words.changed} ${f.instant(row.changed_at)}` : ""}</span>
        {row.mine && !row.withdrawn ? (
          <span className="row">
            <Button small look="quiet" onPress={() => setChanging(true)}>{words.change}</Button>
            <Button small look="quiet" busy={withdraw.isPending} onPress={() => withdraw.mutate({ method: "DELETE", path: `/comments/${row.id}` })}>{words.withdraw}</Button>
          </span>
        ) : null}
      </div>
    </li>
  );
}

function Writer({ kind, id, before, onClose }: { kind: string; id: string; before?: CommentRow; onClose?: () => void }) {
  const { t } = useLanguage();
  const words = useWords(comments);
  const say = useToast();
  const client = useQueryClient();
  const [text, setText] = useState(before?.text ?? "");
  const [mentions, setMentions] = useState<Mentioned[]>(before?.mentions ?? []);
  const [typed, setTyped] = useState<{ from: number; caret: number; people: Mentioned[] | null } | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const change = useChange({
    onDone: () => {
      say(before ? words.changed : words.said);
      setText("");
      setMentions([]);
      void client.invalidateQueries({ queryKey: ["/comments"] });
      onClose?.();
    },
  });
  const faults = useFaults(change.error);
  const field = () => box.current?.querySelector("textarea") ?? null;
  const wanted = typed ? text.slice(typed.from + 1, typed.caret) : null;
  useEffect(() => {
    if (wanted === null) return undefined;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      call<{ rows: Mentioned[] }>("GET", "/mentionable", { signal: stop.signal, query: { record_kind: kind, record_id: id, q: wanted } })
        .then((answer) => setTyped((now) => (now ? { ...now, people: answer.rows } : now)), () => undefined);
    }, 200);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [wanted, kind, id]);
  const write = (next: string) => {
    setText(next);
    const caret = field()?.selectionStart ?? next.length;
    const found = mentionAt(next, caret);
    setTyped((now) => (found ? { from: found.from, caret, people: now?.people ?? null } : null));
  };
  const choose = (person: Mentioned) => {
    if (!typed) return;
    const put = withMention(text, typed.from, typed.caret, person.name);
    setText(put.text);
    setMentions([...mentions.filter((each) => each.id !== person.id), person]);
    setTyped(null);
    const area = field();
    area?.focus();
    requestAnimationFrame(() => area?.setSelectionRange(put.caret, put.caret));
  };
  const send = () => {
    if (!faults.check([text.trim() === "" && { path: "text", message: t.form.must(words.write) }])) return;
    const named = mentions.filter((each) => text.includes(`@${each.name}`)).map((each) => each.id);
    if (before) change.mutate({ method: "PUT", path: `/comments/${before.id}`, body: { text: text.trim(), mentions: named, revision: before.revision } });
    else change.mutate({ path: "/comments", body: { record_kind: kind, record_id: id, text: text.trim(), mentions: named } });
  };
  return (
    <div ref={box} onKeyDown={(event) => {
      if (event.key === "Escape") setTyped(null);
      if (event.key === "ArrowDown" && typed?.people?.length && event.target instanceof HTMLTextAreaElement) {
        event.preventDefault();
        box.current?.querySelector<HTMLButtonElement>(".mention-list button")?.focus();
      }
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
    }}>
      <Form label={words.write} faults={faults.faults} error={change.error} onSubmit={send}>
        <TextField name="text" label={words.write} hint={words.write_hint} multiline value={text} onChange={write} error={faults.of("text")} />
        {typed?.people ? (
          <div className="mention-list" role="group" aria-label={words.suggestions}>
            {typed.people.length === 0 ? <span className="muted small" role="status">{words.nobody}</span> : typed.people.map((person) => <Button key={person.id} small onPress={() => choose(person)}>{person.name}</Button>)}
          </div>
        ) : null}
        <div className="row">
          <Button type="submit" look="primary" busy={change.isPending}>{before ? words.save : words.send}</Button>
          {onClose ? <Button onPress={onClose}>{t.common.cancel}</Button> : null}
        </div>
      </Form>
    </div>
  );
}
