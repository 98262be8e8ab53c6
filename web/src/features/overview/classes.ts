export interface Class {
  from: number;
  to: number;
}

/** Up to four classes of about as many districts each, without gaps between equal numbers. */
export function classesOf(values: number[]): Class[] {
  const sorted = [...values].sort((a, b) => a - b);
  const out: Class[] = [];
  const wanted = Math.min(4, new Set(sorted).size);
  let at = 0;
  for (let place = 1; place <= wanted && at < sorted.length; place += 1) {
    let end = place === wanted ? sorted.length : Math.max(at + 1, Math.round((sorted.length * place) / wanted));
    while (end < sorted.length && sorted[end] === sorted[end - 1]) end += 1;
    out.push({ from: sorted[at] ?? 0, to: sorted[end - 1] ?? 0 });
    at = end;
  }
  return out;
}
