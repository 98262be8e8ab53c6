import type { ReactNode } from "react";
import { Dialog as AriaDialog } from "react-aria-components/Dialog";
import { Heading } from "react-aria-components/Heading";
import { Modal, ModalOverlay } from "react-aria-components/Modal";
import { useLanguage } from "../../i18n/language";
import { Button } from "../button/button";
import "./dialog.css";

/** A modal dialog held open by its owner; focus goes in, stays in and comes back. */
export function Dialog({ title, isOpen, onClose, wide, children }: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  wide?: boolean;
  children: ReactNode;
}) {
  return (
    <ModalOverlay className="veil" isOpen={isOpen} onOpenChange={(open) => { if (!open) onClose(); }} isDismissable={false}>
      <Modal className={wide ? "modal modal--wide" : "modal"}>
        <AriaDialog className="dialog">
          <Heading slot="title" className="dialog__title">{title}</Heading>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export function DialogButtons({ children }: { children: ReactNode }) {
  return <div className="dialog__buttons">{children}</div>;
}

/** The two buttons at the end of a form in a dialog: back, and what the form does. */
export function SubmitButtons({ onClose, busy, children }: { onClose: () => void; busy: boolean; children: ReactNode }) {
  const { t } = useLanguage();
  return (
    <DialogButtons>
      <Button onPress={onClose}>{t.common.back}</Button>
      <Button type="submit" look="primary" busy={busy}>{children}</Button>
    </DialogButtons>
  );
}
