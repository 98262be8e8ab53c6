import { collaboration as en } from "../../i18n/en_collaboration";
import { collaboration as zh } from "../../i18n/zh_collaboration";

export const collaboration = { zh, en };

export interface RecordRef {
  kind: string;
  id: string;
}
