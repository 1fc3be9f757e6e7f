// Nobody is shut out: every size and colour scheme, fingers, the keyboard alone, a screen reader.
import assert from "node:assert/strict";
import axe from "axe-core";
import { PAGE, eventually, opened } from "../drive.mjs";

// What axe-core finds wrong with a page, in words.
async function offences(page, where) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${where}: ${id} at ${node.target.flat().join(" ")}: ${node.any.concat(node.all, node.none).map((why) => why.message).join("; ")}`));
}

// Every size that is promised, in light and dark, with and without motion, and in the colours of the reader's system.
const LOOKS = [
  { viewport: { width: 1280, height: 800 }, colorScheme: "light" },
  { viewport: { width: 1280, height: 800 }, colorScheme: "dark", reducedMotion: "reduce" },
  { viewport: { width: 1720, height: 1000 }, colorScheme: "light" },
  { viewport: { width: 390, height: 844 }, colorScheme: "light", hasTouch: true, isMobile: true },
  { viewport: { width: 390, height: 844 }, colorScheme: "dark", hasTouch: true, isMobile: true },
  { viewport: { width: 500, height: 300 }, colorScheme: "light", query: "?embed=1" },
  { viewport: { width: 500, height: 300 }, colorScheme: "dark", query: "?embed=1" },
  { viewport: { width: 1280, height: 800 }, forcedColors: "active" },
];
const name_of = ({ viewport: { width, height }, colorScheme = "forced colours", reducedMotion, query = "" }) =>
  `${width}×${height} ${colorScheme}${reducedMotion ? " without motion" : ""}${query}`;

// Nothing that is shown is closed to somebody: in every look, with something selected, in every pane and dialog.
export async function access() {
  const found = [];
  for (const { query = "", ...options } of LOOKS) {
    const { page, scope, wrongs } = await opened(PAGE + query, options);
    const where = name_of({ query, ...options });
    found.push(...(await offences(page, where)));
    // Where there is no room for the question, the button is pressed as a script would.
    await scope.locator("#ask").evaluate((button) => button.click());
    await eventually(`${where}: nothing is selected`, () => scope.locator("#why").isVisible(), (visible) => visible);
    const tabs = scope.locator("#subtabs [role=tab]");
    if (query) await scope.locator('#tabs [data-tab="details"]').click();
    for (let i = 0; i < (await tabs.count()); i++) {
      await tabs.nth(i).click();
      await page.waitForTimeout(150);
      found.push(...(await offences(page, `${where}, ${await tabs.nth(i).getAttribute("data-pane")}`)));
    }
    if (query) await scope.locator('#tabs [data-tab="timeline"]').click();
    await scope.locator("#menu-open").click();
    await eventually("the menu does not open", () => scope.locator("#menu").isVisible(), (visible) => visible);
    found.push(...(await offences(page, `${where}, menu`)));
    await page.keyboard.press("Escape");
    await scope.locator("#help-open").click();
    await eventually("the help does not open", () => scope.locator("#help").isVisible(), (visible) => visible);
    found.push(...(await offences(page, `${where}, help`)));
    assert.deepEqual(wrongs, [], where);
    await page.close();
  }
  assert.deepEqual([...new Set(found)], []);
}

// Buttons that a finger presses are as large as a finger.
export async function fingers() {
  const { page, scope } = await opened(PAGE, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  const small = await scope.evaluate((element) => {
    const buttons = [...element.shadowRoot.querySelectorAll("button:not(.bar), select, input:not([type=range], [type=checkbox])")];
    const seen = buttons.filter((button) => button.checkVisibility({ visibilityProperty: true }));
    return seen.map((button) => [button.id || button.className || button.textContent, button.getBoundingClientRect()])
      .filter(([, { width, height }]) => Math.min(width, height) < 43.5).map(([name, { width, height }]) => `${name} ${width}×${height}`);
  });
  assert.deepEqual(small, [], "too small for a finger");
  // A finger that rests opens the menu; one that moves sideways pans, and two zoom.
  const box = await scope.locator("#canvas").boundingBox();
  const finger = (kind, x, y, id = 1) => scope.locator("#canvas").evaluate((canvas, [kind, x, y, id]) => {
    const { left, top } = canvas.getBoundingClientRect();
    const how = { pointerId: id, pointerType: "touch", clientX: left + x, clientY: top + y, bubbles: true, composed: true, isPrimary: id === 1, button: 0 };
    canvas.dispatchEvent(new PointerEvent(kind, how));
  }, [kind, x, y, id]);
  await finger("pointerdown", box.width * 0.6, 120);
  await eventually("a finger that rests does not open the menu", () => scope.locator("#menu").isVisible(), (visible) => visible);
  await finger("pointerup", box.width * 0.6, 120);
  await page.keyboard.press("Escape");
  await finger("pointerdown", 200, 120, 1);
  await finger("pointerdown", 260, 120, 2);
  await finger("pointermove", 170, 120, 1);
  await finger("pointermove", 300, 120, 2);
  await finger("pointerup", 300, 120, 2);
  await finger("pointerup", 170, 120, 1);
  await eventually("two fingers do not zoom", () => scope.locator("#view-back").isDisabled(), (off) => !off);
  await page.close();
}

// From the top of the page to its end by Tab alone: every button is met, its focus is seen, and nothing holds the focus.
export async function walk() {
  const { page, scope, wrongs } = await opened(PAGE);
  const met = [];
  for (let i = 0; i < 400; i++) {
    await page.keyboard.press("Tab");
    const here = await page.evaluate(() => {
      const outer = document.activeElement;
      if (!outer || outer === document.body) return null;
      const inner = outer.shadowRoot?.activeElement;
      const { outlineStyle, outlineWidth } = getComputedStyle(inner ?? outer);
      const box = inner?.id === "editor" ? getComputedStyle(inner.closest(".code")) : { outlineStyle, outlineWidth };
      return { id: inner ? inner.id || inner.dataset.parameter || inner.getAttribute("aria-label") || inner.textContent : outer.tagName, ring: `${box.outlineStyle} ${box.outlineWidth}` };
    });
    if (!here) break;
    assert.match(here.ring, /(auto|solid) [1-9]/, `the focus on ${here.id} is not seen`);
    met.push(here.id);
    // In the editor Tab indents; Esc, then Tab, leaves it.
    if (here.id === "editor") await page.keyboard.press("Escape");
  }
  const wanted = ["copy-link", "keep", "embed-open", "help-open", "editor", "run", "canvas", "play", "step-back", "step-forward", "to-start", "to-end", "loop", "scrub", "unit", "speed", "find-open", "zoom-in", "zoom-out", "zoom-fit", "zoom-focus", "pan-left", "pan-right", "lane-up", "lane-down", "span-before", "span-after", "go-waker", "go-woken", "clear", "mark", "range-from", "range-to", "menu-open", "moment-before", "moment-after", "stop-here", "ask", "machine"];
  assert.deepEqual(wanted.filter((id) => !met.includes(id)), [], "not met on the way");
  assert.ok(met.filter((id) => id === "A").length > 5, "the gallery is not met");
  // What a screen reader is told: a list of lanes, each in words, and the words at the cursor once it rests.
  await scope.locator("#canvas").focus();
  await page.keyboard.press("ArrowDown");
  const option = () => scope.evaluate((element) => {
    const canvas = element.shadowRoot.getElementById("canvas");
    return element.shadowRoot.getElementById(canvas.getAttribute("aria-activedescendant"))?.textContent ?? "";
  });
  const first = await eventually("a lane has no words", option, (words) => /:/.test(words));
  await page.keyboard.press("ArrowDown");
  await eventually("the next lane has no words of its own", option, (words) => /:/.test(words) && words !== first);
  const spoken = () => scope.locator("#said").textContent();
  const before = await spoken();
  await page.keyboard.press("End");
  await eventually("nothing is said of where the cursor is", spoken, (words) => words.length > 10 && words !== before);
  assert.deepEqual(wrongs, []);
  await page.close();
}
