/** A day's use needs no more memory than its first minutes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { load } from "./support.mjs";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

let memory;
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(...operands) {
    super(...operands);
    memory = this.exports.memory;
  }
};
const engine = await load();
const presets = engine.presets().map(({ id }) => id);
const { variants } = engine.catalog();

/** Every preset with every way: then it begins anew. */
const CYCLE = 36;

/** Some of every question, about a company of the cycle, one that is left early, and wrong ones. */
async function use(at) {
  const round = at % CYCLE;
  const preset = presets[round % presets.length];
  const scenario = { preset, workload: { weeklyUsers: 1000 + round * 997 }, team: { developers: 1 + (round % 50) } };
  const variant = variants[round % variants.length].id;
  const axis = { path: "workload.weeklyUsers", from: 1e3, to: 1e7, steps: 4 };
  engine.compare(scenario);
  engine.fromLink(engine.toLink(scenario));
  engine.explain(scenario, { variant, metric: "totals.monthlyUsd" });
  engine.uncertainty(scenario, { draws: 16 });
  for await (const _ of engine.refineUncertainty(scenario, { draws: 1024 })) break;
  engine.sweep(scenario, { x: axis });
  engine.winners(scenario, { path: axis.path, values: [1e3, 1e5] });
  engine.sensitivity(scenario, { draws: 4 });
  engine.plan(scenario, { draws: 2 });
  engine.slope(scenario);
  engine.stack(scenario);
  engine.partPrices(scenario, { variant });
  assert.throws(() => engine.compare({ preset, team: { developers: -round - 1 } }));
  assert.throws(() => engine.winners(scenario, { path: axis.path, values: [-1] }));
  assert.throws(() => engine.fromLink(`v1&workload.weeklyUser=${round}`));
}

/** What is still held once all that can be freed is: buffers are counted out by another thread, some time later. */
async function held() {
  const least = { heap: Number.POSITIVE_INFINITY, buffers: Number.POSITIVE_INFINITY };
  for (let at = 0; at < 10; at += 1) {
    collect();
    await setTimeout(20);
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    least.heap = Math.min(least.heap, heapUsed);
    least.buffers = Math.min(least.buffers, arrayBuffers);
  }
  return { wasm: memory.buffer.byteLength, ...least };
}

test("the engine's memory does not grow with use, nor does what JavaScript holds of it", async () => {
  const round = async (from, to) => {
    for (let at = from; at < to; at += 1) await use(at);
    return held();
  };
  await round(0, CYCLE);
  const early = await round(CYCLE, 2 * CYCLE);
  const late = await round(2 * CYCLE, 6 * CYCLE);
  assert.equal(late.wasm, early.wasm, "pages of the wasm's memory");
  assert.ok(late.heap <= early.heap * 1.1, `heap: ${early.heap} became ${late.heap}`);
  assert.ok(late.buffers <= early.buffers * 1.1 + 65536, `buffers: ${early.buffers} became ${late.buffers}`);
});
