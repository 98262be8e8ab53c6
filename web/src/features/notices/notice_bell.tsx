import { useEffect } from "react";
import { useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { call } from "../../api/client";
import { useRead } from "../../api/hooks";
import type { NoticeList, NoticeRow } from "../../api/types";
import { useLanguage } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { Menu } from "../../ui/menu/menu";
import { useToast } from "../../ui/toast/toast";
import { follow, setUnread, useLive } from "./live";
import "./notices.css";

export function noticeText(notice: NoticeRow): string {
  return notice.record ? `${notice.record.title}：${notice.text}` : notice.text;
}

/** How many are unread, live, and the latest of them: one press goes to the place where the work is done. */
export function NoticeBell() {
  const { t, f } = useLanguage();
  const client = useQueryClient();
  const navigate = useNavigate();
  const say = useToast();
  const { unread } = useLive();
  const latest = useRead<NoticeList>("/notices", { filter: "unread", limit: 8 });
  useEffect(() => {
    if (typeof EventSource === "undefined") return undefined;
    const fresh = () => {
      void client.invalidateQueries({ queryKey: ["/notices"] });
    };
    return follow({
      notice: (notice) => {
        say(t.notices.came(noticeText(notice)));
        fresh();
        if (notice.place !== "") void client.invalidateQueries({ queryKey: [notice.place] });
      },
      changed: fresh,
    });
  }, [client, say, t]);
  const count = unread ?? latest.data?.unread ?? 0;
  const open = (notice: NoticeRow) => {
    void navigate({ to: notice.place || "/notices" });
    call<{ unread: number }>("POST", "/notices/marks", { body: { seqs: [notice.seq] } }).then((answer) => {
      setUnread(answer.unread);
      void client.invalidateQueries({ queryKey: ["/notices"] });
    }, () => undefined); // it stays unread, and is there to be opened again
  };
  return (
    <Menu
      label={t.notices.latest}
      trigger={
        <Button look="quiet" aria-label={t.notices.bell(count)}>
          <svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true"><path d="M10 2a5 5 0 0 0-5 5v3.5L3.5 13v1h13v-1L15 10.5V7a5 5 0 0 0-5-5zM8 16a2 2 0 0 0 4 0" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" /></svg>
          {count > 0 ? <span className="bell__count" aria-hidden="true">{count > 99 ? "99+" : f.number(count)}</span> : null}
        </Button>
      }
      entries={[
        ...(latest.data?.rows ?? []).map((notice) => ({ key: String(notice.seq), label: noticeText(notice), run: () => open(notice) })),
        { key: "all", label: t.notices.see_all, run: () => void navigate({ to: "/notices" }) },
      ]}
    />
  );
}
