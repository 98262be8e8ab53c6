export function AgencyImportPage() {
  return null;
}
