// What the program's names hold at the cursor.
import assert from "node:assert/strict";
import { drag, eventually, opened_with, ran, search } from "../drive.mjs";

const PROGRAM = `import asyncio, threading, time
total = 0
async def waiter(name):
    doubled = name * 2
    await asyncio.sleep(0.5)
def work(n):
    global total
    for i in range(n):
        time.sleep(0.1)
        total += i
thread = threading.Thread(target=work, args=(8,), name="worker")
thread.start()
asyncio.run(waiter("ab"))
thread.join()
`;

export async function variables() {
  const { page, scope, wrongs } = await opened_with(PROGRAM);
  const pane = scope.locator("#variables");
  const words = async () => (await pane.innerText()).replace(/\s+/g, " ");
  await drag(scope.locator("#scrub"), 3100);
  await scope.locator("[data-pane=variables]").click();
  const early = await eventually("nothing is shown", words, (text) => text.includes("total") && text.includes("doubled"));
  assert.match(early, /\bn 8\b/);
  assert.match(early, /doubled 'abab'/);
  const value = (text, name) => Number(text.match(new RegExp(`\\b${name} (\\d+)`))[1]);
  assert.ok(value(early, "i") >= 1 && value(early, "i") <= 3, early);
  // Further on the thread has counted on, and what has changed stands out; back again it is as it was.
  await drag(scope.locator("#scrub"), 8000);
  const late = await eventually("the names stay as they were", words, (text) => /\bi \d/.test(text) && value(text, "i") > value(early, "i"));
  assert.ok(!late.includes("doubled"), late);
  assert.ok((await pane.locator(".changed").allInnerTexts()).some((text) => text.startsWith("i")));
  // Who selects another lane still sees what has changed since the instant before.
  await search(page, scope, "worker", () => scope.locator("#find-open").click());
  await pane.locator('.chip[aria-pressed="true"]').waitFor();
  assert.ok((await pane.locator(".changed").allInnerTexts()).some((text) => text.startsWith("i")), "the marks of what changed are gone");
  // The first closes the search, the second selects nobody.
  for (let i = 0; i < 2; i++) await page.keyboard.press("Escape");
  await drag(scope.locator("#scrub"), 3100);
  await eventually("back it is not as it was", words, (text) => text === early);
  // A press on a place shows its line; the other program has other names.
  await pane.locator("[data-show-line]").first().click();
  await scope.locator("#editor").fill("answer = 42\nwhile answer < 100_000:\n    answer += 1\n");
  await ran(scope, () => scope.locator("#run").click());
  await drag(scope.locator("#scrub"), 5000);
  await eventually("the names are those of the program before", words, (text) => text.includes("answer") && !text.includes("total"));
  assert.deepEqual(wrongs, []);
  await page.close();
}
