import { importWords as en } from "../../i18n/en_imports";
import { importWords as zh } from "../../i18n/zh_imports";

export const importWords = { zh, en };
