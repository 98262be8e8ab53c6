import type { ReactNode } from "react";
import "./notice.css";

export function Notice({ warn, children, action }: { warn?: boolean; children: ReactNode; action?: ReactNode }) {
  return (
    <div className={warn ? "notice notice--warn" : "notice"}>
      <div>{children}</div>
      {action}
    </div>
  );
}
