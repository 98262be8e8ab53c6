import { useEffect } from "react";
import { call } from "../../api/client";
import { useChange, useRead } from "../../api/hooks";
import type { WatchView } from "../../api/types";
import { useLanguage } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { Menu } from "../../ui/menu/menu";
import { useToast } from "../../ui/toast/toast";
import { setUnread } from "./live";

/** Follow a record or hear nothing of it. Opening the record's page is reading its notices. */
export function WatchButton({ kind, id }: { kind: string; id: string }) {
  const { t } = useLanguage();
  const say = useToast();
  const watch = useRead<WatchView>("/watch", { record_kind: kind, record_id: id });
  const change = useChange<WatchView>({ onDone: (answer) => say(t.notices.said[answer.state]) });
  useEffect(() => {
    call<{ unread: number }>("POST", "/notices/record-marks", { body: { record_kind: kind, record_id: id } }).then((answer) => setUnread(answer.unread), () => undefined);
  }, [kind, id]);
  if (!watch.data) return null;
  const { state, watchers } = watch.data;
  const set = (next: WatchView["state"]) => change.mutate({ method: "PUT", path: "/watch", body: { record_kind: kind, record_id: id, state: next } });
  const label = state === "watching" ? t.notices.watching : state === "muted" ? t.notices.muted : t.notices.watch;
  return (
    <Menu
      label={label}
      trigger={<Button look="secondary" busy={change.isPending} aria-label={`${label}，${t.notices.watchers(watchers)}`}>{label} <span className="muted small" aria-hidden="true">{watchers}</span></Button>}
      entries={[
        ...(state !== "watching" ? [{ key: "watching", label: state === "muted" ? t.notices.unmute : t.notices.watch, run: () => set("watching") }] : [{ key: "none", label: t.notices.unwatch, run: () => set("none") }]),
        ...(state !== "muted" ? [{ key: "muted", label: t.notices.mute, run: () => set("muted") }] : []),
      ]}
    />
  );
}
