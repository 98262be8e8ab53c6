import { lazy, Suspense, useState } from "react";
import { useChange, useRead } from "../../api/hooks";
import type { Macro } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { Dialog, DialogButtons } from "../../ui/dialog/dialog";
import { Menu } from "../../ui/menu/menu";
import { PlainTable } from "../../ui/table/plain_table";
import { useToast } from "../../ui/toast/toast";
import { together } from "./words";

const BulkDialog = lazy(() => import("./bulk_dialog"));

/** Macros on one duty: the chosen one is filled in, to be looked over and sent. */
export function MacroMenu({ id }: { id: string }) {
  const words = useWords(together);
  const macros = useRead<{ rows: Macro[] }>("/duty-macros");
  const [chosen, setChosen] = useState<Macro | null>(null);
  const [managing, setManaging] = useState(false);
  const rows = macros.data?.rows ?? [];
  return (
    <>
      <Menu label={words.macros.title} trigger={<Button>{words.macros.title} ▾</Button>}
        entries={[...rows.map((macro) => ({ key: macro.id, label: macro.name, run: () => setChosen(macro) })), { key: "manage", label: rows.length === 0 ? words.macros.none : words.macros.manage, run: () => setManaging(true) }]} />
      {chosen ? <Suspense fallback={null}><BulkDialog ids={[id]} macro={chosen} onClose={() => setChosen(null)} onDone={() => undefined} /></Suspense> : null}
      {managing ? <Manage macros={rows} onClose={() => setManaging(false)} /> : null}
    </>
  );
}

function Manage({ macros, onClose }: { macros: Macro[]; onClose: () => void }) {
  const { t } = useLanguage();
  const words = useWords(together);
  const say = useToast();
  const remove = useChange({ onDone: () => say(words.macros.removed) });
  return (
    <Dialog title={words.macros.manage} wide isOpen onClose={onClose}>
      {macros.length === 0 ? <p>{words.macros.empty_hint}</p> : (
        <PlainTable caption={words.macros.title} rows={macros} rowKey={(row) => row.id} columns={[
          { key: "name", label: words.macros.name, kind: "main", cell: (row) => row.name },
          { key: "kind", label: words.bulk.kind, kind: "short", cell: (row) => words.bulk.kinds[row.action.kind] },
          { key: "shared", label: words.macros.shared, kind: "short", cell: (row) => words.macros.shares[row.shared] },
          { key: "actions", label: t.table.actions, kind: "actions", cell: (row) => (row.mine ? <Button small look="danger" busy={remove.isPending} onPress={() => remove.mutate({ method: "DELETE", path: `/duty-macros/${row.id}` })}>{t.common.remove}</Button> : words.macros.by(row.by_name)) },
        ]} />
      )}
      <DialogButtons><Button look="primary" onPress={onClose}>{t.common.close}</Button></DialogButtons>
    </Dialog>
  );
}
