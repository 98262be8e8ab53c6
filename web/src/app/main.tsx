import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { I18nProvider } from "react-aria-components/I18nProvider";
import { ApiFault, setApiLanguage } from "../api/client";
import { LanguageProvider, firstLanguage, loadText, useLanguage } from "../i18n/language";
import { ToastRegion } from "../ui/toast/toast";
import { applyTheme, currentTheme } from "../ui/switches/theme";
import { makeRouter } from "./router";
import { readSession, sessionKey } from "./session";
import "../../public/tokens.css";
import "../styles/base.css";
import "./shell.css";

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // The client itself repeats what got no answer; a refusal stays a refusal.
      retry: false,
      refetchOnWindowFocus: true,
    },
  },
});
client.getQueryCache().config.onError = (error) => {
  if (!(error instanceof ApiFault)) console.error(error);
};

const router = makeRouter();

function Aria() {
  const { language } = useLanguage();
  return (
    <I18nProvider locale={language === "zh-TW" ? "zh-TW" : "en-GB"}>
      <ToastRegion>
        <RouterProvider router={router} />
      </ToastRegion>
    </I18nProvider>
  );
}

async function start() {
  applyTheme(currentTheme());
  const language = firstLanguage();
  setApiLanguage(language);
  // The session is asked for while the words are still on their way.
  void client.prefetchQuery({ queryKey: sessionKey, queryFn: readSession });
  const text = await loadText(language);
  const place = document.getElementById("app");
  if (!place) throw new Error("the page has no #app");
  createRoot(place).render(
    <StrictMode>
      <QueryClientProvider client={client}>
        <LanguageProvider first={language} text={text}>
          <Aria />
        </LanguageProvider>
      </QueryClientProvider>
    </StrictMode>,
  );
}

void start();
