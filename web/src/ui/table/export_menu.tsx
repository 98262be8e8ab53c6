import { Menu as AriaMenu, MenuItem, MenuTrigger } from "react-aria-components/Menu";
import { Popover } from "react-aria-components/Popover";
import { address, type QueryValue } from "../../api/client";
import { reports as en } from "../../i18n/en_reports";
import { reports as zh } from "../../i18n/zh_reports";
import { useWords } from "../../i18n/language";
import { Button } from "../button/button";
import "../dialog/dialog.css";
import "../menu/menu.css";

export interface Exports {
  /** The list's name at the server. */
  list?: string;
  /** Or where a file of another kind is made, which takes the query as it is. */
  path?: string;
  /** The filters that the screen shows. */
  query: Record<string, QueryValue>;
}

const formats = ["csv", "ods", "xlsx", "html", "odt"] as const;

/** The whole list as a file, with the filters that the screen shows: links, so that the browser saves and reports as with any other file. */
export default function ExportMenu({ list, path, query }: Exports) {
  const words = useWords({ zh, en }).exports;
  const filter = address("", query).replace(/^\/api\??/, "");
  return (
    <MenuTrigger>
      <Button>{words.title} ▾</Button>
      <Popover className="popover" placement="bottom end">
        <AriaMenu className="menu" aria-label={words.title}>
          {formats.filter((format) => path !== undefined || format !== "odt").map((format) => {
            const href = path ? address(path, { ...query, format }) : address(`/lists/${list}/file`, { format, filter });
            return (
              <MenuItem key={format} id={format} className="menu__item" textValue={words.formats[format]} href={href} {...(format === "html" ? { target: "_blank", rel: "noopener" } : { download: "" })}>
                {words.formats[format]}
              </MenuItem>
            );
          })}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
