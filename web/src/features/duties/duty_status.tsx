import type { DutyRow } from "../../api/types";
import { StatusBadge } from "../../ui/status_badge/status_badge";

export function DutyStatus({ duty }: { duty: DutyRow }) {
  return <StatusBadge status={duty.lateness} />;
}
