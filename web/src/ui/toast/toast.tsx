import { createContext, useCallback, useContext, useMemo, useRef, useState, type ReactNode } from "react";
import { useLanguage } from "../../i18n/language";
import "./toast.css";

interface Message {
  key: number;
  text: string;
}

const Context = createContext<(text: string) => void>(() => undefined);

/** Confirms what has just been done. Faults never go here: they stay beside what caused them. */
export function ToastRegion({ children }: { children: ReactNode }) {
  const { t } = useLanguage();
  const [messages, setMessages] = useState<Message[]>([]);
  const next = useRef(0);
  const close = useCallback((key: number) => setMessages((kept) => kept.filter((message) => message.key !== key)), []);
  const say = useCallback((text: string) => {
    const key = ++next.current;
    setMessages((kept) => [...kept.slice(-2), { key, text }]);
    setTimeout(() => close(key), 8000);
  }, [close]);
  const value = useMemo(() => say, [say]);
  return (
    <Context value={value}>
      {children}
      <div role="status" aria-live="polite">
        <ul className="toasts">
          {messages.map((message) => (
            <li key={message.key} className="toast">
              <span>{message.text}</span>
              <button type="button" aria-label={t.common.close} onClick={() => close(message.key)}>✕</button>
            </li>
          ))}
        </ul>
      </div>
    </Context>
  );
}

export function useToast(): (text: string) => void {
  return useContext(Context);
}
