import { enPermissions } from "../../i18n/en_permissions";
import { enReview } from "../../i18n/en_review";
import { useTextWith } from "../../i18n/language";
import { zhPermissions } from "../../i18n/zh_permissions";
import { zhReview } from "../../i18n/zh_review";

/** The common texts and those of reviewing accounts and explaining permissions, which come with these pages. */
export const useReviewText = () => useTextWith({ zh: { ...zhReview, ...zhPermissions }, en: { ...enReview, ...enPermissions } });

export type ReviewWords = ReturnType<typeof useReviewText>["t"];
