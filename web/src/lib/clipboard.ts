/** Copies a text, also where the browser has no clipboard to offer: it has none on a plain http address inside a city's network. */
export async function copyText(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused: the old way may still work.
  }
  const before = document.activeElement as HTMLElement | null;
  const area = document.createElement("textarea");
  area.value = text;
  area.readOnly = true;
  area.className = "visually-hidden";
  (before?.parentElement ?? document.body).append(area); // within a dialog, or its focus would be taken back
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  before?.focus();
  return done;
}
