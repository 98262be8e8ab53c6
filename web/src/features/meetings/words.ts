import { enMeetings } from "../../i18n/en_meetings";
import { useTextWith } from "../../i18n/language";
import { zhMeetings } from "../../i18n/zh_meetings";

/** The common texts and those of meetings, which come with these pages. */
export const useMeetingText = () => useTextWith({ zh: zhMeetings, en: enMeetings });
