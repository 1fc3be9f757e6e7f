// What a reader has before the simulator: a recorded run to look about in, whose place the simulator takes unnoticed.
import assert from "node:assert/strict";
import { PAGE, browser, drag, drawn, eventually, isQuiet, opened, scrub, total, watched } from "../drive.mjs";

// A page whose simulator does not come before `release` is called.
async function held(address = PAGE, options = { viewport: { width: 1280, height: 800 } }) {
  const page = await browser.newPage(options);
  const wrongs = watched(page);
  let release;
  const released = new Promise((done) => (release = done));
  await page.route("**/coroscope_bg.wasm*", async (route) => {
    await released;
    await route.continue();
  });
  await page.addInitScript(() => {
    window.told = [];
    for (const kind of ["ready", "picture", "run", "error"]) {
      document.addEventListener(`coroscope-${kind}`, (event) => window.told.push([kind, event.detail]));
    }
  });
  await page.goto(address);
  const scope = page.locator("coro-scope").first();
  await eventually("no recorded run is shown", () => page.evaluate(() => window.told.map(([kind]) => kind).join()), (told) => told === "ready,picture");
  await drawn(page);
  const told = (kind) => page.evaluate((kind) => window.told.filter(([name]) => name === kind).map(([, detail]) => detail), kind);
  return { page, scope, wrongs, release, told };
}

const ran = async (told) => (await eventually("nothing has run in the page", () => told("run"), (runs) => runs.length > 0))[0];
const pixels = (scope) => scope.locator("#canvas").evaluate((canvas) => canvas.toDataURL());

// The picture is there without the simulator and can be handled; nothing of that is lost when the simulator comes.
export async function before_the_simulator() {
  const { page, scope, wrongs, release, told } = await held();
  await isQuiet(page);
  assert.match(await total(scope), /\d/, "the recorded run has no total");
  assert.ok((await scope.locator('#fields input[type="range"]').count()) > 0, "there is no slider");

  // A place, a part, a lane, a mark, a pane, a line to stop at, and a text that is being written.
  await scope.locator("#canvas").focus();
  await drag(scope.locator("#scrub"), 3000);
  for (let i = 0; i < 3; i++) await scope.locator("#zoom-in").click();
  await scope.locator("#lane-down").click();
  await scope.locator("#lane-down").click();
  await scope.locator("#mark").click();
  await scope.locator('#subtabs [data-pane="waits"]').click();
  await eventually("the waits are empty", () => scope.locator("#waits").innerText(), (text) => text.trim().length > 0);
  await scope.locator("#editor").focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.type("# mine\n");
  await drawn(page);
  const seen = async () => ({
    at: await scrub(scope),
    clock: await scope.locator("#clock-now").innerText(),
    total: await total(scope),
    narration: await scope.locator("#narration").innerText(),
    waits: await scope.locator("#waits").innerText(),
    why: await scope.locator("#why").innerText(),
    text: (await scope.locator("#editor").inputValue()).slice(0, 20),
    focus: await scope.evaluate((element) => element.shadowRoot.activeElement?.id),
    pane: await scope.locator('#subtabs [aria-selected="true"]').getAttribute("data-pane"),
    link: await scope.evaluate((element) => element.link),
    picture: await pixels(scope),
  });
  await page.waitForTimeout(500);
  const before = await seen();
  assert.ok(before.at > 2900 && before.at < 3100, `the cursor is at ${before.at}`);
  assert.match(before.link, /range=/, "the part that is seen is not in the link");

  const hash = await scope.locator("#hash").getAttribute("title");
  release();
  const run = await ran(told);
  assert.equal(run.hash, hash.split(":")[0], "the program runs otherwise than it was recorded");
  await page.waitForTimeout(500);
  assert.deepEqual(await seen(), before, "the simulator moved something");

  // What was written can be run now, and the viewer behaves as ever.
  await page.keyboard.press("Control+Enter");
  await eventually("the text is not run", () => scope.locator("#stale").isVisible(), (visible) => !visible);
  await isQuiet(page);
  assert.equal((await told("ready")).length, 1, "the viewer says twice that it is ready");
  assert.deepEqual(wrongs, []);
}

// A slider that is moved before the simulator is there says so, and is carried out when it is.
export async function a_slider_waits() {
  const { page, scope, wrongs, release, told } = await held();
  const slider = scope.locator('#fields input[type="range"]').first();
  const before = await total(scope);
  const { value, min, max } = await slider.evaluate(({ value, min, max }) => ({ value, min, max }));
  const wanted = value === min ? max : min;
  await drag(slider, wanted);
  await eventually("nobody says that the simulator is awaited", () => scope.locator("#notices").innerText(), (text) => /simulator/.test(text));
  assert.equal(await scope.evaluate((element) => element.getAttribute("aria-busy")), "true", "the viewer is not busy");
  assert.equal(await total(scope), before);
  assert.equal(await slider.inputValue(), wanted);
  release();
  await ran(told);
  await eventually("the slider is not carried out", () => total(scope), (text) => /\d/.test(text) && text !== before);
  assert.equal(await slider.inputValue(), wanted);
  assert.doesNotMatch(await scope.locator("#notices").innerText(), /simulator/, "the notice stays");
  await isQuiet(page);
  await drag(slider, value);
  await eventually("the old value does not give the old total", () => total(scope), (text) => text === before);
  assert.deepEqual(wrongs, []);
}

