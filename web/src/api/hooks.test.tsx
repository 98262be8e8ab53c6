import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { answer, Wrap } from "../test/wrap";
import { useChange } from "./hooks";

const fetched = vi.fn<typeof fetch>();
const keys = () => fetched.mock.calls.map((each) => (each[1]?.headers as Record<string, string>)["idempotency-key"]);
beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal("fetch", fetched);
});
afterEach(() => vi.unstubAllGlobals());

async function send(hook: { current: ReturnType<typeof useChange> }, body: unknown) {
  act(() => hook.current.mutate({ path: "/duties", body }));
  await waitFor(() => expect(hook.current.isPending).toBe(false));
}

describe("the key of an operation", () => {
  it("survives an unknown outcome and the user's own second try", async () => {
    const { result } = renderHook(() => useChange(), { wrapper: Wrap });
    fetched.mockImplementation(() => Promise.resolve(answer({ title: "broken" }, 500)));
    await send(result, { a: 1 });
    fetched.mockImplementation(() => Promise.resolve(answer({})));
    await send(result, { a: 1 });
    expect(keys()).toHaveLength(2);
    expect(keys()[0]).toBe(keys()[1]);
    await send(result, { a: 1 });
    expect(keys()[2]).not.toBe(keys()[1]);
  });
  it("changes with the content and after a refusal", async () => {
    const { result } = renderHook(() => useChange(), { wrapper: Wrap });
    fetched.mockImplementation(() => Promise.resolve(answer({ title: "broken" }, 500)));
    await send(result, { a: 1 });
    await send(result, { a: 2 });
    expect(keys()[0]).not.toBe(keys()[1]);
    fetched.mockImplementation(() => Promise.resolve(answer({ title: "bad" }, 422)));
    await send(result, { a: 3 });
    await send(result, { a: 3 });
    expect(keys()[2]).not.toBe(keys()[3]);
  });
});
