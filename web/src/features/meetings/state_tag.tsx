import type * as schema from "../../api/schema";
import { useMeetingText } from "./words";

/** A word and a frame; what waits for somebody stands out. */
export function MeetingStateTag({ state }: { state: schema.MeetingRow["state"] }) {
  const { t } = useMeetingText();
  return <span className={state === "minutes_approved" || state === "planned" || state === "cancelled" ? "tag" : "tag tag--warn"}>{t.meetings.states[state]}</span>;
}
