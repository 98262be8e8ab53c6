import { useCallback, useEffect, useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type { Policy, PolicyPreview } from "../../api/types";
import { useFilters } from "../../app/search";
import { useMay, useSession } from "../../app/session";
import { useWords } from "../../i18n/language";
import { fold } from "../../lib/fold";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons, SubmitButtons } from "../../ui/dialog/dialog";
import { EmptyState } from "../../ui/empty_state/empty_state";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Notice } from "../../ui/notice/notice";
import { AsKnownOnField, AsKnownOnNotice } from "../../ui/notice/as_known_on";
import { PageTitle } from "../../ui/page_title/page_title";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { SearchField } from "../../ui/search_field/search_field";
import { Select } from "../../ui/select/select";
import { DataTable, type Column } from "../../ui/table/data_table";
import { PlainTable } from "../../ui/table/plain_table";
import { useLocalPages } from "../../ui/table/use_pages";
import { useToast } from "../../ui/toast/toast";
import { systemWords } from "../system/words";
import { usePolicyText } from "./words";
import "./policy.css";

const unsourced = (source: string) => source === "" || source === "unsourced";

export function PoliciesPage() {
  const { t, f } = usePolicyText();
  const allowed = useMay();
  const [filter, change] = useFilters<"as_of" | "as_known_on" | "q" | "sourced">();
  const policies = useRead<{ rows: Policy[] }>("/policies", { as_of: filter.as_of, as_known_on: filter.as_known_on }, { keep: true });
  const [shown, setShown] = useState<{ policy: Policy; kind: "history" | "add" } | null>(null);
  const edits = allowed("edit_policies") && !filter.as_known_on;
  const rows = policies.data?.rows;
  const typed = fold(filter.q ?? "");
  const found = rows?.filter((row) => (!filter.sourced || unsourced(row.source)) && fold(`${row.title} ${row.explanation} ${row.key} ${row.source}`).includes(typed));
  const shownPage = useLocalPages(JSON.stringify(filter), found, 15);
  const search = useCallback((q: string) => change({ q: q || null }), [change]);
  const source = (value: string) => (unsourced(value) ? <span className="tag tag--warn">{t.policies.unsourced}</span> : value);
  const columns: Column<Policy>[] = [
    { key: "title", label: t.policies.name, kind: "main", fixed: true, cell: (row) => <>{row.title}{row.explanation ? <span className="policy__explanation">{row.explanation}</span> : null}</> },
    { key: "value", label: t.policies.value, kind: "number", fixed: true, cell: (row) => <><strong>{row.value}</strong> {row.unit}</> },
    { key: "valid_from", label: t.policies.valid_from, kind: "number", cell: (row) => f.date(row.valid_from) },
    { key: "source", label: t.policies.source, cell: (row) => source(row.source) },
    { key: "changed_by", label: t.policies.changed_by, kind: "short", hidden: true, cell: (row) => row.changed_by_name || t.common.system },
  ];
  return (
    <>
      <AsKnownOnNotice value={filter.as_known_on} onNow={() => change({ as_known_on: null })} />
      <PageTitle title={t.policies.title} lead={rows ? t.policies.lead(f.number(rows.length), f.number(rows.filter((row) => unsourced(row.source)).length)) : undefined} />
      <DataTable
        name="policies" exports={{ list: "policies", query: { as_of: filter.as_of, as_known_on: filter.as_known_on } }} label={t.policies.title} columns={columns} rows={shownPage.rows} pages={shownPage.pages} rowKey={(row) => row.key} rowText={(row) => row.title} error={policies.data ? null : policies.error} retry={() => void policies.refetch()}
        onOpen={(policy) => setShown({ policy, kind: "history" })} stale={policies.isPlaceholderData}
        filters={
          <>
            <SearchField label={t.table.search} value={filter.q ?? ""} onSearch={search} />
            <Select compact label={t.policies.source} value={filter.sourced ?? ""} onChange={(sourced) => change({ sourced: sourced || null })}
              options={[{ value: "", label: t.common.all }, { value: "no", label: t.policies.unsourced }]} />
            <RocDatePicker compact label={t.policies.as_of} value={filter.as_of ?? null} onChange={(iso) => change({ as_of: iso })} />
            <AsKnownOnField value={filter.as_known_on ?? null} onChange={(iso) => change({ as_known_on: iso })} />
          </>
        }
        actions={(policy) => [
          { key: "history", label: t.policies.history, run: () => setShown({ policy, kind: "history" }) },
          ...(edits ? [{ key: "add", label: t.policies.add, run: () => setShown({ policy, kind: "add" }) }] : []),
        ]}
        empty={<EmptyState title={rows && rows.length > 0 ? t.common.nothing_found : t.policies.empty} {...(filter.q || filter.sourced ? { action: <Button onPress={() => change({ q: null, sourced: null })}>{t.common.clear_filters}</Button> } : {})} />}
      />
      {shown?.kind === "history" ? (
        <Dialog title={shown.policy.title} wide isOpen onClose={() => setShown(null)}>
          {shown.policy.explanation ? <p>{shown.policy.explanation}</p> : null}
          <PlainTable caption={t.policies.history} rows={[shown.policy, ...shown.policy.history]} rowKey={(row) => row.valid_from + row.recorded_at + row.value} columns={[
            { key: "value", label: t.policies.value, kind: "main", cell: (row) => `${row.value} ${shown.policy.unit}` },
            { key: "valid", label: t.common.valid, kind: "short", cell: (row) => `${f.date(row.valid_from)} – ${row.valid_to ? f.date(row.valid_to) : t.common.open_end}` },
            { key: "source", label: t.policies.source, cell: (row) => source(row.source) },
            { key: "by", label: t.policies.changed_by, cell: (row) => `${row.changed_by_name || t.common.system} ${f.instant(row.recorded_at)}` },
          ]} />
          <DialogButtons>
            <Button onPress={() => setShown(null)}>{t.common.close}</Button>
            {edits ? <Button look="primary" onPress={() => setShown({ policy: shown.policy, kind: "add" })}>{t.policies.add}</Button> : null}
          </DialogButtons>
        </Dialog>
      ) : null}
      {shown?.kind === "add" ? <AddDialog policy={shown.policy} onClose={() => setShown(null)} /> : null}
    </>
  );
}

