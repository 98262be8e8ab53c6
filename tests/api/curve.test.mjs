// `mandate curve`: lag in points and in periods from a table, for whoever wants to check the arithmetic.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mandate, root, tempFolder } from "./support.mjs";

const shared = join(root, "../shared/data/progress");
const folder = tempFolder("curve");
const write = (name, text) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const curve = async (path, ...more) => {
  const made = await mandate(["curve", path, "--json", ...more]);
  expect(made.code, made.err).toBe(0);
  return JSON.parse(made.out);
};
/** The moment at which a plan that never stands still wanted `value`: by the book, for comparison. */
const earned = (planned, value) => {
  const duration = planned.indexOf(Math.max(...planned)) + 1;
  if (value >= planned[duration - 1]) return duration;
  let whole = 0;
  while (planned[whole] <= value) whole += 1;
  const low = whole === 0 ? 0 : planned[whole - 1];
  return whole + (value - low) / (planned[whole] - low);
};

describe("a curve from the shell", () => {
  it("gives an object a period: lag, earned schedule, indices, forecasts by the names of their methods", async () => {
    const rows = await curve(write("a.csv", "period,planned,actual\n112-01,10,5\n112-02,30,30\n112-03,60,45\n112-04,100,\n"));
    expect(rows.map(row => row.period)).toEqual(["112-01", "112-02", "112-03"]);
    expect(rows[2]).toMatchObject({ lag_points: 15, earned_schedule: 2.5, lag_periods: 0.5, spi: 0.75, spi_t: 0.833333, done: false, notes: [] });
    expect(rows[2].forecasts.map(one => [one.method, one.finish, one.chosen])).toEqual([["rest_as_planned", 4.5, false], ["pace_so_far", 4.8, true], ["recent_pace", 6.666667, false]]);
    expect(rows[1].forecasts.find(one => one.chosen).method).toBe("rest_as_planned");
    const words = await mandate(["curve", join(folder, "a.csv")]);
    expect(words.out).toContain("planned to take 4 periods");
    expect(words.out).toMatch(/112-03 +60\.00 +45\.00 +15\.00 +2\.50 +0\.50 +0\.75 +0\.83 +4\.80/);
  });

  it("says work that falls back, a plan that stands still and one that ends too low, and reads amounts, signs and Chinese titles", async () => {
    const rows = await curve(write("b.csv", "\uFEFF期別,預定,實際\r\n1,\"1,000\",\"1,000\"\r\n2,\"1,000\",900\r\n3,\"3,000\",\"2,000\"\r\n"), "--total", "4000");
    expect(rows.map(row => row.notes)).toEqual([[], ["actual_falls", "plan_flat"], ["plan_below_total"]]);
    expect(rows[2]).toMatchObject({ lag_points: 25, earned_schedule: 2.5, lag_periods: 0.5 });
    expect((await curve(write("c.csv", "Period,Plan,Actual\n1,20 %,20 %\n2,95%,100%\n")))[1]).toMatchObject({ done: true, lag_points: -5, forecasts: [] });
  });

  it("refuses a table that is no curve, by row and column", async () => {
    for (const [text, says] of [["period,planned,actual\n1,50,\n2,40,\n", "row 3, planned"], ["period,planned,actual\n1,x,\n", "row 2, planned"], ["period,planned,actual\n1,,5\n", "row 2, planned"], ["period,planned,actual\n,1,5\n", "row 2, period"],
      ["period,planned,actual\n1,10,-2\n2,100,\n", "row 2, actual"], ["period,planned\n1,2\n", "actual"], ["period,planned,actual\n", "no period"], ["period,planned,actual\n1,0,0\n", "zero"], ["", "empty"]]) {
      const made = await mandate(["curve", write("bad.csv", text), "--json"]);
      expect(made.code, text).not.toBe(0);
      expect(made.err.toLowerCase(), text).toContain(says);
      expect(made.out).toBe("");
    }
    expect((await mandate(["curve", join(folder, "absent.csv")])).code).not.toBe(0);
    expect((await mandate(["curve", join(folder, "a.csv"), "--total", "0"])).err).toContain("total");
  });
});

describe.skipIf(!existsSync(shared))("a curve from elsewhere", () => {
  it("agrees with earned schedule on 43 months and on 13 periods from elsewhere", async () => {
    const lines = readFileSync(join(shared, "scurve_43_months_monthly.csv"), "utf8").split(/\r?\n/).map(line => line.split(","));
    const series = name => lines.find(line => line[0].startsWith(name)).slice(1).filter(cell => cell !== "").map(Number);
    const months = series("Project Month");
    const planned = series("Plan-Cumulative");
    const actual = series("Actual-Cumulative");
    expect(months).toHaveLength(43);
    const rows = await curve(write("43.csv", `period,planned,actual\n${months.map((month, at) => `${month},${planned[at]},${actual[at]}`).join("\n")}\n`));
    expect(rows).toHaveLength(43);
    for (const [at, row] of rows.entries()) {
      expect(row.lag_points, `month ${at + 1}`).toBeCloseTo(planned[at] - actual[at], 6);
      expect(row.earned_schedule, `month ${at + 1}`).toBeCloseTo(earned(planned, actual[at]), 5);
    }
    // Never ten points behind, and yet eight months: what the rule in points alone does not see.
    const worst = rows.reduce((one, other) => (other.lag_points > one.lag_points ? other : one));
    expect(worst).toMatchObject({ period: "39", lag_points: 6.94 });
    expect(worst.lag_periods).toBeCloseTo(7.97, 2);
    expect(rows[35].notes).toContain("actual_falls");
    expect(rows[42].notes).toContain("plan_below_total");

    const inputs = readFileSync(join(shared, "earned_schedule_inputs.csv"), "utf8").trim().split(/\r?\n/).slice(1).map(line => line.split(",").map(Number));
    const by_value = await curve(write("13.csv", `period,planned,actual\n${inputs.map(([period, , pv, ev]) => `${period},${pv},${ev}`).join("\n")}\n`));
    const plan = inputs.map(([, , pv]) => pv);
    for (const [at, [, , pv, ev]] of inputs.entries()) {
      expect(by_value[at].earned_schedule, `period ${at + 1}`).toBeCloseTo(earned(plan, ev), 5);
      expect(by_value[at].spi, `period ${at + 1}`).toBeCloseTo(ev / pv, 5);
      expect(by_value[at].spi_t, `period ${at + 1}`).toBeCloseTo(earned(plan, ev) / (at + 1), 5);
    }
    expect(by_value[8].earned_schedule).toBeCloseTo(6.491, 3);
    expect(by_value[12]).toMatchObject({ earned_schedule: 9, lag_periods: 4, done: true, forecasts: [] });
  });
});
