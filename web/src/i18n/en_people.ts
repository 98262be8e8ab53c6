import type { zhPeople } from "./zh_people";

export const enPeople: typeof zhPeople = {
  must: {
    title: "First put your account in order",
    password: "Your password is too old. Change it under “Sign-in and security”; then you can work.",
    second_step: "Your account must use two-step sign-in. Set up an authenticator under “Sign-in and security”; then you can work.",
    soon: (date: string) => `Your account must use two-step sign-in by ${date}; after that it cannot work without.`,
    set_up: "Set it up now",
  },
  acting: {
    now: (names: string) => `You stand in for ${names}; the duties of their posts are among your own.`,
    here: (name: string) => `You see this as the deputy of ${name}; what you do here says so.`,
  },
};
