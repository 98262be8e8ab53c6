import { enDelegations } from "../../i18n/en_delegations";
import { useTextWith } from "../../i18n/language";
import { zhDelegations } from "../../i18n/zh_delegations";

/** The common texts and those of standing in, which come with these pages. */
export const useDelegationText = () => useTextWith({ zh: zhDelegations, en: enDelegations });
