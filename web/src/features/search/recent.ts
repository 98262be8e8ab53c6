import { recall, remember } from "../../lib/storage";

/** What was looked for on this browser, newest first; forgotten with signing out. */
export function recentSearches(): string[] {
  try {
    const kept: unknown = JSON.parse(recall("searches") ?? "[]");
    return Array.isArray(kept) ? kept.filter((one): one is string => typeof one === "string").slice(0, 8) : [];
  } catch {
    return [];
  }
}

export function keepSearch(words: string): void {
  const text = words.trim();
  if (text) remember("searches", JSON.stringify([text, ...recentSearches().filter((one) => one !== text)].slice(0, 8)));
}

export function forgetSearches(): void {
  remember("searches", null);
}
