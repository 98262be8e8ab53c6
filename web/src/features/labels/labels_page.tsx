import { useCallback, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { useChange, useRead } from "../../api/hooks";
import type { Label, Language } from "../../api/types";
import { useFilters } from "../../app/search";
import { useMay } from "../../app/session";
import { originalOf } from "../../i18n/labels";
import { loadText, useLanguage, useWords } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { fold } from "../../lib/fold";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons, SubmitButtons } from "../../ui/dialog/dialog";
import { EmptyState, FaultNotice } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { SearchField } from "../../ui/search_field/search_field";
import { Select } from "../../ui/select/select";
import { DataTable, type Column } from "../../ui/table/data_table";
import { PlainTable } from "../../ui/table/plain_table";
import { useLocalPages } from "../../ui/table/use_pages";
import { useToast } from "../../ui/toast/toast";
import { labelWords } from "./words";

type Asked = { kind: "edit"; label: Label; language: Language } | { kind: "history"; label: Label } | null;
const languages: Language[] = ["zh-TW", "en"];
const wordingOf = (label: Label, language: Language) => label.wordings.find((one) => one.language === language)?.wording ?? null;

/** The originals of both languages: the dictionaries as they were before anybody worded them. */
function useOriginals() {
  const zh = useQuery({ queryKey: ["dictionary", "zh-TW"], queryFn: () => loadText("zh-TW"), staleTime: Infinity });
  const en = useQuery({ queryKey: ["dictionary", "en"], queryFn: () => loadText("en"), staleTime: Infinity });
  return (label: Label, language: Language) => {
    const text = language === "en" ? en.data : zh.data;
    return (text && originalOf(text, label.key)) ?? label.key;
  };
}

