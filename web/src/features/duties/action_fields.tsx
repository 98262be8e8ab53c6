import type { MacroAction } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { TextField } from "../../ui/form/form";
import { Select } from "../../ui/select/select";
import { AgencyBox } from "../agencies/agency_box";
import { together } from "./words";

export interface ActionDraft {
  kind: MacroAction["kind"];
  text: string;
  agency_id: string | null;
  days: string;
  severity: NonNullable<MacroAction["severity"]>;
}
export const emptyDraft: ActionDraft = { kind: "complete", text: "", agency_id: null, days: "14", severity: "high" };

/** As the server takes it: of each kind only what it needs. */
export function actionOf(draft: ActionDraft): Partial<MacroAction> & { kind: MacroAction["kind"]; text: string } {
  return {
    kind: draft.kind,
    text: draft.kind === "set_severity" ? "" : draft.text.trim(),
    ...(draft.kind === "reassign" && draft.agency_id ? { agency_id: draft.agency_id } : {}),
    ...(draft.kind === "ask_extension" && /^\d+$/.test(draft.days.trim()) ? { days: Number(draft.days) } : {}),
    ...(draft.kind === "set_severity" ? { severity: draft.severity } : {}),
  };
}

/** What is to be done to each of many duties. */
export function ActionFields({ draft, onChange, fault }: { draft: ActionDraft; onChange: (draft: ActionDraft) => void; fault: (path: string) => string | undefined }) {
  const { t } = useLanguage();
  const words = useWords(together).bulk;
  const set = (next: Partial<ActionDraft>) => onChange({ ...draft, ...next });
  return (
    <>
      <Select name="action.kind" label={words.kind} value={draft.kind} onChange={(kind) => set({ kind: kind as ActionDraft["kind"] })} options={(Object.keys(words.kinds) as ActionDraft["kind"][]).map((value) => ({ value, label: words.kinds[value] }))} />
      {draft.kind === "reassign" ? <AgencyBox name="action.agency_id" label={words.agency} value={draft.agency_id} onChange={(agency_id) => set({ agency_id })} error={fault("action.agency_id")} required /> : null}
      {draft.kind === "ask_extension" ? <TextField name="action.days" label={words.days} inputMode="numeric" value={draft.days} onChange={(days) => set({ days })} error={fault("action.days")} required /> : null}
      {draft.kind === "set_severity"
        ? <Select name="action.severity" label={words.severity} value={draft.severity} onChange={(severity) => set({ severity: severity as ActionDraft["severity"] })} options={Object.entries(t.severities).map(([value, label]) => ({ value, label }))} />
        : <TextField name="action.text" label={words.text[draft.kind]} multiline value={draft.text} onChange={(text) => set({ text })} error={fault("action.text")} required />}
    </>
  );
}
