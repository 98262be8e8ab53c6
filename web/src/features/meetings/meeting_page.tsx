import { useState } from "react";
import { useParams } from "@tanstack/react-router";
import { useRead } from "../../api/hooks";
import type * as schema from "../../api/schema";
import { useFilters } from "../../app/search";
import { Button } from "../../ui/button/button";
import { Answer } from "../../ui/empty_state/empty_state";
import { AsKnownOnField, AsKnownOnNotice } from "../../ui/notice/as_known_on";
import { Notice } from "../../ui/notice/notice";
import { PageTitle } from "../../ui/page_title/page_title";
import { Timeline } from "../../ui/timeline/timeline";
import { AgendaSection, GatesSection } from "./agenda_section";
import { AttendanceSection, DecisionsSection, FollowedSection, MinutesSection, PackSection } from "./course_sections";
import { MeetingStateTag } from "./state_tag";
import { EditDialog, HoldDialog, ReasonDialog } from "./step_dialogs";
import { useMeetingText } from "./words";
import "./meetings.css";

export function MeetingPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const [filter, change] = useFilters<"known_on">();
  const meeting = useRead<schema.MeetingView>(`/meetings/${id}`, { as_known_on: filter.known_on }, { keep: true });
  return (
    <>
      <Answer of={meeting} lines={10}>{(view) => <Meeting view={view} knownOn={filter.known_on ?? null} onNow={() => change({ known_on: null })} />}</Answer>
      <div className="no-print"><AsKnownOnField value={filter.known_on ?? null} onChange={(iso) => change({ known_on: iso })} /></div>
    </>
  );
}

function Meeting({ view, knownOn, onNow }: { view: schema.MeetingView; knownOn: string | null; onNow: () => void }) {
  const { t, f } = useMeetingText();
  const words = t.meetings;
  const { meeting } = view;
  const [doing, setDoing] = useState<"edit" | "cancel" | "hold" | null>(null);
  const may = (action: string) => view.actions.includes(action);
  const period = meeting.period_from === meeting.period_to ? f.longDate(meeting.period_from) : words.from_to(f.longDate(meeting.period_from), f.longDate(meeting.period_to));
  return (
    <>
      <PageTitle title={meeting.series_name} crumbs={[{ label: words.title, to: "/meetings" }]}
        actions={<>
          {may("edit") ? <Button onPress={() => setDoing("edit")}>{words.edit}</Button> : null}
          {may("cancel") ? <Button look="danger" onPress={() => setDoing("cancel")}>{words.cancel}</Button> : null}
          {may("hold") ? <Button look="primary" onPress={() => setDoing("hold")}>{words.hold}</Button> : null}
        </>}>
        <p><MeetingStateTag state={meeting.state} /> <span className="muted">{meeting.number}</span></p>
      </PageTitle>
      <AsKnownOnNotice value={knownOn} onNow={onNow} />
      {meeting.whole ? null : <Notice>{words.part_only_about}</Notice>}
      {meeting.reason ? <Notice warn>{words.cancelled_because(meeting.reason)}</Notice> : null}
      <dl className="facts">
        <dt>{words.period}</dt><dd>{period}</dd>
        <dt>{words.date}</dt><dd>{`${f.longDate(meeting.held_on ?? meeting.planned_on)}${meeting.begins_at ? ` ${meeting.begins_at}` : ""}`}{meeting.nominal_on !== meeting.planned_on ? <span className="muted small"> {words.moved(f.date(meeting.nominal_on))}</span> : null}</dd>
        <dt>{words.agency}</dt><dd>{meeting.agency_name}</dd>
        <dt>{words.kind}</dt><dd>{`${words.kinds[meeting.kind]} · ${words.stages[meeting.stage === 2 ? 2 : 1]}`}</dd>
        <dt>{words.chair}</dt><dd>{view.chair ? words.post_of(view.chair.name, view.chair.holder_name ?? "") : words.no_chair}</dd>
        {meeting.place ? <><dt>{words.place}</dt><dd>{meeting.place}</dd></> : null}
      </dl>
      <GatesSection view={view} />
      <FollowedSection view={view} />
      <AgendaSection view={view} />
      <PackSection view={view} />
      {["held", "minutes_approved"].includes(meeting.state) || view.decisions.length > 0 ? <DecisionsSection view={view} /> : null}
      {["frozen", "held", "minutes_approved"].includes(meeting.state) ? <AttendanceSection view={view} /> : null}
      {["held", "minutes_approved"].includes(meeting.state) ? <MinutesSection view={view} /> : null}
      {view.history.length > 0 ? (
        <section className="meeting__section" aria-labelledby="meeting-history">
          <h2 id="meeting-history">{words.history}</h2>
          <Timeline label={words.history} events={view.history.map((row) => ({ key: row.position, at: row.at, who: row.actor_name, text: row.text }))} />
        </section>
      ) : null}
      {doing === "edit" ? <EditDialog meeting={meeting} onClose={() => setDoing(null)} /> : null}
      {doing === "hold" ? <HoldDialog meeting={meeting} onClose={() => setDoing(null)} /> : null}
      {doing === "cancel" ? <ReasonDialog title={words.cancel} label={words.cancel_reason} said={words.cancelled} submit={words.cancel} path={`/meetings/${meeting.id}/cancellation`} more={{ revision: meeting.revision }} onClose={() => setDoing(null)} /> : null}
    </>
  );
}
