export function CalendarImportPage() {
  return null;
}
