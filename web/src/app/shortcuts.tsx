import { useEffect, useState, type ReactNode } from "react";
import { useNavigate } from "@tanstack/react-router";
import { useLanguage } from "../i18n/language";
import { recall, remember } from "../lib/storage";
import { Button } from "../ui/button/button";
import { Dialog, DialogButtons } from "../ui/dialog/dialog";
import { Check } from "../ui/form/form";

/** A key typed into a field, or with a dialog open, is not a shortcut. */
export function isShortcut(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return false;
  if (recall("shortcuts") === "off") return false;
  const target = event.target;
  if (target instanceof HTMLInputElement && target.type !== "radio" && target.type !== "checkbox") return false;
  if (target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName))) return false;
  return document.querySelector("[role=dialog], [role=menu], [role=listbox]") === null;
}

export function Shortcuts() {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [on, setOn] = useState(() => recall("shortcuts") !== "off");
  useEffect(() => {
    let wentFirst = 0;
    const show = () => setOpen(true);
    const press = (event: KeyboardEvent) => {
      if (!isShortcut(event)) return;
      const following = Date.now() - wentFirst < 1500;
      wentFirst = event.key === "g" ? Date.now() : 0;
      if (event.key === "?") {
        event.preventDefault();
        setOpen(true);
      } else if (event.key === "/") {
        const search = document.querySelector<HTMLInputElement>("#main input[type=search]");
        if (search) {
          event.preventDefault();
          search.focus();
        }
      } else if (following) {
        const to = { h: "/", d: "/duties", p: "/plans", n: "/notices" }[event.key];
        if (to) void navigate({ to });
      }
    };
    window.addEventListener("keydown", press);
    window.addEventListener("mandate:shortcuts", show);
    return () => {
      window.removeEventListener("keydown", press);
      window.removeEventListener("mandate:shortcuts", show);
    };
  }, [navigate]);
  const line = (text: string, ...keys: ReactNode[]) => (
    <tr key={text}>
      <th scope="row">{text}</th>
      <td>{keys.map((key, index) => <span key={index}>{index > 0 ? ` ${t.shortcuts.then} ` : null}<kbd>{key}</kbd></span>)}</td>
    </tr>
  );
  return (
    <Dialog title={t.shortcuts.title} isOpen={open} onClose={() => setOpen(false)}>
      <Check label={t.shortcuts.enabled} checked={on} onChange={(next) => {
        setOn(next);
        remember("shortcuts", next ? null : "off");
      }} />
      <table className="keys">
        <caption>{t.shortcuts.anywhere}</caption>
        <tbody>
          {line(t.shortcuts.help, "?")}
          {line(t.shortcuts.find, "Ctrl K")}
          {line(t.shortcuts.search, "/")}
          {line(t.shortcuts.go_home, "g", "h")}
          {line(t.shortcuts.go_duties, "g", "d")}
          {line(t.shortcuts.go_plans, "g", "p")}
          {line(t.notices.title, "g", "n")}
        </tbody>
      </table>
      <table className="keys">
        <caption>{t.shortcuts.table}</caption>
        <tbody>
          {line(t.shortcuts.table_arrows, t.shortcuts.arrows)}
          {line(t.shortcuts.table_enter, "Enter")}
        </tbody>
      </table>
      <table className="keys">
        <caption>{t.shortcuts.review}</caption>
        <tbody>
          {line(t.shortcuts.next, "j")}
          {line(t.shortcuts.previous, "k")}
          {line(t.shortcuts.accept, "a")}
          {line(t.shortcuts.edit, "e")}
          {line(t.shortcuts.drop, "d")}
        </tbody>
      </table>
      <DialogButtons><Button look="primary" onPress={() => setOpen(false)}>{t.common.close}</Button></DialogButtons>
    </Dialog>
  );
}
