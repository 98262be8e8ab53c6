import { putBytes } from "../api/client";
import { readTextFile } from "./text_file";

/** A table as the text of a CSV: what is no UTF-8 text (ODS, XLSX, Big5) is turned into one by the server, which says so when it cannot. */
export async function readTable(file: File): Promise<string> {
  const text = /\.(ods|xlsx)$/i.test(file.name) ? null : await readTextFile(file);
  if (text !== null) return text;
  return (await putBytes<{ csv: string }>("/sheet-texts", { file_name: file.name }, file, { signal: new AbortController().signal, onSent: () => undefined })).csv;
}
