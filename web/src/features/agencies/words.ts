import { enOrganisation } from "../../i18n/en_organisation";
import { useTextWith } from "../../i18n/language";
import { zhOrganisation } from "../../i18n/zh_organisation";

/** The common texts and those of agencies and people, which come with these pages. */
export const useOrganisationText = () => useTextWith({ zh: zhOrganisation, en: enOrganisation });
