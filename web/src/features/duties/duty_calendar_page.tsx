export function DutyCalendarPage() {
  return null;
}
