import { tracking as en } from "../../i18n/en_tracking";
import { tracking as zh } from "../../i18n/zh_tracking";

export const tracking = { zh, en };
