import { mandate, password, send, startCity } from "./support.mjs";

const visitor = "198.51.100.7";
const signIn = (client, name, from, secret = password) => client.call("POST", "/api/session", { login_name: name, password: secret }, { key: null, headers: { "X-Forwarded-For": from, "X-Forwarded-Proto": "https" } });

describe("behind a trusted proxy", () => {
  let city;
  beforeAll(async () => {
    city = await startCity({ extra: ["--trusted-proxy", "127.0.0.1"] });
  });
  afterAll(() => city.finish());

  it("marks the cookie as secure when the proxy says that the client came by https", async () => {
    expect((await signIn(city.client(), "controller", visitor)).headers["set-cookie"][0]).toMatch(/; Secure$/);
  });

  it("counts failed sign-ins by the client's address, not by the proxy's", async () => {
    const most = (await (await city.as("admin")).read("/api/policies")).rows.find(row => row.key === "sign_in.address_failures_max").value;
    // Many names, so that none of them is locked by itself.
    const statuses = [];
    for (let i = 0; i < Number(most); i += 20) statuses.push(...(await Promise.all(Array.from({ length: 20 }, (_, j) => signIn(city.client(), `name-${i + j}`, visitor, "wrong password")))).map(answer => answer.status));
    expect(new Set(statuses)).toEqual(new Set([401]));
    expect((await signIn(city.client(), "controller", visitor)).status).toBe(429);
    // An address that the client writes in front of its own is not believed.
    expect((await signIn(city.client(), "controller", `203.0.113.5, ${visitor}`)).status).toBe(429);
    expect((await signIn(city.client(), "controller", "203.0.113.5")).status).toBe(200);
  });

  it("keeps metrics from those whom the proxy passes on", async () => {
    const port = city.servers[0].port;
    expect((await send(port, "GET", "/metrics")).status).toBe(200);
    expect((await send(port, "GET", "/metrics", { "X-Forwarded-For": visitor })).status).toBe(403);
  });
});

describe("without a trusted proxy", () => {
  let city;
  beforeAll(async () => {
    city = await startCity({ servers: 1 });
  });
  afterAll(() => city.finish());

  it("believes no forwarded header, and lets no metrics out through a proxy that it does not know", async () => {
    expect((await signIn(city.client(), "controller", visitor)).headers["set-cookie"][0]).toMatch(/; SameSite=Lax$/);
    expect((await send(city.servers[0].port, "GET", "/metrics", { "X-Forwarded-For": visitor })).status).toBe(403);
  });

  it("names a proxy that is no address", async () => {
    const { code, err } = await mandate(["--data", city.folders[0] + "-other", "serve", "--port", "0", "--trusted-proxy", "proxy.local"]);
    expect(code).toBe(1);
    expect(err).toContain("--trusted-proxy proxy.local is not an IP address");
  });
});
