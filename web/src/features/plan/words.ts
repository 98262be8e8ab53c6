import { enPlan } from "../../i18n/en_plan";
import { useTextWith } from "../../i18n/language";
import { zhPlan } from "../../i18n/zh_plan";

/** The common texts and those of yearly plans, which come with these pages. */
export const usePlanText = () => useTextWith({ zh: zhPlan, en: enPlan });
