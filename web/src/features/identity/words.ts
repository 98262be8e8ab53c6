import { enAccount } from "../../i18n/en_account";
import { useLanguage, useWords } from "../../i18n/language";
import { zhAccount } from "../../i18n/zh_account";

const account = { zh: zhAccount, en: enAccount };

/** The common texts and those of accounts, which come with these pages. */
export function useAccountText() {
  const language = useLanguage();
  const words = useWords(account);
  return { ...language, t: { ...language.t, ...words } };
}
