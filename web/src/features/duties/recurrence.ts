/** "7" is the 7th, the word for it the last day (which the server writes as 0), nothing is nothing; undefined cannot be read. */
export function readDay(text: string, lastWord: string): number | null | undefined {
  const plain = text.normalize("NFKC").trim();
  if (plain === "") return null;
  if (plain === lastWord || plain.toLowerCase() === "last") return 0;
  if (!/^\d{1,2}$/.test(plain)) return undefined;
  const day = Number(plain);
  return day >= 1 && day <= 31 ? day : undefined;
}

/** "1, 7" or "1、7月" as month numbers; undefined cannot be read. */
export function readMonths(text: string): number[] | undefined {
  const parts = text.normalize("NFKC").replace(/月/g, "").split(/[,、\s]+/).filter((part) => part !== "");
  const months = parts.map(Number);
  return months.every((month) => Number.isInteger(month) && month >= 1 && month <= 12) ? [...new Set(months)].sort((a, b) => a - b) : undefined;
}
