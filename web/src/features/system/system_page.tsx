import { useRead } from "../../api/hooks";
import type { Health, Storage } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { bytesText } from "../../lib/bytes";
import { Button } from "../../ui/button/button";
import { Answer, EmptyState } from "../../ui/empty_state/empty_state";
import { Emphasis, PageTitle } from "../../ui/page_title/page_title";
import { DayPlot } from "../../ui/plot/plot";
import { PlainTable } from "../../ui/table/plain_table";
import { systemWords } from "./words";

/** Beyond ten years nobody plans for the disk of today. */
const foreseeable_days = 3650;

/** The shape and colour of a state are those of duties: on time, at risk, severely late. */
const looks = { good: "on_time", warning: "at_risk", bad: "severe" } as const;

export function SystemPage() {
  const { f } = useLanguage();
  const words = useWords(systemWords);
  const health = useRead<Health>("/system-health");
  const storage = useRead<Storage>("/system-storage");
  const count = (state: string) => f.number(health.data?.items.filter((item) => item.state === state).length ?? 0);
  const lead = (data: Health) => (data.state === "good" ? words.system.lead.good : data.state === "bad" ? words.system.lead.bad(count("bad")) : words.system.lead.warning(count("warning")));
  return (
    <>
      <PageTitle title={words.system.title} lead={health.data ? lead(health.data) : undefined}
        actions={<Button busy={health.isFetching} onPress={() => void Promise.all([health.refetch(), storage.refetch()])}>{words.system.refresh}</Button>} />
      <Answer of={health}>
        {(data) => (
          <section className="stack stack--tight">
            <h2>{words.system.health}</h2>
            <PlainTable caption={words.system.health} rows={data.items} rowKey={(row) => row.key} columns={[
              { key: "name", label: words.system.part, kind: "main", cell: (row) => row.name },
              { key: "state", label: words.system.state, kind: "short", cell: (row) => <span className={`status status--${looks[row.state]}`}>{words.system.states[row.state]}</span> },
              { key: "value", label: words.system.value, cell: (row) => row.value },
              { key: "cure", label: words.system.cure, cell: (row) => row.cure || "—" },
            ]} />
            <p className="muted small">{words.system.as_of(f.instant(data.at))}</p>
          </section>
        )}
      </Answer>
      <Answer of={storage}>{(data) => <StorageUse of={data} />}</Answer>
    </>
  );
}

function StorageUse({ of }: { of: Storage }) {
  const { f } = useLanguage();
  const words = useWords(systemWords);
  const a_day = of.bytes_a_day ?? 0;
  return (
    <section className="stack">
      <h2>{words.system.storage}</h2>
      {of.measured_on === null ? <EmptyState title={words.system.not_measured}>{words.system.not_measured_hint}</EmptyState> : (
        <>
          <p>
            <Emphasis text={words.system.storage_lead(bytesText(of.bytes), f.date(of.measured_on))} />{" "}
            {words.system.disk(bytesText(of.disk_free), bytesText(of.disk_total))}{" "}
            {a_day === 0 ? null : <Emphasis text={a_day > 0 ? words.system.growth_lead(bytesText(a_day)) : words.system.shrink_lead(bytesText(a_day))} />}{" "}
            {a_day > 0 && of.disk_free / a_day < foreseeable_days ? <Emphasis text={words.system.lasts(f.number(Math.floor(of.disk_free / a_day)))} /> : null}
          </p>
          <section className="panel stack stack--tight">
            <h3>{words.system.growth}</h3>
            {of.growth.length < 2 ? <p className="muted">{words.system.growth_one_day}</p> : (
              <>
                <DayPlot title={words.system.growth} points={of.growth.map((point) => ({ day: point.day, value: point.bytes }))} valueText={bytesText} dayText={f.date} />
                <details>
                  <summary>{words.system.show_numbers}</summary>
                  <PlainTable caption={words.system.growth} rows={[...of.growth].reverse()} rowKey={(row) => row.day} columns={[
                    { key: "day", label: words.system.day, kind: "main", cell: (row) => f.date(row.day) },
                    { key: "bytes", label: words.system.size, kind: "number", cell: (row) => bytesText(row.bytes) },
                  ]} />
                </details>
              </>
            )}
          </section>
          <h3>{words.system.parts}</h3>
          <PlainTable caption={words.system.parts} rows={of.parts} rowKey={(row) => row.name} columns={[
            { key: "name", label: words.system.name, kind: "main", cell: (row) => <>{nameOf(words.system.part_names, row.name)}{row.name in words.system.part_names ? <> <code className="muted small">{row.name}</code></> : null}</> },
            { key: "bytes", label: words.system.size, kind: "number", cell: (row) => bytesText(row.bytes) },
          ]} />
          <h3>{words.system.tables}</h3>
          <PlainTable caption={words.system.tables} rows={of.tables.slice(0, 20)} rowKey={(row) => row.name} columns={[
            { key: "name", label: words.system.name, kind: "main", cell: (row) => <code>{row.name}</code> },
            { key: "rows", label: words.system.rows, kind: "number", cell: (row) => f.number(row.rows) },
            { key: "bytes", label: words.system.size, kind: "number", cell: (row) => bytesText(row.bytes) },
          ]} />
        </>
      )}
    </section>
  );
}
