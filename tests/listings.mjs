// The article's listings under the simulator: the printed lines to the letter, the totals close to those printed.
//
//   node tests/listings.mjs target/release/coroscope FOLDER
//
// FOLDER holds client.py and the servers. A total may differ by 3 % where the run takes a second or more, by 25 ms
// where it is shorter (S-SEED-17 to 21; the rules behind the numbers are S-COST-03).
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [coroscope, folder] = process.argv.slice(2);
const STARTED = "start up ...";
const WARNING = "RuntimeWarning: coroutine 'sleep' was never awaited";

// `edit` lists the replacements by which the article made a run from a listing.
const runs = [
  { name: "def, five tokens", server: "server_def", n: 50, total: 10.0962, line: "6" },
  { name: "async", server: "server_async", n: 50, total: 1.0388, line: "1" },
  { name: "async, 1000 × 1 s", server: "server_async", n: 1000, total: 10.2364, line: "1" },
  { name: "async, 1000 × 0.1 s", server: "server_async", n: 1000, total: 1.168, line: "1", seconds: "0.1" },
  { name: "async, 1000 × 0.01 s", server: "server_async", n: 1000, total: 0.2465, line: "1", seconds: "0.01" },
  { name: "blocking", server: "server_blocking", n: 50, total: 50.345, line: "1" },
  { name: "never awaited", server: "server_never_awaited", n: 50, total: 0.036, line: "Active thread count:  1", warnings: 1 },
];

function edited(file, from, to) {
  const text = readFileSync(file, "utf8");
  const changed = text.replaceAll(from, to);
  if (changed === text && from !== to) throw new Error(`${file} has no \`${from}\``);
  writeFileSync(file, changed);
}

function complaints(run) {
  const place = mkdtempSync(join(tmpdir(), "listings-"));
  try {
    for (const name of ["client.py", `${run.server}.py`]) cpSync(join(folder, name), join(place, name));
    edited(join(place, "client.py"), "n_requests = 50", `n_requests = ${run.n}`);
    edited(join(place, `${run.server}.py`), "sleep(1)", `sleep(${run.seconds ?? 1})`);
    const report = join(place, "report.json");
    const options = ["--proc", `web: uvicorn ${run.server}:app --port 5003`, "--proc", "client: python client.py"];
    const done = spawnSync(coroscope, ["run", ...options, "--with", "anyio==4.3.0", "--costs", "article", "--json", report, place], {
      encoding: "utf8",
      timeout: 600_000,
      maxBuffer: 1 << 28,
    });
    if (done.status !== 0) return [`exit ${done.status}: ${done.stderr.trim()}`];
    const [web] = JSON.parse(readFileSync(report, "utf8")).processes;
    const found = [];
    const lines = done.stdout.trimEnd().split("\n");
    const tail = lines.slice(-2);
    const answers = Array.from({ length: run.n }, (_, id) => `{"message":"Responding to request ${id}"}`);
    if (lines.slice(0, -2).join("\n") !== answers.join("\n")) found.push("the client does not print the answers in order");
    if (tail[0] !== `# ${String(run.n).padStart(3)} requests:`) found.push(`the client prints \`${tail[0]}\``);
    const total = Number(tail[1]?.match(/^# {2}(\d+\.\d{4})s Total {3}@ \d+\.\d{4}s per req$/)?.[1]);
    const allowed = run.total >= 1 ? 0.03 * run.total : 0.025;
    if (!(Math.abs(total - run.total) <= allowed)) found.push(`total ${tail[1]} instead of ${run.total} ± ${allowed.toFixed(4)}`);
    const counts = web.stdout.split("\n").filter((line) => line === run.line).length;
    if (counts !== run.n) found.push(`the server prints \`${run.line}\` ${counts} times instead of ${run.n}`);
    if (!web.stdout.includes(STARTED)) found.push(`the server does not print \`${STARTED}\``);
    const warnings = web.stderr.split(WARNING).length - 1;
    if (warnings !== (run.warnings ?? 0)) found.push(`the server warns ${warnings} times`);
    console.log(`${String(total).padStart(9)} s  of ${run.total} s  ${run.name}`);
    return found;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

const failures = runs.flatMap((run) => complaints(run).map((text) => `${run.name}: ${text}`));
for (const failure of failures) console.error(failure);
process.exitCode = failures.length ? 1 : 0;