export function LabelsPage() {
  const { t, f, language } = useLanguage();
  const words = useWords(labelWords);
  const say = useToast();
  const allowed = useMay();
  const original = useOriginals();
  const [filter, change] = useFilters<"q" | "kind" | "which">();
  const labels = useRead<{ rows: Label[] }>("/label-texts");
  const [asked, setAsked] = useState<Asked>(null);
  const reset = useChange({ onDone: () => say(words.said.reset) });
  const rows = labels.data?.rows;
  const isChanged = (label: Label) => languages.some((one) => wordingOf(label, one) !== null);
  const typed = fold(filter.q ?? "");
  const kindOf = (label: Label) => label.key.slice(0, label.key.indexOf("."));
  const found = rows?.filter((row) => (!filter.kind || kindOf(row) === filter.kind) && (!filter.which || isChanged(row)) && fold([...languages.flatMap((one) => [original(row, one), wordingOf(row, one) ?? ""]), row.key].join(" ")).includes(typed));
  const shown = useLocalPages(JSON.stringify(filter), found, 20);
  const search = useCallback((q: string) => change({ q: q || null }), [change]);
  const cell = (row: Label, one: Language) => {
    const wording = wordingOf(row, one);
    return wording === null ? <span className="muted">{original(row, one)}</span> : <><strong>{wording}</strong> <span className="muted small">{words.original}：{original(row, one)}</span></>;
  };
  const columns: Column<Label>[] = [
    { key: "label", label: words.label, kind: "main", fixed: true, cell: (row) => original(row, language) },
    { key: "kind", label: words.kind, kind: "short", cell: (row) => nameOf(words.kinds, kindOf(row)) },
    { key: "zh", label: words.zh, fixed: true, cell: (row) => cell(row, "zh-TW") },
    { key: "en", label: words.en, fixed: true, cell: (row) => cell(row, "en") },
  ];
  const count = rows?.filter(isChanged).length ?? 0;
  const edits = allowed("edit_labels");
  return (
    <>
      <PageTitle title={words.title} lead={rows ? (count > 0 ? words.lead(f.number(count), f.number(rows.length)) : words.lead_none(f.number(rows.length))) : undefined}>
        <p className="muted small">{words.hint}</p>
      </PageTitle>
      {reset.error ? <FaultNotice error={reset.error} /> : null}
      <DataTable
        name="labels" exports={{ list: "label-texts", query: {} }} label={words.title} columns={columns} rows={shown.rows} pages={shown.pages} rowKey={(row) => row.key} rowText={(row) => original(row, language)}
        error={labels.data ? null : labels.error} retry={() => void labels.refetch()}
        onOpen={(label) => setAsked(edits ? { kind: "edit", label, language } : { kind: "history", label })}
        filters={
          <>
            <SearchField label={t.table.search} value={filter.q ?? ""} onSearch={search} />
            <Select compact label={words.kind} value={filter.kind ?? ""} onChange={(kind) => change({ kind: kind || null })} options={[{ value: "", label: t.common.all }, ...Object.entries(words.kinds).map(([value, label]) => ({ value, label }))]} />
            <Select compact label={words.which} value={filter.which ?? ""} onChange={(which) => change({ which: which || null })} options={[{ value: "", label: t.common.all }, { value: "changed", label: words.only_changed }]} />
          </>
        }
        actions={(label) => [
          ...(edits ? [
            { key: "zh", label: words.edit_zh, run: () => setAsked({ kind: "edit", label, language: "zh-TW" as const }) },
            { key: "en", label: words.edit_en, run: () => setAsked({ kind: "edit", label, language: "en" as const }) },
            ...languages.filter((one) => wordingOf(label, one) !== null).map((one) => ({ key: `reset-${one}`, label: one === "en" ? words.reset_en : words.reset_zh, run: () => reset.mutate({ method: "DELETE", path: `/label-texts/${label.key}/${one}` }) })),
          ] : []),
          { key: "history", label: words.history, run: () => setAsked({ kind: "history", label }) },
        ]}
        empty={<EmptyState title={t.common.nothing_found} />}
      />
      {asked?.kind === "edit" ? <EditDialog label={asked.label} language={asked.language} original={original(asked.label, asked.language)} onClose={() => setAsked(null)} /> : null}
      {asked?.kind === "history" ? <HistoryDialog label={asked.label} title={original(asked.label, language)} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

function EditDialog({ label, language, original, onClose }: { label: Label; language: Language; original: string; onClose: () => void }) {
  const { t } = useLanguage();
  const words = useWords(labelWords);
  const say = useToast();
  const [wording, setWording] = useState(wordingOf(label, language) ?? "");
  const change = useChange({
    onDone: () => {
      say(words.said.set);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={words.edit_title(original)} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([wording.trim() === "" && { path: "wording", message: t.form.must(words.wording) }])) change.mutate({ method: "PUT", path: `/label-texts/${label.key}/${language}`, body: { wording: wording.trim() } });
      }}>
        <p><span className="muted">{language === "en" ? words.en : words.zh}</span> {words.original}：{original}</p>
        <TextField name="wording" label={words.wording} hint={words.wording_hint} value={wording} onChange={setWording} error={faults.of("wording")} required />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

function HistoryDialog({ label, title, onClose }: { label: Label; title: string; onClose: () => void }) {
  const { t, f } = useLanguage();
  const words = useWords(labelWords);
  const rows = label.wordings.flatMap((one) => one.history.map((row) => ({ ...row, language: one.language }))).sort((a, b) => b.recorded_at.localeCompare(a.recorded_at));
  return (
    <Dialog title={title} wide isOpen onClose={onClose}>
      {rows.length === 0 ? <p className="muted">{t.common.no_history}</p> : (
        <PlainTable caption={words.history} rows={rows} rowKey={(row) => `${row.language}${row.recorded_at}${row.wording ?? ""}`} columns={[
          { key: "wording", label: words.wording, kind: "main", cell: (row) => row.wording ?? <span className="muted">{words.back_to_original}</span> },
          { key: "language", label: words.language, kind: "short", cell: (row) => (row.language === "en" ? words.en : words.zh) },
          { key: "at", label: words.at, kind: "short", cell: (row) => f.instant(row.recorded_at) },
          { key: "by", label: words.by, cell: (row) => row.changed_by_name || t.common.system },
        ]} />
      )}
      <DialogButtons><Button onPress={onClose}>{t.common.close}</Button></DialogButtons>
    </Dialog>
  );
}
