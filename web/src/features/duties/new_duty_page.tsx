export function NewDutyPage() {
  return null;
}
