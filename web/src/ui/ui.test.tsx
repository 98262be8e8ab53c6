import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { ApiFault } from "../api/client";
import { show, showRouted } from "../test/wrap";
import { Button } from "./button/button";
import { Dialog } from "./dialog/dialog";
import { Answer, EmptyState } from "./empty_state/empty_state";
import { Form, TextField, useFaults } from "./form/form";
import { PageTitle } from "./page_title/page_title";
import { Progress } from "./progress/progress";
import { RocDatePicker } from "./roc_date_picker/roc_date_picker";
import { SearchField } from "./search_field/search_field";
import { StatusBadge, type Status } from "./status_badge/status_badge";
import { DataTable, type Column } from "./table/data_table";
import { Tabs } from "./tabs/tabs";
import { useToast } from "./toast/toast";

describe("StatusBadge", () => {
  it("says each state in a word and gives it its own shape", () => {
    const all: Status[] = ["on_time", "at_risk", "late", "severe", "done", "not_yet_due", "missing"];
    show(<>{all.map((status) => <StatusBadge key={status} status={status} />)}</>);
    expect(screen.getByText("嚴重逾期").className).toContain("status--severe");
    expect(screen.getByText("未填報").className).toContain("status--missing");
  });
});

describe("RocDatePicker", () => {
  function Field({ onChange }: { onChange: (iso: string | null) => void }) {
    const [value, setValue] = useState<string | null>(null);
    return <RocDatePicker label="期限" value={value} onChange={(iso) => { setValue(iso); onChange(iso); }} />;
  }
  it("takes a typed ROC date and writes it in the usual form", async () => {
    const said = vi.fn();
    show(<Field onChange={said} />);
    const input = screen.getByLabelText("期限");
    await userEvent.type(input, "1120307{Tab}");
    expect(said).toHaveBeenLastCalledWith("2023-03-07");
    expect(input).toHaveProperty("value", "112/03/07");
    await userEvent.clear(input);
    await userEvent.tab();
    expect(said).toHaveBeenLastCalledWith(null);
  });
  it("never keeps the earlier date behind one that cannot be read", async () => {
    const said = vi.fn();
    show(<Field onChange={said} />);
    const input = screen.getByLabelText("期限");
    await userEvent.type(input, "1120307{Tab}");
    await userEvent.clear(input);
    await userEvent.type(input, "112/02/30{Tab}");
    expect(said).toHaveBeenLastCalledWith(null);
    expect(input).toHaveProperty("value", "112/02/30");
    expect(screen.getByText(/看不懂這個日期/)).toBeTruthy();
    await userEvent.clear(input);
    await userEvent.type(input, "112/02/28{Tab}");
    expect(said).toHaveBeenLastCalledWith("2023-02-28");
  });
  it("says what it cannot read and keeps what was typed", async () => {
    const said = vi.fn();
    show(<Field onChange={said} />);
    const input = screen.getByLabelText("期限");
    await userEvent.type(input, "112/02/30{Tab}");
    expect(said).not.toHaveBeenCalled();
    expect(input.getAttribute("aria-invalid")).toBe("true");
    expect(document.getElementById(input.getAttribute("aria-describedby") ?? "")?.textContent).toContain("看不懂這個日期");
    expect(input).toHaveProperty("value", "112/02/30");
  });
  it("opens a month of the Taiwan calendar and takes the chosen day", async () => {
    const said = vi.fn();
    show(<RocDatePicker label="期限" value="2023-03-07" onChange={said} />);
    await userEvent.click(screen.getByRole("button", { name: "開啟月曆：期限" }));
    const dialog = await screen.findByRole("dialog");
    await waitFor(() => expect(within(dialog).getAllByRole("heading")[0]?.textContent).toMatch(/112/), { timeout: 5000 });
    await userEvent.click(within(dialog).getByText("15"));
    expect(said).toHaveBeenLastCalledWith("2023-03-15");
  });
});

