import type { ReactNode } from "react";
import { Menu as AriaMenu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import "../dialog/dialog.css";
import "./menu.css";

export interface MenuEntry {
  key: string;
  label: string;
  danger?: boolean;
  run: () => void;
}

export function Menu({ label, trigger, entries }: { label: string; trigger: ReactNode; entries: MenuEntry[] }) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="popover" placement="bottom end">
        <AriaMenu className="menu" aria-label={label} onAction={(key) => entries.find((entry) => entry.key === key)?.run()}>
          {entries.map((entry) => (
            <MenuItem key={entry.key} id={entry.key} className={entry.danger ? "menu__item menu__item--danger" : "menu__item"} textValue={entry.label}>
              {entry.label}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

export function ChoiceMenu({ label, trigger, options, chosen, onChange }: {
  label: string;
  trigger: ReactNode;
  options: { key: string; label: string; fixed?: boolean }[];
  chosen: string[];
  onChange: (chosen: string[]) => void;
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="popover" placement="bottom end">
        <AriaMenu
          className="menu" aria-label={label} selectionMode="multiple" selectedKeys={chosen}
          disabledKeys={options.filter((option) => option.fixed).map((option) => option.key)}
          onSelectionChange={(keys) => onChange(keys === "all" ? options.map((option) => option.key) : Array.from(keys, String))}
        >
          {options.map((option) => (
            <MenuItem key={option.key} id={option.key} className="menu__item" textValue={option.label}>
              {({ isSelected }) => <><span className="menu__check" aria-hidden="true">{isSelected ? "✓" : ""}</span>{option.label}</>}
            </MenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
