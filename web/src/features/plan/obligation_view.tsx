import type { ReactNode } from "react";
import type { Obligation, ObligationInput, Sentence } from "../../api/types";
import { nameOf } from "../../i18n/names";
import { cutByMarks } from "../../lib/marks";
import { usePlanText } from "./words";
import "./plan.css";

/** "0" stands for no agency. */
export const hasAgency = (obligation: Obligation) => obligation.agency_id !== "0" && obligation.agency_id !== "";

/** Read without a guess: the words that say when or how many were found, and somebody owes it. */
export function isSure(obligation: Obligation): boolean {
  const timed = obligation.every !== null || obligation.months.length > 0 || obligation.day !== null || obligation.within !== null;
  return obligation.state === "proposed" && hasAgency(obligation) && obligation.what.trim() !== "" && timed;
}

export function useObligationWords(): (obligation: ObligationInput) => string[] {
  const { t } = usePlanText();
  return (obligation) => {
    const words: string[] = [];
    if (obligation.every) words.push(nameOf(t.every, obligation.every));
    if (obligation.months.length > 0) words.push(t.review.month_of(obligation.months.join("、")));
    if (obligation.day !== null) words.push(t.review.day_of(obligation.day === 0 ? "last" : String(obligation.day)));
    if (obligation.within) words.push(t.review.within_of(obligation.within.count, nameOf(t.review.units, obligation.within.unit)));
    if (words.length === 0) words.push(t.review.no_rhythm);
    for (const amount of obligation.amounts) words.push(`${nameOf(t.review.bounds, amount.bound)} ${amount.value}${amount.unit}`);
    return words;
  };
}

export function MarkedText({ sentence }: { sentence: Sentence }) {
  const { t } = usePlanText();
  const spans = sentence.obligations.filter((each) => each.state !== "dropped").flatMap((each) => each.spans);
  return (
    <p className="sentence__text">
      {cutByMarks(sentence.text, spans).map((piece, index) => {
        if (piece.part === null) return piece.text;
        const name = nameOf(t.review.marks, piece.part);
        // Ruby cannot break over lines, so the long part, the thing to be done, is only underlined.
        if (piece.part === "what") return <mark key={index} className="mark mark--what" title={name}>{piece.text}</mark>;
        return <mark key={index} className={`mark mark--${piece.part}`}><ruby>{piece.text}<rt>{name}</rt></ruby></mark>;
      })}
    </p>
  );
}

export function SentenceMeta({ sentence, children }: { sentence: Sentence; children?: ReactNode }) {
  const { t } = usePlanText();
  return (
    <div className="sentence__meta">
      <span>{t.plans.line(sentence.line)}</span>
      <span>{nameOf(t.plans.parts, sentence.part)}</span>
      {sentence.work_plan ? <span>{sentence.work_plan}{sentence.item ? ` › ${sentence.item}` : ""}</span> : null}
      <span className={sentence.decision === "undecided" ? "tag tag--warn" : "tag"}>{nameOf(t.plans.decisions, sentence.decision)}</span>
      {children}
    </div>
  );
}

export function ObligationRow({ obligation, children }: { obligation: Obligation; children?: ReactNode }) {
  const { t } = usePlanText();
  const words = useObligationWords();
  return (
    <li className={`obligation obligation--${obligation.state}`}>
      <div className="grow">
        <div className="obligation__what">{obligation.what}</div>
        <div className="obligation__parts">
          <span className={obligation.state === "proposed" ? "tag tag--warn" : "tag"}>{t.review.states[obligation.state]}</span>
          {words(obligation).map((word) => <span key={word} className="tag">{word}</span>)}
          {obligation.responsible.map((name) => <span key={name} className="tag">{name}</span>)}
          {hasAgency(obligation) ? <span className="tag">{t.review.agency}：{obligation.agency_name}</span> : <span className="tag tag--warn">{t.review.no_agency}</span>}
          {obligation.standing.total > 0 ? <span>{t.review.duties(obligation.standing.total)}</span> : null}
        </div>
      </div>
      {children ? <div className="obligation__actions no-print">{children}</div> : null}
    </li>
  );
}

export function ExtraColumns({ sentence }: { sentence: Sentence }) {
  if (sentence.columns.length === 0) return null;
  return <p className="sentence__columns">{sentence.columns.map((column) => `${column.name}：${column.text}`).join("；")}</p>;
}
