import { expect, it } from "vitest";
import { isShortcut } from "./shortcuts";

function press(target: HTMLElement, init: KeyboardEventInit = {}): boolean {
  let answer = false;
  const listen = (event: KeyboardEvent) => { answer = isShortcut(event); };
  document.body.append(target);
  window.addEventListener("keydown", listen);
  target.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true, ...init }));
  window.removeEventListener("keydown", listen);
  target.remove();
  return answer;
}
const make = (tag: string, type?: string) => Object.assign(document.createElement(tag), type ? { type } : {}) as HTMLElement;

it("is no shortcut where text is typed", () => {
  expect(press(make("div"))).toBe(true);
  expect(press(make("input", "radio"))).toBe(true);
  for (const typed of [make("input", "text"), make("input", "search"), make("textarea"), make("select")]) expect(press(typed)).toBe(false);
});

it("leaves the browser's own keys alone, and the user's choice to have none", () => {
  expect(press(make("div"), { ctrlKey: true })).toBe(false);
  expect(press(make("div"), { metaKey: true })).toBe(false);
  localStorage.setItem("mandate.shortcuts", "off");
  expect(press(make("div"))).toBe(false);
});

it("waits while a dialog is open", () => {
  const dialog = make("div");
  dialog.setAttribute("role", "dialog");
  document.body.append(dialog);
  expect(press(make("div"))).toBe(false);
  dialog.remove();
});
