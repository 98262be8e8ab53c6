/** The word for a code of the server; a code this build does not know is shown as it is. */
export function nameOf(words: Record<string, string>, code: string | null | undefined, missing = ""): string {
  if (code === null || code === undefined || code === "") return missing;
  return Object.hasOwn(words, code) ? (words[code] as string) : code;
}
