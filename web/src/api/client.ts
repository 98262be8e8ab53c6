import type { FieldFault, Language, Problem } from "./types";

/** A refusal by the server (or the lack of an answer), ready to be shown. */
export class ApiFault extends Error {
  readonly status: number;
  readonly key: string | null;
  readonly detail: string | null;
  readonly fields: FieldFault[];
  readonly requestId: string | null;

  constructor(problem: Problem) {
    super(problem.title);
    this.name = "ApiFault";
    this.status = problem.status;
    this.key = problem.key ?? null;
    this.detail = problem.detail ?? null;
    this.fields = problem.fields ?? [];
    this.requestId = problem.instance ?? null;
  }

  /** The server may or may not have done it: repeat with the same key, never with a new one. */
  get outcomeIsUnknown(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

export type QueryValue = string | number | boolean | null | undefined;

export interface CallOptions {
  query?: Record<string, QueryValue>;
  body?: unknown;
  signal?: AbortSignal;
  idempotencyKey?: string;
  /** A sign-in that fails with 401 is an answer, not a lost session. */
  keepOn401?: boolean;
}

let formToken = "";
let language: Language = "zh-TW";
let onSignedOut: () => void = () => undefined;

export function setFormToken(token: string): void {
  formToken = token;
}

export function setApiLanguage(value: Language): void {
  language = value;
}

export function setSignedOutHandler(handler: () => void): void {
  onSignedOut = handler;
}

export function newKey(): string {
  // randomUUID is missing where the page is not a secure context, as on a plain-http intranet host.
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function address(path: string, query?: Record<string, QueryValue>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== "") search.set(name, String(value));
  }
  const text = search.toString();
  return `/api${path}${text ? `?${text}` : ""}`;
}

async function readProblem(response: Response): Promise<Problem> {
  const requestId = response.headers.get("x-request-id");
  try {
    const problem = (await response.json()) as Partial<Problem>;
    if (typeof problem.title === "string") {
      return { type: "about:blank", instance: requestId, ...problem, title: problem.title, status: response.status };
    }
  } catch {
    // Not JSON: a proxy's page, or nothing at all.
  }
  return { type: "about:blank", title: "", status: response.status, instance: requestId };
}

const waits = [400, 1200];

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(new DOMException("Aborted", "AbortError"));
    });
  });
}

export type Method = "GET" | "POST" | "PUT" | "DELETE";

async function once<T>(method: Method, path: string, options: CallOptions, key: string | null): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json", "accept-language": language };
  if (key !== null) {
    headers["x-form-token"] = formToken;
    headers["idempotency-key"] = key;
  }
  const init: RequestInit = { method, headers, credentials: "same-origin" };
  if (options.body !== undefined) {
    headers["content-type"] = "application/json";
    init.body = JSON.stringify(options.body);
  }
  if (options.signal) init.signal = options.signal;
  // The line may break before the answer or in the midst of it: both are no answer.
  const broken = (error: unknown): never => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new ApiFault({ type: "about:blank", title: "", status: 0, key: "client.no_answer" });
  };
  const response = await fetch(address(path, options.query), init).catch(broken);
  if (!response.ok) {
    const fault = new ApiFault(await readProblem(response));
    if (fault.status === 401 && !options.keepOn401) onSignedOut();
    throw fault;
  }
  if (response.status === 204) return undefined as T;
  return (await response.json().catch(broken)) as T;
}

/** One logical operation. Changing calls carry a key that stays the same over every repeat. */
export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  const key = method === "GET" ? null : (options.idempotencyKey ?? newKey());
  for (let attempt = 0; ; ++attempt) {
    try {
      return await once<T>(method, path, options, key);
    } catch (error) {
      const wait = waits[attempt];
      const again = error instanceof ApiFault && (error.status === 0 || error.status === 502 || error.status === 503 || error.status === 504);
      if (!again || wait === undefined || options.signal?.aborted) throw error;
      await pause(wait, options.signal);
    }
  }
}

/** Bytes as they are, watched on their way. One try: who sends pieces knows better where to go on. */
export function putBytes<T>(path: string, query: Record<string, QueryValue>, body: Blob, options: { signal: AbortSignal; onSent: (bytes: number) => void }): Promise<T> {
  return sendWatched<T>("PUT", address(path, query), "application/octet-stream", body, { signal: options.signal, idempotencyKey: newKey(), onProgress: ({ sent }) => options.onSent(sent) });
}

export interface UploadProgress {
  sent: number;
  total: number;
}

/** Like call, for a body large enough to be worth watching on its way. */
export function upload<T>(path: string, body: unknown, options: WatchedOptions): Promise<T> {
  return sendWatched<T>("POST", address(path), "application/json", JSON.stringify(body), options);
}

interface WatchedOptions {
  signal: AbortSignal;
  idempotencyKey: string;
  onProgress: (progress: UploadProgress) => void;
}

function sendWatched<T>(method: Method, url: string, type: string, body: XMLHttpRequestBodyInit, options: WatchedOptions): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    request.setRequestHeader("accept", "application/json");
    request.setRequestHeader("accept-language", language);
    request.setRequestHeader("content-type", type);
    request.setRequestHeader("x-form-token", formToken);
    request.setRequestHeader("idempotency-key", options.idempotencyKey);
    request.upload.onprogress = (event) => options.onProgress({ sent: event.loaded, total: event.total });
    request.onerror = () => reject(new ApiFault({ type: "about:blank", title: "", status: 0, key: "client.no_answer" }));
    request.onabort = () => reject(new DOMException("Aborted", "AbortError"));
    request.onload = () => {
      let answer: unknown = null;
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        // Fall through: the status says enough.
      }
      if (request.status >= 200 && request.status < 300) return resolve(answer as T);
      if (request.status === 401) onSignedOut();
      const problem = (answer ?? {}) as Partial<Problem>;
      reject(new ApiFault({ type: "about:blank", ...problem, title: problem.title ?? "", status: request.status }));
    };
    options.signal.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}
