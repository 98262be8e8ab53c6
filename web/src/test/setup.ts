import { afterEach, beforeEach } from "vitest";
import { cleanup } from "@testing-library/react";

// jsdom lacks these; every browser has them.
globalThis.CSS ??= {} as typeof CSS;
globalThis.CSS.escape ??= (text: string) => text.replace(/[^\w-]/g, (letter) => `\\${letter}`);
Element.prototype.scrollIntoView ??= () => undefined;

beforeEach(() => localStorage.clear());
afterEach(() => cleanup());
