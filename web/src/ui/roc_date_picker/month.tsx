import { GregorianCalendar, TaiwanCalendar, parseDate, toCalendar, today, type CalendarIdentifier } from "@internationalized/date";
import { Button } from "react-aria-components/Button";
import { Calendar, CalendarCell, CalendarGrid, CalendarGridBody, CalendarGridHeader, CalendarHeaderCell } from "react-aria-components/Calendar";
import { Heading } from "react-aria-components/Heading";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { useLanguage } from "../../i18n/language";
import "./roc_date_picker.css";

const makeCalendar = (name: CalendarIdentifier) => (name === "roc" ? new TaiwanCalendar() : new GregorianCalendar());

export default function Month({ value, onChoose }: { value: string | null; onChoose: (iso: string) => void }) {
  const { language, t } = useLanguage();
  return (
    <I18nProvider locale={language === "zh-TW" ? "zh-TW-u-ca-roc" : "en-GB"}>
      <Calendar
        aria-label={t.date.month} autoFocus createCalendar={makeCalendar} firstDayOfWeek="sun"
        value={value ? parseDate(value) : null} defaultFocusedValue={value ? parseDate(value) : today("Asia/Taipei")}
        onChange={(date) => { if (date) onChoose(toCalendar(date, new GregorianCalendar()).toString()); }}
      >
        <header className="month__head">
          <Button slot="previous"><span aria-hidden="true">‹</span></Button>
          <Heading />
          <Button slot="next"><span aria-hidden="true">›</span></Button>
        </header>
        <CalendarGrid className="month__grid" weekdayStyle="short">
          <CalendarGridHeader>{(day) => <CalendarHeaderCell>{day}</CalendarHeaderCell>}</CalendarGridHeader>
          <CalendarGridBody>{(date) => <CalendarCell date={date} className="month__cell" />}</CalendarGridBody>
        </CalendarGrid>
      </Calendar>
    </I18nProvider>
  );
}
