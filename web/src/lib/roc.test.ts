import { describe, expect, it } from "vitest";
import { addDays, daysInMonth, monthGrid, parseIso, parseTypedDate, rocLong, rocShort, weekday } from "./roc";

describe("dates as typed", () => {
  it.each([
    ["112/03/07", "2023-03-07"],
    ["112/3/7", "2023-03-07"],
    ["112-03-07", "2023-03-07"],
    ["112.3.7", "2023-03-07"],
    ["1120307", "2023-03-07"],
    ["民國112年3月7日", "2023-03-07"],
    ["中華民國 112 年 3 月 7 日", "2023-03-07"],
    ["１１２／０３／０７", "2023-03-07"],
    ["2023-03-07", "2023-03-07"],
    ["2023/3/7", "2023-03-07"],
    ["20230307", "2023-03-07"],
    ["113/02/29", "2024-02-29"],
    ["99/12/31", "2010-12-31"],
    ["1/1/1", "1912-01-01"],
  ])("%s is %s", (typed, iso) => expect(parseTypedDate(typed)).toBe(iso));

  it.each(["", "112/13/01", "112/02/29", "112/03", "112/03-07", "三月七日", "0/1/1", "112/00/10", "112/04/31", "112030", "abc"])("%s is refused", (typed) =>
    expect(parseTypedDate(typed)).toBeNull());
});

describe("dates as shown", () => {
  it("has a short and a long form", () => {
    expect(rocShort("2023-03-07")).toBe("112/03/07");
    expect(rocLong("2023-03-07")).toBe("民國112年3月7日");
  });
  it("leaves what is no date as it is", () => expect(rocShort("soon")).toBe("soon"));
  it("comes back from its own short form", () => {
    for (let on = "2023-12-25"; on < "2024-03-05"; on = addDays(on, 1)) expect(parseTypedDate(rocShort(on))).toBe(on);
  });
});

describe("the month", () => {
  it("knows leap years", () => {
    expect(daysInMonth(2023, 2)).toBe(28);
    expect(daysInMonth(2024, 2)).toBe(29);
  });
  it("starts its weeks on Sunday", () => {
    const grid = monthGrid(2023, 3);
    expect(grid[0]?.slice(0, 4)).toEqual([null, null, null, "2023-03-01"]);
    expect(grid.every((week) => week.length === 7)).toBe(true);
    expect(grid.flat().filter(Boolean)).toHaveLength(31);
    expect(weekday("2023-03-07")).toBe(2);
  });
  it("refuses a day that does not exist", () => expect(parseIso("2023-02-30")).toBeNull());
  it("steps over the end of a year", () => expect(addDays("2023-12-31", 1)).toBe("2024-01-01"));
});
