import { lazy, Suspense, useState } from "react";
import { useChange } from "../../api/hooks";
import type { DutyBatch } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { FaultNotice } from "../../ui/empty_state/empty_state";
import { useToast } from "../../ui/toast/toast";
import { together } from "./words";

const BulkDialog = lazy(() => import("./bulk_dialog"));

/** What to do with the chosen rows; after it was done, the way back while there is one. */
export default function BulkBar({ chosen, onChoose }: { chosen: string[]; onChoose: (ids: string[]) => void }) {
  const { f } = useLanguage();
  const all = useWords(together);
  const words = all.bulk;
  const say = useToast();
  const [open, setOpen] = useState(false);
  const [last, setLast] = useState<DutyBatch | null>(null);
  const undo = useChange<DutyBatch>({
    onDone: (answer) => {
      say(words.undone(answer.done, answer.refused.length));
      setLast(null);
    },
  });
  return (
    <>
      {undo.error ? <FaultNotice error={undo.error} /> : null}
      {last?.batch_id ? (
        <div className="table-chosen no-print" role="status">
          <strong>{words.done(last.done)}</strong>
          <Button busy={undo.isPending} onPress={() => undo.mutate({ path: `/duty-batches/${last.batch_id ?? ""}/undo` })}>{words.undo}</Button>
          {last.undo_until ? <span className="muted small">{words.undo_until(f.instant(last.undo_until))}</span> : null}
          <Button look="quiet" onPress={() => setLast(null)}>✕</Button>
        </div>
      ) : null}
      {chosen.length > 0 ? (
        <div className="table-chosen no-print" role="status">
          <strong>{words.chosen(chosen.length)}</strong>
          <Button look="primary" onPress={() => setOpen(true)}>{words.act}</Button>
          <Button look="quiet" onPress={() => onChoose([])}>{words.choose_none}</Button>
        </div>
      ) : null}
      {open ? (
        <Suspense fallback={null}>
          <BulkDialog ids={chosen} onClose={() => setOpen(false)} onDone={(batch) => {
            setLast(batch);
            onChoose([]);
          }} />
        </Suspense>
      ) : null}
    </>
  );
}
