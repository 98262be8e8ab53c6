// Search in a large city: two characters, for who sees all and for who sees little, quiet and while a thousand duties a second are written.
const words = ["路面", "改善", "排水", "清疏", "社區", "關懷", "據點", "公園", "照明", "校園", "安全", "檢查", "文化", "活動", "進度", "回報", "辦理", "情形", "填報", "期中", "檢討", "成果", "彙整", "臺中", "道路", "號誌"];

/** One of the pairs that people type: words of titles, some that no title holds, and digits of numbers. */
const typed = () => (Math.random() < 0.2 ? String(10 + Math.floor(Math.random() * 90)) : words[Math.floor(Math.random() * words.length)]);

async function times(Client, port, who, until) {
  const client = new Client(port);
  const out = [];
  while (until(out.length)) {
    const begun = performance.now();
    const answer = await client.send("GET", `/api/search?q=${encodeURIComponent(typed())}&limit=20`, who.headers);
    out.push(performance.now() - begun);
    if (answer.status !== 200) throw new Error(`search answered ${answer.status}: ${answer.body}`);
  }
  client.close();
  return out;
}

/** So many creations a second, whether or not those before were answered: how many there were. */
async function write(Client, port, who, agency, rate, seconds) {
  const clients = Array.from({ length: 32 }, () => ({ client: new Client(port), free: true }));
  const begun = performance.now();
  let sent = 0;
  let answered = 0;
  while (performance.now() - begun < seconds * 1000) {
    const due = Math.floor(((performance.now() - begun) / 1000) * rate);
    for (const one of clients) {
      if (sent >= due) break;
      if (!one.free) continue;
      one.free = false;
      sent += 1;
      const body = JSON.stringify({ title: `${typed()}${typed()}新案第${sent}件`, origin: "own", agency_id: agency, due_on: "2030-03-05" });
      void one.client.send("POST", "/api/duties", `${who.headers}Idempotency-Key: bench-${process.pid}-${begun}-${sent}\r\n`, body).then(answer => {
        if (answer.status !== 200) throw new Error(`a creation was answered with ${answer.status}: ${answer.body}`);
        one.free = true;
        answered += 1;
      });
    }
    await new Promise(done => setTimeout(done, 2));
  }
  while (answered < sent) await new Promise(done => setTimeout(done, 5));
  for (const one of clients) one.client.close();
  return Math.round(answered / ((performance.now() - begun) / 1000));
}

export async function searchFigures({ figure, Client, signIn, quantile, median, port, quick, json }) {
  const p99 = values => quantile(values, 0.99);
  for (const login of ["controller", "handler"]) {
    const who = await signIn(port, login);
    const count = quick ? 200 : 1000;
    await times(Client, port, who, done => done < 20);
    const quiet = await times(Client, port, who, done => done < count);
    figure(`two-character search, newest 20, as ${login}, p99`, Number(p99(quiet).toFixed(1)), "ms", "<= 50");
    if (!json) console.log(`(median ${median(quiet).toFixed(1)} ms)`);
  }
  const who = await signIn(port, "controller");
  const client = new Client(port);
  const agency = JSON.parse((await client.send("GET", "/api/agencies", who.headers)).body).rows.find(one => one.kind === "first_level").id;
  client.close();
  const ratios = [];
  const rates = [];
  for (let round = 0; round < (quick ? 2 : 7); round += 1) {
    const seconds = quick ? 2 : 4;
    const end = performance.now() + seconds * 1000;
    const quiet = await times(Client, port, who, () => performance.now() < end);
    let writing = true;
    const written = write(Client, port, who, agency, 1000, seconds).finally(() => (writing = false));
    const busy = await times(Client, port, who, () => writing);
    rates.push(await written);
    ratios.push(p99(busy) / p99(quiet));
  }
  figure("search while 1,000 duties a second are written, p99 against its quiet p99", Number(median(ratios).toFixed(2)), "ratio", "<= 2");
  if (!json) console.log(`(${median(rates)} written a second)`);
}