function AddDialog({ policy, onClose }: { policy: Policy; onClose: () => void }) {
  const { t } = usePolicyText();
  const say = useToast();
  const session = useSession();
  const [value, setValue] = useState("");
  const [from, setFrom] = useState<string | null>(session.today);
  const [source, setSource] = useState("");
  const change = useChange({
    onDone: () => {
      say(t.policies.said);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={t.policies.add_title(policy.title)} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        const well = faults.check([value.trim() === "" && { path: "value", message: t.form.must(t.policies.new_value) }, from === null && { path: "valid_from", message: t.form.must(t.policies.valid_from) }]);
        if (well) change.mutate({ path: `/policies/${encodeURIComponent(policy.key)}/values`, body: { value: value.trim().normalize("NFKC"), valid_from: from, source: source.trim() || "unsourced" } });
      }}>
        <p className="muted small">{t.policies.add_hint}</p>
        <div className="form__row">
          <TextField name="value" label={`${t.policies.new_value}（${policy.unit}）`} value={value} onChange={setValue} error={faults.of("value")} inputMode="decimal" required />
          <RocDatePicker name="valid_from" label={t.policies.valid_from} value={from} onChange={setFrom} error={faults.of("valid_from")} required />
        </div>
        <Preview policy={policy} value={value} from={from} />
        <TextField name="source" label={t.policies.source} hint={t.policies.source_hint} value={source} onChange={setSource} error={faults.of("source")} />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}

/** What the value would move, asked for while it is typed. A value that is refused shows nothing here; saving says why. */
function Preview({ policy, value, from }: { policy: Policy; value: string; from: string | null }) {
  const words = useWords(systemWords);
  const [typed, setTyped] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setTyped(value.trim().normalize("NFKC")), 300);
    return () => clearTimeout(timer);
  }, [value]);
  const preview = useRead<PolicyPreview>(`/policies/${encodeURIComponent(policy.key)}/preview`, { value: typed, valid_from: from }, { enabled: typed !== "" && from !== null });
  if (typed === "" || from === null || !preview.data) return null;
  return (
    <div role="status">
      <Notice warn={preview.data.moved > 0}>
        <strong>{words.policy_preview.title}</strong>
        <p>{preview.data.summary}</p>
        {preview.data.effects.length > 0 ? <ul>{preview.data.effects.map((effect) => <li key={effect.text}>{effect.text}</li>)}</ul> : null}
      </Notice>
    </div>
  );
}
