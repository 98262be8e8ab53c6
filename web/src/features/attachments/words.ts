import { enAttachments } from "../../i18n/en_attachments";
import { useTextWith } from "../../i18n/language";
import { zhAttachments } from "../../i18n/zh_attachments";

/** The common texts and those of attachments, which come with them. */
export const useAttachmentText = () => useTextWith({ zh: zhAttachments, en: enAttachments });
