import { interfaceWords as en } from "../../i18n/en_interface";
import { interfaceWords as zh } from "../../i18n/zh_interface";

export const interfaceWords = { zh, en };
