import type { ReactElement, ReactNode } from "react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { I18nProvider } from "react-aria-components/I18nProvider";
import type { Language } from "../api/types";
import { LanguageProvider } from "../i18n/language";
import { en } from "../i18n/en";
import { zh } from "../i18n/zh";
import { ToastRegion } from "../ui/toast/toast";

export function Wrap({ children, language = "zh-TW" }: { children: ReactNode; language?: Language }) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return (
    <QueryClientProvider client={client}>
      <LanguageProvider first={language} text={language === "en" ? en : zh}>
        <I18nProvider locale={language === "en" ? "en-GB" : "zh-TW"}><ToastRegion>{children}</ToastRegion></I18nProvider>
      </LanguageProvider>
    </QueryClientProvider>
  );
}

export function show(element: ReactElement, language: Language = "zh-TW") {
  return render(<Wrap language={language}>{element}</Wrap>);
}

/** For what holds links: a router with one page. */
export async function showRouted(element: ReactElement, language: Language = "zh-TW") {
  const root = createRootRoute();
  const page = createRoute({ getParentRoute: () => root, path: "/", component: () => element });
  const rest = createRoute({ getParentRoute: () => root, path: "/$", component: () => <p>elsewhere</p> });
  const router = createRouter({ routeTree: root.addChildren([page, rest]), history: createMemoryHistory({ initialEntries: ["/"] }) });
  await router.load();
  const shown = render(<Wrap language={language}><RouterProvider router={router as never} /></Wrap>);
  return { ...shown, router };
}

export function answer(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { "content-type": status < 400 ? "application/json" : "application/problem+json", ...headers } });
}
