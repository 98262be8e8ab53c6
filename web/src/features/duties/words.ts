import { enDuty } from "../../i18n/en_duty";
import { together as en } from "../../i18n/en_together";
import { useTextWith } from "../../i18n/language";
import { zhDuty } from "../../i18n/zh_duty";
import { together as zh } from "../../i18n/zh_together";

export const together = { zh, en };

/** The common texts and those of duties, which come with these pages. */
export const useDutyText = () => useTextWith({ zh: zhDuty, en: enDuty });
