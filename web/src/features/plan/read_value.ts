/** A figure as people type it: 1,200 or full-width digits; at most two decimals, because the server keeps hundredths. Null when it is none. */
export function readValue(typed: string): number | null {
  const text = typed.normalize("NFKC").trim().replace(/,(?=\d{3}(\D|$))/g, "");
  return /^\d{1,12}(\.\d{1,2})?$/.test(text) ? Number(text) : null;
}