describe("Form", () => {
  function Sample({ error }: { error?: unknown }) {
    const [title, setTitle] = useState("");
    const faults = useFaults(error);
    return (
      <Form faults={faults.faults} error={error} onSubmit={() => void faults.check([title === "" && { path: "title", message: "請填寫名稱" }])}>
        <TextField name="title" label="名稱" value={title} onChange={setTitle} error={faults.of("title")} />
        <Button type="submit">送出</Button>
      </Form>
    );
  }
  it("gathers its faults at the top, focuses them and leads to the field", async () => {
    show(<Sample />);
    await userEvent.click(screen.getByRole("button", { name: "送出" }));
    const summary = screen.getByRole("alert");
    expect(document.activeElement).toBe(summary);
    expect(summary.textContent).toContain("有 1 個地方需要修正");
    await userEvent.click(within(summary).getByRole("link", { name: "請填寫名稱" }));
    expect(document.activeElement).toBe(screen.getByLabelText("名稱"));
    expect(screen.getByLabelText("名稱").getAttribute("aria-invalid")).toBe("true");
  });
  it("shows the faults that the server named by their fields", () => {
    show(<Sample error={new ApiFault({ type: "about:blank", title: "資料需要修正", status: 422, instance: "req-1", fields: [{ path: "title", message: "名稱已有人使用", key: "taken" }] })} />);
    expect(screen.getByRole("alert").textContent).toContain("名稱已有人使用");
    expect(screen.getByRole("alert").textContent).toContain("req-1");
  });
  it("shows a refusal without fields by its title and detail", () => {
    show(<Sample error={new ApiFault({ type: "about:blank", title: "不可改派", detail: "本案已辦結", status: 409 })} />);
    expect(screen.getByRole("alert").textContent).toContain("不可改派");
    expect(screen.getByRole("alert").textContent).toContain("本案已辦結");
  });
});

interface Row { id: string; name: string; count: number }
const rows: Row[] = [{ id: "1", name: "甲案", count: 3 }, { id: "2", name: "乙案", count: 5 }];
const columns: Column<Row>[] = [
  { key: "name", label: "名稱", kind: "main", fixed: true, sort: "name", cell: (row) => row.name },
  { key: "count", label: "件數", kind: "number", cell: (row) => row.count },
];
const common = { name: "sample", label: "清單", columns, rowKey: (row: Row) => row.id, rowText: (row: Row) => row.name, empty: <EmptyState title="沒有資料" /> };

describe("DataTable", () => {
  it("asks for another order by its headings", async () => {
    const sort = vi.fn();
    show(<DataTable {...common} rows={rows} sort="name" onSort={sort} />);
    const heading = screen.getByRole("columnheader", { name: /名稱/ });
    expect(heading.getAttribute("aria-sort")).toBe("ascending");
    await userEvent.click(heading);
    expect(sort).toHaveBeenCalledWith("-name");
  });
  it("opens a row by the keyboard", async () => {
    const open = vi.fn();
    show(<DataTable {...common} rows={rows} onOpen={open} />);
    await userEvent.click(screen.getByRole("columnheader", { name: /名稱/ }));
    await userEvent.tab({ shift: true });
    await userEvent.tab();
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
    expect(open).toHaveBeenCalled();
  });
  it("offers a row's actions in a menu", async () => {
    const run = vi.fn();
    show(<DataTable {...common} rows={rows} actions={(row) => [{ key: "done", label: `辦結${row.name}`, run }]} />);
    await userEvent.click(screen.getByRole("button", { name: "「乙案」的操作" }));
    await userEvent.click(await screen.findByRole("menuitem", { name: "辦結乙案" }));
    expect(run).toHaveBeenCalledTimes(1);
  });
  it("remembers which columns were chosen", async () => {
    const first = show(<DataTable {...common} rows={rows} />);
    await userEvent.click(screen.getByRole("button", { name: "欄位" }));
    await userEvent.click(await screen.findByRole("menuitemcheckbox", { name: "件數" }));
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("columnheader", { name: "件數" })).toBeNull();
    first.unmount();
    show(<DataTable {...common} rows={rows} />);
    expect(screen.queryByRole("columnheader", { name: "件數" })).toBeNull();
    expect(screen.getByRole("columnheader", { name: /名稱/ })).toBeTruthy();
  });
  it("says when it waits, is empty or was refused", () => {
    const shown = show(<DataTable {...common} rows={undefined} />);
    expect(screen.getAllByRole("status").some((each) => each.textContent === "載入中…")).toBe(true);
    shown.unmount();
    show(<DataTable {...common} rows={[]} />).unmount();
    show(<DataTable {...common} rows={[]} />);
    expect(screen.getByText("沒有資料")).toBeTruthy();
  });
  it("shows a refusal with a way to try again", async () => {
    const retry = vi.fn();
    show(<DataTable {...common} rows={undefined} error={new ApiFault({ type: "", title: "", status: 403 })} retry={retry} />);
    expect(screen.getByRole("alert").textContent).toContain("您沒有辦理這項作業的權限");
    await userEvent.click(screen.getByRole("button", { name: "再試一次" }));
    expect(retry).toHaveBeenCalled();
  });
  it("pages on and back, and says how many there are", async () => {
    const next = vi.fn();
    show(<DataTable {...common} rows={rows} pages={{ total: 1234, capped: true, page: 1, onPrevious: null, onNext: next }} />);
    expect(screen.getByRole("navigation", { name: "分頁" }).textContent).toContain("超過 1,234 件，第 1 頁");
    expect(screen.getByRole("button", { name: "上一頁" })).toHaveProperty("disabled", true);
    await userEvent.click(screen.getByRole("button", { name: "下一頁" }));
    expect(next).toHaveBeenCalled();
  });
});

