import { useMemo, useState } from "react";
import { useRead } from "../../api/hooks";
import { useFilters } from "../../app/search";
import { useLanguage, useWords } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { SearchField } from "../../ui/search_field/search_field";
import { PlainTable } from "../../ui/table/plain_table";
import { matching, membersOf, routesOf, typeText, type Document, type Route, type Schema } from "./openapi";
import { interfaceWords } from "./words";
import "./interface.css";

export function InterfacePage() {
  const document = useRead<Document>("/openapi.json");
  return <Answer of={document}>{(data) => <Routes document={data} />}</Answer>;
}

function Routes({ document }: { document: Document }) {
  const { f } = useLanguage();
  const words = useWords(interfaceWords);
  const [filter, change] = useFilters<"q">();
  const routes = useMemo(() => routesOf(document), [document]);
  const found = matching(routes, filter.q ?? "");
  const tags = [...new Set(found.map((route) => route.operation.tags[0] ?? ""))].sort();
  return (
    <>
      <PageTitle title={words.title} lead={words.lead(f.number(routes.length))} actions={<a className="button button--secondary" href="/api/openapi.json" download="openapi.json">{words.document}</a>} />
      <section className="panel">
        <h2>{words.example}</h2>
        <pre className="interface__code" tabIndex={0}>{`curl -H "Authorization: Bearer $TOKEN" \\\n  "${window.location.origin}/api/duties?lateness=overdue"`}</pre>
        <p className="muted small">{words.example_hint}</p>
      </section>
      <SearchField label={words.filter} value={filter.q ?? ""} onSearch={(q) => change({ q: q || null })} />
      {found.length === 0 ? <EmptyState title={words.none}>{words.none_hint}</EmptyState> : tags.map((tag) => (
        <section key={tag} className="stack stack--tight">
          <h2>{tag} <span className="muted small">{words.count(f.number(found.filter((route) => route.operation.tags[0] === tag).length))}</span></h2>
          {found.filter((route) => route.operation.tags[0] === tag).map((route) => <One key={`${route.method} ${route.path}`} route={route} document={document} />)}
        </section>
      ))}
    </>
  );
}

/** One address; what it takes and answers is drawn when it is opened. */
function One({ route, document }: { route: Route; document: Document }) {
  const words = useWords(interfaceWords);
  const [open, setOpen] = useState(false);
  const { operation } = route;
  const permission = operation["x-permission"];
  return (
    <details className="interface__route" onToggle={(event) => setOpen((event.target as HTMLDetailsElement).open)}>
      <summary>
        <span className={`interface__method interface__method--${route.method}`}>{route.method.toUpperCase()}</span>
        <code className="interface__path">{route.path}</code>
        <span className="muted small">{operation.summary}</span>
      </summary>
      {open ? (
        <div className="stack stack--tight interface__body">
          <p className="small">{words.permission}：<code>{permission === "open" ? words.open : permission === "signed_in" ? words.signed_in : permission}</code></p>
          <Parameters route={route} />
          {operation.requestBody ? <Shape title={words.body} schema={Object.values(operation.requestBody.content)[0]?.schema} document={document} /> : null}
          <Shape title={words.answer} schema={answerOf(route)} document={document} />
        </div>
      ) : null}
    </details>
  );
}

function answerOf(route: Route): Schema | undefined {
  const good = route.operation.responses["200"];
  return good && "content" in good && good.content ? Object.values(good.content)[0]?.schema : undefined;
}

function Parameters({ route }: { route: Route }) {
  const { t } = useLanguage();
  const words = useWords(interfaceWords);
  const rows = (route.operation.parameters ?? []).flatMap((one) => ("$ref" in one ? [] : [one]));
  if (rows.length === 0) return <p className="muted small">{words.no_parameters}</p>;
  return (
    <PlainTable caption={words.parameters} rows={rows} rowKey={(row) => row.name} columns={[
      { key: "name", label: words.parameters, kind: "main", cell: (row) => <code>{row.name}</code> },
      { key: "where", label: words.where, kind: "short", cell: (row) => nameOf(words.places, row.in) },
      { key: "type", label: words.type, cell: (row) => <code>{typeText(row.schema)}</code> },
      { key: "required", label: words.required, kind: "short", cell: (row) => (row.required ? t.common.yes : "—") },
    ]} />
  );
}

function Shape({ title, schema, document }: { title: string; schema: Schema | undefined; document: Document }) {
  const { t } = useLanguage();
  const words = useWords(interfaceWords);
  if (!schema) return null;
  const rows = membersOf(schema, document);
  return (
    <>
      <h3>{title} <code className="small">{typeText(schema)}</code></h3>
      {rows.length === 0 ? null : (
        <PlainTable caption={title} rows={rows} rowKey={(row) => row.name} columns={[
          { key: "name", label: words.name, kind: "main", cell: (row) => <code>{row.name}</code> },
          { key: "type", label: words.type, cell: (row) => <code>{row.type}</code> },
          { key: "required", label: words.required, kind: "short", cell: (row) => (row.required ? t.common.yes : "—") },
        ]} />
      )}
    </>
  );
}
