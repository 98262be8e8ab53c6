import { useState } from "react";
import { useParams } from "@tanstack/react-router";
import { useChange, useRead } from "../../api/hooks";
import { useLanguage, useWords } from "../../i18n/language";
import { sizeText } from "../../lib/text_file";
import { Button, LinkButton } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Answer, EmptyState, FaultNotice } from "../../ui/empty_state/empty_state";
import { Notice } from "../../ui/notice/notice";
import { PageTitle } from "../../ui/page_title/page_title";
import { Progress } from "../../ui/progress/progress";
import { DataTable } from "../../ui/table/data_table";
import { useCursor } from "../../ui/table/use_pages";
import { Tabs } from "../../ui/tabs/tabs";
import { StateTag } from "./imports_page";
import { MappingForm } from "./mapping_form";
import { atWork, type Remark, type RunView } from "./records";
import { importWords } from "./words";

export function ImportPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const run = useRead<RunView>(`/imports/${id}`, {}, { every: (data) => (data && atWork(data.run.progress.state) ? 700 : false) });
  return <Answer of={run}>{(view) => <ImportBody key={view.run.progress.state === "uploaded" ? "match" : "run"} view={view} />}</Answer>;
}

function ImportBody({ view }: { view: RunView }) {
  const { t, f } = useLanguage();
  const words = useWords(importWords);
  const [asking, setAsking] = useState<"cancel" | "undo" | null>(null);
  const change = useChange<RunView>({ onDone: () => setAsking(null) });
  const { run } = view;
  const p = run.progress;
  const may = (action: string) => view.actions.includes(action);
  const act = (action: string, body: object = {}) => change.mutate({ path: `/imports/${run.id}/${action}`, body });
  const good = p.unchanged + p.mended;
  const n = f.number;
  return (
    <>
      <PageTitle title={run.file_name} crumbs={[{ label: words.title, to: "/imports" }]} actions={may("undo") ? <Button look="danger" onPress={() => setAsking("undo")}>{words.undo}</Button> : undefined}>
        <p className="row"><StateTag state={p.state} /><span className="muted small">{[run.format.toUpperCase(), view.encoding, view.sheet && words.sheet(view.sheet)].filter(Boolean).join(" · ")} · {sizeText(run.size)} · {f.instant(run.created_at)} · {run.by_name}</span></p>
      </PageTitle>
      {change.error ? <FaultNotice error={change.error} /> : null}
      {view.failure ? <Notice warn>{view.failure}</Notice> : null}
      {atWork(p.state) ? (
        <Progress label={p.state === "checking" ? words.checking : p.state === "loading" ? words.loading : words.undoing} value={p.state === "undoing" ? null : 100 * p.part} {...(may("cancel") ? { onCancel: () => (p.state === "checking" ? act("cancel") : setAsking("cancel")) } : {})} />
      ) : null}
      {p.rows_read > 0 ? (
        <section className="panel" aria-live="polite">
          <p>{words.account(n(p.rows_read), n(p.unchanged), n(p.mended), n(p.duplicate), n(p.refused))}</p>
          <p>{(p.state === "checked" ? words.would : words.effect)(n(p.created), n(p.changed), n(p.same))}</p>
          {p.kept > 0 ? <p>{words.kept(n(p.kept))}</p> : null}
          {p.state === "checked" && p.refused > 0 ? <p className="muted">{words.bad_first}</p> : null}
          <div className="row">
            {may("load") && good === 0 ? <span>{words.nothing_to_load}</span> : null}
            {may("load") && good > 0 && p.refused === 0 ? <Button look="primary" busy={change.isPending} onPress={() => act("load", { skip_bad: false })}>{words.load(n(good))}</Button> : null}
            {may("load") && good > 0 && p.refused > 0 ? <Button look="primary" busy={change.isPending} onPress={() => act("load", { skip_bad: true })}>{words.load_good(n(good))}</Button> : null}
            {p.refused > 0 && view.file_kept ? <a className="button button--secondary" href={`/api/imports/${run.id}/refused.csv`} download>{words.download_refused}</a> : null}
            {p.state === "done" && run.kind === "duties" ? <LinkButton to="/duties">{words.see_duties}</LinkButton> : null}
          </div>
        </section>
      ) : null}
      {p.rows_read > 0 && !atWork(p.state) ? <Remarks view={view} /> : null}
      {may("check") ? <MappingForm view={view} again={p.state === "checked"} /> : null}
      {asking ? (
        <Dialog title={asking === "undo" ? words.undo_confirm : words.stop_confirm} isOpen onClose={() => setAsking(null)}>
          {asking === "undo" ? <p>{words.undo_lead}</p> : null}
          {change.error ? <FaultNotice error={change.error} /> : null}
          <DialogButtons>
            <Button onPress={() => setAsking(null)}>{t.common.back}</Button>
            <Button look="danger" busy={change.isPending} onPress={() => act(asking)}>{asking === "undo" ? words.undo : words.stop}</Button>
          </DialogButtons>
        </Dialog>
      ) : null}
    </>
  );
}

const kinds = ["refused", "mended", "duplicate"] as const;

function Remarks({ view }: { view: RunView }) {
  const { f } = useLanguage();
  const words = useWords(importWords);
  const p = view.run.progress;
  const [chosen, setChosen] = useState<(typeof kinds)[number]>(kinds.find((kind) => p[kind] > 0) ?? "refused");
  const { cursor, pages } = useCursor(`${chosen}-${p.state}`);
  const remarks = useRead<{ rows: Remark[]; next: number | null }>(`/imports/${view.run.id}/remarks`, { what: chosen, after: cursor, limit: 50 }, { keep: true });
  return (
    <Tabs label={words.result} chosen={chosen} onChange={(key) => setChosen(key as (typeof kinds)[number])} tabs={kinds.map((kind) => ({ key: kind, label: `${words.tabs[kind]} ${f.number(p[kind])}` }))}>
      <DataTable
        name="import-remarks" exports={{ list: "import-remarks", query: { id: view.run.id, what: chosen } }} label={words.tabs[chosen]} rows={remarks.data?.rows} rowKey={(row) => `${row.row_number}-${row.column}-${row.message}`} rowText={(row) => `${words.row} ${row.row_number}`}
        columns={[
          { key: "row", label: words.row, kind: "number", fixed: true, cell: (row) => row.row_number },
          { key: "column", label: words.column, kind: "short", cell: (row) => row.column ?? "—" },
          { key: "message", label: words.reason, kind: "main", cell: (row) => row.message },
        ]}
        error={remarks.data ? null : remarks.error} retry={() => void remarks.refetch()} stale={remarks.isPlaceholderData}
        pages={pages(remarks.data ? { rows: remarks.data.rows, next: remarks.data.next === null ? null : String(remarks.data.next), total: null } as never : undefined)}
        empty={<EmptyState title={words.no_remarks[chosen]}>{words.only_first}</EmptyState>}
      />
    </Tabs>
  );
}
