import { reports as en } from "../../i18n/en_reports";
import { reports as zh } from "../../i18n/zh_reports";

export const reports = { zh, en };
