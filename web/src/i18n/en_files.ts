import { plural } from "./plural";
import type { zhFiles } from "./zh_files";

export const enFiles: typeof zhFiles = {
  file_drop: {
    drop: "Drop a file here, or",
    choose: "choose a file",
    chosen: (name, size) => `Chosen: ${name} (${size})`,
    empty_file: "This file is empty. Is it the right one?",
  },
  csv_import: {
    more_faults: (count) => `${count} more are not listed.`,
    title: "Import agencies",
    lead: "A dry run lists every fault by line; nothing is written before you say so.",
    file: "CSV file",
    dry_run: "Dry run",
    commit: "Import",
    result: (rows, created, changed, unchanged) => `${rows} rows: ${created} new, ${changed} changed, ${unchanged} unchanged.`,
    faults: (count) => `${count} ${plural(count, "fault", "faults")}; nothing was written`,
    line: "Line",
    column: "Column",
    message: "Fault",
    no_faults: "No fault found. You can import now.",
    done: "Agencies imported",
    choose_first: "Choose a CSV file first",
  },
  columns: {
    code: "Code", name: "Name", short_name: "Short name", aliases: "Other names", kind: "Kind", parent_code: "Code of the agency above", valid_from: "Valid from", valid_to: "Last day", self_governing: "Self-governing", contact_name: "Contact", phone: "Telephone", email: "E-mail",
    date: "Date", week: "Day of the week", is_holiday: "Closed", isHoliday: "Closed", description: "Note", note: "Note",
  },
};
