import type { zhPolicy } from "./zh_policy";

export const enPolicy: typeof zhPolicy = {
  policies: {
    title: "Policy values",
    lead: (count, unsourced) => `**${count}** values in force, **${unsourced}** of them unsourced.`,
    name: "Value of",
    value: "In force",
    valid_from: "Valid from",
    source: "Legal source",
    unsourced: "Unsourced",
    changed_by: "Set by",
    history: "Earlier values",
    add: "Add a value",
    add_title: (name) => `Add a value of “${name}”`,
    add_hint: "Closed months keep the rule that was in force then.",
    new_value: "New value",
    source_hint: "Statute or approval number; leave empty if there is none and it will be marked unsourced",
    as_of: "Valid on",
    said: "Value added",
    empty: "No value is in force on that day",
    until: (date) => `until ${date}`,
  },
};
