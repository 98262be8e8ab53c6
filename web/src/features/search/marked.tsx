import "./search.css";

export interface Mark {
  from: number;
  length: number;
}

/** The server counts characters, not the halves of which the browser makes rare ones. */
export function parts(text: string, marks: Mark[]): { text: string; hit: boolean }[] {
  const characters = Array.from(text);
  const out: { text: string; hit: boolean }[] = [];
  let at = 0;
  const add = (to: number, hit: boolean) => {
    if (to > at) out.push({ text: characters.slice(at, to).join(""), hit });
    at = Math.max(at, to);
  };
  for (const mark of marks) {
    add(mark.from, false);
    add(mark.from + mark.length, true);
  }
  add(characters.length, false);
  return out;
}

export function Marked({ text, marks }: { text: string; marks: Mark[] }) {
  return <>{parts(text, marks).map((part, index) => (part.hit ? <mark key={index} className="hit">{part.text}</mark> : part.text))}</>;
}
