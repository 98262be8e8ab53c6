import { enFiles } from "../../i18n/en_files";
import { zhFiles } from "../../i18n/zh_files";

/** The texts of choosing a file come with the pages that take one. */
export const fileWords = { zh: zhFiles, en: enFiles };
