// Every command beside a loaded server, and every command without one.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { agencies, inParallel, mandate, must, newDuty, password, Server, sleep, sqlite, startCity, tempFolder } from "./support.mjs";

const folder = tempFolder("files");
const file = (name, text) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const plan = file("plan.txt", "臺中市政府交通局109年度施政計畫\n\n參、年度重要計畫\n\n工作計畫名稱\t重要計畫項目\t實施內容\n號誌維護\t號誌巡檢\t一、每月巡檢路口號誌20處以上。 二、每季召開號誌檢討會議。\n");
function calendar(year) {
  const rows = ["西元日期,星期,是否放假,備註"];
  for (let at = Date.UTC(year, 0, 1); at <= Date.UTC(year, 11, 31); at += 86_400_000) {
    const day = new Date(at);
    rows.push(`${day.toISOString().slice(0, 10).replaceAll("-", "")},${"日一二三四五六"[day.getUTCDay()]},${[0, 6].includes(day.getUTCDay()) ? 2 : 0},`);
  }
  return rows.join("\n") + "\n";
}
const cases = file("cases.csv", "start,working_days\n2030-01-01,3\n2030-05-03,1\n");

// name: arguments, and what must be on standard output.
const commands = where => ({
  token: [["token", ...where, "--name", "load", "--for", "controller", "--permissions", "duty.read"], /^mdt_[\w-]{40,}\n$/],
  "import plan": [["import", "plan", plan, ...where], /sentences: \d+ yielded obligations/],
  "import plan --accept": [["import", "plan", plan, "--accept", ...where], /obligations accepted, \d+ duties made/],
  "import calendar --dry-run": [["import", "calendar", file("2030.csv", calendar(2030)), "--dry-run", ...where], /^year 2030: 365 days, 365 changed/],
  "import calendar": [["import", "calendar", file("2031.csv", calendar(2031)), ...where], /^year 2031: 365 days, 365 changed/],
  "import agencies --dry-run": [["import", "agencies", file("a.csv", "code,name,kind,valid_from\nCMD-1,指令機關,partner,2026-01-01\n"), "--dry-run", ...where], /^1 rows: 1 new/],
  "import agencies": [["import", "agencies", file("b.csv", "code,name,kind,valid_from\nCMD-2,指令機關二,partner,2026-01-01\n"), ...where], /^1 rows: 1 new/],
  "audit verify": [["audit", "verify", ...where], /^good: /m],
  sample: [["sample", "--duties", "300", ...where], /^300 duties made$/m],
  status: [["status", ...where], /^late +\d+\nnot late +\d+\n$/],
  "plan read": [["plan", "read", plan, "--json", ...where], /^\{"year_roc":109,/],
  "calendar due": [["calendar", "due", "--calendar", file("2030.csv", calendar(2030)), "--batch", cases, ...where], /^start,working_days,due\n2030-01-01,3,2030-01-04\n2030-05-03,1,2030-05-06\n$/],
  openapi: [["openapi", ...where], /^\{"openapi":"3\.1\.0"/],
});

describe("commands", () => {
  it("each run beside a loaded server, which answers on without a fault", async () => {
    const city = await startCity();
    try {
      const { construction } = await agencies(city);
      const controller = await city.as("controller");
      let going = true;
      let answered = 0;
      const faults = [];
      const load = inParallel(Array.from({ length: 4 }), 4, async (_, i) => {
        while (going) {
          const answer = i % 2 ? await controller.post("/api/duties", newDuty(construction.id)) : await controller.get("/api/duties?view=city&limit=20");
          if (answer.status !== 200) faults.push(`${answer.status} ${answer.text.slice(0, 200)}`);
          ++answered;
        }
      });
      const wrong = [];
      for (const [name, [args, text]] of Object.entries(commands(city.where))) {
        const before = answered;
        const made = await mandate(args);
        if (made.code !== 0 || !text.test(made.out)) wrong.push(`${name}: ${made.code} ${made.out.slice(0, 300)}${made.err.slice(0, 600)}`);
        while (answered === before) await sleep(5);
      }
      going = false;
      await load;
      expect(wrong).toEqual([]);
      expect(faults.slice(0, 5)).toEqual([]);
      expect(answered).toBeGreaterThan(20);
      // What the commands did is there.
      expect((await controller.read("/api/plans")).rows.some(row => row.year_roc === 109)).toBe(true);
      expect((await controller.read("/api/calendar?year=2031")).days).toHaveLength(365);
      expect((await controller.read("/api/agencies")).rows.map(row => row.code)).toContain("CMD-2");
    } finally {
      await city.finish();
    }
  });

  it("each run without a server on data of their own", async () => {
    const city = await startCity({ start: false });
    const wrong = [];
    for (const [name, [args, text]] of Object.entries(commands(city.where))) {
      const made = await mandate(args);
      if (made.code !== 0 || !text.test(made.out)) wrong.push(`${name}: ${made.code} ${made.out.slice(0, 300)}${made.err.slice(0, 600)}`);
    }
    expect(wrong).toEqual([]);
    // A token that was made while nobody served is good when somebody does.
    const token = (await mandate(commands(city.where).token[0])).out.trim();
    await city.start();
    expect((await city.client().withToken(token).get("/api/duties")).status).toBe(200);
    await city.finish();
  });

  it("say what is wrong with a file, with its line, and change nothing", async () => {
    const city = await startCity({ start: false });
    const bad = {
      calendar: [["import", "calendar", file("bad.csv", calendar(2032).replace("20320105,一", "20320105,五"))], /line 6.*\n?.*2032-01-05/],
      agencies: [["import", "agencies", file("bad2.csv", "code,name,kind,valid_from\nA,甲,third,2026-01-01\n")], /line 2/],
      plan: [["import", "plan", file("bad.txt", "no plan at all\n")], /./],
      "empty plan": [["import", "plan", file("empty.txt", "")], /./],
      "binary plan": [["import", "plan", file("binary.txt", Buffer.from([0xff, 0xfe, 0x00, 0x41, 0x0a, 0xa4]))], /./],
      "calendar year": [["calendar", "due", "--calendar", file("2030.csv", calendar(2030)), "--batch", file("far.csv", "start,working_days\n2035-01-01,3\n")], /2035/],
      "missing file": [["import", "plan", join(folder, "not-there.txt")], /cannot read .*not-there\.txt/],
    };
    const before = (await mandate(["status", ...city.where])).out;
    for (const [name, [args, text]] of Object.entries(bad)) {
      const made = await mandate([...args, ...city.where]);
      expect(made.code, name).not.toBe(0);
      expect(made.err, name).toMatch(text);
      expect(made.err, name).not.toMatch(/terminate|Assertion|\{\w+\}/);
    }
    expect((await mandate(["status", ...city.where])).out).toBe(before);
    await city.start();
    await city.finish();
  });

  it("explain themselves when they are called wrongly", async () => {
    for (const args of [[], ["fly"], ["token"], ["serve", "--port", "x"], ["import"], ["--colour"]]) {
      const made = await mandate(args);
      expect(made.code, args.join(" ")).not.toBe(0);
      expect(made.err + made.out).toMatch(/--help/);
    }
    const help = await mandate(["--help"]);
    expect(help.code).toBe(0);
    for (const word of ["serve", "plan", "import", "calendar", "audit", "token", "sample", "status", "openapi"]) expect(help.out).toContain(word);
  });
});

describe("servers", () => {
  it("refuse a data folder that another one owns, in clear words", async ({ skip }) => {
    skip(!sqlite, "on PostgreSQL several servers share the data");
    const city = await startCity();
    const second = new Server(["--port", "0", "--print-port", "--quiet", "--data", city.folders[0]]);
    await expect(second.start()).rejects.toThrow(/ended with 1/);
    expect(second.err).toMatch(/another|in use|owner|running/i);
    expect(second.err).not.toMatch(/^\s+at |terminate/m);
    must(await (await city.as("controller")).get("/api/session"));
    await city.finish();
  });

  it("refuse sample accounts and a fake clock on an address other than loopback", async () => {
    const city = await startCity({ start: false });
    const open = new Server([...city.argsOf(0).filter(arg => arg !== "--fake-clock" && arg !== city.clock), "--address", "0.0.0.0"]);
    await expect(open.start()).rejects.toThrow(/ended with 1/);
    expect(open.err).toMatch(/sample accounts/);
    const clock = new Server(["--port", "0", "--print-port", "--quiet", "--data", tempFolder(), "--address", "0.0.0.0", "--fake-clock", "2026-11-24T02:00:00Z"]);
    await expect(clock.start()).rejects.toThrow(/ended with 1/);
    expect(clock.err).toMatch(/--fake-clock is refused on 0\.0\.0\.0/);
    const six = await new Server(["--port", "0", "--print-port", "--quiet", "--data", tempFolder(), "--address", "::1", "--fake-clock", "2026-11-24T02:00:00Z"]).start().catch(error => error);
    if (six instanceof Server) expect(await six.stop()).toBe(0);
  });

  it("refuse a port that is taken and an address that is none, in clear words", async () => {
    const first = await new Server(["--port", "0", "--print-port", "--quiet", "--data", tempFolder()]).start();
    const taken = new Server(["--port", String(first.port), "--print-port", "--quiet", "--data", tempFolder()]);
    await expect(taken.start()).rejects.toThrow(/ended with 1/);
    expect(taken.err).toMatch(new RegExp(`port ${first.port} .*taken.*--port`));
    expect(await first.stop()).toBe(0);
    const nowhere = new Server(["--port", "0", "--print-port", "--quiet", "--data", tempFolder(), "--address", "somewhere"]);
    await expect(nowhere.start()).rejects.toThrow(/ended with 1/);
    expect(nowhere.err).toMatch(/somewhere is not an IP address/);
    const database = new Server(["--port", "0", "--print-port", "--quiet", "--data", tempFolder(), "--database", "postgresql://nobody@127.0.0.1:1/none"]);
    await expect(database.start()).rejects.toThrow(/ended with 1/);
    expect(database.err).toMatch(/PostgreSQL/);
  });

  it("know no test clock unless they were started with one", async () => {
    const city = await startCity({ fake: false });
    expect((await city.client().post("/api/test-clock", { now: "2030-01-01T00:00:00Z" })).status).toBe(404);
    await city.finish();
  });

  it("make a first administrator in an empty database, and show the password once", async () => {
    const city = await startCity({ sample: false, servers: 1, extra: ["--first-admin", "--banner"] });
    await sleep(100);
    const found = /with the password (\S+)/.exec(city.servers[0].out);
    expect(found).not.toBeNull();
    expect((await city.client().signIn("admin", found[1])).status).toBe(200);
    await city.servers[0].stop();
    const again = await city.startServer(0);
    await sleep(100);
    expect(again.out).not.toContain(found[1]);
    expect(again.out).not.toContain("with the password");
    await city.finish();
  });

  it("print their address and the sample accounts, one for each role", async () => {
    const city = await startCity({ servers: 1, extra: ["--banner"] });
    await sleep(100);
    const out = city.servers[0].out;
    expect(out).toContain(`http://localhost:${city.servers[0].port}/`);
    expect(out).toContain(password);
    expect(out.match(/^ {2}\S+ +\S/gm).length).toBe(15);
    await city.finish();
  });
});

it("leave their Unix socket to the owner of the data alone", async ({ skip }) => {
  skip(!sqlite, "on PostgreSQL commands use the database");
  const city = await startCity();
  const { statSync } = await import("node:fs");
  const socket = join(city.folders[0], "mandate.sock");
  expect(statSync(socket).mode & 0o777).toBe(0o600);
  await city.stop();
  expect(existsSync(socket)).toBe(false);
  await city.finish();
});
