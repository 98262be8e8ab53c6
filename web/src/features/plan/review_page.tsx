import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { call } from "../../api/client";
import { useChange, useRead } from "../../api/hooks";
import type { List, Obligation, Plan, Sentence } from "../../api/types";
import { useFilters } from "../../app/search";
import { useMay } from "../../app/session";
import { isShortcut } from "../../app/shortcuts";
import { Button, LinkButton } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Answer, EmptyState, FaultNotice, Loading } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Notice } from "../../ui/notice/notice";
import { Emphasis, PageTitle } from "../../ui/page_title/page_title";
import { Meter } from "../../ui/progress/progress";
import { useToast } from "../../ui/toast/toast";
import { Difference } from "./difference";
import { ExtraColumns, isSure, MarkedText, ObligationRow, SentenceMeta } from "./obligation_view";
import { usePlanText } from "./words";

const ExportMenu = lazy(() => import("../../ui/table/export_menu"));
const ObligationDialog = lazy(() => import("./obligation_dialog").then((module) => ({ default: module.ObligationDialog })));

/** Every obligation of it is decided: nothing is left to do here. */
const isSettled = (sentence: Sentence) => sentence.obligations.length > 0 && sentence.decision !== "undecided" && sentence.obligations.every((each) => each.state !== "proposed");

const filters = ["waiting", "obligation", "none", "undecided", "all"] as const;
type Shown = (typeof filters)[number];

export function ReviewPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const read = useRead<Plan>(`/plans/${id}`);
  return <Answer of={read}>{(data) => <Review read={data} />}</Answer>;
}

type Asked = { kind: "edit" | "drop"; sentence: Sentence; obligation: Obligation } | { kind: "add"; sentence: Sentence } | { kind: "all" } | null;

