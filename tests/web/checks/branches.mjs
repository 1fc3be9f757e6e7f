// What could have come otherwise: choices of the scheduler, branches of the run, and the ways in which a program ends.
import assert from "node:assert/strict";
import { drawn, eventually, opened, opened_with, ran, search } from "../drive.mjs";

// Three wait for a lock, and two count what all share, with a call between reading and writing.
const PROGRAM = `import threading, time
lock = threading.Lock()
order = []
def work(name):
    with lock:
        order.append(name)
with lock:
    threads = [threading.Thread(target=work, args=(name,), name=name) for name in ("anna", "bert", "cleo")]
    for thread in threads:
        thread.start()
    time.sleep(0.1)
for thread in threads:
    thread.join()
print(*order)
`;

const COUNTING = `import threading, time
counter = 0
def work():
    global counter
    time.sleep(0.01)
    for _ in range(4_000):
        counter = (lambda value: value + 1)(counter)
threads = [threading.Thread(target=work) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(counter)
`;

export async function branches() {
  const { page, scope, wrongs } = await opened_with(PROGRAM);
  const hash = () => scope.locator("#hash").innerText();
  const clock = () => scope.locator("#clock-now").innerText();
  const printed = async () => (await scope.locator("#console").textContent()).trim();
  const first = await hash();
  const canvas = scope.locator("#canvas");

  // B shows what could come otherwise; N and P go from choice to choice, by key and by button.
  await canvas.focus();
  await canvas.press("b");
  await scope.locator("#choices").waitFor();
  const asked = () => scope.locator("#choices .what").first().innerText();
  await canvas.press("Home");
  await canvas.press("n");
  await eventually("N reaches no choice", asked, (words) => words.includes("Who") || words.includes("Which"));
  for (let i = 0; !(await asked()).includes("the lock") && i < 40; i++) {
    const before = await clock();
    await canvas.press("n");
    await eventually("N goes nowhere", clock, (now) => now !== before);
    await eventually("the words do not follow", asked, (words) => words.startsWith(before) === false);
  }
  const options = scope.locator("#choices [data-choose]");
  assert.deepEqual(await options.allInnerTexts(), ["anna", "bert", "cleo"]);
  const at = await clock();

  // Another one gets the lock: another run, whose beginning is the same.
  // On a slow computer the choices are drawn while the branch is computed, and again when it is there.
  const browser = await page.context().newCDPSession(page);
  await browser.send("Emulation.setCPUThrottlingRate", { rate: 20 });
  await ran(scope, () => options.nth(2).click());
  await browser.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  assert.notEqual(await hash(), first, "no branch");
  const second = await hash();
  assert.equal(await clock(), at, "the cursor stays where the runs part");
  await eventually("the branch prints something else", printed, (text) => text.includes("cleo anna bert"));
  await eventually("the choice is not marked", () => options.nth(2).getAttribute("aria-pressed"), (is) => is === "true");

  // A link leads to the branch; taking it back to the run that came by itself.
  const link = await scope.evaluate((element) => element.link);
  assert.match(link, /&x=\d+:2/);
  const other = await opened(link);
  assert.equal(await other.scope.locator("#hash").innerText(), second);
  assert.deepEqual(other.wrongs, []);
  await other.page.close();
  await scope.locator("#choice-undo").click();
  await eventually("the branch is not taken back", hash, (now) => now === first);

  // The buttons do what the keys do; a changed text forgets the choices and says so.
  await scope.locator("#branch").click();
  await scope.locator("#to-start").click();
  await scope.locator("#choice-after").click();
  await eventually("the button goes nowhere", clock, (now) => now === at);
  await scope.locator("#choice-after").click();
  await eventually("the button does not go on", clock, (now) => now !== at);
  await scope.locator("#choice-before").click();
  await eventually("the button does not go back", clock, (now) => now === at);
  await options.nth(1).click();
  await eventually("no second branch", hash, (now) => now !== first && now !== "");
  await scope.locator("#choices-clear").click();
  await eventually("not all is taken back", hash, (now) => now === first);
  await options.nth(1).click();
  await eventually("no third branch", hash, (now) => now !== first && now !== "");
  await scope.locator("#editor").fill(COUNTING);
  await ran(scope, () => scope.locator("#run").click());
  await eventually("nothing is said of the choices", () => scope.locator("#notices").innerText(), (text) => text.includes("Your choices"));

  // Many schedules: how the program may end, and a run that loses updates.
  const whole = await hash();
  await scope.locator("#explore").click();
  await eventually("it does not end", () => scope.locator("#choices").innerText(), (text) => /runs ended in \d+ ways/.test(text), 60_000);
  const ends = await scope.locator(".outcomes li").allInnerTexts();
  assert.ok(ends.some((text) => text.includes("8000")) && ends.some((text) => !text.includes("8000")), ends.join());
  const lost = scope.locator(".outcomes li", { hasNotText: "8000" }).first();
  const said = await lost.locator("code").innerText();
  await lost.locator("button").click();
  await eventually("the losing run is not shown", hash, (now) => now !== whole && now !== "");
  await eventually("it prints something else", printed, (text) => text.includes(said));
  await drawn(page);
  assert.deepEqual(wrongs, []);
  await page.close();
}

// Who is selected stays selected in a branch, and the strip tells what happens there.
export async function the_strip_tells_of_the_branch() {
  const { page, scope, wrongs } = await opened_with(PROGRAM);
  const canvas = scope.locator("#canvas");
  await canvas.focus();
  await canvas.press("b");
  await canvas.press("Home");
  const asked = () => scope.locator("#choices .what").first().innerText();
  do {
    await canvas.press("n");
    await scope.locator("#choices .what").waitFor();
    await drawn(page);
  } while (!(await asked()).includes("3 wait for the lock"));
  // In the first run the last of the three waits until the second lets the lock go, in the branch it is the first.
  await search(page, scope, "cleo", () => canvas.press("/"));
  await page.keyboard.press("Escape");
  const strip = scope.locator("#why:not([hidden])");
  const said = async () => (await strip.count()) ? strip.innerText() : "nothing";
  await eventually("the wait is not explained", said, (text) => /Ended by thread bert/.test(text));
  await ran(scope, () => scope.locator("#choices [data-choose]").nth(2).click());
  await eventually("the strip tells of the run that was left", said, (text) => /cleo[^]*by MainThread/.test(text) && !text.includes("bert"));
  assert.deepEqual(wrongs, []);
  await page.close();
}
