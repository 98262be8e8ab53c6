import { useState } from "react";
import { useNavigate } from "@tanstack/react-router";
import { useChange, useRead } from "../../api/hooks";
import type { SavedView } from "../../api/types";
import { parseSearch, writeSearch } from "../../app/search";
import { useLanguage, useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { Dialog, SubmitButtons } from "../../ui/dialog/dialog";
import { Form, TextField, useFaults } from "../../ui/form/form";
import { Menu } from "../../ui/menu/menu";
import { Select } from "../../ui/select/select";
import { useToast } from "../../ui/toast/toast";
import { together } from "../duties/words";

/** The filters and the order of a list under a name, for oneself or shared. A view is a link: opening one changes the address. */
export default function ViewsMenu({ page, search }: { page: "duties" | "chases" | "statistics"; search: Record<string, unknown> }) {
  const words = useWords(together).views;
  const navigate = useNavigate();
  const say = useToast();
  const views = useRead<{ rows: SavedView[] }>("/views", { page });
  const [saving, setSaving] = useState(false);
  const remove = useChange({ onDone: () => say(words.removed) });
  const rows = views.data?.rows ?? [];
  return (
    <>
      <Menu label={words.title} trigger={<Button>{words.title} ▾</Button>}
        entries={[
          ...rows.map((view) => ({ key: view.id, label: view.mine ? view.name : words.by(view.name, view.by_name), run: () => void navigate({ to: ".", search: parseSearch(view.query) as never }) })),
          { key: "save", label: words.save, run: () => setSaving(true) },
          ...rows.filter((view) => view.mine).map((view) => ({ key: `remove-${view.id}`, label: words.remove(view.name), danger: true, run: () => remove.mutate({ method: "DELETE", path: `/views/${view.id}` }) })),
        ]} />
      {saving ? <SaveDialog page={page} query={writeSearch(search).slice(1)} onClose={() => setSaving(false)} /> : null}
    </>
  );
}

function SaveDialog({ page, query, onClose }: { page: string; query: string; onClose: () => void }) {
  const { t } = useLanguage();
  const all = useWords(together);
  const words = all.views;
  const say = useToast();
  const [name, setName] = useState("");
  const [shared, setShared] = useState<SavedView["shared"]>("me");
  const change = useChange({
    onDone: () => {
      say(words.saved);
      onClose();
    },
  });
  const faults = useFaults(change.error);
  return (
    <Dialog title={words.save_title} isOpen onClose={onClose}>
      <Form faults={faults.faults} error={change.error} onSubmit={() => {
        if (faults.check([name.trim() === "" && { path: "name", message: t.form.must(words.name) }])) change.mutate({ path: "/views", body: { page, name: name.trim(), query, shared } });
      }}>
        <p className="muted small">{words.hint}</p>
        <TextField name="name" label={words.name} value={name} onChange={setName} error={faults.of("name")} required />
        <Select name="shared" label={all.macros.shared} value={shared} onChange={(next) => setShared(next as SavedView["shared"])} error={faults.of("shared")} options={(["me", "agency", "city"] as const).map((value) => ({ value, label: all.macros.shares[value] }))} />
        <SubmitButtons onClose={onClose} busy={change.isPending}>{t.common.save}</SubmitButtons>
      </Form>
    </Dialog>
  );
}
