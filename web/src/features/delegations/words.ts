import { enDelegations } from "../../i18n/en_delegations";
import { useLanguage, useWords } from "../../i18n/language";
import { zhDelegations } from "../../i18n/zh_delegations";

const delegations = { zh: zhDelegations, en: enDelegations };

/** The common texts and those of standing in, which come with these pages. */
export function useDelegationText() {
  const language = useLanguage();
  const words = useWords(delegations);
  return { ...language, t: { ...language.t, ...words } };
}
