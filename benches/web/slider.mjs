// From a moved slider to a new picture, in the built page: how long until the first part of the run is drawn, how long until
// it has ended and all of it is drawn, and how long the longest task on the main thread was meanwhile. `cargo xtask bench page` builds the page and starts this.
import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../../tests/web/", import.meta.url))("playwright-core");
const { CHROMIUM, PAGE } = process.env;

// A scenario, what is set first, and two values between which a slider goes to and fro.
const CASES = [
  ["five-endpoints", {}, "worker_tokens", [5, 6]],
  ["five-endpoints", { n_requests: "1000", endpoint: "async def" }, "sleep_s", [1, 1.1]],
  ["connection-limit", { n_requests: "1000" }, "n_requests", [999, 1000]],
  ["server-blocking", {}, "n_requests", [20, 21]],
  ["two-cpu-threads", {}, "n_threads", [2, 3]],
  ["thread-pool", {}, undefined, []],
];
const TURNS = 15;

const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];
const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"] });
try {
  console.log("scenario, slider".padEnd(44), "first median ms", "worst ms", "all median ms", "worst ms", "longest task ms", "entries");
  for (const [scenario, first, name, values] of CASES) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const set = Object.entries(first).map(([key, value]) => `&p.${key}=${encodeURIComponent(value)}`);
    await page.addInitScript(() => document.addEventListener("coroscope-run", () => (window.has_run = true)));
    await page.goto(`${PAGE}#v=1&s=${scenario}${set.join("")}`);
    const scope = page.locator('coro-scope[aria-busy="false"]').first();
    await scope.waitFor({ state: "attached", timeout: 120_000 });
    // What was recorded is seen before; a slider waits for the simulator, which must not count.
    await page.waitForFunction(() => window.has_run, undefined, { timeout: 120_000 });
    const measured = await scope.evaluate(async (element, [name, values, turns]) => {
      const ranges = [...element.shadowRoot.querySelectorAll('#fields input[type="range"]')];
      const slider = name ? ranges.find((input) => input.dataset.parameter === name) : ranges[0];
      if (!values.length) values = [slider.value, Number(slider.value) + Number(slider.step)];
      let longest = 0;
      let entries = 0;
      new PerformanceObserver((list) => list.getEntries().forEach((e) => (longest = Math.max(longest, e.duration))))
        .observe({ type: "longtask" });
      const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      const firsts = [];
      const times = [];
      for (let turn = 0; turn < turns; turn++) {
        await new Promise((resolve) => setTimeout(resolve, 400));
        const start = performance.now();
        const done = new Promise((resolve) => element.addEventListener("coroscope-run", resolve, { once: true }));
        // A short run has no part that is drawn before the whole.
        let first;
        const part = () => frame().then(() => (first ??= performance.now() - start));
        element.addEventListener("coroscope-part", part, { once: true });
        slider.value = values[(turn + 1) % 2];
        slider.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
        entries = (await done).detail.n_entries;
        await frame();
        times.push(performance.now() - start);
        firsts.push(first ?? times.at(-1));
        element.removeEventListener("coroscope-part", part);
      }
      return { firsts, times, longest, entries, slider: slider.dataset.parameter };
    }, [name, values, TURNS]);
    const { firsts, times, longest, entries, slider } = measured;
    const label = [scenario, slider, ...Object.values(first)].join(", ");
    console.log(label.padEnd(44), median(firsts).toFixed(1).padStart(15), Math.max(...firsts).toFixed(1).padStart(8),
      median(times).toFixed(1).padStart(13), Math.max(...times).toFixed(1).padStart(8),
      (longest ? longest.toFixed(0) : "< 50").padStart(15), String(entries).padStart(7));
    await page.close();
  }
} finally {
  await browser.close();
}
