import { enMail } from "../../i18n/en_mail";
import { zhMail } from "../../i18n/zh_mail";

/** The texts of mail come with its pages. */
export const mailWords = { zh: zhMail, en: enMail };
