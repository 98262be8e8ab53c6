import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import { Link } from "@tanstack/react-router";
import { useLanguage } from "../../i18n/language";
import "./button.css";

export type Look = "primary" | "secondary" | "quiet" | "danger";

function classes(look: Look, small?: boolean, icon?: boolean): string {
  return `button button--${look}${small ? " button--small" : ""}${icon ? " button--icon" : ""}`;
}

export interface ButtonProps extends Omit<AriaButtonProps, "className" | "style" | "children"> {
  look?: Look;
  small?: boolean;
  icon?: boolean;
  busy?: boolean;
  children: ReactNode;
}

/** While busy it keeps the focus, says so, and does nothing a second time. */
export function Button({ look = "secondary", small, icon, busy, children, onPress, type, ...rest }: ButtonProps) {
  const { t } = useLanguage();
  return (
    <AriaButton
      {...rest} type={busy ? "button" : (type ?? "button")} {...(onPress && !busy ? { onPress } : {})}
      className={`${classes(look, small, icon)}${busy ? " button--busy" : ""}`}
    >
      {children}
      {busy ? <span className="visually-hidden"> {t.common.working}</span> : null}
    </AriaButton>
  );
}

/** A link that looks like a button: for going somewhere, never for doing something. */
export function LinkButton({ to, search, look = "secondary", small, children }: { to: string; search?: Record<string, string>; look?: Look; small?: boolean; children: ReactNode }) {
  return (
    <Link to={to} search={(search ?? {}) as never} className={classes(look, small)}>
      {children}
    </Link>
  );
}

export function DownloadLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} download className={classes("secondary")}>
      {children}
    </a>
  );
}
