import type { ReactNode } from "react";
import "./table.css";

/** A short table to read, without sorting or rows that open. Becomes cards on a phone like its larger sister. */
export function PlainTable<R>({ caption, columns, rows, rowKey, foot }: {
  caption: string;
  columns: { key: string; label: string; cell: (row: R) => ReactNode; kind?: "number" | "short" | "main" | "actions" }[];
  rows: R[];
  rowKey: (row: R) => string;
  foot?: R | undefined;
}) {
  const line = (row: R, key: string) => (
    <tr key={key} className="data-table__row">
      {columns.map((column) =>
        column.kind === "main" ? (
          <th key={column.key} scope="row" className="data-table__cell data-table__cell--main" data-label={column.label}>{column.cell(row)}</th>
        ) : (
          <td key={column.key} className={`data-table__cell${column.kind ? ` data-table__cell--${column.kind}` : ""}`} data-label={column.label}>{column.cell(row)}</td>
        ))}
    </tr>
  );
  return (
    <div className="table-block__scroll" role="region" aria-label={caption} tabIndex={0}>
      <table className="data-table data-table--plain">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>{columns.map((column) => <th key={column.key} scope="col" className={column.kind === "number" ? "data-table__head data-table__head--number" : "data-table__head"}>{column.kind === "actions" ? <span className="visually-hidden">{column.label}</span> : column.label}</th>)}</tr>
        </thead>
        <tbody>{rows.map((row) => line(row, rowKey(row)))}</tbody>
        {foot ? <tfoot>{line(foot, "foot")}</tfoot> : null}
      </table>
    </div>
  );
}
