/** The browser's own memory; a browser that refuses it just forgets. */
export function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`mandate.${key}`);
    else localStorage.setItem(`mandate.${key}`, value);
  } catch {
    // Private windows may refuse.
  }
}

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(`mandate.${key}`);
  } catch {
    return null;
  }
}
