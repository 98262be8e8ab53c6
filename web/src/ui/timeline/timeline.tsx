import type { ReactNode } from "react";
import { useLanguage } from "../../i18n/language";
import "./timeline.css";

export interface TimelineEvent {
  key: string | number;
  at: string;
  who: string | null;
  text: ReactNode;
}

export function Timeline({ events, label }: { events: TimelineEvent[]; label: string }) {
  const { t, f } = useLanguage();
  if (events.length === 0) return <p className="muted small">{t.common.no_history}</p>;
  return (
    <ol className="timeline" aria-label={label}>
      {events.map((event) => (
        <li key={event.key} className="timeline__event">
          <div>{event.text}</div>
          <div className="timeline__meta">
            <time dateTime={event.at}>{f.instant(event.at)}</time> · {event.who || t.common.system}
          </div>
        </li>
      ))}
    </ol>
  );
}
