// What the checks of the built page share: a browser, a page with a viewer at rest, and ways to wait for what comes.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

export const { CHROMIUM, PAGE, PAGE_BELOW, PAGE_ALONE } = process.env;
export const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"],
});

// What must not happen on any page: an exception, an error on the console, an address that is not there.
export function watched(page) {
  const wrongs = [];
  page.on("pageerror", (error) => wrongs.push(`exception: ${error}`));
  page.on("console", (message) => message.type() === "error" && wrongs.push(`console: ${message.text()}`));
  page.on("response", (response) => response.status() >= 400 && wrongs.push(`${response.status()}: ${response.url()}`));
  return wrongs;
}

export const total = (scope) => scope.locator('#numbers [data-metric="total"] dd').innerText();
export const scrub = async (scope) => Number(await scope.locator("#scrub").inputValue());

// Ends when the predicate holds of what `read` gives.
export async function eventually(what, read, holds, limit = 30_000) {
  const end = Date.now() + limit;
  let last;
  do {
    last = await read().catch((error) => error.message);
    if (holds(last)) return last;
    await new Promise((resolve) => setTimeout(resolve, 50));
  } while (Date.now() < end);
  assert.fail(`${what}: still ${JSON.stringify(last)} after ${limit / 1000} s`);
}

// A command is carried out in the next frame.
export const drawn = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

// Searches for a lane as a reader does, who sees the box before typing.
export async function search(page, scope, text, open) {
  await open();
  await scope.locator("#find:focus").waitFor();
  await page.keyboard.type(text);
  await drawn(page);
}

// Sets a range input as a reader's drag does.
export const drag = (slider, value) =>
  slider.evaluate((input, value) => {
    input.value = value;
    for (const kind of ["input", "change"]) input.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));
  }, String(value));

export const isQuiet = (page) => page.locator('coro-scope[aria-busy="false"]').first().waitFor({ state: "attached", timeout: 60_000 });

// A viewer whose program has run in the page: what is seen before, without the simulator, has checks of its own.
export async function opened(address, options = { viewport: { width: 1280, height: 800 } }) {
  const page = await browser.newPage(options);
  const wrongs = watched(page);
  await page.addInitScript(() => {
    document.addEventListener("coroscope-picture", () => (window.is_replay = true));
    document.addEventListener("coroscope-run", () => (window.is_replay = false));
  });
  await page.goto(address);
  await isQuiet(page);
  await page.waitForFunction(() => !window.is_replay, undefined, { timeout: 60_000 });
  return { page, scope: page.locator("coro-scope").first(), wrongs };
}

// Ends when a run has ended that the act brought about. Who listens does so before the act, however short the run is.
export async function ran(scope, act) {
  await scope.evaluate((element) => {
    globalThis.ran = new Promise((done, failed) => {
      element.addEventListener("coroscope-run", () => done(), { once: true });
      setTimeout(() => failed(new Error("no run has ended for a minute")), 60_000);
    });
  });
  await act();
  await scope.evaluate(() => globalThis.ran);
}

// A viewer with a small program of its own, on a page of others.
export async function opened_with(code, options) {
  const { page, scope, wrongs } = await opened(PAGE, options);
  await scope.locator("#editor").fill(code);
  await ran(scope, () => scope.locator("#run").click());
  return { page, scope, wrongs };
}

export const LOCKED = `import threading, time
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
