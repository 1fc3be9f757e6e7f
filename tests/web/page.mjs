// The built page in a real browser. `cargo xtask test` serves the page and names its addresses in PAGE and PAGE_BELOW,
// and that of its one file in PAGE_ALONE;
// names of checks behind `node page.mjs` run those alone.
import * as access from "./checks/access.mjs";
import * as branching from "./checks/branches.mjs";
import * as first from "./checks/first.mjs";
import * as hands from "./checks/hands.mjs";
import * as instrument from "./checks/instrument.mjs";
import * as underway from "./checks/underway.mjs";
import * as using from "./checks/using.mjs";
import * as naming from "./checks/variables.mjs";
import { browser } from "./drive.mjs";

// Every check runs although one before it failed.
const chosen = process.argv.slice(2);
const all = Object.values({ ...first, ...using, ...underway, ...instrument, ...hands, ...branching, ...naming, ...access });
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
