/** The beginning of a mention that is being typed before the caret: what follows the last @ that stands at a word's start. */
export function mentionAt(text: string, caret: number): { from: number; words: string } | null {
  const before = text.slice(0, caret);
  const from = before.lastIndexOf("@");
  if (from < 0) return null;
  const words = before.slice(from + 1);
  if (/\s/.test(words) || words.length > 20) return null;
  if (from > 0 && /[A-Za-z0-9]/.test(before[from - 1] ?? "")) return null; // an e-mail address
  return { from, words };
}

/** Puts the name where the mention was begun; the caret goes behind it. */
export function withMention(text: string, from: number, caret: number, name: string): { text: string; caret: number } {
  const put = `@${name} `;
  return { text: text.slice(0, from) + put + text.slice(caret), caret: from + put.length };
}

/** Cuts a comment at the names it mentions. */
export function cutByNames(text: string, names: string[]): { text: string; name: boolean }[] {
  const pieces: { text: string; name: boolean }[] = [];
  let at = 0;
  while (at < text.length) {
    let found = -1;
    let which = "";
    for (const name of names) {
      const place = text.indexOf(`@${name}`, at);
      if (place >= 0 && (found < 0 || place < found || (place === found && name.length > which.length))) {
        found = place;
        which = name;
      }
    }
    if (found < 0) break;
    if (found > at) pieces.push({ text: text.slice(at, found), name: false });
    pieces.push({ text: `@${which}`, name: true });
    at = found + which.length + 1;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), name: false });
  return pieces;
}
