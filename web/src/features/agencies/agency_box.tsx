import { useMemo } from "react";
import { useRead } from "../../api/hooks";
import type { AgencyRow } from "../../api/types";
import { ComboBox } from "../../ui/select/combo_box";

export function useAgencies(): AgencyRow[] | undefined {
  return useRead<{ rows: AgencyRow[] }>("/agencies").data?.rows;
}

/** Chooses an agency by typing part of its name. */
export function AgencyBox(props: {
  label: string;
  value: string | null;
  onChange: (id: string | null) => void;
  name?: string;
  error?: string | undefined;
  hint?: string;
  required?: boolean;
  compact?: boolean;
  anyLabel?: string;
}) {
  const rows = useAgencies();
  const { anyLabel, ...rest } = props;
  const options = useMemo(() => {
    const all = (rows ?? []).map((row) => ({ value: row.id, label: row.short_name && row.short_name !== row.name ? `${row.short_name}（${row.name}）` : row.name }));
    return anyLabel ? [{ value: "", label: anyLabel }, ...all] : all;
  }, [rows, anyLabel]);
  return <ComboBox {...rest} value={rest.value ?? (anyLabel ? "" : null)} options={options} />;
}
