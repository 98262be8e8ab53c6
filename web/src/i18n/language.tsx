import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from "react";
import { setApiLanguage } from "../api/client";
import type { Language } from "../api/types";
import { makeFormats, type Formats } from "../lib/format";
import { recall, remember } from "../lib/storage";
import { withLabels, type LabelsByLanguage } from "./labels";
import type { Text } from "./zh";

export type { Text };

export interface LanguageValue {
  language: Language;
  t: Text;
  f: Formats;
  setLanguage: (language: Language) => void;
  /** What administrators say instead of some labels. */
  setLabels: (labels: LabelsByLanguage) => void;
}

const Context = createContext<LanguageValue | null>(null);

export async function loadText(language: Language): Promise<Text> {
  return language === "en" ? (await import("./en")).en : (await import("./zh")).zh;
}

export function firstLanguage(): Language {
  const kept = recall("language");
  if (kept === "en" || kept === "zh-TW") return kept;
  return document.documentElement.lang.startsWith("en") ? "en" : "zh-TW";
}

export function LanguageProvider({ first, text, children }: { first: Language; text: Text; children: ReactNode }) {
  const [current, setCurrent] = useState({ language: first, t: text });
  const [labels, setLabels] = useState<LabelsByLanguage | null>(null);
  const setLanguage = useCallback((language: Language) => {
    remember("language", language);
    void loadText(language).then((t) => {
      setApiLanguage(language);
      setCurrent({ language, t });
    });
  }, []);
  useEffect(() => {
    document.documentElement.lang = current.language === "en" ? "en" : "zh-Hant-TW";
  }, [current.language]);
  const value = useMemo(
    () => ({ language: current.language, t: withLabels(current.t, labels?.[current.language] ?? {}), f: makeFormats(current.language), setLanguage, setLabels }),
    [current, labels, setLanguage],
  );
  return <Context value={value}>{children}</Context>;
}

export function useLanguage(): LanguageValue {
  const value = useContext(Context);
  if (!value) throw new Error("useLanguage needs a LanguageProvider above it");
  return value;
}

/** The texts of one feature, which come with it and not with the first page. */
export function useWords<T>(words: { zh: T; en: T }): T {
  return useLanguage().language === "en" ? words.en : words.zh;
}

/** The common texts with those of one feature among them. */
export function useTextWith<T extends object>(words: { zh: T; en: T }): Omit<LanguageValue, "t"> & { t: Omit<Text, keyof T> & T } {
  const language = useLanguage();
  return { ...language, t: { ...language.t, ...(language.language === "en" ? words.en : words.zh) } };
}
