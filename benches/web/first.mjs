// From an empty cache on a thin line and a slow machine: when a reader first sees a picture that can be handled, and when
// the program has run in the page. `cargo xtask bench page` builds the page and starts this; `node first.mjs SCENARIO …` with
// PAGE and CHROMIUM set measures others than the opening scenario.
//
// The line carries 10 Mbit/s with 40 ms of latency, and the machine is four times slower than this one. The files go
// under brotli, as servers of static files send them.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { brotliCompressSync, constants } from "node:zlib";

const { chromium } = createRequire(new URL("../../tests/web/", import.meta.url))("playwright-core");
const { CHROMIUM, PAGE } = process.env;
const LINE = { offline: false, latency: 40, downloadThroughput: 10e6 / 8, uploadThroughput: 10e6 / 8 };
const SLOWNESS = 4;
const TURNS = 3;

// What the page's server gives, compressed once.
const files = new Map();
async function fileAt(path) {
  const response = await fetch(new URL(path.slice(1), PAGE));
  const type = response.headers.get("content-type");
  const plain = Buffer.from(await response.arrayBuffer());
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
  return { status: response.status, type, body: brotliCompressSync(plain, { params }) };
}
const server = createServer(async ({ url }, answer) => {
  const path = url.split("?")[0];
  if (!files.has(path)) files.set(path, fileAt(path));
  const { status, type, body } = await files.get(path);
  answer.writeHead(status, { "content-type": type, "content-encoding": "br", "content-length": body.length });
  answer.end(body);
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const address = `http://127.0.0.1:${server.address().port}/`;

// Events with the time since the page was asked for [ms]; a picture counts from the frame in which it is drawn.
function listen() {
  window.happened = {};
  const note = (name) => (window.happened[name] ??= Math.round(performance.now()));
  document.addEventListener("coroscope-picture", () => requestAnimationFrame(() => setTimeout(() => note("picture"))));
  document.addEventListener("coroscope-run", () => requestAnimationFrame(() => setTimeout(() => note("run"))));
}

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"] });
const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];
async function once(scenario, throttled) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.on("pageerror", (error) => console.log(`exception: ${error}`));
  await page.addInitScript(listen);
  const devtools = await context.newCDPSession(page);
  if (throttled) {
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", LINE);
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWNESS });
  }
  await page.goto(`${address}${scenario ? `#v=1&s=${scenario}` : ""}`, { waitUntil: "commit" });
  await page.waitForFunction(() => window.happened?.run, undefined, { timeout: 120_000, polling: 100 });
  const { picture = NaN, run } = await page.evaluate(() => window.happened);
  await context.close();
  return { picture, run };
}

try {
  // Compresses every file, which must not count.
  await once("", false);
  console.log("scenario".padEnd(28), "first picture ms", "own run ms");
  const chosen = process.argv.slice(2);
  for (const scenario of chosen.length ? chosen : [""]) {
    const times = [];
    for (let turn = 0; turn < TURNS; turn++) times.push(await once(scenario, true));
    const [picture, run] = ["picture", "run"].map((name) => String(median(times.map((time) => time[name]))));
    console.log((scenario || "as the page opens").padEnd(28), picture.padStart(16), run.padStart(10));
  }
} finally {
  await browser.close();
  server.close();
}
