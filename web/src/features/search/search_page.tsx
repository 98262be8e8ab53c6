import { lazy, Suspense, useEffect, useId, useState, type FormEvent } from "react";
import { Link } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { SearchResult } from "../../api/types";
import { useFilters } from "../../app/search";
import { useLanguage, useWords } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { Button } from "../../ui/button/button";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { Field } from "../../ui/form/field";
import { Notice } from "../../ui/notice/notice";
import { PageTitle } from "../../ui/page_title/page_title";
import { RocDatePicker } from "../../ui/roc_date_picker/roc_date_picker";
import { Select } from "../../ui/select/select";
import { useCursor } from "../../ui/table/use_pages";
import { Marked } from "./marked";
import { forgetSearches, keepSearch, recentSearches } from "./recent";
import { searchWords } from "./words";
import "./search.css";

const AgencyBox = lazy(async () => ({ default: (await import("../agencies/agency_box")).AgencyBox }));

type Filter = "q" | "kind" | "origin" | "agency_id" | "state" | "from" | "to" | "sort";

export function SearchPage() {
  const { t, f } = useLanguage();
  const w = useWords(searchWords);
  const [filter, change] = useFilters<Filter>();
  const q = filter.q ?? "";
  const query = { q, kind: filter.kind, origin: filter.origin, agency_id: filter.agency_id, state: filter.state, from: filter.from, to: filter.to, sort: filter.sort };
  const { cursor, pages } = useCursor(JSON.stringify(query));
  const found = useRead<SearchResult>("/search", { ...query, cursor, limit: 20 }, { enabled: q.trim() !== "", keep: true });
  const result = q.trim() === "" ? undefined : found.data;
  // The count comes with the first page and stands over the others.
  const [count, setCount] = useState<{ total: number; capped: boolean } | null>(null);
  useEffect(() => {
    if (result && result.total !== null && result.total !== undefined) setCount({ total: result.total, capped: result.total_is_capped });
  }, [result]);
  useEffect(() => {
    if (result && result.rows.length + result.places.length > 0) keepSearch(q);
  }, [result, q]);
  const [open, setOpen] = useState(false); // on a phone the filters stand behind a button, or the hits would be out of sight
  const walk = pages(result ? { ...result, next: result.next ?? null } : undefined);
  const filtered = Boolean(filter.kind ?? filter.origin ?? filter.agency_id ?? filter.state ?? filter.from ?? filter.to);
  const total = count ? f.number(count.total) : "";
  const empty = result !== undefined && result.rows.length === 0 && result.places.length === 0 && !cursor;
  const lead = !result || !count ? undefined : empty ? w.lead_none(q) : count.capped ? w.lead_capped(q, total) : w.lead(q, f.number(count.total + (cursor ? 0 : result.places_total)));
  return (
    <>
      <PageTitle title={w.title} lead={lead} />
      <SearchForm value={q} onSearch={(words) => change({ q: words || null })} />
      {q.trim() === "" ? <Begin onChoose={(words) => change({ q: words })} /> : (
        <>
          <div className="search-toggle"><Button small aria-expanded={open || filtered} onPress={() => setOpen(!open)}>{t.table.filters}</Button></div>
          <div className={open || filtered ? "row row--bottom search-filters search-filters--open" : "row row--bottom search-filters"} role="group" aria-label={t.table.filters}>
            <Select compact label={w.sort} value={filter.sort ?? "newest"} onChange={(sort) => change({ sort: sort === "newest" ? null : sort })}
              options={(["newest", "relevance"] as const).map((value) => ({ value, label: w.sorts[value] }))} />
            <Select compact label={w.kind} value={filter.kind ?? ""} onChange={(kind) => change({ kind: kind || null })}
              options={[{ value: "", label: t.common.all }, ...Object.entries(w.kinds).map(([value, label]) => ({ value, label }))]} />
            <Select compact label={t.duties.origin} value={filter.origin ?? ""} onChange={(origin) => change({ origin: origin || null })}
              options={[{ value: "", label: t.common.all }, ...Object.entries(t.origins).map(([value, label]) => ({ value, label }))]} />
            <Select compact label={t.common.state} value={filter.state ?? ""} onChange={(state) => change({ state: state || null })}
              options={[{ value: "", label: t.common.all }, ...(["open", "done", "cancelled"] as const).map((value) => ({ value, label: t.duties.states[value] }))]} />
            <Suspense fallback={null}><AgencyBox compact label={t.duties.agency} anyLabel={t.common.all} value={filter.agency_id ?? null} onChange={(id) => change({ agency_id: id || null })} /></Suspense>
            <div className="search-dates">
              <RocDatePicker compact label={w.from} value={filter.from ?? null} onChange={(iso) => change({ from: iso })} />
              <RocDatePicker compact label={w.to} value={filter.to ?? null} onChange={(iso) => change({ to: iso })} />
            </div>
            {filtered ? <Button look="quiet" onPress={() => change({ kind: null, origin: null, agency_id: null, state: null, from: null, to: null })}>{t.common.clear_filters}</Button> : null}
          </div>
          <Answer of={{ data: result, error: found.error, refetch: found.refetch }}>
            {(data) => (
              <div className="stack" aria-busy={found.isPlaceholderData}>
                {data.index_incomplete ? <Notice warn>{w.incomplete}</Notice> : null}
                {data.places.length > 0 ? <Places data={data} onAll={(kind) => change({ kind })} single={Boolean(filter.kind)} /> : null}
                {data.rows.length > 0 ? <Hits data={data} /> : null}
                {empty ? <EmptyState title={w.nothing}>{w.nothing_hint}</EmptyState> : null}
                {filter.sort === "relevance" && count?.capped ? <p className="muted small">{w.newest_ranked}</p> : null}
                {walk.onPrevious ?? walk.onNext ? (
                  <nav className="row no-print" aria-label={t.table.paging}>
                    <Button isDisabled={!walk.onPrevious} onPress={() => walk.onPrevious?.()}>{t.table.previous}</Button>
                    <span className="small">{t.table.page(walk.page)}</span>
                    <Button isDisabled={!walk.onNext} onPress={() => walk.onNext?.()}>{t.table.next}</Button>
                  </nav>
                ) : null}
              </div>
            )}
          </Answer>
        </>
      )}
    </>
  );
}

