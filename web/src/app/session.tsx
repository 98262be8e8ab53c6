import { createContext, lazy, Suspense, useContext, useEffect, useState, type ReactNode } from "react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { ApiFault, call, setFormToken, setSignedOutHandler } from "../api/client";
import type { Session } from "../api/types";
import type { LabelsByLanguage } from "../i18n/labels";
import { useLanguage } from "../i18n/language";
import { FaultNotice, Loading } from "../ui/empty_state/empty_state";
import { may, type Permission } from "./permissions";

/** Wordings come with the session; the browser keeps them by their ETag. */
function useLabels(signedIn: boolean) {
  const { setLabels } = useLanguage();
  const labels = useQuery({ queryKey: ["/labels"], queryFn: ({ signal }) => call<LabelsByLanguage>("GET", "/labels", { signal }), enabled: signedIn });
  useEffect(() => {
    if (labels.data) setLabels(labels.data);
  }, [labels.data, setLabels]);
}

export const sessionKey = ["session"];

export async function readSession(): Promise<Session | null> {
  try {
    const session = await call<Session>("GET", "/session", { keepOn401: true });
    setFormToken(session.form_token);
    return session;
  } catch (error) {
    if (error instanceof ApiFault && error.status === 401) return null;
    throw error;
  }
}

const Context = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(Context);
  if (!session) throw new Error("useSession needs a signed-in page around it");
  return session;
}

export function useMay(): (what: Permission) => boolean {
  const session = useSession();
  return (what) => may(session, what);
}

const SignInAgain = lazy(() => import("./sign_in_again"));

/** Lets only signed-in people through; others go to the sign-in page and come back here afterwards. Who was in when the session ended stays on the page. */
export function SignedIn({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const location = useLocation();
  const answer = useQuery({ queryKey: sessionKey, queryFn: readSession, staleTime: Infinity });
  useLabels(Boolean(answer.data));
  useEffect(() => {
    setSignedOutHandler(() => client.setQueryData(sessionKey, null));
  }, [client]);
  const signedOut = answer.data === null;
  const here = location.href;
  const [before, setBefore] = useState<Session | null>(null);
  if (answer.data && answer.data !== before) setBefore(answer.data);
  const session = answer.data ?? (signedOut ? before : null);
  useEffect(() => {
    // While the sign-in page is still on its way, this one is drawn at its address.
    if (/\/sign-in(\?|$)/.test(here)) return;
    const home = /^(\/console)?\/?$/.test(here);
    if (signedOut && !before) void navigate({ to: "/sign-in", search: { return: home ? undefined : here }, replace: true });
  }, [signedOut, here, navigate, before]);
  if (answer.error && !answer.data) return <main className="lone"><FaultNotice error={answer.error} retry={() => void answer.refetch()} /></main>;
  if (!session) return <main className="lone"><Loading /></main>;
  return (
    <Context value={session}>
      {children}
      {signedOut ? <Suspense fallback={null}><SignInAgain before={session} /></Suspense> : null}
    </Context>
  );
}
