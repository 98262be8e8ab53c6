import { enFeeds } from "../../i18n/en_feeds";
import { useTextWith } from "../../i18n/language";
import { zhFeeds } from "../../i18n/zh_feeds";

/** The common texts and those of calendar links, which come with them. */
export const useFeedText = () => useTextWith({ zh: zhFeeds, en: enFeeds });
