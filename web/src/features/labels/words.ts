import { enLabels } from "../../i18n/en_labels";
import { zhLabels } from "../../i18n/zh_labels";

/** The texts of this page come with it. */
export const labelWords = { zh: zhLabels, en: enLabels };
