import type { Language } from "../api/types";
import type { Text } from "./zh";

/** Other wordings by label: "role.handler" → 承辦同仁. */
export type Labels = Record<string, string>;
export type LabelsByLanguage = Record<Language, Labels>;

/** Where the labels of each kind stand in the dictionary. */
const homes = {
  role: (text: Text) => text.roles,
  origin: (text: Text) => text.origins,
  state: (text: Text) => text.duties.states,
  lateness: (text: Text) => text.status,
  severity: (text: Text) => text.severities,
  nav: (text: Text) => text.nav,
} satisfies Record<string, (text: Text) => Record<string, string>>;

const parts = (key: string) => [key.slice(0, key.indexOf(".")), key.slice(key.indexOf(".") + 1)] as const;

function homeOf(text: Text, kind: string): Record<string, string> | undefined {
  return Object.hasOwn(homes, kind) ? homes[kind as keyof typeof homes](text) : undefined;
}

/** What the dictionary itself says; nothing for a label it does not know. */
export function originalOf(text: Text, key: string): string | undefined {
  const [kind, name] = parts(key);
  const home = homeOf(text, kind);
  return home && Object.hasOwn(home, name) ? home[name] : undefined;
}

/** The dictionary with other wordings laid over it; itself when there are none. */
export function withLabels(text: Text, labels: Labels): Text {
  const known = Object.entries(labels).filter(([key]) => originalOf(text, key) !== undefined);
  if (known.length === 0) return text;
  const out: Text = { ...text, roles: { ...text.roles }, origins: { ...text.origins }, status: { ...text.status }, severities: { ...text.severities }, nav: { ...text.nav }, duties: { ...text.duties, states: { ...text.duties.states } } };
  for (const [key, wording] of known) {
    const [kind, name] = parts(key);
    const home = homeOf(out, kind);
    if (home) home[name] = wording;
  }
  return out;
}
