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

/** Pages of a list that came whole; another list (`of`) starts at its first page. */
export function useLocalPages<R>(of: string, rows: R[] | undefined, size: number): { rows: R[] | undefined; pages: Pages } {
  const [at, setAt] = useState({ of, page: 0 });
  const total = rows?.length ?? 0;
  const page = at.of === of ? Math.min(at.page, Math.max(0, Math.ceil(total / size) - 1)) : 0;
  return {
    rows: rows?.slice(page * size, (page + 1) * size),
    pages: {
      total: rows ? total : null,
      capped: false,
      page: page + 1,
      onPrevious: page > 0 ? () => setAt({ of, page: page - 1 }) : null,
      onNext: (page + 1) * size < total ? () => setAt({ of, page: page + 1 }) : null,
    },
  };
}
