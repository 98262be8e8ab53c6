/** Two writings of one name compare equal: width, case, 台/臺 and space do not matter. */
export function fold(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/臺/g, "台").replace(/\s+/g, "");
}