describe("smaller parts", () => {
  it("Progress can be cancelled and tells its value", async () => {
    const cancel = vi.fn();
    show(<Progress label="上傳" value={40} onCancel={cancel} />);
    expect(screen.getByRole("progressbar", { name: "上傳" }).getAttribute("aria-valuenow")).toBe("40");
    await userEvent.click(screen.getByRole("button", { name: "取消" }));
    expect(cancel).toHaveBeenCalled();
  });
  it("Progress of unknown length says no number", () => {
    show(<Progress label="解析" value={null} />);
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBeNull();
  });
  it("Tabs are chosen by Enter after the arrows", async () => {
    const choose = vi.fn();
    show(<Tabs label="清單" chosen="a" onChange={choose} tabs={[{ key: "a", label: "甲" }, { key: "b", label: "乙" }]}><p>內容</p></Tabs>);
    await userEvent.tab();
    await userEvent.keyboard("{ArrowRight}{Enter}");
    expect(choose).toHaveBeenCalledWith("b");
  });
  it("Dialog closes on Escape and is named by its title", async () => {
    const close = vi.fn();
    show(<Dialog title="改派" isOpen onClose={close}><Button>確定</Button></Dialog>);
    expect(screen.getByRole("dialog", { name: "改派" })).toBeTruthy();
    await userEvent.keyboard("{Escape}");
    expect(close).toHaveBeenCalled();
  });
  it("SearchField waits for a rest, and Enter does not wait", async () => {
    const search = vi.fn();
    show(<SearchField label="關鍵字" value="" onSearch={search} />);
    await userEvent.type(screen.getByLabelText("關鍵字"), "標案{Enter}");
    expect(search).toHaveBeenCalledWith("標案");
  });
  it("Toast tells it politely", async () => {
    function Sayer() {
      const say = useToast();
      return <Button onPress={() => say("已改派")}>說</Button>;
    }
    show(<Sayer />);
    await userEvent.click(screen.getByRole("button", { name: "說" }));
    expect(screen.getByRole("status").textContent).toContain("已改派");
  });
  it("Answer asks again after a failure", async () => {
    const again = vi.fn();
    show(<Answer of={{ data: undefined, error: new ApiFault({ type: "", title: "", status: 0 }), refetch: again }}>{() => null}</Answer>);
    expect(screen.getByRole("alert").textContent).toContain("連不上伺服器");
    await userEvent.click(screen.getByRole("button", { name: "再試一次" }));
    expect(again).toHaveBeenCalled();
  });
  it("PageTitle puts the number of its sentence in bold and names the page", async () => {
    await showRouted(<PageTitle title="列管事項" lead="共 **3 件**。" crumbs={[{ label: "首頁", to: "/" }]} />);
    expect(screen.getByText("3 件").tagName).toBe("STRONG");
    expect(document.title).toBe("列管事項 – 市政承諾簿");
    expect(screen.getByRole("navigation", { name: "目前位置" })).toBeTruthy();
  });
  it("speaks English too", () => {
    show(<StatusBadge status="severe" />, "en");
    expect(screen.getByText("Severely late")).toBeTruthy();
  });
});
