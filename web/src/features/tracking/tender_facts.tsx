import { useRead } from "../../api/hooks";
import type { Tender } from "../../api/types";
import { useLanguage, useWords } from "../../i18n/language";
import { nameOf } from "../../i18n/names";
import { tracking } from "./words";

/** A tender's own record beside what all work under control has. */
export function TenderFacts({ id }: { id: string }) {
  const { f } = useLanguage();
  const words = useWords(tracking).tender;
  const tender = useRead<Tender>(`/tenders/${id}`);
  const fields = tender.data?.fields;
  if (!fields) return null;
  const finish = fields.contract_finish_changed_on ?? fields.contract_finish_on;
  return (
    <section className="panel">
      <h2>{words.facts}</h2>
      <dl className="facts">
        <dt>{words.status}</dt><dd>{nameOf(words.statuses, String(fields.status_code))}</dd>
        <dt>{words.kind}</dt><dd>{words.kinds[fields.works_kind]}</dd>
        <dt>{words.budget}</dt><dd className="number">{f.number(fields.budget)}</dd>
        {fields.central_share > 0 ? <><dt>{words.central}</dt><dd className="number">{f.number(fields.central_share)}</dd></> : null}
        {fields.award_price !== null ? <><dt>{words.award}</dt><dd className="number">{f.number(fields.award_price)}</dd></> : null}
        {finish ? <><dt>{words.contract_finish}</dt><dd>{f.date(finish)}</dd></> : null}
        {fields.contractor ? <><dt>{words.contractor}</dt><dd>{fields.contractor}</dd></> : null}
      </dl>
    </section>
  );
}
