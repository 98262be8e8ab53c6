import { Link, useParams } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type { ChaseRound } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { Button, DownloadLink } from "../../ui/button/button";
import { Answer } from "../../ui/empty_state/empty_state";
import { PageTitle } from "../../ui/page_title/page_title";
import { PlainTable } from "../../ui/table/plain_table";
import { chasing } from "./words";
import "./chasing.css";

/** One round of chasing; printed, it is a letter to each agency. */
export function RoundPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const round = useRead<ChaseRound>(`/chase-batches/${id}`);
  return <Answer of={round}>{(data) => <Round round={data} />}</Answer>;
}

function Round({ round }: { round: ChaseRound }) {
  const { f } = useLanguage();
  const words = useWords(chasing);
  const { batch } = round;
  return (
    <>
      <div className="no-print">
        <PageTitle title={`${words.round} ${batch.number}`} lead={words.round_lead(words.channels[batch.channel], f.number(batch.chase_count), f.number(round.agencies.length))}
          crumbs={[{ label: words.title, to: "/chases" }, { label: words.rounds, to: "/chases/rounds" }]} actions={<><DownloadLink href={`/api/chase-batches/${batch.id}/letters.odt`}>{words.letters_odt}</DownloadLink><Button look="primary" onPress={() => window.print()}>{words.print}</Button></>}>
          <p className="muted small">{f.instant(batch.made_at)} · {batch.made_by_name}</p>
        </PageTitle>
      </div>
      {round.agencies.map((agency) => (
        <article key={agency.agency_id} className="panel letter" aria-label={agency.agency_name}>
          <header className="letter__head">
            <p className="letter__from">{words.letter_from}</p>
            <h2>{words.letter_title}</h2>
            <p>{words.letter_to(agency.agency_name)}</p>
            {agency.window_name ? <p>{words.letter_window(agency.window_name, agency.window_phone)}</p> : null}
            <p>{words.letter_number(batch.number)}</p>
            <p>{words.letter_date(f.longDate(batch.made_at.slice(0, 10)))}</p>
          </header>
          <p className="prose">{batch.note}</p>
          <p>{words.letter_count(agency.duties.length)}</p>
          <PlainTable caption={agency.agency_name} rows={agency.duties} rowKey={(row) => row.id} columns={[
            { key: "number", label: words.number, kind: "short", cell: (row) => row.number },
            { key: "title", label: words.name, kind: "main", cell: (row) => <Link to="/duties/$id" params={{ id: row.id } as never}>{row.title}</Link> },
            { key: "due", label: words.due, kind: "number", cell: (row) => f.date(row.due_on) },
            { key: "late", label: words.late, kind: "number", cell: (row) => words.late_days(row.days_late) },
            { key: "count", label: words.count, kind: "number", cell: (row) => f.number(row.chase_count) },
            { key: "answer", label: words.answer, cell: (row) => (row.answer_kind ? `${words.answer_kinds[row.answer_kind]}${row.answer ? `：${row.answer}` : ""}` : "") },
          ]} />
          {batch.reply_by ? <p>{words.letter_reply(f.longDate(batch.reply_by))}</p> : null}
        </article>
      ))}
    </>
  );
}
