import { useEffect, useState } from "react";
import { call } from "../../api/client";
import { useLanguage, useWords } from "../../i18n/language";
import { collaboration, type RecordRef } from "./words";
import "./collaboration.css";

const beat_seconds = 30;

/** Says to the server that this page is open and seen, and names who else has it open. */
export function Presence({ record: { kind, id } }: { record: RecordRef }) {
  const words = useWords(collaboration);
  const { language } = useLanguage();
  const [names, setNames] = useState<string[]>([]);
  useEffect(() => {
    const ended = new AbortController();
    const beat = () => {
      if (document.visibilityState !== "visible") return;
      // Without a key: a heartbeat is not remembered. One that does not come through is made good by the next.
      call<{ names: string[] }>("POST", "/presence", { body: { record_kind: kind, record_id: id }, idempotencyKey: "", signal: ended.signal }).then((answer) => setNames(answer.names), () => undefined);
    };
    beat();
    const timer = setInterval(beat, beat_seconds * 1000);
    document.addEventListener("visibilitychange", beat);
    return () => {
      ended.abort();
      clearInterval(timer);
      document.removeEventListener("visibilitychange", beat);
    };
  }, [kind, id]);
  return <p className="small presence" role="status">{names.length > 0 ? words.here_now(names.join(language === "en" ? ", " : "、")) : ""}</p>;
}
