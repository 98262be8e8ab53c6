import type { ImportFault } from "../../api/types";
import { useWords } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { PlainTable } from "../table/plain_table";
import { fileWords } from "./words";

/** Every bad row of a file with its reason; nothing of the file has been written. */
export function ImportFaults({ faults, count }: { faults: ImportFault[]; count: number }) {
  const w = useWords(fileWords);
  return (
    <section className="stack stack--tight" role="alert">
      <h2>{w.csv_import.faults(count)}</h2>
      <PlainTable caption={w.csv_import.faults(count)} rows={faults} rowKey={(row) => `${row.line}${row.column}${row.message}`} columns={[
        { key: "message", label: w.csv_import.message, kind: "main", cell: (row) => row.message },
        { key: "line", label: w.csv_import.line, kind: "number", cell: (row) => row.line || "—" },
        { key: "column", label: w.csv_import.column, cell: (row) => (row.column ? <ColumnName of={row.column} /> : "—") },
      ]} />
      {count > faults.length ? <p className="muted small">{w.csv_import.more_faults(count - faults.length)}</p> : null}
    </section>
  );
}

/** The column's title, with its heading in the file where that is another word. */
function ColumnName({ of }: { of: string }) {
  const w = useWords(fileWords);
  const title = nameOf(w.columns, of);
  return <>{title}{title === of ? null : <span className="muted small"> {of}</span>}</>;
}