// Whatever the small part had not come to when the whole one took over is there in the end.
export async function an_early_handover() {
  const { scope, wrongs, release, told } = await held();
  release();
  await ran(told);
  await eventually("the findings are lost", () => scope.locator("#findings-count").innerText(), (count) => Number(count) > 0);
  assert.match(await scope.locator("#console").textContent(), /answered/);
  assert.ok((await scope.locator("#gutter .spent").count()) > 0, "no line has its time");
  assert.deepEqual(wrongs, []);
}

// Another scenario of the gallery is shown from its recording too, and one with other parameters waits for its run.
export async function recordings() {
  const { page, scope, wrongs, release, told } = await held();
  await page.locator('coro-gallery a[data-scenario="two-cpu-threads"]').click();
  await eventually("the other scenario is not shown", () => told("picture"), (shown) => shown.length === 2);
  await page.evaluate(() => (location.hash = "v=1&s=two-cpu-threads&p.n_threads=3"));
  await eventually("nobody says that the simulator is loaded", () => scope.locator("#busy").getAttribute("aria-label"), (label) => /simulator/.test(label));
  assert.deepEqual(await told("run"), []);
  release();
  await ran(told);
  assert.equal(await scope.locator('#fields [data-parameter="n_threads"]').inputValue(), "3");
  assert.deepEqual(wrongs, []);
}

// A recording of another text is passed over, and the simulator shows the program as it is.
export async function a_stale_recording() {
  const page = await browser.newPage();
  const wrongs = watched(page);
  await page.route("**/scenarios/five-endpoints.py", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()}\n# changed\n` });
  });
  await page.addInitScript(() => {
    window.told = [];
    for (const kind of ["picture", "run"]) document.addEventListener(`coroscope-${kind}`, () => window.told.push(kind));
  });
  await page.goto(PAGE);
  await eventually("the program does not run", () => page.evaluate(() => window.told.join()), (told) => told === "run");
  assert.deepEqual(wrongs, []);
}

// Whoever drags while the simulator takes over goes on dragging: the picture, the ruler, the strip below, a slider.
export async function a_drag_outlives_the_handover() {
  // Where a drag begins and how far it goes, as shares of an element's box; what is seen to follow it.
  const part = (scope) => scope.evaluate((element) => /range=[^&]*/.exec(element.link)?.[0] ?? "");
  const drags = [
    ["the picture", "#canvas", [0.8, 0.5], [-0.3, 0], part],
    ["the ruler", "#canvas", [0.5, 0.02], [0.3, 0], scrub],
    ["the strip", "#overview", [0.3, 0.5], [0.5, 0], (scope) => scope.locator("#why").innerText()],
    ["a slider", '#fields [data-parameter="sleep_s"]', [0.2, 0.5], [0.6, 0], total],
  ];
  for (const [what, selector, [x, y], [dx, dy], seen] of drags) {
    const { page, scope, wrongs, release, told } = await held();
    // A part is seen, so that there is somewhere to drag it.
    for (let i = 0; i < 3 && what !== "the strip"; i++) await scope.locator("#zoom-in").click();
    await drawn(page);
    const box = await scope.locator(selector).boundingBox();
    const to = (share) => page.mouse.move(box.x + box.width * (x + dx * share), box.y + box.height * (y + dy * share), { steps: 4 });
    await to(0);
    await page.mouse.down();
    await to(0.3);
    await drawn(page);
    release();
    await ran(told);
    await isQuiet(page);
    await page.waitForTimeout(400);
    const before = await seen(scope);
    await to(1);
    await eventually(`${what} is let go when the simulator comes`, () => seen(scope), (now) => now !== before);
    await page.mouse.up();
    assert.deepEqual(wrongs, [], what);
    await page.close();
  }
}

// What cannot be loaded or started is said in words that help.
export async function what_is_missing() {
  const failing = async (prepare) => {
    const page = await browser.newPage();
    await prepare(page);
    await page.goto(`${PAGE}#v=1&s=two-cpu-threads`);
    const said = () => page.locator("coro-scope").evaluate((element) => {
      const failure = element.shadowRoot.getElementById("failure");
      return failure ? (failure.hidden ? "" : failure.innerText) : element.shadowRoot.textContent;
    });
    const words = await eventually("nothing is said", said, (text) => text.length > 0);
    // What follows from it must not take the place of what was said.
    await page.waitForTimeout(500);
    assert.equal(await said(), words);
    await page.close();
    return words;
  };
  const without = (pattern) => (page) => page.route(pattern, (route) => route.abort());
  assert.match(await failing((page) => page.addInitScript(() => delete globalThis.WebAssembly)), /this browser has no WebAssembly/);
  assert.match(await failing(without("**/*.wasm")), /_bg\.wasm could not be loaded/);
  assert.match(await failing(without("**/viewer.html")), /viewer\.html could not be loaded/);
  const page = await browser.newPage();
  await page.route("**/index.json", (route) => route.abort());
  const thrown = [];
  page.on("pageerror", (error) => thrown.push(error.message));
  await page.goto(PAGE);
  await eventually("the list does not say why it is empty", () => page.locator("coro-gallery").innerText(), (text) => /index\.json could not be loaded/.test(text));
  assert.deepEqual(thrown, []);
  await page.close();
}

// The style sheet is fetched once, for the page and for the viewer.
export async function one_style_sheet() {
  const { page } = await opened(PAGE);
  const fetched = await page.evaluate(() => performance.getEntriesByType("resource").filter((e) => e.name.endsWith("/style.css") && e.transferSize > 0).length);
  assert.equal(fetched, 1);
  await page.close();
}
