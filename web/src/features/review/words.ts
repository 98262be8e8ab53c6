import { enReview } from "../../i18n/en_review";
import { useLanguage, useWords } from "../../i18n/language";
import { zhReview } from "../../i18n/zh_review";

const review = { zh: zhReview, en: enReview };

/** The common texts and those of reviewing accounts and explaining permissions, which come with these pages. */
export function useReviewText() {
  const language = useLanguage();
  const words = useWords(review);
  return { ...language, t: { ...language.t, ...words } };
}

export type ReviewWords = ReturnType<typeof useReviewText>["t"];
