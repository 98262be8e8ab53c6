import { cpSync, createReadStream, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** React Aria carries its strings in some thirty languages; the console speaks two. */
function onlyOurLanguages(): Plugin {
  return {
    name: "only-our-languages",
    enforce: "pre",
    load(id) {
      const match = /react-(?:aria|stately|aria-components).*[/\\]([a-z]{2}-[A-Z]{2})\.(m?js|cjs)$/.exec(id);
      if (!match || match[1] === "zh-TW" || match[1] === "en-US") return null;
      // Asked for zh-TW-u-ca-roc, React Aria takes the first "zh-" it finds.
      return match[1] === "zh-CN" ? `export { default } from "./zh-TW.${match[2]}";` : "export default {};";
    },
  };
}

/** The shared public files keep their names: the server's own pages link to them. */
function publicFiles(): Plugin {
  const types: Record<string, string> = { css: "text/css", js: "text/javascript", svg: "image/svg+xml" };
  return {
    name: "public-files",
    configureServer(server) {
      server.middlewares.use("/public", (request, response, next) => {
        const name = (request.url ?? "").split("?")[0] ?? "";
        const file = here(`./public${name}`);
        if (!/^\/[a-z]+\.(css|js|svg)$/.test(name) || !existsSync(file)) return next();
        response.setHeader("content-type", types[name.split(".").pop() ?? ""] ?? "application/octet-stream");
        createReadStream(file).pipe(response);
      });
    },
    closeBundle() {
      if (existsSync(here("./dist"))) cpSync(here("./public"), here("./dist/public"), { recursive: true });
    },
  };
}

export default defineConfig(async ({ command, isPreview }) => ({
  plugins: [
    onlyOurLanguages(),
    react(),
    publicFiles(),
    command === "serve" || isPreview ? (await import("./mock/plugin")).mockServer() : null,
  ],
  base: "/",
  publicDir: false as const,
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    target: "es2021",
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    cssCodeSplit: true,
    chunkSizeWarningLimit: 600,
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    css: false,
  },
}));
