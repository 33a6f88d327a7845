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
