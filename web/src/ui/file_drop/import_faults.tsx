import type { ImportFault } from "../../api/types";
import { useLanguage } from "../../i18n/language";
import { PlainTable } from "../table/plain_table";

/** Every bad row of a file with its reason; nothing of the file has been written. */
export function ImportFaults({ faults, count }: { faults: ImportFault[]; count: number }) {
  const { t } = useLanguage();
  return (
    <section className="stack stack--tight" role="alert">
      <h2>{t.csv_import.faults(count)}</h2>
      <PlainTable caption={t.csv_import.faults(count)} rows={faults} rowKey={(row) => `${row.line}${row.column}${row.message}`} columns={[
        { key: "message", label: t.csv_import.message, kind: "main", cell: (row) => row.message },
        { key: "line", label: t.csv_import.line, kind: "number", cell: (row) => row.line || "—" },
        { key: "column", label: t.csv_import.column, cell: (row) => row.column || "—" },
      ]} />
      {count > faults.length ? <p className="muted small">{t.csv_import.more_faults(count - faults.length)}</p> : null}
    </section>
  );
}
