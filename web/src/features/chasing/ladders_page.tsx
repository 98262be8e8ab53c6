import { lazy, Suspense, useState } from "react";
import { useRead } from "../../api/hooks";
import type { Ladder, LadderList } from "../../api/types";
import { useMay, useSession } from "../../app/session";
import { useLanguage, useWords } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { Answer } from "../../ui/empty_state/empty_state";
import { Check } from "../../ui/form/form";
import { PageTitle } from "../../ui/page_title/page_title";
import { rungText } from "./rung_text";
import { chasing } from "./words";
import "./chasing.css";

const LadderDialog = lazy(() => import("./ladder_dialog"));

export function LaddersPage() {
  const { t, f } = useLanguage();
  const allWords = useWords(chasing);
  const words = allWords.ladders;
  const allowed = useMay();
  const session = useSession();
  const [all, setAll] = useState(false);
  const ladders = useRead<LadderList>("/ladders", { all: all || undefined }, { keep: true });
  const [editing, setEditing] = useState<Ladder | "new" | null>(null);
  const edits = allowed("edit_policies");
  const title = (ladder: Ladder) =>
    [ladder.origin ? nameOf(t.origins, ladder.origin) : words.any_origin, ladder.severity ? t.severities[ladder.severity] : words.any_severity, ladder.confidentiality ? t.confidentialities[ladder.confidentiality] : words.any_confidentiality].join(" · ");
  const state = (ladder: Ladder) => (ladder.superseded_at ? words.superseded : ladder.in_force ? words.in_force : ladder.valid_from > session.today ? words.coming : words.earlier);
  return (
    <>
      <PageTitle title={words.title} lead={words.lead} actions={edits ? <Button look="primary" onPress={() => setEditing("new")}>{words.set}</Button> : null}>
        <Check label={words.history} checked={all} onChange={setAll} />
      </PageTitle>
      <Answer of={ladders}>
        {(data) => (
          <div className="stack">
            {data.rows.map((ladder) => (
              <section key={ladder.id} className="panel" aria-label={title(ladder)}>
                <div className="row row--between">
                  <h2>{title(ladder)} <span className={ladder.in_force ? "tag" : "tag tag--warn"}>{state(ladder)}</span></h2>
                  {edits && ladder.in_force ? <Button small onPress={() => setEditing(ladder)}>{words.change}</Button> : null}
                </div>
                {ladder.rungs.length === 0 ? <p>{words.no_rungs}</p> : (
                  <ul className="rung-list">
                    {ladder.rungs.map((rung) => <li key={`${rung.offset_days}${rung.day_kind}${rung.audience}`}>{rungText(allWords, rung)} → <strong>{allWords.audiences[rung.audience]}</strong></li>)}
                  </ul>
                )}
                <p className="muted small">{words.valid_from} {f.date(ladder.valid_from)} · {words.source}：{ladder.source} · {words.by} {ladder.recorded_by_name || t.common.system} {f.instant(ladder.recorded_at)}</p>
              </section>
            ))}
          </div>
        )}
      </Answer>
      {editing ? <Suspense fallback={null}><LadderDialog ladder={editing === "new" ? null : editing} onClose={() => setEditing(null)} /></Suspense> : null}
    </>
  );
}
