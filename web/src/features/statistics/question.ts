// A statistic's question as it stands in the address, read and written; pure.

/** The parts of an address that the statistics page knows. */
export const parts = ["dataset", "by", "measures", "where", "period", "from", "to", "compare", "empty", "as_known_on", "show", "sort"] as const;
export type Part = (typeof parts)[number];
export type Question = Partial<Record<Part, string>>;

export const first: Question = { by: "agency", measures: "owed,late,on_time_rate" };

/** The question without what only the page needs. */
export function asked(question: Question): Record<string, string | undefined> {
  return { ...question, by: question.by ?? "", measures: question.measures ?? "count", show: undefined, sort: undefined };
}

/** The question as the parameters of a report: what the page alone needs and the day of knowledge left out, its title added. */
export function reportFilter(question: Question, title: string): string {
  const given = Object.entries({ title, ...asked(question) }).filter((one): one is [string, string] => Boolean(one[1]) && one[0] !== "dataset" && one[0] !== "as_known_on");
  return new URLSearchParams(given).toString();
}

export function list(text: string | undefined): string[] {
  return (text ?? "").split(",").filter((one) => one !== "");
}

export interface Condition {
  dimension: string;
  sign: "=" | "!=" | ">=" | "<=";
  values: string[];
}

export function readWhere(text: string | undefined): Condition[] {
  return (text ?? "").split(";").flatMap((one) => {
    const found = /^\s*([a-z_]+)\s*(!=|>=|<=|=)(.*)$/s.exec(one);
    return found ? [{ dimension: found[1] ?? "", sign: found[2] as Condition["sign"], values: (found[3] ?? "").split("|").map((value) => value.trim()) }] : [];
  });
}

export function writeWhere(conditions: Condition[]): string {
  return conditions.map((one) => `${one.dimension}${one.sign}${one.values.join("|")}`).join(";");
}

export type Preset = "year" | "last_year" | "quarter" | "month" | "to_date";

/** First and last day of a usual period around a day. */
export function presetDays(preset: Preset, today: string): { from: string; to: string } {
  const year = Number(today.slice(0, 4));
  const month = Number(today.slice(5, 7));
  const two = (value: number) => String(value).padStart(2, "0");
  const lastOf = (of: number) => new Date(Date.UTC(year, of, 0)).getUTCDate();
  if (preset === "year") return { from: `${year}-01-01`, to: `${year}-12-31` };
  if (preset === "to_date") return { from: `${year}-01-01`, to: today };
  if (preset === "last_year") return { from: `${year - 1}-01-01`, to: `${year - 1}-12-31` };
  if (preset === "month") return { from: `${year}-${two(month)}-01`, to: `${year}-${two(month)}-${two(lastOf(month))}` };
  const start = Math.floor((month - 1) / 3) * 3 + 1;
  return { from: `${year}-${two(start)}-01`, to: `${year}-${two(start + 2)}-${two(lastOf(start + 2))}` };
}
