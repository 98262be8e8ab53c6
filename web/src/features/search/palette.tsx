import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useNavigate } from "@tanstack/react-router";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { useRead } from "../../api/hooks";
import type { SearchResult } from "../../api/types";
import { doors } from "../../app/doors";
import { useMay } from "../../app/session";
import { useSignOut } from "../../app/sign_out";
import { useLanguage, useWords } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { fold } from "../../lib/fold";
import { nextTheme, useTheme } from "../../ui/switches/theme";
import { Marked, type Mark } from "./marked";
import { keepSearch, recentSearches } from "./recent";
import { searchWords } from "./words";
import "../../ui/dialog/dialog.css";
import "./search.css";

interface Entry {
  key: string;
  text: string;
  marks?: Mark[];
  note?: string;
  run: () => void;
}
interface Group {
  name: string;
  entries: Entry[];
}

/** Pages and actions by name, records by what they hold: one box, all by keyboard. */
export default function Palette({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const w = useWords(searchWords);
  return (
    <ModalOverlay className="veil" isOpen={isOpen} onOpenChange={(open) => { if (!open) onClose(); }} isDismissable>
      <Modal className="modal">
        <AriaDialog className="dialog palette" aria-label={w.palette}><Inside onClose={onClose} /></AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

function usePages(go: (to: string) => void): Entry[] {
  const { t } = useLanguage();
  const allowed = useMay();
  return doors.flatMap((group) => group.doors.filter((door) => !door.needs || allowed(door.needs)).map((door) => ({ key: `page ${door.to}`, text: t.nav[door.name], note: t.shell.groups[group.group], run: () => go(door.to) })));
}

function useActions(go: (to: string) => void): Entry[] {
  const { t, language, setLanguage } = useLanguage();
  const allowed = useMay();
  const signOut = useSignOut();
  const [theme, setTheme] = useTheme();
  return [
    ...(allowed("create_duty") ? [{ key: "new duty", text: t.duties.create, run: () => go("/duties/new") }] : []),
    ...(allowed("import_plan") ? [{ key: "import plan", text: t.common.import_plan, run: () => go("/plans/import") }] : []),
    { key: "security", text: t.shell.security, run: () => go("/account/security") },
    { key: "notices", text: t.notices.settings, run: () => go("/account/notices") },
    { key: "sessions", text: t.shell.sessions, run: () => go("/account/sessions") },
    { key: "feeds", text: t.shell.feeds, run: () => go("/account/feeds") },
    { key: "language", text: t.shell.switch_language, run: () => setLanguage(language === "en" ? "zh-TW" : "en") },
    { key: "theme", text: t.shell.theme_is[theme], run: () => setTheme(nextTheme[theme]) },
    { key: "shortcuts", text: t.shell.shortcuts, run: () => window.dispatchEvent(new Event("mandate:shortcuts")) },
    { key: "out", text: t.shell.sign_out, run: () => void signOut() },
  ];
}

function Inside({ onClose }: { onClose: () => void }) {
  const { f } = useLanguage();
  const w = useWords(searchWords);
  const navigate = useNavigate();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(typed.trim()), 120);
    return () => clearTimeout(timer);
  }, [typed]);
  const go = (to: string, search: Record<string, string> = {}) => void navigate({ to, search: search as never });
  const found = useRead<SearchResult>("/search", { q: asked, limit: 8 }, { enabled: asked !== "", keep: true });
  const pages = usePages(go);
  const actions = useActions(go);
  const recent = useMemo(recentSearches, []);
  const words = typed.trim();
  const wanted = fold(words);
  const named = (entries: Entry[]) => entries.filter((entry) => fold(entry.text).includes(wanted));
  const search = (text: string): Entry => ({ key: `search ${text}`, text: text === words ? w.all_results(text) : text, run: () => { keepSearch(text); go("/search", { q: text }); } });
  const fresh = words !== "" && asked !== "" && !found.error ? found.data : undefined;
  const groups: Group[] = words === ""
    ? [{ name: w.recent, entries: recent.map(search) }, { name: w.actions, entries: actions }, { name: w.pages, entries: pages }]
    : [
        { name: w.pages, entries: named(pages).slice(0, 5) },
        { name: w.actions, entries: named(actions).slice(0, 5) },
        { name: w.places, entries: (fresh?.places ?? []).slice(0, 4).map((place) => ({ key: `${place.kind} ${place.id}`, text: place.name, marks: place.name_marks, note: place.note, run: () => go(place.address) })) },
        { name: w.records, entries: (fresh?.rows ?? []).map((hit) => ({ key: `${hit.kind} ${hit.id}`, text: hit.title, marks: hit.title_marks, note: `${hit.number || nameOf(w.kinds, hit.kind)}${hit.agency_name ? ` ${hit.agency_name}` : ""}`, run: () => { keepSearch(words); go(hit.address); } })) },
        { name: w.title, entries: [search(words)] },
      ];
  const shown = groups.filter((group) => group.entries.length > 0);
  const entries = shown.flatMap((group) => group.entries);
  const chosen = Math.min(at, Math.max(0, entries.length - 1));
  useEffect(() => setAt(0), [words]);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [chosen, entries.length]);
  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const last = entries.length - 1;
    const to = { ArrowDown: chosen >= last ? 0 : chosen + 1, ArrowUp: chosen <= 0 ? last : chosen - 1, PageDown: Math.min(last, chosen + 8), PageUp: Math.max(0, chosen - 8) }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      setAt(to);
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(entries[chosen]);
    }
  };
  let index = -1;
  return (
    <>
      <div className="palette__top">
        <label className="visually-hidden" htmlFor={`${id}-box`}>{w.palette_words}</label>
        <input
          id={`${id}-box`} className="input" type="text" role="combobox" autoFocus autoComplete="off" spellCheck={false} maxLength={200} placeholder={w.palette_words}
          aria-expanded="true" aria-controls={`${id}-list`} aria-autocomplete="list" aria-activedescendant={entries.length > 0 ? `${id}-${chosen}` : undefined}
          value={typed} onChange={(event) => setTyped(event.target.value)} onKeyDown={press}
        />
      </div>
      <span className="visually-hidden" role="status">{entries.length > 0 ? w.results_count(f.number(entries.length)) : w.palette_nothing}</span>
      <div id={`${id}-list`} className="palette__list" role="listbox" aria-label={w.palette} ref={list}>
        {shown.map((group) => (
          <div key={group.name} role="group" aria-label={group.name}>
            <div className="palette__group" aria-hidden="true">{group.name}</div>
            {group.entries.map((entry) => {
              index += 1;
              const place = index;
              return (
                <div key={entry.key} id={`${id}-${place}`} role="option" aria-selected={place === chosen} className="palette__option" onPointerMove={() => setAt(place)} onClick={() => run(entry)}>
                  <span><Marked text={entry.text} marks={entry.marks ?? []} /></span>
                  {entry.note ? <span className="palette__note">{entry.note}</span> : null}
                </div>
              );
            })}
          </div>
        ))}
      </div>
      {fresh?.index_incomplete ? <p className="palette__nothing small">{w.incomplete}</p> : null}
      <p className="palette__keys"><span>{w.palette_keys}</span><span><kbd>Ctrl</kbd> <kbd>K</kbd></span></p>
    </>
  );
}
