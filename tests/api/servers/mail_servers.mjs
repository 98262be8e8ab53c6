// The mail servers of the tests: a scripted SMTP server and a Dovecot, unprivileged, on free loopback ports, ended by their own process ids.
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import net from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { sleep, tempFolder } from "../support.mjs";

const here = fileURLToPath(new URL(".", import.meta.url));

/** A folder that an unprivileged server reaches, in the one that holds everything of a run. */
function reachableFolder(name) {
  if (process.env.MANDATE_TEST_FOLDER) chmodSync(process.env.MANDATE_TEST_FOLDER, 0o711);
  const folder = tempFolder(name);
  chmodSync(folder, 0o755);
  return folder;
}

/** A certificate authority of one's own and a certificate for 127.0.0.1: { ca, cert, key }. */
export function certificates(folder = reachableFolder("certificates")) {
  const run = args => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  run(["req", "-x509", ...ec, "-keyout", "ca.key", "-out", "ca.pem", "-days", "30", "-subj", "/CN=Test authority"]);
  run(["req", ...ec, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=127.0.0.1"]);
  writeFileSync(join(folder, "extensions"), "subjectAltName=IP:127.0.0.1\n");
  run(["x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "server.pem", "-days", "30", "-extfile", "extensions"]);
  for (const file of ["server.key", "server.pem", "ca.pem"]) chmodSync(join(folder, file), 0o644);
  return { ca: join(folder, "ca.pem"), cert: join(folder, "server.pem"), key: join(folder, "server.key") };
}

export class SmtpServer {
  constructor(args = []) {
    this.mails = [];
    this.steps = [];
    this.waiting = [];
    this.args = args;
  }
  async start() {
    this.child = spawn("/usr/bin/python3", [join(here, "smtp.py"), ...this.args], { stdio: ["pipe", "pipe", "pipe"] });
    this.err = "";
    this.child.stderr.on("data", bytes => (this.err += bytes));
    this.gone = new Promise(done => this.child.on("exit", done));
    process.on("exit", () => this.child.kill("SIGKILL"));
    await new Promise((done, fail) => {
      this.child.on("exit", () => fail(new Error(`the SMTP server ended: ${this.err}`)));
      createInterface({ input: this.child.stdout }).on("line", line => {
        const said = JSON.parse(line);
        if (said.event === "port") {
          this.port = said.port;
          done();
        }
        if (said.event === "mail") this.mails.push(said);
        if (said.event === "step") this.steps.push(said.step);
        if (said.event === "done") this.waiting.shift()();
      });
    });
    return this;
  }
  command(what) {
    return new Promise(done => {
      this.waiting.push(done);
      this.child.stdin.write(`${JSON.stringify(what)}\n`);
    });
  }
  at(step, doing, code) {
    return this.command({ step, do: doing, code });
  }
  async reached(step, count = 1) {
    for (let i = 0; i < 1000 && this.steps.filter(one => one === step).length < count; ++i) await sleep(10);
    if (this.steps.filter(one => one === step).length < count) throw new Error(`the step ${step} was not reached: ${this.steps}`);
  }
  /** Mails by what a header says. */
  header(mail, name) {
    const head = mail.content.replaceAll("\r\n", "\n").split("\n\n")[0].replaceAll(/\n[ \t]+/g, " ");
    return new RegExp(`^${name}: (.*)$`, "im").exec(head)?.[1] ?? null;
  }
  async stop() {
    this.child.kill("SIGKILL");
    await this.gone;
  }
}

function freePort() {
  return new Promise(done => {
    const server = net.createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

export class Dovecot {
  constructor({ cert, key }, user = "bounces", password = "Seven-lamps-on-the-quay") {
    Object.assign(this, { cert, key, user, password });
  }
  async start() {
    // Dovecot runs as whoever runs the tests, and as nobody where that is root.
    const root = process.getuid() === 0;
    const who = root ? { name: "nobody", group: "nogroup", uid: 65534, gid: 65534 } : { name: userInfo().username, group: execFileSync("id", ["-gn"], { encoding: "utf8" }).trim(), uid: process.getuid(), gid: process.getgid() };
    this.folder = reachableFolder("dovecot");
    this.who = who;
    this.ports = { imap: await freePort(), imaps: await freePort() };
    for (const part of ["", "run", "state", "mail", "mail/new", "mail/cur", "mail/tmp"]) {
      mkdirSync(join(this.folder, part), { recursive: true });
      chownSync(join(this.folder, part), who.uid, who.gid);
    }
    const file = join(this.folder, "dovecot.conf");
    writeFileSync(file, `
protocols = imap
listen = 127.0.0.1
base_dir = ${this.folder}/run
state_dir = ${this.folder}/state
log_path = ${this.folder}/log
ssl = required
ssl_cert = <${this.cert}
ssl_key = <${this.key}
default_internal_user = ${who.name}
default_internal_group = ${who.group}
default_login_user = ${who.name}
first_valid_uid = 1
mail_location = maildir:${this.folder}/mail
passdb {
  driver = static
  args = password=${this.password}
}
userdb {
  driver = static
  args = uid=${who.uid} gid=${who.gid} home=${this.folder}
}
service anvil {
  chroot =
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${this.ports.imap}
  }
  inet_listener imaps {
    port = ${this.ports.imaps}
    ssl = yes
  }
}
`);
    return this.restart();
  }
  async restart() {
    const { who } = this;
    this.child = spawn("/usr/sbin/dovecot", ["-F", "-c", join(this.folder, "dovecot.conf")], { stdio: "ignore", ...(process.getuid() === 0 ? { uid: who.uid, gid: who.gid } : {}) });
    this.gone = new Promise(done => this.child.on("exit", done));
    process.on("exit", () => this.child.kill("SIGTERM"));
    for (let i = 0; i < 200; ++i) {
      if (this.child.exitCode !== null) break;
      if (await new Promise(done => net.connect(this.ports.imap, "127.0.0.1", function () { this.destroy(); done(true); }).on("error", () => done(false)))) return this;
      await sleep(50);
    }
    throw new Error(`Dovecot did not start: ${existsSync(join(this.folder, "log")) ? readFileSync(join(this.folder, "log"), "utf8") : ""}`);
  }
  /** Puts a mail into the mailbox. */
  deliver(text) {
    this.count = (this.count ?? 0) + 1;
    const file = join(this.folder, "mail/new", `${1_800_000_000 + this.count}.M1P1.test`);
    writeFileSync(file, text.replaceAll(/\r?\n/g, "\r\n"));
    chownSync(file, this.who.uid, this.who.gid);
  }
  async stop() {
    this.child.kill("SIGTERM");
    await this.gone;
  }
}
