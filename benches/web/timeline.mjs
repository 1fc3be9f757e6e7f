// A recorded trace in the built page: how long from the drop of the file to its first picture, and how much work of the
// main thread a frame of zooming and panning is. `cargo xtask bench page` builds the page and starts this.
import { createRequire } from "node:module";

const { chromium } = createRequire(new URL("../../tests/web/", import.meta.url))("playwright-core");
const { CHROMIUM, PAGE } = process.env;

// Spans, and lanes that they are spread over.
const CASES = [[10_000, 100], [100_000, 1000], [1_000_000, 1000]];
const FRAMES = 400;

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"] });
try {
  console.log("spans     lanes  file MB  drop to picture ms  of it reading  first drawing | frame: median ms  p99  worst");
  for (const [n, lanes] of CASES) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.addInitScript(() => document.addEventListener("coroscope-run", () => (window.has_run = true)));
    await page.goto(PAGE);
    const scope = page.locator('coro-scope[aria-busy="false"]').first();
    await scope.waitFor({ state: "attached", timeout: 120_000 });
    // What was recorded is seen before; a file waits for the simulator, which must not count.
    await page.waitForFunction(() => window.has_run, undefined, { timeout: 120_000 });
    const found = await scope.evaluate(async (element, [n, lanes, frames]) => {
      // A thousand threads with slices of 0.5 to 9.5 ms and gaps between them, in the order of their beginnings in turn.
      const chunks = ['{"traceEvents":[\n'];
      const ends = new Float64Array(lanes);
      let text = "";
      for (let i = 0; i < n; i++) {
        const lane = (i * 7919) % lanes;
        const dur = 500 + ((i * 2654435761) % 9000);
        const start = ends[lane];
        ends[lane] += dur + ((i * 40503) % 3000);
        text += `${i ? ",\n" : ""}{"name":"function_${(i * 31) % 500}","cat":"py","ph":"X","ts":${(start / 1000).toFixed(3)},"dur":${(dur / 1000).toFixed(3)},"pid":1,"tid":${lane + 1}}`;
        if (text.length > 1e6) {
          chunks.push(text);
          text = "";
        }
      }
      chunks.push(text, "\n]}");
      const file = new File(chunks, "trace.json", { type: "application/json" });
      const wait = (kind) => new Promise((resolve) => element.addEventListener(kind, resolve, { once: true }));
      // After the frame's callbacks and its rendering.
      const rendered = () => new Promise((resolve) => requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = resolve;
        channel.port2.postMessage(0);
      }));
      const canvas = element.shadowRoot.getElementById("canvas");
      const transfer = new DataTransfer();
      transfer.items.add(file);
      await new Promise((resolve) => setTimeout(resolve, 500));
      const opened = wait("coroscope-trace");
      const start = performance.now();
      canvas.dispatchEvent(new DragEvent("drop", { bubbles: true, composed: true, cancelable: true, dataTransfer: transfer }));
      const { detail } = await opened;
      await rendered();
      const drawn = performance.now() - start;
      await new Promise((resolve) => setTimeout(resolve, 1000));

      // Zoom in and out at changing places, pan, scroll: one event a frame.
      const box = canvas.getBoundingClientRect();
      const works = [];
      await new Promise((done) => {
        const step = () => {
          const begin = performance.now();
          const turn = works.length;
          if (turn === frames) return done();
          requestAnimationFrame(step);
          const at = { clientX: box.left + box.width * (0.3 + 0.6 * ((turn * 37) % 100) / 100), clientY: box.top + box.height * 0.6 };
          const zooms = turn % 100 < 70;
          const delta = zooms ? { deltaY: Math.floor(turn / 35) % 2 ? 60 : -60, ctrlKey: true } : { deltaX: turn % 2 ? 90 : 60, deltaY: 0 };
          canvas.dispatchEvent(new WheelEvent("wheel", { ...at, ...delta, bubbles: true, composed: true, cancelable: true }));
          const channel = new MessageChannel();
          channel.port1.onmessage = () => works.push(performance.now() - begin);
          channel.port2.postMessage(0);
        };
        requestAnimationFrame(step);
      });
      works.sort((a, b) => a - b);
      return { drawn, detail, works, size: file.size };
    }, [n, lanes, FRAMES]);
    const { drawn, detail, works, size } = found;
    const cell = (value, width, digits = 1) => value.toFixed(digits).padStart(width);
    console.log(String(n).padEnd(9), String(lanes).padStart(5), cell(size / 1e6, 8), cell(drawn, 19, 0), cell(detail.read_ms, 14, 0),
      cell(drawn - detail.read_ms, 14, 0), "|", cell(works[works.length >> 1], 16), cell(works[Math.floor(works.length * 0.99)], 4), cell(works.at(-1), 6));
    await page.close();
  }
} finally {
  await browser.close();
}
