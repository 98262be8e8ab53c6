import { lazy, Suspense, useEffect, useState } from "react";
import { useLanguage } from "../../i18n/language";
import { Button } from "../../ui/button/button";

const Palette = lazy(() => import("./palette"));

/** The way into everything: a button, or Ctrl-K from anywhere. What it opens is loaded when it is first asked for. */
export function PaletteButton() {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (open) setWanted(true);
  }, [open]);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.isComposing) return;
      if (document.querySelector("[role=dialog]:not(.palette)")) return; // what is open first wants an answer
      event.preventDefault();
      setOpen((before) => !before);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  return (
    <>
      <Button look="quiet" onPress={() => setOpen(true)} aria-keyshortcuts="Control+K">
        <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><circle cx="6.5" cy="6.5" r="5" fill="none" stroke="currentColor" strokeWidth="2" /><path d="M10.5 10.5 15 15" stroke="currentColor" strokeWidth="2" /></svg>
        <span className="shell__wide">{t.shortcuts.find}</span>
        <kbd className="shell__wide" aria-hidden="true">Ctrl K</kbd>
      </Button>
      {wanted ? <Suspense fallback={null}><Palette isOpen={open} onClose={() => setOpen(false)} /></Suspense> : null}
    </>
  );
}
