import { useLanguage } from "../../i18n/language";
import { copyText } from "../../lib/clipboard";
import { useToast } from "../toast/toast";
import { Button } from "./button";

/** Copies a text and says so. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useLanguage();
  const say = useToast();
  return <Button onPress={() => void copyText(text).then((done) => say(done ? t.common.copied : t.common.not_copied))}>{label ?? t.common.copy}</Button>;
}
