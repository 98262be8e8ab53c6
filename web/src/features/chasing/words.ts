import { chasing as en } from "../../i18n/en_chasing";
import { chasing as zh } from "../../i18n/zh_chasing";

export const chasing = { zh, en };
export type ChasingText = typeof zh;
