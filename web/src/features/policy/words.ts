import { enPolicy } from "../../i18n/en_policy";
import { useTextWith } from "../../i18n/language";
import { zhPolicy } from "../../i18n/zh_policy";

/** The common texts and those of policy values, which come with these pages. */
export const usePolicyText = () => useTextWith({ zh: zhPolicy, en: enPolicy });
