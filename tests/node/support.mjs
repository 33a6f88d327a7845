/** Where the installed package is, and what the golden files say. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

/** The folder of a project that has the packed tarball installed; made by `cargo xtask test`. */
export const consumer = process.env.CONSUMER;
if (!consumer) throw new Error("CONSUMER must name a folder with the package installed; run cargo xtask test");

export const require = createRequire(`${consumer}/package.json`);
export const packageFolder = `${consumer}/node_modules/moving-parts`;

/** The package as an ES module. */
export function load(entry = "node.js") {
  return import(pathToFileURL(`${packageFolder}/${entry}`).href);
}

/** Preset and expected result of every golden file. */
export const golden = readdirSync(new URL("../golden/", import.meta.url)).map((file) => ({
  preset: file.replace(".json", ""),
  expected: JSON.parse(readFileSync(new URL(`../golden/${file}`, import.meta.url), "utf8")),
}));

/** A comparison in the shape of a golden file: every number, and a hash over the bits of all of them. */
export function shape(engine, comparison) {
  const { metrics, series } = engine.catalog();
  const bytes = new DataView(new ArrayBuffer(8));
  const prime = 0x100000001b3n;
  let hash = 0xcbf29ce484222325n;
  const write = (number) => {
    bytes.setFloat64(0, number, true);
    for (let at = 0; at < 8; at++) hash = BigInt.asUintN(64, (hash ^ BigInt(bytes.getUint8(at))) * prime);
  };
  const at = (outcome, id) => id.split(".").reduce((value, key) => value[key], outcome);
  const variants = {};
  for (const outcome of comparison.variants) {
    const numbers = Object.fromEntries(metrics.map(({ id }) => [id, at(outcome, id)]));
    Object.values(numbers).forEach(write);
    write(outcome.upfrontUsd);
    for (const [id] of series) outcome.monthly[id].forEach(write);
    variants[outcome.variant] = {
      feasible: outcome.feasible,
      reasons: outcome.reasons,
      upfrontUsd: outcome.upfrontUsd,
      exitUsd: outcome.exitUsd,
      dominatedBy: outcome.dominatedBy,
      paysBackInMonth: outcome.paysBackInMonth,
      numbers,
      parts: outcome.complexity.stack.map(({ part, times }) => [part.id, times]),
    };
  }
  return { best: comparison.best, bits: hash.toString(16).padStart(16, "0"), variants };
}
