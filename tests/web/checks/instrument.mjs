// The timeline as an instrument: every key and its button, why something waited, the machine, stops, files.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { LOCKED, PAGE, browser, drag, drawn, eventually, isQuiet, opened, opened_with, ran, scrub, search } from "../drive.mjs";

// Every key of the help does what it says, and so does the button of the same name.
export async function shortcuts() {
  const { page, scope, wrongs } = await opened_with(LOCKED);
  // The instant in the link is exact; the clock rounds.
  const clock = () => scope.evaluate((element) => element.link);
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
    ["fold what is idle", () => scope.locator("#fold-idle").getAttribute("aria-pressed"), "g", "#fold-idle"],
    ["show the critical path", () => scope.locator("#path").getAttribute("aria-pressed"), "r", "#path"],
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
    await drawn(page);
    if (how === "close") {
      if (await scope.locator("#find-box").isVisible()) await scope.locator("#find-close").click();
    } else if (how === "fresh") {
      while (!(await scope.locator("#view-back").isDisabled())) {
        await scope.locator("#view-back").click();
        await drawn(page);
      }
      // Changes within half a second are one step of the history.
      await page.waitForTimeout(700);
    } else if (how) {
      await canvas.focus();
      await page.keyboard.press(how);
      // Words follow the picture a moment later.
      await page.waitForTimeout(150);
    }
    await drawn(page);
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
  await scope.locator("#find").waitFor({ state: "hidden" });

  // Causes: from the wait of one thread to who ended it, and back.
  await canvas.focus();
  await search(page, scope, "late", () => page.keyboard.press("/"));
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
  const picture = () => canvas.evaluate((canvas) => [...canvas.toDataURL()].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) | 0, 0));
  await changes("F does not zoom", picture, () => canvas.press("f"));
  await changes("Z does not go back", off("#view-forward"), () => canvas.press("z"));
  await changes("Shift+Z does not go forward", off("#view-forward"), () => canvas.press("Shift+Z"));
  for (const [key, button] of [["d", "#pan-right"], ["a", "#pan-left"], ["0", "#zoom-fit"], ["f", "#zoom-focus"], ["s", "#zoom-out"], ["-", "#zoom-out"]]) {
    for (const act of [() => canvas.press(key), () => scope.locator(button).click()]) {
      for (const before of ["0", "+"]) {
        await canvas.press(before);
        await drawn(page);
      }
      await changes(`${key} or ${button} changes nothing`, picture, act);
    }
  }
  // Rows: T pins, Shift+arrows move, H hides, the menu shows all again; the search shows only what it finds.
  for (const key of ["t", "t", "h"]) await changes(`${key} changes no row`, picture, () => canvas.press(key));
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
export async function preferences() {
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

// The machine at the cursor: who has what the selected one waits for, and what they do; a way to each.
export async function machine() {
  const { page, scope, wrongs } = await opened_with(LOCKED);
  await drag(scope.locator("#scrub"), 5000);
  await search(page, scope, "late", () => scope.locator("#find-open").click());
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
export async function question() {
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

// Of a program that has but threads it is asked why the one that others hold up waited.
export async function question_of_threads() {
  const { page, scope, wrongs } = await opened_with(LOCKED);
  const ask = scope.locator("#ask");
  await eventually("nothing is asked", () => ask.innerText(), (text) => /^Why did late comer wait 19\d(\.\d+)? ms\?$/.test(text));
  await ask.click();
  await eventually("who has the lock is not told", () => scope.locator("#why").innerText(), (text) => /lock held by thread holder/.test(text));
  assert.deepEqual(wrongs, []);
  await page.close();
}

// Playing stops at a line that the reader chose; its moments are gone through.
export async function stops() {
  const { page, scope, wrongs } = await opened_with(LOCKED);
  await scope.locator("#gutter li").nth(4).click({ modifiers: ["Shift"] });
  await eventually("a stop is not marked", () => scope.locator("#gutter li").nth(4).getAttribute("class"), (words) => /stop/.test(words));
  await scope.locator("#canvas").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Space");
  await eventually("playing does not begin", () => scrub(scope), (at) => at > 0);
  await eventually("playing does not stop at the line", () => scope.locator("#play").getAttribute("aria-pressed"), (v) => v === "false");
  const at = await scrub(scope);
  assert.ok(at > 0 && at < 9000, `playing stopped at ${at}`);
  await scope.locator("#editor").focus();
  await page.keyboard.press("Control+Home");
  for (let i = 0; i < 7; i++) await page.keyboard.press("ArrowDown");
  const clock = () => scope.locator("#clock-now").innerText();
  const before = await clock();
  await scope.locator("#moment-after").click();
  await eventually("a line's next moment is not found", clock, (now) => now !== before);
  assert.deepEqual(wrongs, []);
  await page.close();
}

// A picture and the events can be saved.
export async function files() {
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

// The same program under several versions of Python, their totals side by side; one of them is chosen, also by the link.
export async function versions() {
  const { page, scope, wrongs } = await opened_with("import sys, time\ntime.sleep(0.1)\nprint(sys.version_info[0])\n");
  await scope.locator("#try-versions").click();
  const rows = () => scope.locator("#versions tbody tr").allInnerTexts();
  await eventually("not every version has a total", rows, (all) => all.length === 5 && all.every((row) => /\d ms|\d s/.test(row)), 60_000);
  await scope.locator('#versions [data-python="2.7"]').click();
  await eventually("a version is not taken", () => scope.locator("#python").inputValue(), (version) => version === "2.7");
  await isQuiet(page);
  await scope.locator('#subtabs [data-pane="console"]').click();
  await eventually("the program does not run under the version", () => scope.locator("#console").innerText(), (text) => /\b2$/.test(text.trim()));
  assert.match(await scope.evaluate((element) => element.link), /&python=2\.7/);
  assert.deepEqual(wrongs, []);
  await page.close();
}

// A statement is taken apart: `counter += 1` reads, adds and writes.
export async function steps() {
  const { page, scope, wrongs } = await opened_with("counter = 0\ndef f():\n    global counter\n    counter += 1\nf()\n");
  await scope.locator("#editor").focus();
  await page.keyboard.press("Control+Home");
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowDown");
  await scope.locator("#expand").click();
  await eventually("the operations of a line are not shown", () => scope.locator("#steps").innerText(), (text) => /LoadGlobal counter[^]*Inplace[^]*StoreGlobal counter/.test(text));
  await scope.locator("#canvas").focus();
  await page.keyboard.press("e");
  await eventually("E does not take the operations away", () => scope.locator("#steps").isVisible(), (visible) => !visible);
  assert.deepEqual(wrongs, []);
  await page.close();
}

// A question is answered wrongly, then rightly, and says why; the host is told.
export async function questions() {
  const { page, scope, wrongs } = await opened(PAGE);
  await scope.evaluate((element) => {
    globalThis.answers = [];
    element.addEventListener("coroscope-answer", (event) => globalThis.answers.push(event.detail));
  });
  await scope.locator("#questions-tab").click();
  const first = scope.locator("#questions .question").first();
  await first.locator("button").nth(0).click();
  await eventually("a wrong answer is not called so", () => first.innerText(), (text) => /Not so/.test(text));
  await first.locator("button").nth(1).click();
  await eventually("a right answer is not explained", () => first.innerText(), (text) => /Yes\. At most five/.test(text));
  assert.deepEqual(await page.evaluate(() => globalThis.answers), [{ id: 0, choice: 0, correct: false }, { id: 0, choice: 1, correct: true }]);
  assert.deepEqual(wrongs, []);
  await page.close();
}

// The picture as SVG, which says in words what the canvas shows.
async function picture_of(page, scope) {
  await scope.locator("#menu-open").click();
  const [download] = await Promise.all([page.waitForEvent("download"), scope.locator("#menu-svg").click()]);
  return (await readFile(await download.path())).toString("utf8");
}

// What is idle for long is folded and says how long it is; times stay what they are, also behind the link.
export async function folds() {
  const SLEEPS = "import time\nfor i in range(20000): pass\ntime.sleep(60)\nfor i in range(20000): pass\n";
  const { page, scope, wrongs } = await opened_with(SLEEPS);
  assert.doesNotMatch(await picture_of(page, scope), />60 s<\/text>/);
  await scope.locator("#canvas").focus();
  // The cursor's time would cover what the fold says.
  await page.keyboard.press("Home");
  await page.keyboard.press("g");
  await eventually("folding is not told", () => scope.locator("#fold-idle").getAttribute("aria-pressed"), (is) => is === "true");
  const folded = await picture_of(page, scope);
  assert.match(folded, />60 s<\/text>/, "the fold does not say how long it is");
  assert.match(folded, />60\.00\d+ s<\/text>/, "after the fold the ruler does not tell the true time");
  const link = await scope.evaluate((element) => element.link);
  assert.match(link, /&fold=1/);
  const again = await opened(link);
  await eventually("the link does not fold", () => again.scope.locator("#fold-idle").getAttribute("aria-pressed"), (is) => is === "true");
  await again.scope.locator("#to-start").click();
  await drawn(again.page);
  assert.match(await picture_of(again.page, again.scope), />60 s<\/text>/);
  await again.page.close();
  await scope.locator("#fold-idle").click();
  await eventually("a fold does not open", () => scope.locator("#fold-idle").getAttribute("aria-pressed"), (is) => is === "false");
  await scope.locator("#editor").fill("for i in range(20000): pass\n");
  await ran(scope, () => scope.locator("#run").click());
  await scope.locator("#fold-idle").click();
  await eventually("nobody says that there is nothing to fold", () => scope.locator("#notices").innerText(), (text) => /nothing to fold/.test(text));
  assert.deepEqual([...wrongs, ...again.wrongs], []);
  await page.close();
}

// What a run, or what is selected, could not end before: in the lanes, and step by step.
export async function paths() {
  const { page, scope, wrongs } = await opened_with(LOCKED);
  const told = () => scope.locator("#relation").innerText();
  await scope.locator("#canvas").focus();
  await page.keyboard.press("r");
  await eventually("the path of the run is not told", told, (text) => /^The run took 20\d[^]*waiting: sleep \(holder\)[^]*running[^\n]*\([^)]+, [^)]+\)/.test(text));
  assert.match(await picture_of(page, scope), /coro-\w+-path/, "the path is not in the lanes");
  await scope.locator("#relation .chip").first().click();
  await eventually("a step of the path leads nowhere", () => scope.locator("#why").innerText(), (text) => /thread/.test(text));
  await search(page, scope, "late", () => scope.locator("#find-open").click());
  await scope.locator("#find-close").click();
  await drawn(page);
  await scope.locator("#path").click();
  await eventually("the path of a thread is not told", told, (text) => /^late comer took 20\d/.test(text));
  await scope.locator("#path").click();
  await eventually("the path does not go away", () => scope.locator("#path").getAttribute("aria-pressed"), (is) => is === "false");
  assert.deepEqual(wrongs, []);
  await page.close();
}

// Who awaits whom, and who made whom, at the cursor.
export async function trees() {
  const { page, scope, wrongs } = await opened_with(`import asyncio
async def inner():
    await asyncio.sleep(1)
async def outer():
    await asyncio.create_task(inner(), name="inner")
asyncio.run(outer())
`);
  await drag(scope.locator("#scrub"), 5000);
  await scope.locator('#subtabs [data-pane="waits"]').click();
  const nested = () => scope.locator("#relation li li").first().innerText();
  await scope.locator('[data-relation="awaits"]').click();
  await eventually("a task that is awaited is not below who awaits it", nested, (text) => /^inner\s+sleeping/.test(text));
  await scope.locator('[data-relation="makers"]').click();
  await eventually("a task is not below who made it", () => scope.locator("#relation li li li").first().innerText(), (text) => /Task-1[^]*inner/.test(text));
  assert.deepEqual(wrongs, []);
  await page.close();
}

// A page shows less beside the timeline, and a part of the run.
export async function shown() {
  const { page, scope, wrongs } = await opened(`${PAGE}?show=details&range=1000,3000`);
  for (const [pane, is] of [[".stage", true], [".details", true], [".source", false], ["#form-pane", false]]) {
    assert.equal(await scope.locator(pane).isVisible(), is, pane);
  }
  assert.match(await scope.evaluate((element) => element.link), /&range=1000,3000/);
  const labels = (await picture_of(page, scope)).match(/>[\d.]+ s<\/text>/g);
  assert.deepEqual(labels.slice(0, 4), [">1 s</text>", ">1.2 s</text>", ">1.4 s</text>", ">1.6 s</text>"], "the part is not what is seen");
  // The frame on the strip of the whole run is dragged, and the page's address follows.
  const box = await scope.locator("#overview").boundingBox();
  const middle = box.y + box.height / 2;
  const lanes = await scope.locator("#overview").evaluate((strip) => strip.clientWidth);
  await page.mouse.move(box.x + lanes * 0.36, middle);
  await page.mouse.down();
  await page.mouse.move(box.x + lanes * 0.5, middle, { steps: 4 });
  await page.mouse.up();
  const range = async () => (await page.evaluate(() => location.hash.match(/range=([\d.]+)/)?.[1]));
  await eventually("the address does not follow the frame", range, (from) => Number(from) > 1500);
  await page.evaluate(() => (location.hash = "v=1&s=stalled-loop&range=9,3"));
  await eventually("a wrong range is not told", () => scope.locator("#notices").innerText(), (text) => /range `9,3`/.test(text));
  assert.deepEqual(wrongs, []);
  await page.close();
}

// Traces that others recorded: dropped, chosen, behind a link; a broken file says where it is broken.
export async function traces() {
  const slice = (name, ts, dur, tid) => ({ name, cat: "py", ph: "X", ts, dur, pid: 1, tid });
  const events = [slice("load (app.py:3)", 0, 5000, 1), slice("parse", 1000, 2000, 1), { ...slice("send", 6000, 1500, 2), cname: "good", args: { path: "/a", n: 2 } }];
  const good = JSON.stringify({ traceEvents: events });
  const { page, scope, wrongs } = await opened(PAGE);
  const drop = (name, text) => scope.evaluate((element, [name, text]) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], name, { type: "application/json" }));
    element.shadowRoot.getElementById("canvas").dispatchEvent(new DragEvent("drop", { bubbles: true, composed: true, cancelable: true, dataTransfer }));
  }, [name, text]);
  const title = () => scope.locator("#title").innerText();
  const notices = () => scope.locator("#notices").innerText();
  await drop("broken.json", `${good.slice(0, -3)},\n{"ph":"X","ts":"soon"}]}`);
  await eventually("a broken file does not say where", notices, (text) => /broken\.json cannot be opened as a trace/.test(text) && /line 2|column|byte/.test(text));
  assert.match(await title(), /five ways/, "a broken file took the picture away");
  await drop("dropped.json", good);
  await eventually("a dropped trace is not shown", title, (text) => text === "dropped.json");
  assert.match(await scope.locator("#about").innerText(), /3 spans from 3 events/);
  assert.equal(await scope.locator("#findings-count").innerText(), "", "the findings are those of the program before");
  await scope.locator('#subtabs [data-pane="events"]').click();
  const rows = () => scope.locator("#event-rows tr").allInnerTexts();
  await eventually("what a trace holds is not listed", rows, (all) => all.length === 3 && /running: load, for 5 ms\s+app\.py:3/.test(all[0]) && /send/.test(all[2]));
  // What the file says of a slice beside its name, and the colour that it wants.
  await drag(scope.locator("#scrub"), 9000);
  await search(page, scope, "thread 2", () => scope.locator("#find-open").click());
  await eventually("arguments are not told", () => scope.locator("#why").innerText(), (text) => /send[^]*Recorded of it: path: \/a; n: 2\./.test(text));
  assert.match(await picture_of(page, scope), /fill="#009e73"/, "the slice has not its colour");
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), scope.locator("#open-trace").click()]);
  await chooser.setFiles({ name: "chosen.json", mimeType: "application/json", buffer: Buffer.from(good) });
  await eventually("a chosen trace is not shown", title, (text) => text === "chosen.json");
  await page.route("**/traces/a.json", (route) => route.fulfill({ contentType: "application/json", body: good }));
  await page.evaluate(() => (location.hash = "v=1&trace=traces/a.json"));
  await eventually("a trace behind a link is not shown", title, (text) => text === "a.json");
  await page.evaluate(() => (location.hash = "v=1&trace=https://elsewhere.example/a.json"));
  await eventually("another host is asked", notices, (text) => /is not opened: a trace's address is a path/.test(text));
  assert.deepEqual(wrongs, []);
  await page.close();
}
