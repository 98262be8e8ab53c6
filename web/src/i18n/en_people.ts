import type { zhPeople } from "./zh_people";

export const enPeople: typeof zhPeople = {
  security: {
    title: "Sign-in and security",
    lead: "How you sign in, and where the system writes to you. Only you can change this.",
    login_name: "Login name",
    display_name: "Name",
    email: "E-mail",
    no_email: "None; the system cannot write to you",
    edit_email: "Change e-mail",
    email_hint: "Notices, reminders and links for a new password go here; leave it empty to get no mail",
    present_password: "Present password",
    present_password_hint: "To be sure that it is you",
    email_saved: "E-mail changed",
    devices: "Devices",
    devices_text: "See on which devices your account is signed in, and sign out those you do not know.",
  },
  account_mail: {
    email: "E-mail",
    none: "—",
    hint: "Optional; notices and links for a new password go here",
    edit: "Set e-mail",
    title: (name: string) => `E-mail of ${name}`,
    saved: "E-mail set",
    bad: "This is no e-mail address; write it like name@example.gov.tw",
  },
};
