import { useEffect, useState } from "react";
import type { List } from "../../api/types";
import type { Pages } from "./data_table";

/** Walks a list by cursors; `of` names the list, and another list starts again at its first page. */
export function useCursor(of: string) {
  const [trail, setTrail] = useState<{ of: string; cursors: string[] }>({ of, cursors: [] });
  const cursors = trail.of === of ? trail.cursors : [];
  useEffect(() => {
    if (trail.of !== of) setTrail({ of, cursors: [] });
  }, [of, trail.of]);
  return {
    cursor: cursors[cursors.length - 1] ?? null,
    pages: (list: List<unknown> | undefined): Pages => ({
      total: list?.total ?? null,
      capped: list?.total_is_capped ?? false,
      page: cursors.length + 1,
      onPrevious: cursors.length > 0 ? () => setTrail({ of, cursors: cursors.slice(0, -1) }) : null,
      onNext: list?.next ? () => setTrail({ of, cursors: [...cursors, list.next as string] }) : null,
    }),
  };
}
