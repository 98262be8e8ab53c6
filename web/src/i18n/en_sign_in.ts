import type { zhSignIn } from "./zh_sign_in";

export const enSignIn: typeof zhSignIn = {
  sign_in: {
    title: "Sign in to the staff console",
    intro: "Use the account issued by the commission.",
    login_name: "Account",
    password: "Password",
    submit: "Sign in",
    wrong: "The account or the password is not right",
    wrong_cure: "Check capital letters and the input method, then try again. Repeated failures lock the account for a while.",
    locked: "The account is locked for now",
    locked_cure: "Wait 15 minutes, or ask the RDEC system administrator to unlock it.",
    too_many: "Too many attempts",
    too_many_cure: "To protect the account, please wait a moment before you try again.",
    expired: "Your session has ended. Sign in again and you return to the page you were on.",
    again_title: "Your session has ended",
    again: "Enter your password to go on. What you filled in on this page is still here; if the last step was not completed, send it again after signing in.",
    leave: "Use another account",
    show: "Show password",
    hide: "Hide password",
  },
  second_step: {
    title: "Two-step sign-in",
    text: "Enter the six digits that the authenticator shows, or a recovery code.",
    code: "Code or recovery code",
    back: "Back",
    wrong: "The code is not right or was used already",
    wrong_cure: "Enter the six digits now shown; wait for the next ones if you have just used these, or enter a recovery code not used yet.",
  },
};
