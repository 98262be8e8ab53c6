import { useCallback } from "react";
import { useNavigate, useSearch } from "@tanstack/react-router";

/** The query part of the address: plain strings, as a person would read them. */
export function parseSearch(text: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(text));
}

export function writeSearch(search: Record<string, unknown>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== "") parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text ? `?${text}` : "";
}

/** Filters live in the address, so that a list can be sent to a colleague. */
export function useFilters<K extends string>(): [Partial<Record<K, string>>, (change: Partial<Record<K, string | null>>) => void] {
  const search = useSearch({ strict: false }) as Partial<Record<K, string>>;
  const navigate = useNavigate();
  const change = useCallback(
    (next: Partial<Record<K, string | null>>) => {
      void navigate({ to: ".", search: (before: Record<string, unknown>) => ({ ...before, ...next }), replace: true } as never);
    },
    [navigate],
  );
  return [search, change];
}
