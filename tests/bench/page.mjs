/**
 * Times the served page in Chromium, as its own trace tells it. Prints a name and its median nanoseconds, a tab between.
 *
 * A step of a slider is timed from the event to the frame handed over: script, style, layout and paint. When the frame
 * is seen hangs on the screen.
 */
import { launch, serve, settled } from "../browser/support.mjs";

const STEPS = 60;
const STARTS = 9;

const [browser, server] = await Promise.all([launch(), serve()]);

const report = (name, milliseconds) => console.log(`${name}\t${median(milliseconds) * 1e6}`);

function median(times) {
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

/** What Chromium notes while something is done. */
async function traced(page, categories, act) {
  await browser.startTracing(page, { categories });
  await act();
  return JSON.parse(await browser.stopTracing()).traceEvents;
}

async function slide(preset) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(`${server.address}#v1&preset=${preset}&workload.weeklyUsers=4000000`);
  await settled(page);
  const box = await page.locator('input[type="range"][aria-label="Weekly users"]').boundingBox();
  const y = box.y + box.height / 2;
  const x = (step) => box.x + box.width * 0.4 + step * 1.5;
  await page.mouse.move(x(0), y);
  await page.mouse.down();
  await page.waitForTimeout(500);
  const events = await traced(page, ["devtools.timeline", "disabled-by-default-devtools.timeline"], async () => {
    for (let step = 1; step <= STEPS; step++) {
      await page.mouse.move(x(step), y);
      // Not in step with the frames.
      await page.waitForTimeout(40 + ((step * 7) % 17));
    }
  });
  await page.mouse.up();
  await page.close();
  const inputs = events.filter(({ name, args }) => name === "EventDispatch" && args.data?.type === "input");
  const frames = events.filter(({ name, ph }) => name === "Commit" && ph === "X");
  const times = inputs.flatMap((input) => {
    const frame = frames.find(
      ({ tid, pid, ts }) => tid === input.tid && pid === input.pid && ts >= input.ts + input.dur,
    );
    // The trace may end before the last one.
    return frame ? [(frame.ts + frame.dur - input.ts) / 1000] : [];
  });
  report(`page, a step of a slider ${preset}`, times);
  report(
    `page, the script of a step ${preset}`,
    inputs.map(({ dur }) => dur / 1000),
  );
}

/** In a tab that is there already, as a link is followed. */
async function start(hash) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const [paints, answers] = [[], []];
  for (let visit = 0; visit < STARTS; visit++) {
    await page.goto("about:blank");
    await page.goto(server.address + hash);
    await settled(page);
    const times = await page.evaluate(() => {
      const at = (name) => performance.getEntriesByName(name)[0].startTime;
      return { paint: at("first-contentful-paint"), answer: at("first-answer") };
    });
    paints.push(times.paint);
    answers.push(times.answer);
  }
  await page.close();
  const name = hash === "" ? "the start" : "a link";
  report(`page, first paint of ${name}`, paints);
  report(`page, the engine's first answer to ${name}`, answers);
}

try {
  await slide("shermans-2011");
  await slide("hundred-microservices");
  await start("");
  await start("#v1&preset=seed-startup");
} finally {
  server.stop();
  await browser.close();
}
