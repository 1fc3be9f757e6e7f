// The built page in a real browser: open a scenario, play, turn a slider, see the total change, go back, and all of it
// again below a sub-path. `cargo xtask test` serves the page and names its addresses in PAGE and PAGE_BELOW; names of
// checks behind `node page.mjs` run those alone.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import axe from "axe-core";
import { chromium } from "playwright-core";

const { CHROMIUM, PAGE, PAGE_BELOW } = process.env;
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"],
});

// What must not happen on any page: an exception, an error on the console, an address that is not there.
function watched(page) {
  const wrongs = [];
  page.on("pageerror", (error) => wrongs.push(`exception: ${error}`));
  page.on("console", (message) => message.type() === "error" && wrongs.push(`console: ${message.text()}`));
  page.on("response", (response) => response.status() >= 400 && wrongs.push(`${response.status()}: ${response.url()}`));
  return wrongs;
}

const total = (scope) => scope.locator('#numbers [data-metric="total"] dd').innerText();
const scrub = async (scope) => Number(await scope.locator("#scrub").inputValue());

// Ends when the predicate holds of what `read` gives.
async function eventually(what, read, holds, limit = 30_000) {
  const end = Date.now() + limit;
  let last;
  do {
    last = await read().catch((error) => error.message);
    if (holds(last)) return last;
    await new Promise((resolve) => setTimeout(resolve, 50));
  } while (Date.now() < end);
  assert.fail(`${what}: still ${JSON.stringify(last)} after ${limit / 1000} s`);
}

// Sets a range input as a reader's drag does.
const drag = (slider, value) =>
  slider.evaluate((input, value) => {
    input.value = value;
    for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));
  }, String(value));

async function journey(address) {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  const wrongs = watched(page);
  await page.goto(address);

  // Open: the first scenario with a slider that the gallery offers.
  const scope = page.locator("coro-scope").first();
  const links = page.locator("coro-gallery a");
  await eventually("the gallery is empty", () => links.count(), (n) => n > 0);
  await links.filter({ has: page.locator("b") }).first().click();
  const first = await eventually("no run has come to its end", () => total(scope), (text) => /\d/.test(text));
  assert.equal(await scope.locator("#failure").isHidden(), true, "the page says that it failed");

  // Play: the cursor moves on its own.
  await scope.locator("#to-start").click();
  await eventually("the button does not go to the start", () => scrub(scope), (at) => at === 0);
  await scope.locator("#play").click();
  await eventually("playing does not move the cursor", () => scrub(scope), (at) => at > 0);
  if ((await scope.locator("#play").getAttribute("aria-pressed")) === "true") await scope.locator("#play").click();

  // Scrub forth and back: the clock follows.
  const clock = () => scope.locator("#clock-now").innerText();
  await drag(scope.locator("#scrub"), 9000);
  const late = await eventually("scrubbing does not move the clock", clock, (text) => !/^0 /.test(text));
  await drag(scope.locator("#scrub"), 1000);
  await eventually("scrubbing back does not move the clock", clock, (text) => text !== late);

  // A slider: the run's total changes, and comes back with the old value.
  const sliders = scope.locator('#fields input[type="range"]');
  assert.ok((await sliders.count()) > 0, "the scenario has no slider");
  const before = await sliders.first().evaluate(({ value, min, max }) => ({ value, min, max }));
  await drag(sliders.first(), before.value === before.min ? before.max : before.min);
  await eventually("the slider does not change the total", () => total(scope), (text) => /\d/.test(text) && text !== first);
  await drag(sliders.first(), before.value);
  await eventually("the old value does not give the old total", () => total(scope), (text) => text === first);

  assert.deepEqual(wrongs, []);
  await page.close();
  return first;
}

const isQuiet = (page) => page.locator('coro-scope[aria-busy="false"]').first().waitFor({ state: "attached", timeout: 60_000 });

async function opened(address, options = { viewport: { width: 1280, height: 800 } }) {
  const page = await browser.newPage(options);
  const wrongs = watched(page);
  await page.goto(address);
  await isQuiet(page);
  return { page, scope: page.locator("coro-scope").first(), wrongs };
}

