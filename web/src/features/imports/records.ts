/** What the server says of imports. */
export interface Progress {
  state: string;
  rows_total: number;
  rows_read: number;
  unchanged: number;
  mended: number;
  duplicate: number;
  refused: number;
  created: number;
  changed: number;
  same: number;
  kept: number;
  part: number;
}
export interface Run {
  id: string;
  kind: string;
  file_name: string;
  size: number;
  format: string;
  created_at: string;
  by_name: string;
  progress: Progress;
}
export interface Source {
  column: string;
  from: number[];
  otherwise: string | null;
}
export interface ImportColumn {
  name: string;
  title: string;
  type: string;
  required: boolean;
  hint: string;
  choices: string[];
}
export interface RunView {
  run: Run;
  encoding: string;
  sheet: string;
  header_row: number;
  titles: string[];
  sample: { number: number; cells: string[] }[];
  mapping: Source[];
  mapping_is_remembered: boolean;
  columns: ImportColumn[];
  skip_bad: boolean;
  failure: string | null;
  file_kept: boolean;
  actions: string[];
}
export interface ImportKind {
  name: string;
  title: string;
  columns: ImportColumn[];
}
export const atWork = (state: string) => state === "checking" || state === "loading" || state === "undoing";
