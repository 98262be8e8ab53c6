import { enHandovers } from "../../i18n/en_handovers";
import { useTextWith } from "../../i18n/language";
import { zhHandovers } from "../../i18n/zh_handovers";

/** The common texts and those of handing over, which come with these pages. */
export const useHandoverText = () => useTextWith({ zh: zhHandovers, en: enHandovers });
