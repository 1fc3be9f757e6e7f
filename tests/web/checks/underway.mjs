// A run that takes longer than a moment is seen while it is computed, in the picture that it will replace.
import assert from "node:assert/strict";
import { PAGE, drawn, isQuiet, opened, total } from "../drive.mjs";

// How much stands out from the ground of the lanes in the right half of the picture.
const ink = (scope) =>
  scope.locator("#canvas").evaluate((canvas) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d").getImageData(width / 2, height / 4, width / 2, height / 2);
    const ground = [...data.slice(-4)];
    let sum = 0;
    for (let i = 0; i < data.length; i++) sum += Math.abs(data[i] - ground[i % 4]);
    return sum;
  });

// Moves a slider through these values and counts what is told until the run of the last one has ended.
const slide = (scope, name, values) =>
  scope.evaluate(async (element, [name, values]) => {
    const sliders = [...element.shadowRoot.querySelectorAll('#fields input[type="range"]')];
    const slider = sliders.find((input) => input.dataset.parameter === name);
    const told = [];
    const start = performance.now();
    const tell = ({ type, detail }) => told.push({ type, at: performance.now() - start, busy: element.ariaBusy ?? element.getAttribute("aria-busy"), ...detail });
    for (const kind of ["coroscope-part", "coroscope-run"]) element.addEventListener(kind, tell);
    for (const value of values) {
      slider.value = value;
      slider.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
      await new Promise(requestAnimationFrame);
    }
    const isDone = () => told.some(({ type }) => type === "coroscope-run") && element.getAttribute("aria-busy") === "false";
    while (!isDone()) await new Promise(requestAnimationFrame);
    for (const kind of ["coroscope-part", "coroscope-run"]) element.removeEventListener(kind, tell);
    return told;
  }, [name, values]);

export async function a_long_run_is_seen_while_it_is_computed() {
  const { page, scope, wrongs } = await opened(`${PAGE}#v=1&s=five-endpoints&p.n_requests=1000&p.endpoint=async%20def`);
  await isQuiet(page);
  await drawn(page);
  const [before, first] = [await ink(scope), await total(scope)];
  const dimmed = scope.evaluate((element) => new Promise((done) => {
    for (const kind of ["coroscope-part", "coroscope-run"]) element.addEventListener(kind, done, { once: true });
  })).then(() => Promise.all([ink(scope), scope.locator(".before:visible").allInnerTexts()]));
  const [told, [part, said]] = await Promise.all([slide(scope, "sleep_s", [1.2]), dimmed]);
  assert.deepEqual(told.map(({ type }) => type), ["coroscope-part", "coroscope-run"]);
  assert.equal(told[0].busy, "true", "what is seen is not all of it, and nobody is told");
  assert.ok(told[0].t > 0 && told[0].t < told[1].total_ms, `the part ends at ${told[0].t} of ${told[1].total_ms} ms`);
  assert.deepEqual(said, ["of the run before", "run before"], "words are of another run than the picture, and do not say so");
  assert.ok(part < 0.8 * before, `the run before is not dimmed: ${part} of ${before}`);
  await drawn(page);
  assert.equal(await scope.locator(".before:visible").count(), 0, "the words are of the run, and say that they are of the one before");
  assert.ok((await ink(scope)) > 0.8 * before, "the new run is dimmed, or not there");
  assert.notEqual(await total(scope), first);
  assert.deepEqual(wrongs, []);
}

// A slider that moves on drops what was computed; in the end its last value is seen, and nothing of those before.
export async function a_slider_that_moves_on_is_seen_at_its_last_value() {
  const { page, scope, wrongs } = await opened(`${PAGE}#v=1&s=five-endpoints&p.n_requests=600&p.endpoint=async%20def`);
  await slide(scope, "sleep_s", [1.5]);
  const wanted = await total(scope);
  const values = Array.from({ length: 40 }, (_, i) => (0.5 + i / 40).toFixed(1));
  await slide(scope, "sleep_s", [...values, 1.5]);
  await isQuiet(page);
  await drawn(page);
  assert.equal(await total(scope), wanted);
  assert.deepEqual(wrongs, []);
}

// While it moves, runs that take long are finished one after another, and what is seen of one is never taken back.
export async function a_slider_that_keeps_moving_shows_what_it_does() {
  const { page, scope, wrongs } = await opened(`${PAGE}#v=1&s=connection-limit&p.n_requests=1000`);
  const { n_runs, gaps } = await scope.evaluate(async (element) => {
    const sliders = [...element.shadowRoot.querySelectorAll('#fields input[type="range"]')];
    const slider = sliders.find((input) => input.dataset.parameter === "n_requests");
    const viewer = element.shadowRoot.querySelector("#viewer");
    let [n_runs, gaps, is_part] = [0, 0, false];
    element.addEventListener("coroscope-part", () => (is_part = true));
    element.addEventListener("coroscope-run", () => ([n_runs, is_part] = [n_runs + 1, false]));
    for (let frame = 0; n_runs < 2 && frame < 1200; frame++) {
      slider.value = 1000 - (frame % 100);
      slider.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
      await new Promise(requestAnimationFrame);
      if (is_part && !viewer.classList.contains("underway")) gaps++;
    }
    return { n_runs, gaps };
  });
  assert.equal(n_runs, 2, "the slider moves and nothing new is seen");
  assert.equal(gaps, 0, "the part that is seen of a run is taken back");
  assert.deepEqual(wrongs, []);
}
