import { enAccount } from "../../i18n/en_account";
import { enAccounts } from "../../i18n/en_accounts";
import { enPermissions } from "../../i18n/en_permissions";
import { enSignIn } from "../../i18n/en_sign_in";
import { useTextWith } from "../../i18n/language";
import { zhAccount } from "../../i18n/zh_account";
import { zhAccounts } from "../../i18n/zh_accounts";
import { zhPermissions } from "../../i18n/zh_permissions";
import { zhSignIn } from "../../i18n/zh_sign_in";

/** The common texts and those of one's own account, which come with these pages. */
export const useAccountText = () => useTextWith({ zh: { ...zhAccount, ...zhSignIn }, en: { ...enAccount, ...enSignIn } });

/** The same with those of everybody's accounts and of service tokens. */
export const useAccountsText = () => useTextWith({ zh: { ...zhAccount, ...zhAccounts, ...zhPermissions }, en: { ...enAccount, ...enAccounts, ...enPermissions } });
