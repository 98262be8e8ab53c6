import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answer } from "../test/wrap";
import { address, ApiFault, call, newKey, setApiLanguage, setFormToken, setSignedOutHandler } from "./client";

const fetched = vi.fn<typeof fetch>();
const header = (index: number, name: string) => (fetched.mock.calls[index]?.[1]?.headers as Record<string, string>)[name];

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
  vi.useFakeTimers();
  setFormToken("token-1");
  setApiLanguage("zh-TW");
  setSignedOutHandler(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("addresses", () => {
  it("leave out what is not asked", () => {
    expect(address("/duties", { view: "mine", q: "", cursor: null, origin: undefined, limit: 50 })).toBe("/api/duties?view=mine&limit=50");
    expect(address("/home")).toBe("/api/home");
    expect(address("/duties", { q: "臺 &=" })).toBe("/api/duties?q=%E8%87%BA+%26%3D");
  });
});

describe("calls", () => {
  it("read without a token or a key, in the user's language", async () => {
    fetched.mockResolvedValue(answer({ ok: 1 }));
    expect(await call("GET", "/home")).toEqual({ ok: 1 });
    expect(header(0, "accept-language")).toBe("zh-TW");
    expect(header(0, "x-form-token")).toBeUndefined();
    expect(header(0, "idempotency-key")).toBeUndefined();
  });
  it("change with the form token and a key", async () => {
    fetched.mockImplementation(() => Promise.resolve(answer({})));
    await call("POST", "/duties", { body: { title: "x" } });
    await call("POST", "/duties", { body: { title: "x" } });
    expect(header(0, "x-form-token")).toBe("token-1");
    expect(header(0, "idempotency-key")).toMatch(/^[0-9a-f-]{36}$/);
    expect(header(0, "idempotency-key")).not.toBe(header(1, "idempotency-key"));
    expect(fetched.mock.calls[0]?.[1]?.credentials).toBe("same-origin");
  });
  it("keep the key when the line drops and the call is repeated", async () => {
    fetched.mockRejectedValueOnce(new TypeError("network")).mockResolvedValueOnce(answer({ title: "busy" }, 503)).mockResolvedValueOnce(answer({ id: "1" }));
    const made = call("POST", "/duties", { body: {} });
    await vi.runAllTimersAsync();
    expect(await made).toEqual({ id: "1" });
    expect(fetched).toHaveBeenCalledTimes(3);
    expect(new Set([0, 1, 2].map((index) => header(index, "idempotency-key"))).size).toBe(1);
  });
  it("give up after three tries and say that the outcome is unknown", async () => {
    fetched.mockRejectedValue(new TypeError("network"));
    const made = call("POST", "/duties", { body: {} }).catch((error: unknown) => error);
    await vi.runAllTimersAsync();
    const fault = (await made) as ApiFault;
    expect(fault).toBeInstanceOf(ApiFault);
    expect(fault.status).toBe(0);
    expect(fault.outcomeIsUnknown).toBe(true);
    expect(fetched).toHaveBeenCalledTimes(3);
  });
  it("take an answer that breaks off for none, and ask again", async () => {
    const broken = () => new Response(new ReadableStream({ start: (body) => body.error(new TypeError("Failed to fetch")) }), { status: 200, headers: { "content-type": "application/json" } });
    fetched.mockImplementationOnce(() => Promise.resolve(broken())).mockImplementationOnce(() => Promise.resolve(answer({ done: true })));
    const made = call("POST", "/duties", { body: {} });
    await vi.runAllTimersAsync();
    expect(await made).toEqual({ done: true });
    fetched.mockImplementation(() => Promise.resolve(broken()));
    const failed = call("GET", "/home").catch((error: unknown) => error);
    await vi.runAllTimersAsync();
    const fault = (await failed) as ApiFault;
    expect([fault instanceof ApiFault, fault.status, fault.outcomeIsUnknown]).toEqual([true, 0, true]);
  });
  it("do not repeat a refusal", async () => {
    fetched.mockResolvedValue(answer({ title: "資料需要修正", detail: "一處", key: "duty.bad", instance: "req-9", fields: [{ path: "title", message: "太短", key: "short" }] }, 422));
    const fault = (await call("POST", "/duties", { body: {} }).catch((error: unknown) => error)) as ApiFault;
    expect(fetched).toHaveBeenCalledTimes(1);
    expect(fault.message).toBe("資料需要修正");
    expect(fault.fields).toEqual([{ path: "title", message: "太短", key: "short" }]);
    expect([fault.status, fault.key, fault.requestId, fault.outcomeIsUnknown]).toEqual([422, "duty.bad", "req-9", false]);
  });
  it("understand a refusal that is not JSON", async () => {
    fetched.mockResolvedValue(new Response("<html>", { status: 404, headers: { "x-request-id": "req-1" } }));
    const fault = (await call("GET", "/x").catch((error: unknown) => error)) as ApiFault;
    expect([fault.status, fault.message, fault.requestId]).toEqual([404, "", "req-1"]);
  });
  it("tell when the session has ended, but not at the door", async () => {
    const ended = vi.fn();
    setSignedOutHandler(ended);
    fetched.mockImplementation(() => Promise.resolve(answer({ title: "no" }, 401)));
    await expect(call("POST", "/session", { body: {}, keepOn401: true })).rejects.toBeInstanceOf(ApiFault);
    expect(ended).not.toHaveBeenCalled();
    await expect(call("GET", "/home")).rejects.toBeInstanceOf(ApiFault);
    expect(ended).toHaveBeenCalledTimes(1);
  });
  it("stop when asked to", async () => {
    const stop = new AbortController();
    fetched.mockImplementation((_, init) => new Promise((_resolve, reject) => init?.signal?.addEventListener("abort", () => reject(new DOMException("Aborted", "AbortError")))));
    const made = call("GET", "/home", { signal: stop.signal }).catch((error: unknown) => error);
    stop.abort();
    expect(((await made) as DOMException).name).toBe("AbortError");
    expect(fetched).toHaveBeenCalledTimes(1);
  });
});

describe("keys", () => {
  it("are version 4 identifiers even without randomUUID", () => {
    vi.stubGlobal("crypto", { getRandomValues: (bytes: Uint8Array) => bytes.fill(0xff) });
    expect(newKey()).toBe("ffffffff-ffff-4fff-bfff-ffffffffffff");
  });
});
