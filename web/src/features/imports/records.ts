import type * as schema from "../../api/schema";

export type Run = schema.ImportRunRow;
export type RunView = schema.ImportRunView;
export type Source = schema.ColumnSource;
export type ImportColumn = schema.ImportColumnView;
export type ImportKind = schema.ImportKindView;
export type Remark = schema.ImportRemark;
export const atWork = (state: string) => state === "checking" || state === "loading" || state === "undoing";
