import { enStatistics } from "../../i18n/en_statistics";
import { useLanguage, useWords } from "../../i18n/language";
import { zhStatistics } from "../../i18n/zh_statistics";

const statistics = { zh: zhStatistics, en: enStatistics };

/** The common texts and those of statistics, which come with these pages. */
export function useStatisticsText() {
  const language = useLanguage();
  const words = useWords(statistics);
  return { ...language, s: words.figures, b: words.boards };
}
