// What hands do to the timeline: every item of the menu, every drag and wheel, and the keys that go with Shift.
import assert from "node:assert/strict";
import { LOCKED, PAGE, drag, drawn, eventually, isQuiet, opened, opened_with, ran, scrub, search, total } from "../drive.mjs";

const picture = (scope) =>
  scope.locator("#canvas").evaluate((canvas) => [...canvas.toDataURL()].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) | 0, 0));
const link = (scope) => scope.evaluate((element) => element.link);

// Acts until what is read is another; says what it is then.
async function changes(what, read, act) {
  const before = await read();
  await act();
  return eventually(what, read, (now) => now !== before);
}

// Selects the wait of the thread that comes late, in the middle of it.
async function select_the_wait(page, scope) {
  await drag(scope.locator("#scrub"), 5000);
  await search(page, scope, "late", () => scope.locator("#find-open").click());
  await page.keyboard.press("Escape");
  await eventually("the wait is not selected", () => scope.locator("#why").innerText(), (text) => /late comer/.test(text));
}

export async function menu_items() {
  const { page, scope, wrongs } = await opened_with(LOCKED);
  const why = () => scope.locator("#why").innerText();
  const seen = () => picture(scope);
  const address = () => link(scope);
  const pick = async (item) => {
    await scope.locator("#menu-open").click();
    await scope.locator(`#menu-${item}`).click();
    await drawn(page);
  };
  await select_the_wait(page, scope);
  await pick("read");
  assert.equal(await scope.evaluate((element) => element.shadowRoot.activeElement?.id), "why");
  const zoomed = () => scope.locator("#view-back").isDisabled();
  await changes("it does not zoom", zoomed, () => pick("zoom"));
  await pick("line");
  assert.equal(await scope.locator("#viewer").getAttribute("data-tab"), "source", "the line is not shown");
  await changes("its line is not stopped at", () => scope.locator("#gutter li.stop").count(), () => pick("stop"));
  await changes("it is stopped at for ever", () => scope.locator("#gutter li.stop").count(), () => pick("stop"));
  await changes("the next moment is not found", address, () => pick("moment"));
  await changes("nothing is marked", address, () => pick("mark"));
  await changes("nothing is played round and round", () => scope.locator("#loop").getAttribute("aria-pressed"), () => pick("loop"));
  await changes("no link is given", () => scope.locator("#notices").innerText(), () => pick("link"));
  for (const item of ["pin", "pin", "up", "hide", "all"]) await changes(`${item} changes no row`, seen, () => pick(item));
  await select_the_wait(page, scope);
  await changes("it does not go to who ended the wait", why, () => pick("waker"));
  await changes("it does not go back", why, () => pick("woken"));

  // Of two pinned lanes one is moved below the other, and back by the keys.
  const order = async () => (await scope.locator("#canvas [role=option]").allTextContents()).slice(0, 2).map((words) => words.split(":")[0]).join();
  await scope.locator("#canvas").focus();
  await page.keyboard.press("t");
  await search(page, scope, "holder", () => page.keyboard.press("/"));
  await page.keyboard.press("Escape");
  await page.keyboard.press("t");
  await eventually("two lanes are not pinned", order, (names) => names === "late comer,holder" || names === "thread late comer,thread holder");
  await changes("Shift+↑ does not move the lane", order, () => page.keyboard.press("Shift+ArrowUp"));
  await changes("Shift+↓ does not move the lane", order, () => page.keyboard.press("Shift+ArrowDown"));
  await changes("the menu does not move the lane up", order, () => pick("up"));
  await changes("the menu does not move the lane down", order, () => pick("down"));
  await page.keyboard.press("ContextMenu");
  await eventually("the menu key does not open the menu", () => scope.locator("#menu").isVisible(), (visible) => visible);
  await page.keyboard.press("Escape");
  assert.deepEqual(wrongs, []);
  await page.close();
}

