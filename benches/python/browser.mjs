// The programs of `programs/` in one page of one browser, here and under Pyodide: milliseconds, ratios and their
// geometric means. What a program takes with nothing to do is left out, and the shortest of some rounds counts, as in
// `native.rs`. `cargo xtask bench` builds what is served at PAGE and names the browser.
import { readdirSync, readFileSync } from "node:fs";
import { chromium } from "playwright-core";

const N_ROUNDS = 3;
const wanted = process.argv.slice(2);
const folder = new URL("programs/", import.meta.url);

const programs = readdirSync(folder).sort().flatMap((name) => {
  const text = readFileSync(new URL(name, folder), "utf8");
  const file = name.replace(/\.py$/, "");
  const found = [...text.matchAll(/^def (\w+)\(n=([\d_]+)\):/gm)];
  return found.map(([, fn, n]) => ({ file, fn, n, text, name: `${file}.${fn}` }));
}).filter(({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)));

const { CHROMIUM, PAGE } = process.env;
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage"],
});
const page = await browser.newPage();
page.on("pageerror", (error) => console.error(String(error)));
await page.goto(PAGE);
await page.evaluate(async () => {
  const { default: init, run } = await import("./bench.js");
  await init();
  const { loadPyodide } = await import("./pyodide.mjs");
  const pyodide = await loadPyodide();
  const timed = (work) => {
    const start = performance.now();
    work();
    return performance.now() - start;
  };
  window.here = ({ text, fn }, n) => timed(() => run(`${text}\n\n${fn}(${n})\n`));
  window.there = ({ text, fn, n }) => {
    const globals = pyodide.toPy({});
    pyodide.runPython(`${text}\n\n${fn}(0)\n`, { globals });
    const work = pyodide.runPython(`lambda: ${fn}(${n}) and None`, { globals });
    return timed(() => work());
  };
});

const mean = (ratios) => Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
const line = (name, ...numbers) =>
  console.log(name.padEnd(numbers.length === 1 ? 62 : 36), ...numbers.map((x, i) => x.toFixed(2).padStart(i === 2 || numbers.length === 1 ? 7 : 12)));
console.log("[ms]".padEnd(36), "coroscope".padStart(12), "Pyodide".padStart(12), "ratio".padStart(7));
const all = [];
let worst = { ratio: 0 };
for (const file of new Set(programs.map((program) => program.file))) {
  const ratios = [];
  for (const program of programs.filter((program) => program.file === file)) {
    let [idle, ours, theirs] = [Infinity, Infinity, Infinity];
    for (let round = 0; round < N_ROUNDS; round++) {
      const once = await page.evaluate((p) => [here(p, "0"), here(p, p.n), there(p)], program);
      [idle, ours, theirs] = [idle, ours, theirs].map((least, i) => Math.min(least, once[i]));
    }
    ours -= idle;
    const ratio = ours / theirs;
    line(program.name, ours, theirs, ratio);
    ratios.push(ratio);
    if (ratio > worst.ratio) worst = { ratio, name: program.name };
  }
  line(`  geometric mean of ${file}`, mean(ratios));
  all.push(...ratios);
}
line(`geometric mean of all ${all.length}`, mean(all));
line(`the worst: ${worst.name}`, worst.ratio);
await browser.close();