// Everything by keyboard, and no key taken from the page or the editor.
async function keys() {
  const { page, scope, wrongs } = await opened(PAGE);
  const focused = () => page.evaluate(() => document.activeElement.tagName);
  assert.equal(await focused(), "BODY", "the viewer takes the focus on its own");
  const canvas = scope.locator("#canvas");
  await canvas.focus();
  const at = () => scrub(scope);
  await page.keyboard.press("Home");
  await eventually("Home does not go to the start", at, (n) => n === 0);
  await page.keyboard.press("End");
  await eventually("End does not go to the end", at, (n) => n === 10000);
  await page.keyboard.press("ArrowLeft");
  await eventually("the left arrow does not step back", () => scope.locator("#narration").innerText(), (text) => text.length > 0);
  await page.keyboard.press("Home");
  await page.keyboard.press("Space");
  await eventually("Space does not play", () => scope.locator("#play").getAttribute("aria-pressed"), (v) => v === "true");
  await page.keyboard.press("k");
  await eventually("K does not pause", () => scope.locator("#play").getAttribute("aria-pressed"), (v) => v === "false");
  await page.keyboard.press("?");
  await eventually("? does not open the help", () => scope.locator("#help").evaluate((d) => d.open), (open) => open);
  await page.keyboard.press("Escape");
  await eventually("Esc does not close the help", () => scope.locator("#help").evaluate((d) => d.open), (open) => !open);
  // In the editor the same keys are text, and Ctrl+Enter runs it.
  await scope.locator("#editor").focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# k?\n");
  await eventually("an edited text is not marked as not run", () => scope.locator("#stale").isVisible(), (visible) => visible);
  await page.keyboard.press("Control+Enter");
  await eventually("Ctrl+Enter does not run", () => scope.locator("#stale").isVisible(), (visible) => !visible);
  await isQuiet(page);
  // Esc, then Tab, leaves the editor.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  const inside = () => scope.evaluate((element) => element.shadowRoot.activeElement?.id);
  assert.notEqual(await inside(), "editor", "Tab does not leave the editor after Esc");
  assert.deepEqual(wrongs, []);
  await page.close();
}

// The plain wheel scrolls the page; Ctrl + wheel zooms.
async function wheel() {
  const { page, scope, wrongs } = await opened(PAGE, { viewport: { width: 390, height: 500 } });
  await scope.locator("#canvas").scrollIntoViewIfNeeded();
  const box = await scope.locator("#canvas").boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + 12);
  const top = () => page.evaluate(() => scrollY);
  const before = await top();
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -200);
  await page.keyboard.up("Control");
  await page.waitForTimeout(200);
  assert.equal(await top(), before, "Ctrl + wheel scrolls the page");
  await scope.locator("#zoom-fit").click();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `the page is ${wide} px too wide for a phone`);
  assert.deepEqual(wrongs, []);
  await page.close();
}

