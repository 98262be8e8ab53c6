/** Enough to catch a slip before sending; the server decides. Nothing at all is no address, and no slip. */
export function looksLikeEmail(text: string): boolean {
  return text.trim() === "" || /^[^\s@<>,;:]+@[^\s@.<>,;:]+(\.[^\s@.<>,;:]+)+$/.test(text.trim());
}
