import { useDeferredValue, useState } from "react";
import { useRead } from "../../api/hooks";
import type { List, Person } from "../../api/types";
import { ComboBox } from "../../ui/select/combo_box";
import { useOrganisationText } from "./words";

/** Chooses a person by typing part of the name; the server looks, for a city has many. */
export function PersonBox({ name, label, value, first, onChange, error, required }: {
  name: string;
  label: string;
  value: string | null;
  /** The person chosen when the box opens. */
  first?: { id: string; name: string } | null;
  onChange: (id: string | null) => void;
  error?: string | undefined;
  required?: boolean;
}) {
  const { t } = useOrganisationText();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState(first ? { value: first.id, label: first.name } : null);
  // What was chosen stands in the box; it is no search.
  const q = useDeferredValue(typed === chosen?.label ? "" : typed.trim());
  const people = useRead<List<Person>>("/agency-people", { q, limit: 50 }, { keep: true });
  const found = (people.data?.rows ?? []).map((row) => ({ value: row.id, label: row.posts.length > 0 ? `${row.name}（${row.posts.join("、")}）` : row.name }));
  const options = chosen && !found.some((one) => one.value === chosen.value) ? [chosen, ...found] : found;
  return (
    <ComboBox name={name} label={label} hint={t.places.person_search} value={value} options={options} onType={setTyped} error={error} required={required ?? false}
      onChange={(id) => {
        if (id) setChosen(options.find((one) => one.value === id) ?? null);
        onChange(id);
      }} />
  );
}
