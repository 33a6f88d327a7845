/** Where the colours of a slider end, once more draws than they are of have found a border. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const { buildSync } = await import(new URL("../../www/node_modules/esbuild/lib/main.js", import.meta.url));
const source = fileURLToPath(new URL("../../www/page/stretches.ts", import.meta.url));
const [{ text: code }] = buildSync({ entryPoints: [source], bundle: true, format: "esm", write: false }).outputFiles;
const { stretchesOf, withBorder } = await import(`data:text/javascript,${encodeURIComponent(code)}`);

const users = { kind: "number", low: 100 };
const services = { kind: "count", low: 1 };

/** Stretches by their winners and last values: `A 75 B 100`. */
function stretches(words) {
  const all = words.split(" ");
  return all.flatMap((winner, at) => (at % 2 === 0 ? [{ winner, upTo: Number(all[at + 1]) }] : []));
}

function written(all) {
  return all.map(({ winner, upTo }) => `${winner} ${upTo}`).join(" ");
}

/** What becomes of stretches by a border to a winner, above or below the value of now, where A costs least. */
function bordered(words, field, now, outwards, at, winner) {
  const border = { field, at, outwards, factor: at / now, winner };
  return written(withBorder(stretches(words), border, { now, best: "A" }));
}

test("neighbours of one winner are one stretch", () => {
  assert.equal(written(stretchesOf(["A", "A", null, "B"], [1, 2, 3, 4])), "A 2 null 3 B 4");
});

test("a border moves the end of the stretch that it is next to", () => {
  assert.equal(bordered("B 300 A 9000 C 100000", users, 5000, 1, 12000, "C"), "B 300 A 12000 C 100000");
  assert.equal(bordered("B 300 A 9000 C 100000", users, 5000, 1, 6000, "C"), "B 300 A 6000 C 100000");
  assert.equal(bordered("B 300 A 9000 C 100000", users, 5000, -1, 600, "B"), "B 600 A 9000 C 100000");
  assert.equal(bordered("B 300 A 9000 C 100000", users, 5000, -1, 200, "B"), "B 200 A 9000 C 100000");
});

test("beyond a border that few draws had not seen is its winner, as far as they would have gone", () => {
  assert.equal(bordered("A 1000000 B 100000000", users, 500000, -1, 100000, "C"), "C 100000 A 1000000 B 100000000");
  assert.equal(bordered("B 300 A 100000000", users, 5000, 1, 60000, "C"), "B 300 A 60000 C 100000000");
  // What lies between is the answer of now, and what lies farther is left as it was.
  assert.equal(bordered("A 200 D 400 B 90000", users, 150, 1, 3000, "B"), "A 3000 B 90000");
  assert.equal(bordered("B 200 D 900 A 90000", users, 5000, -1, 600, "D"), "B 200 D 600 A 90000");
});

test("few draws that come back to the answer of now just beyond a border are of its winner there too", () => {
  assert.equal(bordered("A 9000 B 20000 A 90000 C 100000", users, 5000, 1, 16000, "B"), "A 16000 B 90000 C 100000");
  assert.equal(bordered("C 200 A 400 B 700 A 90000", users, 5000, -1, 500, "B"), "C 200 B 500 A 90000");
});

test("of what is counted no stretch is without a value or ends before it begins", () => {
  for (const at of [2, 3, 4, 5]) {
    for (const outwards of [1, -1]) {
      const all = withBorder(
        stretches("A 50 B 100"),
        { field: services, at, outwards, factor: at / 5, winner: "C" },
        { now: 5, best: "A" },
      );
      all.slice(1).forEach((stretch, index) => {
        assert.ok(stretch.upTo > all[index].upTo, `${at} ${outwards}: ${written(all)}`);
      });
      assert.ok(
        all.some(({ winner }) => winner === "C"),
        written(all),
      );
    }
  }
});

test("a border at the value of now lies on the side on which it was found", () => {
  assert.equal(bordered("A 2 C 50", services, 2, 1, 2, "B"), "A 2 B 3 C 50");
  assert.equal(bordered("B 300 A 9000", users, 9000, 1, 9000, "C"), "B 300 A 9000 C 12000");
  assert.equal(bordered("B 300 A 9000", users, 300, -1, 300, "B"), "B 300 A 9000");
});
