import type { ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components/Tabs";
import "./tabs.css";

/** All tabs show the same panel, redrawn for the chosen one: the worklists are one list asked four ways. */
export function Tabs({ label, tabs, chosen, onChange, children }: {
  label: string;
  tabs: { key: string; label: string }[];
  chosen: string;
  onChange: (key: string) => void;
  children: ReactNode;
}) {
  return (
    <AriaTabs selectedKey={chosen} onSelectionChange={(key) => onChange(String(key))} keyboardActivation="manual">
      <TabList aria-label={label} className="tabs">
        {tabs.map((tab) => <Tab key={tab.key} id={tab.key} className="tabs__tab">{tab.label}</Tab>)}
      </TabList>
      {tabs.map((tab) => <TabPanel key={tab.key} id={tab.key} className="tabs__panel">{children}</TabPanel>)}
    </AriaTabs>
  );
}
