import { useState } from "react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { call } from "../../api/client";
import type { ChangeRow } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { Button } from "../../ui/button/button";
import { FaultNotice, Loading } from "../../ui/empty_state/empty_state";
import { Select } from "../../ui/select/select";
import { Timeline } from "../../ui/timeline/timeline";
import { collaboration, type RecordRef } from "./words";

type Filter = "all" | "changes" | "comments";

/** Every change of a record in plain words: who, when and why. */
export function RecordTimeline({ record }: { record: RecordRef }) {
  const words = useWords(collaboration);
  const { language } = useLanguage();
  const [filter, setFilter] = useState<Filter>("all");
  const pages = useInfiniteQuery({
    queryKey: ["/timeline", record.kind, record.id, filter, language],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => call<{ rows: ChangeRow[]; next: string | null }>("GET", "/timeline", { signal, query: { record_kind: record.kind, record_id: record.id, filter, cursor: pageParam || null } }),
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const rows = pages.data?.pages.flatMap((page) => page.rows);
  return (
    <section className="panel stack stack--tight">
      <h2>{words.timeline}</h2>
      <Select label={words.filter} compact value={filter} onChange={(value) => setFilter(value as Filter)} options={(["all", "changes", "comments"] as const).map((value) => ({ value, label: words.filters[value] }))} />
      {pages.error && !rows ? <FaultNotice error={pages.error} retry={() => void pages.refetch()} /> : null}
      {!rows && !pages.error ? <Loading lines={4} /> : null}
      {rows?.length === 0 && filter === "comments" ? <p className="muted small">{words.no_comments}</p>
        : rows ? <Timeline label={words.timeline} events={rows.map((each, index) => ({ key: `${each.at}-${each.kind}-${index}`, at: each.at, who: each.actor_name, text: each.text }))} /> : null}
      {pages.hasNextPage ? <div><Button small busy={pages.isFetchingNextPage} onPress={() => void pages.fetchNextPage()}>{words.more}</Button></div> : null}
    </section>
  );
}
