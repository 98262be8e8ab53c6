import { enAudit } from "../../i18n/en_audit";
import { useTextWith } from "../../i18n/language";
import { zhAudit } from "../../i18n/zh_audit";

/** The common texts and those of the audit log, which come with these pages. */
export const useAuditText = () => useTextWith({ zh: zhAudit, en: enAudit });
