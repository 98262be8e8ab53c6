import { useEffect, useRef, useState } from "react";
import { keepPreviousData, useMutation, useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useLanguage } from "../i18n/language";
import { ApiFault, call, newKey, type Method, type QueryValue } from "./client";

export type Query = Record<string, QueryValue>;

/** Reads one address; the language is part of the key because the server translates. */
export function useRead<T>(path: string, query: Query = {}, options: { enabled?: boolean; keep?: boolean; every?: (data: T | undefined) => number | false } = {}): UseQueryResult<T, Error> {
  const { language } = useLanguage();
  return useQuery<T, Error>({
    queryKey: [path, query, language],
    queryFn: ({ signal }) => call<T>("GET", path, { query, signal }),
    enabled: options.enabled ?? true,
    ...(options.every ? { refetchInterval: (query: { state: { data: T | undefined } }) => options.every?.(query.state.data) ?? false } : {}),
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
}

export interface Change {
  method?: Method;
  path: string;
  body?: unknown;
}

/**
 * Sends a change. The idempotency key belongs to the operation: it survives a failure whose outcome is unknown and
 * the user's own "try again", and is replaced once the server has answered or the content differs.
 */
export function useChange<T>(options: { onDone?: (answer: T) => void; refresh?: boolean } = {}) {
  const client = useQueryClient();
  const held = useRef<{ content: string; key: string } | null>(null);
  return useMutation<T, Error, Change>({
    mutationFn: async ({ method = "POST", path, body }) => {
      const content = JSON.stringify([method, path, body]);
      if (held.current?.content !== content) held.current = { content, key: newKey() };
      try {
        const answer = await call<T>(method, path, { body, idempotencyKey: held.current.key });
        held.current = null;
        return answer;
      } catch (error) {
        if (!(error instanceof ApiFault && error.outcomeIsUnknown)) held.current = null;
        throw error;
      }
    },
    onSuccess: async (answer) => {
      if (options.refresh !== false) void client.invalidateQueries();
      options.onDone?.(answer);
    },
  });
}

/** What a change would do, asked anew (after `wait` ms) whenever its body differs; nothing while that is not known, or while there is no body. */
export function useTrial<T>(path: string, body: object | null, wait = 0): T | null {
  const [trial, setTrial] = useState<T | null>(null);
  const content = body === null ? null : JSON.stringify({ ...body, dry_run: true });
  useEffect(() => {
    const stop = new AbortController();
    // An answer that comes after another was asked for must not stand in its place, nor must its failure.
    const show = (answer: T | null) => {
      if (!stop.signal.aborted) setTrial(answer);
    };
    const timer = setTimeout(() => {
      if (content === null) show(null);
      else call<T>("POST", path, { signal: stop.signal, body: JSON.parse(content) as unknown }).then(show, () => show(null));
    }, wait);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [path, content, wait]);
  return trial;
}
