import { useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type { ChasesOfDuty } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { Answer } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { useToast } from "../../ui/toast/toast";
import { rungText } from "./rung_text";
import { chasing } from "./words";
import "./chasing.css";

const shownAtFirst = 5;

/** How a duty was chased, what was answered, and the place to answer. */
export function DutyChases({ id }: { id: string }) {
  const { t, f } = useLanguage();
  const words = useWords(chasing);
  const chases = useRead<ChasesOfDuty>(`/duties/${id}/chases`);
  const [all, setAll] = useState(false);
  return (
    <section className="panel">
      <h2>{words.duty_panel}</h2>
      <Answer of={chases} lines={2}>
        {(data) => (
          <>
            {data.may_answer ? <AnswerForm id={id} /> : null}
            {data.rows.length === 0 ? <p className="muted small">{words.duty_none}</p> : (
              <ul className="chase-list">
                {(all ? data.rows : data.rows.slice(0, shownAtFirst)).map((chase) => (
                  <li key={chase.id}>
                    <p>
                      <strong>{chase.by_ladder ? rungText(words, chase.rung) : words.channels[chase.channel]}</strong> → {words.audiences[chase.rung.audience]}{" "}
                      {chase.answer_kind ? <span className="tag">{words.answer_kinds[chase.answer_kind]} · {chase.answer_days === 0 ? words.same_day : words.answers(chase.answer_days ?? 0)}</span> : <span className="tag tag--warn">{words.waits}</span>}
                    </p>
                    {chase.note ? <p className="prose small">{chase.note}</p> : null}
                    {chase.answer ? <p className="prose small">{words.answer}：{chase.answer}（{chase.answered_by_name}）</p> : null}
                    <p className="muted small">{f.instant(chase.chased_at)} · {chase.by_ladder ? words.by_ladder : chase.chased_by_name} · {words.told(chase.told_count)}</p>
                  </li>
                ))}
              </ul>
            )}
            {data.rows.length > shownAtFirst && !all ? <Button small onPress={() => setAll(true)}>{t.home.see_all(f.number(data.rows.length))}</Button> : null}
          </>
        )}
      </Answer>
    </section>
  );
}

function AnswerForm({ id }: { id: string }) {
  const { t } = useLanguage();
  const words = useWords(chasing);
  const say = useToast();
  const [text, setText] = useState("");
  const change = useChange({
    onDone: () => {
      setText("");
      say(words.answered);
    },
  });
  const faults = useFaults(change.error);
  return (
    <Form label={words.answer_title} faults={faults.faults} error={change.error} onSubmit={() => {
      if (faults.check([text.trim() === "" && { path: "text", message: t.form.must(words.answer_text) }])) change.mutate({ path: `/duties/${id}/chase-answer`, body: { text: text.trim() } });
    }}>
      <TextField name="text" label={words.answer_text} multiline value={text} onChange={setText} error={faults.of("text")} />
      <div className="row"><Button type="submit" look="primary" busy={change.isPending}>{words.answer_title}</Button></div>
    </Form>
  );
}
