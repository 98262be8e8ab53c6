import { useSyncExternalStore } from "react";
import type { NoticeRow } from "../../api/types";

/** What the stream of notices has told so far; one stream for a window, however many look. */
interface Live {
  unread: number | null;
  lastSeq: number;
}

let live: Live = { unread: null, lastSeq: 0 };
const listeners = new Set<() => void>();

function tell(next: Partial<Live>): void {
  live = { ...live, ...next };
  for (const listener of listeners) listener();
}

export function setUnread(unread: number): void {
  if (live.unread !== unread) tell({ unread });
}

export function useLive(): Live {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => live,
  );
}

const again = 15_000;

/**
 * Keeps the stream open until the returned function is called. The browser itself comes back after a break with the number it saw last; only when the
 * server has refused (the session is over, or it is starting again) the line is opened anew, after a while.
 */
export function follow(on: { notice: (notice: NoticeRow & { unread: number }) => void; changed: () => void }): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const open = () => {
    source = new EventSource(live.lastSeq > 0 ? `/api/notices/stream?after=${live.lastSeq}` : "/api/notices/stream");
    source.addEventListener("notice", (event) => {
      const notice = JSON.parse((event as MessageEvent<string>).data) as NoticeRow & { unread: number };
      if (notice.seq <= live.lastSeq) return;
      tell({ unread: notice.unread, lastSeq: notice.seq });
      on.notice(notice);
    });
    source.addEventListener("count", (event) => {
      const count = JSON.parse((event as MessageEvent<string>).data) as { unread: number; last_seq: number };
      const moved = live.unread !== null && live.unread !== count.unread;
      tell({ unread: count.unread, lastSeq: Math.max(live.lastSeq, live.unread === null ? count.last_seq : 0) });
      if (moved) on.changed();
    });
    source.addEventListener("reload", (event) => {
      tell({ lastSeq: Math.max(live.lastSeq, Number((event as MessageEvent<string>).lastEventId) || 0) });
      on.changed();
    });
    source.onerror = () => {
      if (source?.readyState !== EventSource.CLOSED || stopped) return;
      clearTimeout(timer);
      timer = setTimeout(open, again);
    };
  };
  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source?.close();
    live = { unread: null, lastSeq: 0 };
  };
}