function SearchForm({ value, onSearch }: { value: string; onSearch: (words: string) => void }) {
  const w = useWords(searchWords);
  const id = useId();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSearch(typed.trim());
  };
  return (
    <form role="search" className="search-form" onSubmit={send}>
      <Field id={id} label={w.words} hint={w.hint}>
        <input id={id} className="input" type="search" maxLength={200} value={typed} aria-describedby={`${id}-hint`} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />
      </Field>
      <Button look="primary" type="submit">{w.go}</Button>
    </form>
  );
}

function Begin({ onChoose }: { onChoose: (words: string) => void }) {
  const w = useWords(searchWords);
  const [recent, setRecent] = useState(recentSearches);
  return (
    <div className="stack">
      <EmptyState title={w.begin}>{w.begin_hint}</EmptyState>
      {recent.length > 0 ? (
        <section className="stack stack--tight">
          <h2>{w.recent}</h2>
          <ul className="row plain-list">{recent.map((one) => <li key={one}><Button small onPress={() => onChoose(one)}>{one}</Button></li>)}</ul>
          <div><Button small look="quiet" onPress={() => { forgetSearches(); setRecent([]); }}>{w.forget}</Button></div>
        </section>
      ) : null}
    </div>
  );
}

function Places({ data, onAll, single }: { data: SearchResult; onAll: (kind: string) => void; single: boolean }) {
  const { f } = useLanguage();
  const w = useWords(searchWords);
  const kinds = [...new Set(data.places.map((place) => place.kind))];
  return (
    <section className="stack stack--tight">
      <h2>{w.places}</h2>
      <ul className="place-hits">
        {data.places.map((place) => (
          <li key={`${place.kind}${place.id}`}>
            <Link to={place.address as never}><Marked text={place.name} marks={place.name_marks} /></Link>
            {place.note ? <span className="place-hits__note"><Marked text={place.note} marks={place.note_marks} /></span> : null}
          </li>
        ))}
      </ul>
      {data.places_total > data.places.length ? (
        <p className="row small muted">
          {w.places_more(f.number(data.places.length), f.number(data.places_total))}
          {single ? null : kinds.map((kind) => <Button key={kind} small onPress={() => onAll(kind)}>{f.pair(nameOf(w.kinds, kind), w.show_all)}</Button>)}
        </p>
      ) : null}
    </section>
  );
}

function Hits({ data }: { data: SearchResult }) {
  const { t, f } = useLanguage();
  const w = useWords(searchWords);
  return (
    <section className="stack stack--tight">
      <h2 className={data.places.length > 0 ? undefined : "visually-hidden"}>{w.records}</h2>
      <ol className="hits">
        {data.rows.map((hit) => (
          <li key={`${hit.kind}${hit.id}`}>
            <Link className="hits__title" to={hit.address as never}><Marked text={hit.title} marks={hit.title_marks} /></Link>
            {hit.excerpt ? <p className="hits__excerpt"><Marked text={hit.excerpt} marks={hit.excerpt_marks} /></p> : null}
            <p className="hits__facts">
              <span>{nameOf(w.kinds, hit.kind)}</span>
              {hit.number ? <span><Marked text={hit.number} marks={hit.number_marks} /></span> : null}
              {hit.agency_name ? <span className={hit.by_agency ? "hit" : undefined}>{hit.agency_name}{hit.by_agency ? <span className="visually-hidden"> {w.by_agency}</span> : null}</span> : null}
              {hit.by_holder ? <span className="hit">{w.by_holder}</span> : null}
              {hit.kind === "duty" ? <span>{nameOf(t.duties.states, hit.state)}</span> : null}
              {hit.origin && hit.kind === "duty" ? <span>{nameOf(t.origins, hit.origin)}</span> : null}
              {hit.on ? <span className="number">{hit.kind === "duty" ? `${t.duties.due} ` : ""}{f.date(hit.on)}</span> : null}
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
