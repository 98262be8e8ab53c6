import type { ReactNode } from "react";
import { ApiFault } from "../../api/client";
import { useLanguage } from "../../i18n/language";
import { Button } from "../button/button";
import "./empty_state.css";

/** Says what will appear here and how. */
export function EmptyState({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty-state">
      <h2>{title}</h2>
      {children ? <p>{children}</p> : null}
      {action}
    </div>
  );
}

export function Loading({ lines = 6 }: { lines?: number }) {
  const { t } = useLanguage();
  return (
    <div className="loading" role="status">
      <span className="visually-hidden">{t.common.loading}</span>
      {Array.from({ length: lines }, (_, index) => <span key={index} className="loading__bar" />)}
    </div>
  );
}

export function useFaultText(): (error: unknown) => { title: string; detail: string | null; requestId: string | null } {
  const { t } = useLanguage();
  return (error) => {
    if (!(error instanceof ApiFault)) return { title: t.errors.unexpected, detail: error instanceof Error ? error.message : null, requestId: null };
    if (error.key === "fault.sign_in_first") return { title: t.errors.signed_out, detail: t.errors.signed_out_cure, requestId: null };
    const byStatus =
      error.status === 0 ? t.errors.no_answer
      : error.status === 403 ? t.errors.forbidden
      : error.status === 404 ? t.errors.not_found
      : error.status === 409 ? t.errors.conflict
      : error.status === 429 ? t.errors.too_many
      : error.status >= 500 ? t.errors.server
      : t.errors.unexpected;
    return { title: error.message || byStatus, detail: error.detail, requestId: error.requestId };
  };
}

export function FaultNotice({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useLanguage();
  const { title, detail, requestId } = useFaultText()(error);
  return (
    <div className="fault" role="alert">
      <h2>{title}</h2>
      {detail ? <p>{detail}</p> : null}
      {requestId ? <p className="small">{t.errors.request(requestId)}</p> : null}
      {retry ? <div><Button small onPress={retry}>{t.common.retry}</Button></div> : null}
    </div>
  );
}

/** Shows one of: waiting, refused, or the answer. */
export function Answer<T>({ of, lines, children }: {
  of: { data: T | undefined; error: unknown; refetch: () => unknown };
  lines?: number;
  children: (data: T) => ReactNode;
}) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.error) return <FaultNotice error={of.error} retry={() => void of.refetch()} />;
  return <Loading {...(lines ? { lines } : {})} />;
}
