import { useNavigate } from "@tanstack/react-router";
import { useQueryClient } from "@tanstack/react-query";
import { call, setFormToken } from "../api/client";
import { remember } from "../lib/storage";

export function useSignOut(): () => Promise<void> {
  const navigate = useNavigate();
  const client = useQueryClient();
  return async () => {
    try {
      await call("DELETE", "/session", { keepOn401: true });
    } finally {
      setFormToken("");
      remember("searches", null); // what was looked for may name people
      await navigate({ to: "/sign-in" });
      client.clear();
    }
  };
}