// A link brings back the parameters, the instant and the edited text; a bad parameter is told and passed over.
async function links() {
  const { page, scope, wrongs } = await opened(PAGE);
  const slider = scope.locator('#fields input[type="range"]').first();
  const [name, least] = await slider.evaluate((input) => [input.dataset.parameter, input.min]);
  await drag(slider, least);
  await isQuiet(page);
  await drag(scope.locator("#scrub"), 5000);
  await scope.locator("#editor").evaluate((editor) => {
    editor.value = `# edited\n${editor.value}`;
    editor.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  });
  await scope.locator("#run").click();
  await isQuiet(page);
  await scope.locator("#copy-link").click();
  const link = await scope.locator(".notice .address").inputValue();
  const clock = await scope.locator("#clock-now").innerText();
  const again = await opened(link);
  assert.equal(await again.scope.locator(`[data-parameter="${name}"]`).inputValue(), least);
  assert.match(await again.scope.locator("#editor").inputValue(), /^# edited\n/);
  await eventually("a link forgets the instant", () => again.scope.locator("#clock-now").innerText(), (text) => text === clock);
  assert.deepEqual(again.wrongs, []);
  await again.page.close();
  const bad = await opened(`${PAGE}#v=1&p.${name}=999999999&p.nonsense=1&t=soon`);
  assert.ok((await bad.scope.locator(".notice").count()) >= 2, "bad parts of a link are passed over in silence");
  assert.match(await total(bad.scope), /\d/);
  await bad.scope.locator(".notice button").first().click();
  assert.deepEqual([...wrongs, ...bad.wrongs], []);
  await page.close();
  await bad.page.close();
}

// An endless loop leaves the page usable and can be stopped.
async function endless() {
  const { page, scope, wrongs } = await opened(PAGE);
  await scope.locator("#editor").fill("while True: pass\n");
  await scope.locator("#run").click();
  await eventually("an endless run cannot be stopped", () => scope.locator("#stop").isVisible(), (visible) => visible);
  assert.equal(await scope.getAttribute("aria-busy"), "true");
  const start = Date.now();
  await scope.locator("#help-open").click();
  await eventually("the page does not answer", () => scope.locator("#help").evaluate((d) => d.open), (open) => open);
  assert.ok(Date.now() - start < 2_000, "the page answers late");
  await page.keyboard.press("Escape");
  await scope.locator("#stop").click();
  await isQuiet(page);
  assert.deepEqual(wrongs, []);
  await page.close();
}

// A viewer with a small program of its own, on a page of others.
async function opened_with(code, options) {
  const { page, scope, wrongs } = await opened(PAGE, options);
  await scope.locator("#editor").fill(code);
  await scope.locator("#run").click();
  await isQuiet(page);
  return { page, scope, wrongs };
}

const LOCKED = `import threading, time
lock = threading.Lock()
def first():
    with lock:
        time.sleep(0.2)
def second():
    time.sleep(0.01)
    with lock:
        pass
a = threading.Thread(target=first, name="holder")
b = threading.Thread(target=second, name="late comer")
a.start(); b.start(); a.join(); b.join()
`;

// A lane is found by its name; its wait says who ended it, and the keys go there and back.
async function causes() {
  const { page, scope, wrongs } = await opened_with(LOCKED);
  const why = () => scope.locator("#why").innerText();
  await drag(scope.locator("#scrub"), 5000);
  await scope.locator("#canvas").focus();
  await page.keyboard.press("/");
  await page.keyboard.type("late");
  await eventually("the search does not find a lane", () => scope.locator("#find-count").innerText(), (text) => text === "1 of 1");
  await eventually("a wait does not say who ended it", why, (text) => /late comer/.test(text) && /Ended by thread holder/.test(text));
  await page.keyboard.press("Escape");
  const before = await scope.locator("#clock-now").innerText();
  await page.keyboard.press("[");
  await eventually("[ does not go to who ended the wait", why, (text) => /^thread holder/.test(text));
  await eventually("[ does not move the cursor", () => scope.locator("#clock-now").innerText(), (text) => text !== before);
  await page.keyboard.press("]");
  await eventually("] does not go on to whom it woke", why, (text) => /^thread late comer/.test(text));
  await page.keyboard.press("Escape");
  await eventually("Esc does not take the words away", () => scope.locator("#why").isVisible(), (visible) => !visible);
  const spent = () => scope.locator("#gutter li").nth(4).getAttribute("title");
  await eventually("a line does not say how long it took", spent, (words) => /waiting 200(\.\d)? ms/.test(words ?? ""));
  assert.deepEqual(wrongs, []);
  await page.close();
}

// A stretch of time is selected with Shift, added up, zoomed to and played round and round; Z goes back.
async function ranges() {
  const { page, scope, wrongs } = await opened_with(LOCKED);
  const box = await scope.locator("#canvas").boundingBox();
  const x = (share) => box.x + box.width * share;
  await page.keyboard.down("Shift");
  await page.mouse.move(x(0.4), box.y + 60);
  await page.mouse.down();
  await page.mouse.move(x(0.6), box.y + 60, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  const why = scope.locator("#why");
  await eventually("a selected stretch is not added up", () => why.innerText(), (text) => /threads together ran for/.test(text));
  assert.equal(await scope.locator("#view-back").isDisabled(), true);
  await scope.locator("#range-zoom").click();
  await eventually("zooming cannot be undone", () => scope.locator("#view-back").isDisabled(), (off) => !off);
  await scope.locator("#loop").click();
  await eventually("a loop does not begin", () => scope.locator("#loop").getAttribute("aria-pressed"), (v) => v === "true");
  await scope.locator("#play").click();
  const seen = [];
  for (let i = 0; i < 30; i++) {
    seen.push(await scrub(scope));
    await page.waitForTimeout(40);
  }
  assert.ok(Math.max(...seen.slice(3)) < 8500, `a loop leaves its stretch: ${seen}`);
  await scope.locator("#play").click();
  await scope.locator("#canvas").focus();
  await page.keyboard.press("z");
  await eventually("Z does not go back", () => scope.locator("#view-back").isDisabled(), (off) => off);
  assert.deepEqual(wrongs, []);
  await page.close();
}

// A call that blocks the event loop and a forgotten await are found, with ways to their lines.
async function findings() {
  const code = "import asyncio, time\nasync def f():\n    asyncio.sleep(1)\n    time.sleep(0.3)\nasyncio.run(f())\n";
  const { page, scope, wrongs } = await opened_with(code);
  await eventually("findings are not counted", () => scope.locator("#findings-count").innerText(), (text) => text === "2");
  await scope.locator('#subtabs [data-pane="findings"]').click();
  const found = await scope.locator("#findings").innerText();
  assert.match(found, /serves nobody else for 300 ms/);
  assert.match(found, /coroutine 'sleep' was never awaited/);
  await scope.locator("#findings [data-go]").first().click();
  await eventually("a finding leads nowhere", () => scope.locator("#why").isVisible(), (visible) => visible);
  assert.deepEqual(wrongs, []);
  await page.close();
}

// What a wrong text says, and that the last good picture stays.
async function mistakes() {
  const { page, scope, wrongs } = await opened(PAGE);
  const before = await total(scope);
  await scope.locator("#editor").fill("def f(:\n    pass\n");
  await scope.locator("#run").click();
  await eventually("a syntax error is not shown", () => scope.locator("#diagnostics").innerText(), (text) => /1:7|line 1/.test(text));
  assert.equal(await total(scope), before, "the last good picture is gone");
  await scope.locator("#editor").focus();
  await page.keyboard.press("Control+z");
  await scope.locator("#run").click();
  await isQuiet(page);
  await eventually("the old text does not run again", () => scope.locator("#diagnostics").isVisible(), (visible) => !visible);
  assert.equal(await total(scope), before);
  assert.deepEqual(wrongs, []);
  await page.close();
}

// A page around a frame steers it by messages and gives it the height that it asks for; the dialog says what to copy.
async function embedding() {
  const { page, scope, wrongs } = await opened(PAGE);
  await scope.locator("#embed-open").click();
  const text = () => scope.locator("#embed-text").inputValue();
  await eventually("the dialog does not show a frame", text, (words) => /^<iframe data-coroscope[^]*embed=1/.test(words));
  await scope.locator("#embed-form").selectOption("element");
  await eventually("the dialog does not show an element", text, (words) => /element\.js[^]*<coro-scope scenario=/.test(words));
  await scope.locator("#embed-form").selectOption("frame");
  const frame = await eventually("the dialog forgets the frame", text, (words) => words.startsWith("<iframe"));
  const foreign = `<!doctype html><script src="${PAGE}element.js" async></script><script>
    window.heard = []; addEventListener("message", (event) => heard.push(event.data));
    const say = (message) => document.querySelector("iframe").contentWindow.postMessage(message, "*");</script>${frame}`;
  await page.route("**/foreign/frame.html", (route) => route.fulfill({ contentType: "text/html", body: foreign }));
  await page.goto(new URL("/foreign/frame.html", PAGE).href);
  const heard = (type) => page.evaluate((type) => window.heard.filter((data) => data.type === `coroscope:${type}`).at(-1), type);
  await eventually("a frame does not tell of its run", () => heard("run"), (run) => run?.total_ms > 0);
  const { height } = await eventually("a frame does not ask for a height", () => heard("resize"), (message) => message);
  const given = () => page.locator("iframe").evaluate((frame) => frame.getBoundingClientRect().height);
  await eventually("a frame is not given its height", given, (px) => Math.abs(px - height) <= 1);
  await page.evaluate(() => say({ type: "coroscope:ping" }));
  await eventually("a frame does not answer", () => heard("pong"), (pong) => pong?.version === 1);
  await page.evaluate(() => say({ type: "coroscope:load", code: "import time\ntime.sleep(2)\n" }));
  await eventually("a frame does not load a text", () => heard("run"), (run) => Math.abs(run.total_ms - 2000) < 50);
  await page.evaluate(() => say({ type: "coroscope:seek", t: 500 }));
  await eventually("a frame does not seek", () => heard("time"), (time) => time.t === 500);
  assert.deepEqual(wrongs, []);
  await page.close();
}

// Two viewers on one page, and one in a frame without rights.
async function many() {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  const wrongs = watched(page);
  const names = await (await page.request.get(`${PAGE}scenarios/index.json`)).json();
  const id = names.groups[0].scenarios[0].id;
  const foreign = `<!doctype html><script src="${PAGE}element.js" async></script><p>a page of others</p>
    <coro-scope scenario="${id}"></coro-scope><coro-scope theme="dark">
    <script type="text/x-python">print("hello from a page")</script></coro-scope>`;
  await page.route("**/foreign/course.html", (route) => route.fulfill({ contentType: "text/html", body: foreign }));
  await page.goto(new URL("/foreign/course.html", PAGE).href);
  await page.locator('coro-scope[aria-busy="false"]').nth(0).waitFor({ state: "attached", timeout: 60_000 });
  await page.locator("coro-scope").nth(1).scrollIntoViewIfNeeded();
  await page.locator('coro-scope[aria-busy="false"]').nth(1).waitFor({ state: "attached", timeout: 60_000 });
  const loads = await page.evaluate(() => performance.getEntriesByType("resource").filter((e) => e.name.endsWith(".wasm")).length);
  assert.equal(loads, 1, "every viewer loads a simulator of its own");
  assert.deepEqual(wrongs, []);
  await page.close();
}

// The longest task that a page's main thread did while `work` went on [ms of its processor's time, so that others who use
// this machine do not count].
async function longest_task(page, work) {
  await browser.startTracing(page, { categories: ["toplevel", "devtools.timeline"] });
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const place = ({ pid, tid }) => `${pid}:${tid}`;
  const mains = traceEvents.filter((e) => e.name === "thread_name" && e.args.name === "CrRendererMain").map(place);
  const tasks = traceEvents.filter((e) => e.ph === "X" && /RunTask$/.test(e.name) && e.tdur && mains.includes(place(e)));
  assert.ok(tasks.length > 100, "the trace has no tasks");
  return Math.max(...tasks.map((e) => e.tdur)) / 1e3;
}

// While a slider is dragged no task takes longer than 50 ms, for what runs are computed and drawn. A processor that others
// heat is slower too, so the best of three drags counts.
async function smoothness() {
  let longest = Infinity;
  for (let attempt = 0; attempt < 3 && longest > 50; attempt++) {
    const { page, scope } = await opened(PAGE);
    const box = await scope.locator('#fields input[type="range"]').first().boundingBox();
    const took = await longest_task(page, async () => {
      await page.mouse.move(box.x + 10, box.y + box.height / 2);
      await page.mouse.down();
      for (let i = 0; i <= 60; i++) {
        await page.mouse.move(box.x + 10 + ((box.width - 20) * i) / 60, box.y + box.height / 2);
        await page.waitForTimeout(16);
      }
      await page.mouse.up();
      await isQuiet(page);
    });
    longest = Math.min(longest, took);
    await page.close();
  }
  console.log(`the longest task while a slider is dragged: ${longest.toFixed(1)} ms`);
  assert.ok(longest <= 50, `a task took ${longest} ms while a slider was dragged`);
}

// What is seen at the sizes that are promised.
async function sizes() {
  for (const [width, height, query] of [[1280, 800, ""], [390, 844, ""], [500, 300, "?embed=1"]]) {
    const { page, scope, wrongs } = await opened(PAGE + query, { viewport: { width, height } });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(wide <= 0, `at ${width}×${height} the page is ${wide} px too wide`);
    for (const id of ["canvas", "play", "scrub", "legend"]) {
      assert.equal(await scope.locator(`#${id}`).isVisible(), true, `#${id} is not there at ${width}×${height}`);
    }
    if (query) {
      const tall = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
      assert.ok(tall <= 0, `an embed of ${width}×${height} is ${tall} px too tall`);
    }
    assert.deepEqual(wrongs, []);
    await page.close();
  }
}

async function places() {
  const above = await journey(PAGE);
  const below = await journey(PAGE_BELOW);
  assert.equal(below, above, "the same scenario has another total below a sub-path");
}

// What axe-core finds wrong with a page, in words.
async function offences(page, where) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${where}: ${id} at ${node.target.flat().join(" ")}: ${node.any.concat(node.all, node.none).map((why) => why.message).join("; ")}`));
}

// Every size that is promised, in light and dark, with and without motion, and in the colours of the reader's system.
const LOOKS = [
  { viewport: { width: 1280, height: 800 }, colorScheme: "light" },
  { viewport: { width: 1280, height: 800 }, colorScheme: "dark", reducedMotion: "reduce" },
  { viewport: { width: 1720, height: 1000 }, colorScheme: "light" },
  { viewport: { width: 390, height: 844 }, colorScheme: "light", hasTouch: true, isMobile: true },
  { viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true, isMobile: true },
  { viewport: { width: 500, height: 300 }, colorScheme: "light", query: "?embed=1" },
  { viewport: { width: 500, height: 300 }, colorScheme: "dark", query: "?embed=1" },
  { viewport: { width: 1280, height: 800 }, forcedColors: "active" },
];
const name_of = ({ viewport: { width, height }, colorScheme = "forced colours", reducedMotion, query = "" }) =>
  `${width}×${height} ${colorScheme}${reducedMotion ? " without motion" : ""}${query}`;

// Nothing that is shown is closed to somebody: in every look, with something selected, in every pane and dialog.
async function access() {
  const found = [];
  for (const { query = "", ...options } of LOOKS) {
    const { page, scope, wrongs } = await opened(PAGE + query, options);
    const where = name_of({ query, ...options });
    found.push(...(await offences(page, where)));
    await scope.locator("#canvas").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await eventually("the arrow keys select no lane", () => scope.locator("#why").isVisible(), (visible) => visible);
    const tabs = scope.locator("#subtabs [role=tab]");
    if (query) await scope.locator('#tabs [data-tab="details"]').click();
    for (let i = 0; i < (await tabs.count()); i++) {
      await tabs.nth(i).click();
      await page.waitForTimeout(150);
      found.push(...(await offences(page, `${where}, ${await tabs.nth(i).getAttribute("data-pane")}`)));
    }
    if (query) await scope.locator('#tabs [data-tab="timeline"]').click();
    await scope.locator("#menu-open").click();
    await eventually("the menu does not open", () => scope.locator("#menu").isVisible(), (visible) => visible);
    found.push(...(await offences(page, `${where}, menu`)));
    await page.keyboard.press("Escape");
    await scope.locator("#help-open").click();
    await eventually("the help does not open", () => scope.locator("#help").isVisible(), (visible) => visible);
    found.push(...(await offences(page, `${where}, help`)));
    assert.deepEqual(wrongs, [], where);
    await page.close();
  }
  assert.deepEqual([...new Set(found)], []);
}

// Buttons that a finger presses are as large as a finger.
async function fingers() {
  const { page, scope } = await opened(PAGE, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const small = await scope.evaluate((element) => {
    const buttons = [...element.shadowRoot.querySelectorAll("button, select, input:not([type=range]), .gutter li")];
    const seen = buttons.filter((button) => button.checkVisibility() && !button.closest(".gutter, .sheet"));
    return seen.map((button) => [button.id || button.className || button.textContent, button.getBoundingClientRect()])
      .filter(([, { width, height }]) => Math.min(width, height) < 43.5).map(([name, { width, height }]) => `${name} ${width}×${height}`);
  });
  assert.deepEqual(small, [], "too small for a finger");
  // A finger that rests opens the menu; one that moves sideways pans, and two zoom.
  const box = await scope.locator("#canvas").boundingBox();
  const finger = (kind, x, y, id = 1) => scope.locator("#canvas").evaluate((canvas, [kind, x, y, id]) => {
    const { left, top } = canvas.getBoundingClientRect();
    const how = { pointerId: id, pointerType: "touch", clientX: left + x, clientY: top + y, bubbles: true, composed: true, isPrimary: id === 1, button: 0 };
    canvas.dispatchEvent(new PointerEvent(kind, how));
  }, [kind, x, y, id]);
  await finger("pointerdown", box.width * 0.6, 120);
  await eventually("a finger that rests does not open the menu", () => scope.locator("#menu").isVisible(), (visible) => visible);
  await finger("pointerup", box.width * 0.6, 120);
  await page.keyboard.press("Escape");
  await finger("pointerdown", 200, 120, 1);
  await finger("pointerdown", 260, 120, 2);
  await finger("pointermove", 170, 120, 1);
  await finger("pointermove", 300, 120, 2);
  await finger("pointerup", 300, 120, 2);
  await finger("pointerup", 170, 120, 1);
  await eventually("two fingers do not zoom", () => scope.locator("#view-back").isDisabled(), (off) => !off);
  await page.close();
}

// Every key of the help does what it says, and so does the button of the same name.
async function shortcuts() {
  const { page, scope, wrongs } = await opened_with(LOCKED);
  const clock = () => scope.locator("#clock-now").innerText();
  const why = () => scope.locator("#why").innerText();
  const chosen = () => scope.locator("#canvas").getAttribute("aria-activedescendant");
  const canvas = scope.locator("#canvas");
  const changes = async (what, read, act) => {
    const before = await read().catch(() => "");
    await act();
    await eventually(what, () => read().catch(() => ""), (now) => now !== before);
  };
  // Each pair: what is said when it fails, what is read, its key, its button.
  const pairs = [
    ["select a lane below", chosen, "ArrowDown", "#lane-down"],
    ["select a lane below", chosen, "ArrowDown", "#lane-down"],
    ["select a lane above", chosen, "ArrowUp", "#lane-up"],
    ["go to the start", clock, "Home", "#to-start", "End"],
    ["go to the end", clock, "End", "#to-end", "Home"],
    ["step forward", clock, "ArrowRight", "#step-forward", "Home"],
    ["step back", clock, "ArrowLeft", "#step-back", "End"],
    ["go to the next span", clock, ".", "#span-after", "Home"],
    ["go to the span before", clock, ",", "#span-before", "End"],
    ["mark", () => link(), "m", "#mark"],
    ["zoom in", () => scope.locator("#view-back").isDisabled(), "+", "#zoom-in", "fresh"],
    ["zoom in", () => scope.locator("#view-back").isDisabled(), "w", "#zoom-in", "fresh"],
    ["begin a range", why, "i", "#range-from", "Escape"],
    ["end a range", why, "o", "#range-to", "Escape"],
    ["loop", () => scope.locator("#loop").getAttribute("aria-pressed"), "l", "#loop"],
    ["compare", () => scope.locator("#kept").isVisible(), "c", "#keep"],
    ["play", () => scope.locator("#play").getAttribute("aria-pressed"), "k", "#play", "Home"],
    ["open the menu", () => scope.locator("#menu").isVisible(), "Shift+F10", "#menu-open", "Escape"],
    ["open the search", () => scope.locator("#find-box").isVisible(), "/", "#find-open", "close"],
    ["open the help", () => scope.locator("#help").evaluate((d) => d.open), "?", "#help-open", "Escape"],
  ];
  const link = () => scope.evaluate((element) => element.link);
  const prepare = async (how) => {
    if (how === "close") {
      if (await scope.locator("#find-box").isVisible()) await scope.locator("#find-close").click();
    } else if (how === "fresh") {
      while (!(await scope.locator("#view-back").isDisabled())) await scope.locator("#view-back").click();
      // Changes within half a second are one step of the history.
      await page.waitForTimeout(700);
    } else if (how) {
      await canvas.focus();
      await page.keyboard.press(how);
      await page.waitForTimeout(150);
    }
  };
  for (const [what, read, key, button, before] of pairs) {
    await prepare(before);
    await canvas.focus();
    await changes(`${key} does not ${what}`, read, () => page.keyboard.press(key));
    if (key === "Shift+F10" || key === "?") await page.keyboard.press("Escape");
    await prepare(before);
    await changes(`${button} does not ${what}`, read, () => scope.locator(button).click());
    if (key === "Shift+F10" || key === "?") await page.keyboard.press("Escape");
  }
  if ((await scope.locator("#play").getAttribute("aria-pressed")) === "true") await scope.locator("#play").click();
  await scope.locator("#find-close").click();

  // Causes: from the wait of one thread to who ended it, and back.
  await canvas.focus();
  await page.keyboard.press("/");
  await page.keyboard.type("late");
  await page.keyboard.press("Escape");
  await drag(scope.locator("#scrub"), 5000);
  await canvas.focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowDown");
  for (const press of [() => canvas.press("["), () => canvas.press("]"), () => scope.locator("#go-waker").click(), () => scope.locator("#go-woken").click()]) {
    await changes("a cause or an effect is not shown", why, press);
  }
  await canvas.press("Enter");
  const inside = () => scope.evaluate((element) => element.shadowRoot.activeElement?.id);
  await eventually("Enter does not go to the explanation", inside, (id) => id === "why");
  await canvas.focus();
  await changes("Ctrl+← does not go to another line", clock, () => page.keyboard.press("Control+ArrowLeft"));
  await changes("Ctrl+→ does not go to another line", clock, () => page.keyboard.press("Control+ArrowRight"));

  // Views: F goes to the span and again to the run; Z and Shift+Z through the views; 0 shows all; A and D pan.
  await page.waitForTimeout(700);
  const off = (id) => () => scope.locator(id).isDisabled();
  await changes("F does not zoom", off("#view-back"), () => canvas.press("f"));
  await changes("Z does not go back", off("#view-forward"), () => canvas.press("z"));
  await changes("Shift+Z does not go forward", off("#view-forward"), () => canvas.press("Shift+Z"));
  const picture = () => canvas.evaluate((canvas) => canvas.toDataURL());
  for (const [key, button] of [["d", "#pan-right"], ["a", "#pan-left"], ["0", "#zoom-fit"], ["f", "#zoom-focus"], ["s", "#zoom-out"], ["-", "#zoom-out"]]) {
    await changes(`${key} changes nothing`, picture, () => canvas.press(key));
    if (key === "0") await canvas.press("f");
    await page.waitForTimeout(100);
    if (key === "f") await canvas.press("f");
    await page.waitForTimeout(700);
    if (key !== "s" && key !== "-") await changes(`${button} changes nothing`, picture, () => scope.locator(button).click());
  }
  // Rows: P pins, Shift+arrows move, H hides, the menu shows all again; the search shows only what it finds.
  for (const key of ["p", "p", "h"]) await changes(`${key} changes no row`, picture, () => canvas.press(key));
  await scope.locator("#menu-open").click();
  await changes("the rows do not come back", picture, () => scope.locator("#menu-all").click());
  await scope.locator("#find-open").click();
  await scope.locator("#find").fill("late");
  await changes("the search does not hide the other rows", picture, () => scope.locator("#find-only").check());
  await scope.locator("#find-only").uncheck();
  await scope.locator("#find-close").click();
  assert.deepEqual(wrongs, []);
  await page.close();
}

// Who prefers it so has no single keys, a wheel that zooms, and the other colours; all of it is remembered.
async function preferences() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const open = async () => {
    const page = await context.newPage();
    await page.goto(PAGE);
    await isQuiet(page);
    return { page, scope: page.locator("coro-scope").first() };
  };
  const { page, scope } = await open();
  await scope.locator("#help-open").click();
  await scope.locator("#single-keys").uncheck();
  await scope.locator("#wheel-zooms").check();
  await scope.locator("#colours").selectOption("dark");
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await eventually("the colours do not change", ground, (colour) => /rgb\(2\d, 2\d, 2\d\)/.test(colour));
  await page.keyboard.press("Escape");
  await page.close();
  const again = await open();
  assert.equal(await again.page.evaluate(() => document.documentElement.dataset.theme), "dark", "the colours are forgotten");
  await again.scope.locator("#canvas").focus();
  await again.page.keyboard.press("k");
  await again.page.waitForTimeout(200);
  assert.equal(await again.scope.locator("#play").getAttribute("aria-pressed"), "false", "a single key acts although it should not");
  const box = await again.scope.locator("#canvas").boundingBox();
  await again.page.mouse.move(box.x + box.width / 2, box.y + 60);
  await again.page.mouse.wheel(0, -200);
  await eventually("the wheel does not zoom", () => again.scope.locator("#view-back").isDisabled(), (off) => !off);
  await context.close();
}

// From the top of the page to its end by Tab alone: every button is met, its focus is seen, and nothing holds the focus.
async function walk() {
  const { page, scope, wrongs } = await opened(PAGE);
  const met = [];
  for (let i = 0; i < 400; i++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const outer = document.activeElement;
      if (!outer || outer === document.body) return null;
      const inner = outer.shadowRoot?.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(inner ?? outer);
      const box = inner?.id === "editor" ? getComputedStyle(inner.closest(".code")) : { outlineStyle, outlineWidth };
      return { id: inner ? inner.id || inner.dataset.parameter || inner.getAttribute("aria-label") || inner.textContent : outer.tagName, ring: `${box.outlineStyle} ${box.outlineWidth}` };
    });
    if (!here) break;
    assert.match(here.ring, /(auto|solid) [1-9]/, `the focus on ${here.id} is not seen`);
    met.push(here.id);
    // In the editor Tab indents; Esc, then Tab, leaves it.
    if (here.id === "editor") await page.keyboard.press("Escape");
  }
  const wanted = ["copy-link", "keep", "embed-open", "help-open", "editor", "run", "canvas", "play", "step-back", "step-forward", "to-start", "to-end", "loop", "scrub", "unit", "speed", "find-open", "zoom-in", "zoom-out", "zoom-fit", "zoom-focus", "pan-left", "pan-right", "lane-up", "lane-down", "span-before", "span-after", "go-waker", "go-woken", "clear", "mark", "range-from", "range-to", "menu-open", "moment-before", "moment-after", "stop-here", "ask", "machine"];
  assert.deepEqual(wanted.filter((id) => !met.includes(id)), [], "not met on the way");
  assert.ok(met.filter((id) => id === "A").length > 5, "the gallery is not met");
  // What a screen reader is told: a list of lanes, each in words, and the words at the cursor once it rests.
  await scope.locator("#canvas").focus();
  await page.keyboard.press("ArrowDown");
  const option = () => scope.evaluate((element) => {
    const canvas = element.shadowRoot.getElementById("canvas");
    return element.shadowRoot.getElementById(canvas.getAttribute("aria-activedescendant"))?.textContent ?? "";
  });
  const first = await eventually("a lane has no words", option, (words) => /:/.test(words));
  await page.keyboard.press("ArrowDown");
  await eventually("the next lane has no words of its own", option, (words) => /:/.test(words) && words !== first);
  const spoken = () => scope.locator("#said").textContent();
  const before = await spoken();
  await page.keyboard.press("End");
  await eventually("nothing is said of where the cursor is", spoken, (words) => words.length > 10 && words !== before);
  assert.deepEqual(wrongs, []);
  await page.close();
}

// The machine at the cursor: who has what the selected one waits for, and what they do; a way to each.
async function machine() {
  const { page, scope, wrongs } = await opened_with(LOCKED);
  await drag(scope.locator("#scrub"), 5000);
  await scope.locator("#find-open").click();
  await page.keyboard.type("late");
  const card = scope.locator(".card.wanted");
  await eventually("the lock that is waited for has no card", () => card.innerText(), (text) => /has it/.test(text) && /holder/.test(text) && /late comer/.test(text));
  await eventually("who holds it is not marked", () => card.locator(".chip.blamed").innerText(), (text) => /holder/.test(text));
  await card.locator(".chip.blamed").click();
  await eventually("a chip leads nowhere", () => scope.locator("#why").innerText(), (text) => /^thread holder/.test(text));
  await scope.locator('#subtabs [data-pane="waits"]').click();
  await eventually("a wait is not in the graph", () => scope.locator("#waits").innerText(), (text) => /holder[^]*late comer/.test(text));
  await scope.locator('#subtabs [data-pane="summary"]').click();
  await eventually("there is no summary", () => scope.locator("#summary").innerText(), (text) => /The whole run/.test(text));
  assert.deepEqual(wrongs, []);
  await page.close();
}

// Why the slowest request took so long: one press.
async function question() {
  const { page, scope, wrongs } = await opened(PAGE);
  const ask = scope.locator("#ask");
  await eventually("nothing is asked", () => ask.innerText(), (text) => /^Why did .* take .*\?$/.test(text));
  await ask.click();
  await eventually("a question has no answer", () => scope.locator("#why").innerText(), (text) => /[Ww]aiting for/.test(text));
  await eventually("who has it is not shown", () => scope.locator(".card.wanted .chip.blamed").count(), (n) => n > 0);
  await eventually("no line is lit", () => scope.locator("#marks .mark").count(), (n) => n > 0);
  assert.deepEqual(wrongs, []);
  await page.close();
}

// Playing stops at a line that the reader chose; its moments are gone through.
async function stops() {
  const { page, scope, wrongs } = await opened_with(LOCKED);
  await scope.locator("#gutter li").nth(4).click({ modifiers: ["Shift"] });
  await eventually("a stop is not marked", () => scope.locator("#gutter li").nth(4).getAttribute("class"), (words) => /stop/.test(words));
  await scope.locator("#canvas").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Space");
  await eventually("playing does not stop at the line", () => scope.locator("#play").getAttribute("aria-pressed"), (v) => v === "false");
  const at = await scrub(scope);
  assert.ok(at > 0 && at < 9000, `playing stopped at ${at}`);
  await scope.locator("#editor").focus();
  await page.keyboard.press("Control+Home");
  for (let i = 0; i < 8; i++) await page.keyboard.press("ArrowDown");
  const clock = () => scope.locator("#clock-now").innerText();
  const before = await clock();
  await scope.locator("#moment-after").click();
  await eventually("a line's next moment is not found", clock, (now) => now !== before);
  assert.deepEqual(wrongs, []);
  await page.close();
}

// A picture and the events can be saved.
async function files() {
  const { page, scope, wrongs } = await opened_with(LOCKED);
  for (const [item, name, holds] of [["svg", "timeline.svg", /^<svg/], ["csv", "events.csv", /^at_ns,lane,what,line\n/], ["json", "trace.json", /traceEvents|^\[/], ["png", "timeline.png", /PNG/]]) {
    await scope.locator("#menu-open").click();
    const [download] = await Promise.all([page.waitForEvent("download"), scope.locator(`#menu-${item}`).click()]);
    assert.equal(download.suggestedFilename(), name);
    const text = (await readFile(await download.path())).toString("latin1");
    assert.match(text.slice(0, 300), holds);
  }
  assert.deepEqual(wrongs, []);
  await page.close();
}

// Every check runs although one before it failed.
const chosen = process.argv.slice(2);
const all = [
  places, keys, shortcuts, preferences, walk, access, fingers, wheel, links, endless, mistakes, question, causes, machine, ranges,
  stops, findings, files, embedding, many, sizes, smoothness,
];
const failed = [];
try {
  for (const check of all.filter((check) => !chosen.length || chosen.includes(check.name))) {
    const start = Date.now();
    const error = await check().then(() => undefined, (error) => error);
    if (error) failed.push(check.name);
    console.log(`${check.name}: ${error ? error.stack : "ok"} (${((Date.now() - start) / 1e3).toFixed(1)} s)`);
    await Promise.all(browser.contexts().map((context) => context.close()));
  }
  if (failed.length) process.exitCode = 1;
  console.log(failed.length ? `failed: ${failed.join(", ")}` : "the page works");
} finally {
  await browser.close();
}
