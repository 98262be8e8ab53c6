import { enHandovers } from "../../i18n/en_handovers";
import { useLanguage, useWords } from "../../i18n/language";
import { zhHandovers } from "../../i18n/zh_handovers";

const handovers = { zh: zhHandovers, en: enHandovers };

/** The common texts and those of handing over, which come with these pages. */
export function useHandoverText() {
  const language = useLanguage();
  const words = useWords(handovers);
  return { ...language, t: { ...language.t, ...words } };
}
