import { lazy, Suspense, useMemo, useState, type ReactNode } from "react";
import { Cell, Column as AriaColumn, Row, Table, TableBody, TableHeader, type SortDescriptor } from "react-aria-components/Table";
import { useLanguage } from "../../i18n/language";
import { recall, remember } from "../../lib/storage";
import { Button } from "../button/button";
import { FaultNotice, Loading } from "../empty_state/empty_state";
import { ChoiceMenu, Menu, type MenuEntry } from "../menu/menu";
import type { Exports } from "./export_menu";
import "./table.css";

export interface Column<R> {
  key: string;
  label: string;
  cell: (row: R) => ReactNode;
  /** The server's name for sorting by this column. */
  sort?: string;
  kind?: "number" | "short" | "main";
  /** Cannot be hidden. */
  fixed?: boolean;
  hidden?: boolean;
}

export interface Pages {
  total: number | null;
  capped: boolean;
  page: number;
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
}

const Tick = lazy(() => import("./tick"));
const ExportMenu = lazy(() => import("./export_menu"));

const kindClass = (kind?: string) => (kind ? ` data-table__cell--${kind}` : "");

export function DataTable<R>({ name, label, columns, rows, rowKey, rowText, sort, onSort, onOpen, actions, filters, tools, exports, pages, error, retry, empty, stale, chosen: chosenRows, onChoose }: {
  /** Under which the choice of columns is remembered. */
  name: string;
  label: string;
  columns: Column<R>[];
  rows: R[] | undefined;
  rowKey: (row: R) => string;
  rowText: (row: R) => string;
  sort?: string | undefined;
  onSort?: (sort: string) => void;
  onOpen?: (row: R) => void;
  actions?: (row: R) => MenuEntry[];
  filters?: ReactNode;
  tools?: ReactNode;
  /** Under which name, and with which filters, the whole list leaves as a file. */
  exports?: Exports;
  pages?: Pages;
  error?: unknown;
  retry?: () => void;
  empty: ReactNode;
  stale?: boolean;
  /** Rows that are chosen to be worked on together; with it each row has a box. */
  chosen?: string[];
  onChoose?: (keys: string[]) => void;
}) {
  const { t, f } = useLanguage();
  const [chosen, setChosen] = useState<string[]>(() => {
    const kept = recall(`columns.${name}`)?.split(",");
    return kept ?? columns.filter((column) => !column.hidden).map((column) => column.key);
  });
  const [filtersOpen, setFiltersOpen] = useState(false);
  const shown = useMemo(() => columns.filter((column) => column.fixed || chosen.includes(column.key)), [columns, chosen]);
  const sorted = shown.find((column) => column.sort && sort && column.sort === sort.replace(/^-/, ""));
  const descriptor: SortDescriptor | undefined = sorted ? { column: sorted.key, direction: sort?.startsWith("-") ? "descending" : "ascending" } : undefined;
  const body = () => {
    if (error) return <FaultNotice error={error} {...(retry ? { retry } : {})} />;
    if (rows === undefined) return <Loading lines={8} />;
    if (rows.length === 0) return empty;
    return (
      <div className="table-block__scroll">
        <Table
          aria-label={label} className="data-table" {...(descriptor ? { sortDescriptor: descriptor } : {})}
          {...(onChoose ? { selectionMode: "multiple" as const, selectedKeys: chosenRows ?? [], onSelectionChange: (keys: "all" | Set<string | number>) => onChoose(keys === "all" ? rows.map(rowKey) : Array.from(keys, String)) } : {})}
          onSortChange={({ column, direction }) => {
            const by = columns.find((candidate) => candidate.key === column)?.sort;
            if (by && onSort) onSort(direction === "descending" ? `-${by}` : by);
          }}
          onRowAction={(key) => {
            const row = rows.find((candidate) => rowKey(candidate) === key);
            if (row && onOpen) onOpen(row);
          }}
        >
          <TableHeader>
            {onChoose ? <AriaColumn id="choose" className="data-table__head data-table__head--choose"><Suspense fallback={null}><Tick /></Suspense></AriaColumn> : null}
            {shown.map((column) => (
              <AriaColumn key={column.key} id={column.key} isRowHeader={column.key === (shown.find((each) => each.kind === "main") ?? shown[0])?.key}
                allowsSorting={Boolean(column.sort && onSort)} className={column.kind === "number" ? "data-table__head data-table__head--number" : "data-table__head"}>
                {({ sortDirection, allowsSorting }) => (
                  <>
                    {column.label}
                    {allowsSorting ? <span className="data-table__sort" aria-hidden="true">{sortDirection === "ascending" ? "▲" : sortDirection === "descending" ? "▼" : "↕"}</span> : null}
                  </>
                )}
              </AriaColumn>
            ))}
            {actions ? <AriaColumn id="actions" className="data-table__head"><span className="visually-hidden">{t.table.actions}</span></AriaColumn> : null}
          </TableHeader>
          <TableBody>
            {rows.map((row) => (
              <Row key={rowKey(row)} id={rowKey(row)} textValue={rowText(row)} className={onOpen ? "data-table__row data-table__row--opens" : "data-table__row"}>
                {onChoose ? <Cell className="data-table__cell data-table__cell--choose"><Suspense fallback={null}><Tick /></Suspense></Cell> : null}
                {shown.map((column) => (
                  <Cell key={column.key} className={`data-table__cell${kindClass(column.kind)}`} data-label={column.label}>{column.cell(row)}</Cell>
                ))}
                {actions ? (
                  <Cell className="data-table__cell data-table__cell--actions">
                    <RowMenu label={t.table.actions_of(rowText(row))} entries={actions(row)} />
                  </Cell>
                ) : null}
              </Row>
            ))}
          </TableBody>
        </Table>
      </div>
    );
  };
  return (
    <div className={stale ? "table-block table-block--stale" : "table-block"} aria-busy={stale || undefined}>
      <div className="table-block__bar no-print">
        {filters ? (
          <div className="table-block__toggle">
            <Button aria-expanded={filtersOpen} onPress={() => setFiltersOpen(!filtersOpen)}>{t.table.filters}</Button>
          </div>
        ) : null}
        <div className={filtersOpen ? "table-block__filters table-block__filters--open" : "table-block__filters"}>{filters}</div>
        <div className="row">
          {tools}
          {exports ? <Suspense fallback={null}><ExportMenu {...exports} /></Suspense> : null}
          <ChoiceMenu
            label={t.table.columns} trigger={<Button>{t.table.columns}</Button>} chosen={shown.map((column) => column.key)}
            options={columns.map((column) => ({ key: column.key, label: column.label, fixed: column.fixed ?? false }))}
            onChange={(keys) => {
              setChosen(keys);
              remember(`columns.${name}`, keys.join(","));
            }}
          />
        </div>
      </div>
      {body()}
      {pages && rows && rows.length > 0 ? (
        <nav className="table-block__foot" aria-label={t.table.paging}>
          <span className="muted">{pages.total === null ? t.table.page(pages.page) : t.table.total(f.number(pages.total), pages.capped, pages.page)}</span>
          <span className="row">
            <Button isDisabled={!pages.onPrevious} onPress={() => pages.onPrevious?.()}>{t.table.previous}</Button>
            <Button isDisabled={!pages.onNext} onPress={() => pages.onNext?.()}>{t.table.next}</Button>
          </span>
        </nav>
      ) : null}
    </div>
  );
}

function RowMenu({ label, entries }: { label: string; entries: MenuEntry[] }) {
  if (entries.length === 0) return null;
  return <Menu label={label} entries={entries} trigger={<Button look="quiet" small icon aria-label={label}><span aria-hidden="true">⋯</span></Button>} />;
}
