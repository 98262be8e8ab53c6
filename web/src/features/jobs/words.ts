import { enJobs } from "../../i18n/en_jobs";
import { useTextWith } from "../../i18n/language";
import { zhJobs } from "../../i18n/zh_jobs";

/** The common texts and those of jobs, which come with these pages. */
export const useJobText = () => useTextWith({ zh: zhJobs, en: enJobs });
