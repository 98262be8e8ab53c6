import { ApiFault, call, putBytes } from "../../api/client";
import type { Attachment, Upload } from "../../api/types";

export interface RecordRef {
  kind: string;
  id: string;
}

export interface SendSteps {
  signal: AbortSignal;
  /** The upload this is, once the server has named it: for giving it up. */
  onBegun: (upload: string, sentBefore: number) => void;
  onSent: (bytes: number) => void;
  onWaiting: (seconds: number) => void;
  onChecking: () => void;
}

const waits = [1, 2, 4, 8, 15, 30, 30, 30];
const head_bytes = 64 * 1024;

/** Names a file by its size, its date and its beginning: enough to find it again after the page was reloaded, no proof of anything. */
export async function headOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, head_bytes).arrayBuffer());
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b + byte, 0x5bd1e995) ^ (b >>> 13);
  }
  return `${(a >>> 0).toString(16)}-${(b >>> 0).toString(16)}-${file.lastModified}`;
}

function mayPass(error: unknown): boolean {
  return error instanceof ApiFault && ([0, 408, 429, 502, 503, 504].includes(error.status) || error.key === "file.upload_busy" || error.key === "file.gap");
}

function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      signal.removeEventListener("abort", stop);
      resolve();
    };
    const stop = () => {
      clearTimeout(timer);
      window.removeEventListener("online", end);
      reject(new DOMException("Aborted", "AbortError"));
    };
    const timer = setTimeout(end, seconds * 1000);
    window.addEventListener("online", end, { once: true }); // the line is back: no need to wait on
    signal.addEventListener("abort", stop, { once: true });
  });
}

/** Sends a file in pieces, goes on after a broken line from where the server is, and has it attached. */
export async function sendFile(record: RecordRef, file: File, steps: SendSteps): Promise<Attachment> {
  const { signal } = steps;
  const head = await headOf(file);
  const query = { record_kind: record.kind, record_id: record.id };
  const open = await call<{ rows: Upload[] }>("GET", "/attachment-uploads", { query, signal });
  const upload = open.rows.find((each) => each.size === file.size && each.head === head)
    ?? await call<Upload>("POST", "/attachment-uploads", { body: { ...query, name: file.name, size: file.size, head }, signal });
  let at = upload.bytes;
  steps.onBegun(upload.id, at);
  steps.onSent(at);
  for (let failures = 0; at < file.size;) {
    const from = at;
    try {
      const piece = file.slice(from, from + upload.piece_bytes);
      const answer = await putBytes<{ bytes: number }>(`/attachment-uploads/${upload.id}/content`, { offset: from }, piece, { signal, onSent: (bytes) => steps.onSent(from + bytes) });
      at = answer.bytes;
      failures = 0;
    } catch (error) {
      const wait = waits[failures];
      if (!mayPass(error) || wait === undefined) throw error;
      failures += 1;
      steps.onWaiting(wait);
      await pause(wait, signal);
      try {
        at = (await call<Upload>("GET", `/attachment-uploads/${upload.id}`, { signal })).bytes;
      } catch (again) {
        if (!mayPass(again)) throw again;
      }
    }
    steps.onSent(at);
  }
  steps.onChecking();
  return call<Attachment>("POST", `/attachment-uploads/${upload.id}/completion`, { body: {}, signal });
}

export function giveUp(upload: string): void {
  void call("DELETE", `/attachment-uploads/${upload}`).catch(() => undefined); // it is swept after a day in any case
}