export async function drags() {
  const { page, scope, wrongs } = await opened_with(LOCKED);
  const canvas = scope.locator("#canvas");
  const box = await canvas.boundingBox();
  const address = () => link(scope);
  const seen = () => picture(scope);
  const why = () => scope.locator("#why").innerText();
  const [left, top] = [box.x + Math.round(box.width * 0.2), box.y];
  const at = (share, y) => [left + (box.x + box.width - left) * share, top + y];

  // The ruler: a drag moves the cursor; near an edge it takes the edge, with Alt the place as it is.
  await page.mouse.move(...at(0.3, 12));
  await page.mouse.down();
  await page.mouse.move(...at(0.6, 12));
  const there = await eventually("the ruler does not move the cursor", () => scrub(scope), (n) => n > 5500 && n < 6700);
  await page.mouse.up();
  assert.ok(there > 0);
  // The holder lets go of the lock at about 200 ms, which all who look for an edge there find.
  const total = Number((await scope.locator("#clock-total").innerText()).match(/[\d.]+/)[0]);
  const edge = 200.2 / total / 1.02;
  const pressed = async (dx) => {
    await page.mouse.click(at(edge, 12)[0] + dx, top + 12);
    await drawn(page);
    return /[?&]t=([^&]*)/.exec(`&${await address()}`)[1];
  };
  assert.equal(await pressed(-3), await pressed(-2), "the cursor does not snap to an edge");
  await page.keyboard.down("Alt");
  assert.notEqual(await pressed(-3), await pressed(-2), "the cursor snaps although Alt is held");
  await page.keyboard.up("Alt");

  // Shift + drag over the lanes selects time; a press on its button shows it over the whole width.
  await page.keyboard.down("Shift");
  await page.mouse.move(...at(0.2, 90));
  await page.mouse.down();
  await page.mouse.move(...at(0.5, 90), { steps: 3 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  await eventually("Shift + drag selects nothing", why, (text) => /All threads together/.test(text));
  await changes("the selected time is not shown", () => scope.locator("#view-back").isDisabled(), () => scope.locator("#range-zoom").click());

  // A part is seen: lanes, wheel and strip move it.
  const part = async () => /range=[^&]*/.exec(await address())?.[0];
  await changes("a drag does not pan", part, async () => {
    await page.mouse.move(...at(0.7, 90));
    await page.mouse.down();
    await page.mouse.move(...at(0.5, 90), { steps: 3 });
    await page.mouse.up();
  });
  await page.keyboard.down("Shift");
  await changes("Shift + wheel does not pan", part, () => page.mouse.wheel(0, 60));
  await page.keyboard.up("Shift");
  await changes("a wheel to the side does not pan", part, () => page.mouse.wheel(80, 0));
  const strip = await scope.locator("#overview").boundingBox();
  const on_strip = (share) => [left + (strip.x + strip.width - left) * share, strip.y + strip.height / 2];
  const [from, to] = (await part()).match(/[\d.]+/g).map(Number);
  const middle = (from + to) / 2 / total / 1.02;
  await changes("the frame on the strip does not move", part, async () => {
    await page.mouse.move(...on_strip(middle));
    await page.mouse.down();
    await page.mouse.move(...on_strip(middle + 0.1), { steps: 3 });
    await page.mouse.up();
  });
  await changes("a drag on the strip selects nothing", why, async () => {
    await page.mouse.move(...on_strip(0.85));
    await page.mouse.down();
    await page.mouse.move(...on_strip(0.95), { steps: 3 });
    await page.mouse.up();
  });
  await changes("a press on the strip does not move the cursor", address, () => page.mouse.click(...on_strip(0.05)));

  // Rows: a header folds, a label selects, a double click zooms to a span, a right click opens the menu.
  await canvas.focus();
  await page.keyboard.press("Escape");
  await page.keyboard.press("0");
  await drawn(page);
  await changes("a header does not fold", seen, () => page.mouse.click(box.x + 30, top + 40));
  await changes("a header does not unfold", seen, () => page.mouse.click(box.x + 30, top + 40));
  // A row of one of the two threads, however much room rows have.
  const holder = 130;
  const chosen = () => canvas.getAttribute("aria-activedescendant");
  await changes("a label selects no lane", chosen, () => page.mouse.click(box.x + 40, top + holder));
  await changes("a double click does not zoom", part, () => page.mouse.dblclick(...at(0.5, holder)));
  await page.mouse.click(...at(0.5, holder), { button: "right" });
  await eventually("a right click does not open the menu", () => scope.locator("#menu").isVisible(), (visible) => visible);
  await page.keyboard.press("Escape");

  // Ten events at once are ten events one by one; a line to stop at by its key.
  await canvas.focus();
  await page.keyboard.press("Home");
  for (let i = 0; i < 10; i++) await page.keyboard.press("ArrowRight");
  await drawn(page);
  const tenth = await address();
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+ArrowRight");
  await eventually("Shift+→ is not ten events", address, (now) => now === tenth);
  await scope.locator("#editor").focus();
  await page.keyboard.press("Control+Home");
  await changes("F9 marks no line", () => scope.locator("#gutter li.stop").count(), () => page.keyboard.press("F9"));
  assert.deepEqual(wrongs, []);
  await page.close();
}

// Two runs: one is kept, a slider makes the other, they change places, and the kept one goes.
export async function comparing() {
  const { page, scope, wrongs } = await opened_with('import time\n#@markdown How long [ms]\nn = 100  #@param {type:"slider", min:50, max:500, step:50}\ntime.sleep(n / 1000)\n');
  const slider = scope.locator('#fields input[type="range"]');
  const words = () => scope.locator("#kept-words").innerText();
  await scope.locator("#canvas").focus();
  await page.keyboard.press("c");
  await eventually("no run is kept", words, (text) => /the same as below/.test(text));
  await ran(scope, () => drag(slider, 300));
  await eventually("the difference is not told", words, (text) => /n = 100, below 300/.test(text));
  await scope.locator("#canvas").focus();
  await ran(scope, () => page.keyboard.press("x"));
  await eventually("X does not swap", words, (text) => /n = 300, below 100/.test(text));
  await isQuiet(page);
  await ran(scope, () => scope.locator("#kept-swap").click());
  await eventually("the button does not swap", words, (text) => /n = 100, below 300/.test(text));
  const before = await scrub(scope);
  const kept = await scope.locator("#kept-canvas").boundingBox();
  await page.mouse.click(kept.x + kept.width * 0.9, kept.y + 12);
  await eventually("a press on the kept picture moves no cursor", () => scrub(scope), (at) => at !== before);
  await scope.locator("#kept-drop").click();
  await eventually("the kept run stays", () => scope.locator("#kept").isVisible(), (visible) => !visible);
  await scope.locator("#reset-all").click();
  await eventually("the slider does not go back", () => slider.inputValue(), (value) => value === "100");
  assert.deepEqual(wrongs, []);
  await page.close();
}

// Keys are heard wherever in the viewer was pressed last, also where nothing can have the focus.
export async function keys_after_presses() {
  const { page, scope, wrongs } = await opened_with(LOCKED);
  for (const [place, key] of [["#overview", "Home"], ["#narration", "End"], ["#title", "Home"], [".legend", "End"]]) {
    await scope.locator(place).click();
    await changes(`a key is not heard after a press on ${place}`, () => scrub(scope), () => page.keyboard.press(key));
  }
  // What is read goes, and with it what had the focus.
  await select_the_wait(page, scope);
  await scope.locator("#canvas").focus();
  await page.keyboard.press("Enter");
  await eventually("the words do not have the focus", () => scope.evaluate((element) => element.shadowRoot.activeElement?.id), (id) => id === "why");
  await page.keyboard.press("Escape");
  await eventually("something is still selected", () => scope.locator("#why").isVisible(), (visible) => !visible);
  await changes("a key is not heard after Esc", () => scrub(scope), () => page.keyboard.press("Home"));
  assert.deepEqual(wrongs, []);
  await page.close();
}

// The borders between panes are dragged and moved by keys, are remembered, and a double click puts them back.
export async function borders() {
  const { page, scope, wrongs } = await opened_with(LOCKED);
  const size = (selector, side) => () => scope.locator(selector).evaluate((element, side) => Math.round(element.getBoundingClientRect()[side]), side);
  const [source, details] = [size(".source", "width"), size(".details", "height")];
  const [wide, high] = [await source(), await details()];
  const drag_by = async (id, dx, dy) => {
    const box = await scope.locator(id).boundingBox();
    const [x, y] = [box.x + Math.min(4, box.width / 2), box.y + Math.min(4, box.height / 2)];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + dx, y + dy, { steps: 4 });
    await page.mouse.up();
  };
  await drag_by("#source-border", -80, 0);
  await eventually("the source is as wide as before", source, (now) => Math.abs(now - (wide - 80)) < 6);
  await drag_by("#details-border", 0, -60);
  await eventually("the details are as high as before", details, (now) => Math.abs(now - (high + 60)) < 6);
  const before = await details();
  await scope.locator("#details-border").focus();
  await page.keyboard.press("ArrowDown");
  await eventually("a key does not move the border", details, (now) => now < before);
  const kept = await details();

  await page.reload();
  await isQuiet(page);
  await eventually("the borders are forgotten", details, (now) => Math.abs(now - kept) < 3);
  for (const id of ["#source-border", "#details-border"]) await scope.locator(id).dblclick();
  await eventually("the source is not as wide as at first", source, (now) => Math.abs(now - wide) < 3);
  await eventually("the details are not as high as at first", details, (now) => Math.abs(now - high) < 3);
  assert.deepEqual(wrongs, []);
  await page.close();
}

// The menu slows the line of what is selected by a wait that stands in the text, and goes with it.
export async function slowing() {
  const { page, scope, wrongs } = await opened_with(LOCKED);
  const took = await total(scope);
  await select_the_wait(page, scope);
  await scope.locator("#menu-open").click();
  await ran(scope, () => scope.locator("#menu-slow").click());
  const text = await scope.locator("#editor").inputValue();
  assert.match(text, /^ {4}__import__\("time"\)\.sleep\(0\.02\) {2}# slowed\n {4}with lock:\n {8}pass/m, "the wait is not before the line");
  await drawn(page);
  assert.match(await scope.locator("#notices").innerText(), /now waits for 20 ms/);
  await ran(scope, () => scope.locator("#canvas").press("Control+z"));
  assert.equal(await scope.locator("#editor").inputValue(), LOCKED, "the wait is not taken back");
  await ran(scope, () => scope.locator("#canvas").press("Control+Shift+z"));
  assert.equal(await scope.locator("#editor").inputValue(), text, "the wait is not brought back");
  await drawn(page);
  assert.match(await scope.locator("#why").innerText(), /late comer/, "the selection is lost");
  assert.equal(await total(scope), took, "who comes later waits for a lock that is free when it was");
  assert.deepEqual(wrongs, []);
  await page.close();
}

// Every change can be taken back, one at a time, and brought back: parameters, a version, a text, lanes, marks.
export async function undoing() {
  const { page, scope, wrongs } = await opened(PAGE);
  const [first, took] = [await scope.locator("#editor").inputValue(), await total(scope)];
  const slider = scope.locator('#fields input[type="range"]').first();
  const { value, min, max } = await slider.evaluate(({ value, min, max }) => ({ value, min, max }));
  assert.equal(await scope.locator("#undo").isVisible(), false, "there is something to take back before anything was done");
  // A slider that moves is one change, wherever it stops on its way.
  await ran(scope, () => slider.evaluate((input, values) => values.forEach((value) => {
    input.value = value;
    input.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  }), [max, min, max].map(String)));
  await isQuiet(page);
  await ran(scope, () => scope.locator("#python").selectOption("3.9"));
  const edited = `${first}\n# more\n`;
  await scope.locator("#editor").fill(edited);
  await ran(scope, () => scope.locator("#run").click());
  await scope.locator("#canvas").focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("h");
  await eventually("no lane is hidden", () => link(scope), (address) => /&hide=/.test(address));

  await page.keyboard.press("Control+z");
  await eventually("the lane is not brought back", () => link(scope), (address) => !/&hide=/.test(address));
  assert.match(await scope.locator("#hint").innerText(), /taken back: the choice of lanes/);
  await ran(scope, () => page.keyboard.press("Control+z"));
  assert.equal(await scope.locator("#editor").inputValue(), first, "the text is not that of before");
  await ran(scope, () => page.keyboard.press("Control+z"));
  assert.notEqual(await scope.locator("#python").inputValue(), "3.9");
  assert.equal(await slider.inputValue(), max, "more than the version is taken back");
  // The slider has the focus after it was moved; the keys are the viewer's there too.
  await slider.focus();
  await ran(scope, () => page.keyboard.press("Control+z"));
  assert.equal(await slider.inputValue(), value, "the slider is not where it was");
  assert.equal(await total(scope), took);
  await drawn(page);
  assert.equal(await scope.locator("#undo").isVisible(), false, "there is more to take back than was done");

  await ran(scope, () => scope.locator("#redo").click());
  assert.equal(await slider.inputValue(), max, "the slider is not brought back");
  await ran(scope, () => page.keyboard.press("Control+y"));
  await ran(scope, () => page.keyboard.press("Control+y"));
  assert.equal(await scope.locator("#editor").inputValue(), edited, "the text is not brought back");
  assert.deepEqual(wrongs, []);
  await page.close();
}
