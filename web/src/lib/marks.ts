import type { Span } from "../api/types";

export interface Piece {
  text: string;
  part: string | null;
}

/** Cuts a sentence at its marks. Offsets count code points; where two marks overlap, the earlier and shorter one is kept. */
export function cutByMarks(text: string, spans: Span[]): Piece[] {
  const letters = Array.from(text);
  const sorted = spans
    .filter((span) => span.begin >= 0 && span.begin < span.end && span.end <= letters.length)
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  const pieces: Piece[] = [];
  let at = 0;
  for (const span of sorted) {
    if (span.begin < at) continue;
    if (span.begin > at) pieces.push({ text: letters.slice(at, span.begin).join(""), part: null });
    pieces.push({ text: letters.slice(span.begin, span.end).join(""), part: span.part });
    at = span.end;
  }
  if (at < letters.length) pieces.push({ text: letters.slice(at).join(""), part: null });
  return pieces;
}

/** The stretch in which two writings of a sentence differ, between their common beginning and end. */
export function changedPart(before: string, after: string): { head: string; before: string; after: string; tail: string } {
  const a = Array.from(before);
  const b = Array.from(after);
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) ++head;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) ++tail;
  return { head: a.slice(0, head).join(""), before: a.slice(head, a.length - tail).join(""), after: b.slice(head, b.length - tail).join(""), tail: a.slice(a.length - tail).join("") };
}
