import { enSystem } from "../../i18n/en_system";
import { zhSystem } from "../../i18n/zh_system";

/** The texts of running the system come with its pages. */
export const systemWords = { zh: zhSystem, en: enSystem };
