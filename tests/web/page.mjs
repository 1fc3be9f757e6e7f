// The built page in a real browser: open a scenario, play, turn a slider, see the total change, go back, and all of it
// again below a sub-path. `cargo xtask test` serves the page and names its addresses in PAGE and PAGE_BELOW.
import assert from "node:assert/strict";
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
  assert.equal(await scrub(scope), 0);
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

try {
  const above = await journey(PAGE);
  const below = await journey(PAGE_BELOW);
  assert.equal(below, above, "the same scenario has another total below a sub-path");
  console.log(`the page works at its root and below a path; total ${above}`);
} finally {
  await browser.close();
}
