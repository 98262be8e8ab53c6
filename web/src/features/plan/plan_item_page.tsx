export function PlanItemPage() {
  return null;
}
