import type { comments as zh } from "./zh_comments";

export const comments: typeof zh = {
  title: "Discussion",
  empty: "Nothing has been said yet. Mention colleagues who may see this record with @; they get a notice.",
  write: "Comment",
  write_hint: "Type @ and a name to mention a colleague",
  send: "Send",
  said: "Comment added",
  changed: "changed",
  change: "Change",
  save: "Save",
  withdraw: "Withdraw",
  withdrawn: "(withdrawn)",
  said_withdrawn: "Comment withdrawn",
  more: "Earlier comments",
  suggestions: "Colleagues to mention",
  nobody: "Nobody of that name may see this record",
};