function Review({ read }: { read: Plan }) {
  const { plan } = read;
  const { t, f, language } = usePlanText();
  const say = useToast();
  const allowed = useMay();
  const mayDecide = allowed("decide_plan");
  const [filter, setFilter] = useFilters<"show" | "same">();
  // What waits comes first; once chosen on arrival it stays, so that the last decision does not swap the list away.
  const [first] = useState<Shown>(plan.coverage.waiting > 0 ? "waiting" : "all");
  // A phone gets fewer at a time; what is decided stands there in one line until it is touched (plan.css).
  const [pageSize] = useState(() => (window.matchMedia("(max-width: 639px)").matches ? 30 : 200));
  const show = filters.find((name) => name === filter.show) ?? first;
  const list = useInfiniteQuery({
    queryKey: ["/sentences", plan.id, show, language],
    queryFn: ({ pageParam, signal }) => call<List<Sentence>>("GET", `/plans/${plan.id}/sentences`, { query: { decision: show === "all" ? null : show, cursor: pageParam, limit: pageSize }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const sentences = useMemo(() => list.data?.pages.flatMap((page) => page.rows) ?? [], [list.data]);
  const total = list.data?.pages[0]?.total ?? null;
  const [current, setCurrent] = useState(0);
  const [asked, setAsked] = useState<Asked>(null);
  const acted = useRef(false);
  const change = useChange();
  const { mutate: send, isPending } = change;
  const rows = useRef<HTMLOListElement>(null);
  /** A control stays focusable while a decision is on its way; a second press does nothing. */
  const mutate = useCallback((what: Parameters<typeof send>[0]) => {
    if (isPending) return;
    acted.current = true;
    send(what);
  }, [send, isPending]);

  const go = useCallback((to: number) => {
    const index = Math.max(0, Math.min(to, sentences.length - 1));
    setCurrent(index);
    const row = rows.current?.children[index];
    if (row instanceof HTMLElement) {
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
    }
    if (index >= sentences.length - 3 && list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
  }, [sentences.length, list]);

  const accept = useCallback((obligation: Obligation) => mutate({ path: `/plan-obligations/${obligation.id}/acceptance`, body: {} }), [mutate]);

  // A decided sentence leaves the list of what waits, and the focus with it: the next one takes it.
  useEffect(() => {
    if (!acted.current || sentences.length === 0) return;
    acted.current = false;
    if (document.activeElement === document.body || document.activeElement === null) go(current);
  }, [sentences, current, go]);

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return;
      if (event.key === "j" || event.key === "k") {
        event.preventDefault();
        return go(current + (event.key === "j" ? 1 : -1));
      }
      const sentence = sentences[current];
      const waiting = sentence?.obligations.find((each) => each.state === "proposed");
      if (!mayDecide || isPending || !sentence || !waiting) return;
      if (event.key === "a") accept(waiting);
      else if (event.key === "e") setAsked({ kind: "edit", sentence, obligation: waiting });
      else if (event.key === "d") setAsked({ kind: "drop", sentence, obligation: waiting });
      else return;
      event.preventDefault();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [sentences, current, go, accept, mayDecide, isPending]);

  // All of the list, also what has not been scrolled to: the question names how many.
  const askForAll = async () => {
    for (let more = list.hasNextPage; more; ) {
      const answer = await list.fetchNextPage();
      if (answer.isError) return;
      more = answer.hasNextPage;
    }
    setAsked({ kind: "all" });
  };
  const waiting = plan.coverage.waiting;
  const sure = sentences.flatMap((sentence) => sentence.obligations).filter(isSure);
  const marks = Object.entries(t.review.marks);
  return (
    <>
      <PageTitle
        title={t.review.title(plan.year_roc)} lead={waiting > 0 ? t.review.lead(f.number(waiting)) : t.review.lead_done} crumbs={[{ label: t.nav.plans, to: "/plans" }]}
        actions={
          <>
            <Suspense fallback={null}><ExportMenu list="plan-sentences" query={{ id: plan.id, decision: show === "all" ? null : show }} /></Suspense>
            <LinkButton to={`/plans/${plan.id}`}>{t.review.to_plan}</LinkButton>
            {mayDecide ? <Button look="primary" busy={list.isFetchingNextPage} onPress={() => void askForAll()}>{t.review.accept_all}</Button> : null}
          </>
        }
      >
        <p className="muted small">{plan.agency_name} · {plan.file_name}</p>
      </PageTitle>
      {filter.same ? <Notice>{t.review.same}</Notice> : null}
      {read.difference.length > 0 ? <Difference rows={read.difference} /> : null}
      <div className="review-bar no-print">
        <div className="review-bar__line small">
          <span><Emphasis text={t.review.bar(f.number(waiting), f.number(plan.coverage.sentences))} /></span>
          <span className="review-bar__meter"><span>{t.plans.coverage}</span><Meter part={plan.coverage.sentences - waiting} whole={plan.coverage.sentences} /></span>
        </div>
        <fieldset className="chips">
          <legend className="visually-hidden">{t.plans.filter}</legend>
          {filters.map((name) => (
            <label key={name}>
              <input type="radio" name="show" checked={show === name} onChange={() => { setFilter({ show: name }); setCurrent(0); }} />
              <span>{name === "all" ? t.plans.sentences : name === "waiting" ? t.plans.waiting : t.plans.decisions[name]}<b className="chips__count">{f.number(name === "all" ? plan.coverage.sentences : plan.coverage[name])}</b></span>
            </label>
          ))}
        </fieldset>
      </div>
      <details className="small">
        <summary>{t.review.legend}</summary>
        <p className="legend">{marks.map(([kind, name]) => <mark key={kind} className={`mark mark--${kind}`}>{name}</mark>)}</p>
        <p className="muted">{t.review.keys_hint}</p>
      </details>
      {change.error ? <FaultNotice error={change.error} /> : null}
      {list.isPending ? <Loading /> : list.error && sentences.length === 0 ? <FaultNotice error={list.error} retry={() => void list.refetch()} /> : sentences.length === 0 ? (
        <EmptyState title={t.review.empty}>{t.review.empty_hint}</EmptyState>
      ) : (
        <ol className="sentences" ref={rows}>
          {sentences.map((sentence, index) => (
            <li
              key={sentence.id} tabIndex={(sentence.obligations.length === 0 && sentence.decision === "none") || isSettled(sentence) ? 0 : -1} className={`sentence${isSettled(sentence) ? " sentence--settled" : ""}${index === current ? " sentence--current" : ""}${sentence.obligations.length === 0 ? sentence.decision === "none" ? " sentence--line" : " sentence--plain" : ""}`} aria-current={index === current ? "true" : undefined}
              aria-label={t.review.sentence_of(index + 1, f.number(total ?? sentences.length))} onFocus={() => setCurrent(index)}
            >
              <SentenceMeta sentence={sentence} />
              <MarkedText sentence={sentence} />
              <ExtraColumns sentence={sentence} />
              {sentence.obligations.length > 0 ? (
                <ul className="obligations">
                  {sentence.obligations.map((obligation) => (
                    <ObligationRow key={obligation.id} obligation={obligation}>
                      {mayDecide && obligation.state === "proposed" ? (
                        <>
                          <Button small look="primary" onPress={() => accept(obligation)}>{t.review.accept}</Button>
                          <Button small onPress={() => setAsked({ kind: "edit", sentence, obligation })}>{t.review.edit}</Button>
                          <Button small onPress={() => setAsked({ kind: "drop", sentence, obligation })}>{t.review.drop}</Button>
                        </>
                      ) : null}
                      {mayDecide && obligation.state === "dropped" ? (
                        <Button small onPress={() => mutate({ path: `/plan-obligations/${obligation.id}/withdrawal`, body: {} })}>{t.review.take_back}</Button>
                      ) : null}
                    </ObligationRow>
                  ))}
                </ul>
              ) : null}
              {mayDecide ? (
                <div className="sentence__actions no-print">
                  <Button small look="quiet" onPress={() => setAsked({ kind: "add", sentence })}>{t.review.add}</Button>
                  {sentence.decision !== "none" && !sentence.obligations.some((each) => each.state === "accepted") ? (
                    <Button small look="quiet" onPress={() => mutate({ path: `/plan-sentences/${sentence.id}/decision`, body: { decision: "none" } })}>{t.review.mark_none}</Button>
                  ) : null}
                  {sentence.decision === "none" ? (
                    <Button small look="quiet" onPress={() => mutate({ path: `/plan-sentences/${sentence.id}/decision`, body: { decision: "obligation" } })}>{t.review.mark_obligation}</Button>
                  ) : null}
                </div>
              ) : null}
            </li>
          ))}
        </ol>
      )}
      {list.hasNextPage ? <div><Button busy={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>{t.review.more}</Button></div> : null}
      {asked?.kind === "drop" ? <DropDialog obligation={asked.obligation} onClose={() => setAsked(null)} /> : null}
      {asked?.kind === "edit" || asked?.kind === "add" ? (
        <Suspense fallback={null}><ObligationDialog sentence={asked.sentence} obligation={asked.kind === "edit" ? asked.obligation : null} onClose={() => setAsked(null)} /></Suspense>
      ) : null}
      {asked?.kind === "all" ? <AcceptAllDialog planId={plan.id} sure={sure} onClose={() => setAsked(null)} onDone={(accepted, duties) => say(t.review.accepted(accepted, duties))} /> : null}
    </>
  );
}

function DropDialog({ obligation, onClose }: { obligation: Obligation; onClose: () => void }) {
  const { t } = usePlanText();
  const [reason, setReason] = useState("");
  const change = useChange({ onDone: onClose });
  const faults = useFaults(change.error);
  return (
    <Dialog title={t.review.drop_title} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([reason.trim() === "" && { path: "reason", message: t.form.must(t.common.reason) }])) change.mutate({ path: `/plan-obligations/${obligation.id}/drop`, body: { reason: reason.trim() } });
      }}>
        <p>{obligation.what}</p>
        <TextField name="reason" label={t.common.reason} value={reason} onChange={setReason} error={faults.of("reason")} required autoFocus />
        <DialogButtons>
          <Button onPress={onClose}>{t.common.back}</Button>
          <Button type="submit" look="danger" busy={change.isPending}>{t.review.drop}</Button>
        </DialogButtons>
      </Form>
    </Dialog>
  );
}

function AcceptAllDialog({ planId, sure, onClose, onDone }: { planId: string; sure: Obligation[]; onClose: () => void; onDone: (accepted: number, duties: number) => void }) {
  const { t } = usePlanText();
  const change = useChange<{ accepted: number; duties: number }>({
    onDone: (answer) => {
      onDone(answer.accepted, answer.duties);
      onClose();
    },
  });
  return (
    <Dialog title={t.review.accept_all_title} isOpen onClose={onClose}>
      {change.error ? <FaultNotice error={change.error} /> : null}
      <p>{sure.length > 0 ? t.review.accept_all_text(sure.length) : t.review.accept_none}</p>
      <DialogButtons>
        <Button onPress={onClose}>{t.common.back}</Button>
        {sure.length > 0 ? <Button look="primary" busy={change.isPending} onPress={() => change.mutate({ path: `/plans/${planId}/acceptance`, body: { obligation_ids: sure.map((each) => each.id) } })}>{t.review.accept}</Button> : null}
      </DialogButtons>
    </Dialog>
  );
}
