import { useCallback, useEffect, useRef, useState } from "react";
import { useQueryClient } from "@tanstack/react-query";
import type { Attachment } from "../../api/types";
import { giveUp, sendFile, type RecordRef } from "./send_file";

export interface Transfer {
  key: number;
  file: File;
  sent: number;
  state: "queued" | "sending" | "waiting" | "checking" | "failed";
  seconds: number;
  /** Bytes that an earlier, broken upload had brought already. */
  before: number;
  error: unknown;
}

/** Files on their way to a record, one after another; each can be given up, or taken up again after a fault. */
export function useTransfers(record: RecordRef, onAdded: (attachment: Attachment) => void) {
  const client = useQueryClient();
  const [transfers, setTransfers] = useState<Transfer[]>([]);
  const next = useRef(0);
  const running = useRef<{ key: number; abort: AbortController; upload: string | null } | null>(null);
  const added = useRef(onAdded);
  added.current = onAdded;
  const { kind, id } = record;

  const change = useCallback((key: number, part: Partial<Transfer>) => setTransfers((all) => all.map((each) => (each.key === key ? { ...each, ...part } : each))), []);

  useEffect(() => {
    const first = transfers.find((each) => each.state === "queued");
    if (!first || running.current) return;
    const mine = { key: first.key, abort: new AbortController(), upload: null as string | null };
    running.current = mine;
    change(first.key, { state: "sending", error: null });
    sendFile({ kind, id }, first.file, {
      signal: mine.abort.signal,
      onBegun: (upload, before) => {
        mine.upload = upload;
        change(first.key, { before });
      },
      onSent: (sent) => change(first.key, { sent: Math.min(sent, first.file.size), state: "sending" }),
      onWaiting: (seconds) => change(first.key, { state: "waiting", seconds }),
      onChecking: () => change(first.key, { state: "checking" }),
    }).then((attachment) => {
      running.current = null;
      setTransfers((all) => all.filter((each) => each.key !== first.key));
      void client.invalidateQueries();
      added.current(attachment);
    }, (error: unknown) => {
      running.current = null;
      if (mine.abort.signal.aborted) setTransfers((all) => all.filter((each) => each.key !== first.key));
      else change(first.key, { state: "failed", error });
    });
  }, [transfers, change, client, kind, id]);

  // A page that is left stops sending; what came is kept for a day and goes on when the same file is chosen again.
  useEffect(() => () => running.current?.abort.abort(), []);

  return {
    transfers,
    add: (files: File[], refusal: (file: File) => string | null) =>
      setTransfers((all) => [...all, ...files.map((file): Transfer => {
        const refused = refusal(file);
        return { key: ++next.current, file, sent: 0, state: refused === null ? "queued" : "failed", seconds: 0, before: 0, error: refused };
      })]),
    resume: (key: number) => change(key, { state: "queued" }),
    dismiss: (key: number) => setTransfers((all) => all.filter((each) => each.key !== key)),
    cancel: (key: number) => {
      const mine = running.current;
      if (mine?.key === key) {
        mine.abort.abort();
        if (mine.upload) giveUp(mine.upload);
      }
      setTransfers((all) => all.filter((each) => each.key !== key));
    },
  };
}
