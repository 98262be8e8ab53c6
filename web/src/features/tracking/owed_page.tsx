import { Navigate, useParams } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import { Answer } from "../../ui/empty_state/empty_state";

/** Where a duty to file leads: to the filing itself. */
export function OwedPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const place = useRead<{ item_id: string; period: string }>(`/tracking-owed/${id}`);
  return <Answer of={place}>{(data) => <Navigate to="/tracking/$id/filings/$period" params={{ id: data.item_id, period: data.period } as never} replace />}</Answer>;
}
