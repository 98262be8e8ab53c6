import { enCalendar } from "../../i18n/en_calendar";
import { useTextWith } from "../../i18n/language";
import { zhCalendar } from "../../i18n/zh_calendar";

/** The common texts and those of the office calendar, which come with these pages. */
export const useCalendarText = () => useTextWith({ zh: zhCalendar, en: enCalendar });
