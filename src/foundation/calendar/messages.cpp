#include "foundation/calendar/module.hpp"

namespace mandate::calendar {

std::vector<i18n::Message> calendar_messages() {
  return {
      {"calendar.no_year", "尚無{year}年的辦公日曆表，請先匯入。", "There is no office calendar for {year}; import it first."},
      {"calendar.amount_range", "天數須為0至{max}的整數。", "The amount must be a whole number from 0 to {max}."},
      {"calendar.bad_start", "起算日須為日期（2023-03-07）或時間（2023-03-07T09:00:00+08:00）。", "The start must be a date (2023-03-07) or an instant (2023-03-07T09:00:00+08:00)."},
      {"calendar.note_long", "備註過長，最多200字。", "The note is too long: at most 200 characters."},
      {"calendar.workday_on_weekend", "週六、週日不是一般工作日；如需上班請選「補班日」。", "A Saturday or Sunday is no ordinary working day; choose make-up day."},
      {"calendar.makeup_on_weekday", "補班日只能訂在週六或週日。", "A make-up day falls on a Saturday or Sunday."},
      {"calendar.weekend_on_weekday", "週一至週五不是例假日；如需放假請選「放假日」。", "Monday to Friday is no weekend; choose holiday."},
      {"calendar.already_closed", "{on}原為放假日，毋須再宣布停止上班。", "The office is closed on {on} already."},
      {"calendar.half_day_part", "半日停止上班須指明上午或下午。", "A half day is closed in the morning or in the afternoon."},
      {"calendar.closed_not_here", "只有停止上班或半日停止上班可指定停班時段。", "Only a typhoon day or a half day names the closed part."},
      {"calendar.import_refused", "辦公日曆檔有{count}處錯誤，未匯入任何資料。", "The calendar file has {count} fault(s). Nothing was imported."},
      {"calendar.batch_refused", "無法計算到期日。", "The due dates cannot be computed."},
      {"calendar.not_json", "不是有效的 JSON，錯誤自此行開始。", "This is not JSON from here on."},
      {"calendar.not_a_list", "檔案最外層須為日期清單（陣列）。", "The file must be a list of days (a JSON array)."},
      {"calendar.not_an_entry", "清單項目須為含 date、isHoliday 的物件。", "An entry must be an object with date and isHoliday."},
      {"calendar.column_missing", "缺少欄位「{name}」。", "The column {name} is missing."},
      {"calendar.no_days", "檔案中沒有任何日期。", "The file holds no day."},
      {"calendar.bad_date", "「{text}」不是有效日期。", "\"{text}\" is not a date."},
      {"calendar.other_year", "{on}不屬於{year}年；一個檔案只能是同一年。", "{on} is not in {year}: a file holds one year."},
      {"calendar.duplicate_day", "{on}重複，前次出現在第{line}行。", "{on} stands here a second time; the first is on line {line}."},
      {"calendar.bad_weekday", "「{text}」不是星期。", "\"{text}\" is not a day of the week."},
      {"calendar.wrong_weekday", "{on}不是星期{text}。", "{on} does not fall on 星期{text}."},
      {"calendar.bad_holiday", "「{text}」不是放假註記（0或2、true或false）。", "\"{text}\" does not say whether the office is closed (0 or 2, true or false)."},
      {"calendar.days_missing", "{year}年缺少{count}天，例如{days}。", "{year} lacks {count} day(s), such as {days}."},
      {"calendar.source.import", "匯入檔案", "Imported file"},
      {"calendar.source.day", "單日宣布", "Declared day"},
      {"calendar.source.sample", "示範資料", "Sample data"},
      {"event.calendar.imported", "匯入{year}年辦公日曆，變更{changed}天", "Imported the office calendar of {year}: {changed} day(s) changed"},
      {"event.calendar.day_changed", "變更{on}的辦公日：{note}", "Changed the office day {on}: {note}"},
  };
}

}  // namespace mandate::calendar
