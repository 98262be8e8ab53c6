import { useState } from "react";
import { recall, remember } from "../../lib/storage";

export type Theme = "auto" | "light" | "dark";

export function currentTheme(): Theme {
  const kept = recall("theme");
  return kept === "light" || kept === "dark" ? kept : "auto";
}

export function applyTheme(theme: Theme): void {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(currentTheme);
  return [theme, (next) => {
    remember("theme", next === "auto" ? null : next);
    applyTheme(next);
    setTheme(next);
  }];
}

export const nextTheme: Record<Theme, Theme> = { auto: "light", light: "dark", dark: "auto" };
