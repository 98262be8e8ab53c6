import { search as en } from "../../i18n/en_search";
import { search as zh } from "../../i18n/zh_search";

export const searchWords = { zh, en };
