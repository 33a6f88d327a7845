/** Who is said to cost least, on draws made by hand. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const { buildSync } = await import(new URL("../../www/node_modules/esbuild/lib/main.js", import.meta.url));
const source = fileURLToPath(new URL("../../www/engine/odds.ts", import.meta.url));
const [{ text: code }] = buildSync({ entryPoints: [source], bundle: true, format: "esm", write: false }).outputFiles;
const { paired, tossedUp, verdictOf } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

/** A hundred draws, each told by the costs of all variants; what does not fit in a draw costs nothing more or less for it. */
function drawn(costs, fitting = {}) {
  const names = Object.keys(costs[0]);
  const fits = (name, draw) => draw < (fitting[name] ?? costs.length);
  const variants = names.map((variant) => {
    const monthlyUsd = Float64Array.from(costs, (draw) => draw[variant]);
    const best = costs.filter((draw, at) => {
      const others = names.filter((other) => fits(other, at));
      return fits(variant, at) && others.every((other) => draw[variant] <= draw[other]);
    });
    const mean = monthlyUsd.reduce((sum, usd) => sum + usd, 0) / costs.length;
    const share = costs.filter((_, at) => fits(variant, at)).length / costs.length;
    return {
      variant,
      fits: share,
      chanceBest: best.length / costs.length,
      monthlyUsd,
      figures: { "totals.tcoUsd": { mean } },
    };
  });
  return paired({ draws: costs.length, variants });
}

/** So many draws of each kind. */
const times = (...kinds) => kinds.flatMap(([count, draw]) => Array(count).fill(draw));
const names = (odds) => odds.map(({ variant }) => variant);

test("it is clear who costs least in more than two draws of three", () => {
  const verdict = verdictOf(drawn(times([70, { a: 10, b: 20 }], [30, { a: 30, b: 20 }])));
  assert.equal(verdict.best.variant, "a");
  assert.deepEqual(verdict.near, []);
  assert.equal(verdict.second.variant, "b");
  assert.deepEqual(tossedUp(verdict), []);
});

test("who costs less in a third of the draws or more is a rival, the likeliest first, whichever costs less in the mean", () => {
  const verdict = verdictOf(
    drawn(times([30, { a: 20, b: 40, c: 25 }], [34, { a: 31, b: 40, c: 30 }], [36, { a: 32, b: 30, c: 40 }])),
  );
  assert.equal(verdict.best.variant, "a");
  assert.deepEqual(names(verdict.near), ["b", "c"], "c costs less in the mean, b in more draws");
  assert.deepEqual(names(tossedUp(verdict)), ["a", "b", "c"]);
  assert.equal(verdict.rival, undefined);
});

test("who costs half as much again in the mean is no toss-up: the choice that costs less most often is its rival", () => {
  const verdict = verdictOf(
    drawn(times([30, { a: 10, b: 40, c: 20 }], [34, { a: 21, b: 60, c: 20 }], [36, { a: 22, b: 20, c: 60 }])),
  );
  assert.equal(verdict.best.variant, "a");
  assert.deepEqual(verdict.near, []);
  assert.deepEqual(tossedUp(verdict), []);
  assert.equal(verdict.rival.variant, "b", "c costs less in the mean, b in more draws");
  assert.equal(verdict.second.variant, "b");
});

test("those that cost less only now and then are rivals together", () => {
  const verdict = verdictOf(
    drawn(
      times(
        [60, { a: 20, b: 30, c: 30, d: 99 }],
        [22, { a: 30, b: 29, c: 30, d: 99 }],
        [18, { a: 30, b: 30, c: 29, d: 99 }],
      ),
    ),
  );
  assert.equal(verdict.best.variant, "a");
  assert.deepEqual(names(verdict.near), ["b"], "with a it leads in two draws of three");
});

test("one that is much dearer in the mean makes no toss-up of those that cost less only together", () => {
  const verdict = verdictOf(
    drawn(times([60, { a: 10, b: 30, c: 30 }], [22, { a: 20, b: 19, c: 30 }], [18, { a: 20, b: 30, c: 19 }])),
  );
  assert.deepEqual(verdict.near, []);
  assert.equal(verdict.rival.variant, "b");
});

test("two that move together are no toss-up however wide they are", () => {
  const draws = Array.from({ length: 100 }, (_, at) => ({ a: at, b: at + 1 }));
  assert.deepEqual(verdictOf(drawn(draws)).near, []);
});

test("what may not fit is named with what costs least otherwise, and what fits too seldom is said to", () => {
  const level = times([100, { a: 10, b: 20 }]);
  const doubted = verdictOf(drawn(level, { a: 80 }));
  assert.equal(doubted.best.variant, "a");
  assert.equal(doubted.otherwise.variant, "b");
  assert.equal(doubted.unless, undefined);
  const seldom = verdictOf(drawn(level, { a: 45 }));
  assert.equal(seldom.best.variant, "b", "a is no choice");
  assert.equal(seldom.unless, undefined, "b is the cheapest that fits in more draws");
  const often = verdictOf(drawn(level, { a: 45, b: 80 }));
  assert.equal(often.best.variant, "b");
  assert.equal(often.unless.variant, "a", "b is the cheapest that fits in 35 draws, a in 45");
  assert.equal(verdictOf(drawn(level, { a: 45, b: 45 })), undefined, "nothing is a choice");
});
