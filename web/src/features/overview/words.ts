import { enOverview } from "../../i18n/en_overview";
import { useLanguage, useWords } from "../../i18n/language";
import { zhOverview } from "../../i18n/zh_overview";
import { useStatisticsText } from "../statistics/words";

const overview = { zh: zhOverview, en: enOverview };

/** The common texts, those of statistics and those of the overview. */
export function useOverviewText() {
  const { s } = useStatisticsText();
  return { ...useLanguage(), s, o: useWords(overview) };
}
