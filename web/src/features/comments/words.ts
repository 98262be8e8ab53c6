import { comments as en } from "../../i18n/en_comments";
import { comments as zh } from "../../i18n/zh_comments";

export const comments = { zh, en };
