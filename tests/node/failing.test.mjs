/** What fails inside the engine poisons nothing: it is started anew, and says so. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeFailing } from "./failing.mjs";
import { result } from "./result.mjs";
import { golden, load } from "./support.mjs";

/** The engine's functions that are to fail with the next call. */
const failing = [];
makeFailing(failing);

const engine = await load();
const { preset, expected } = golden[0];

/** The engine still gives the golden results. */
function unharmed() {
  assert.deepEqual(result(engine, preset), expected);
}

test("a failure is said as what it is, and the next question is answered", () => {
  for (const [name, ask] of [
    ["compare", () => engine.compare({ preset })],
    ["plan", () => engine.plan({ preset }, { draws: 4 })],
    ["question_advance", () => engine.plan({ preset }, { draws: 4 })],
    ["question_advance", () => engine.sweep({ preset }, { x: { path: "workload.weeklyUsers", steps: 3 } })],
    ["toLink", () => engine.toLink({ preset })],
    ["study_advance", () => engine.uncertainty({ preset }, { draws: 64 })],
    ["study_answer", () => engine.uncertainty({ preset }, { draws: 64 })],
  ]) {
    failing.push(name);
    assert.throws(ask, (error) => {
      assert.equal(error.name, "MovingPartsError");
      assert.equal(error.code, "engineFailed");
      assert.match(error.message, /failed \(unreachable\) and was started anew; the fault is its own: please report/);
      return true;
    });
    assert.equal(failing.length, 0, `${name} was called`);
    ask();
    unharmed();
  }
});

test("what was being asked when the engine failed is refused, and can be asked again", async () => {
  const stream = engine.refineUncertainty({ preset }, { draws: 2048 });
  await stream.next();
  failing.push("compare");
  assert.throws(() => engine.compare({ preset }), { code: "engineFailed" });
  await assert.rejects(stream.next(), {
    code: "engineFailed",
    message: /started anew while this was being asked; ask again/,
  });
  unharmed();
  let last;
  for await (const next of engine.refineUncertainty({ preset }, { draws: 512 })) last = next;
  assert.equal(last.draws, 512);
});

test("an exception of the caller's own data comes back as it is, however often", () => {
  const own = new Error("my own");
  const scenario = {
    preset,
    get team() {
      throw own;
    },
  };
  for (let time = 0; time < 2000; time += 1) {
    assert.throws(
      () => engine.compare(scenario),
      (error) => error === own,
    );
  }
  const nested = {
    preset,
    get team() {
      return engine.fromLink("v0");
    },
  };
  for (let time = 0; time < 3000; time += 1) assert.throws(() => engine.compare(nested), { code: "badLink" });
  unharmed();
});

test("data that refers to itself, or is not data, is refused", () => {
  const round = { preset };
  round.team = round;
  for (const scenario of [
    round,
    { team: () => 3 },
    { team: Symbol("x") },

    7,
    "x",
    null,
  ]) {
    assert.throws(() => engine.compare(scenario), { name: "MovingPartsError" });
  }
  unharmed();
});
