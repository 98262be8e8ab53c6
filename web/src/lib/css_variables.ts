import { useLayoutEffect, useRef, type RefObject } from "react";

/** Sets custom properties through the object model: the content security policy allows no style attribute in markup. */
export function useCssVariables<E extends HTMLElement>(values: Record<`--${string}`, string>): RefObject<E | null> {
  const element = useRef<E>(null);
  const text = JSON.stringify(values);
  useLayoutEffect(() => {
    for (const [name, value] of Object.entries(JSON.parse(text) as Record<string, string>)) {
      element.current?.style.setProperty(name, value);
    }
  }, [text]);
  return element;
}
