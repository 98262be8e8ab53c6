import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from "react-aria-components/Button";
import { Link } from "@tanstack/react-router";
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

export function Button({ look = "secondary", small, icon, busy, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} {...(busy ? { isPending: true } : {})} className={classes(look, small, icon)}>
      {children}
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
