import { together as en } from "../../i18n/en_together";
import { together as zh } from "../../i18n/zh_together";

export const together = { zh, en };
