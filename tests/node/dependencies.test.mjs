/** What the product is made of: few packages, from registries alone, under licences that allow it. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { packageFolder } from "./support.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** Licences of what only builds or tests it; what is shipped has fewer, and the build refuses any other. */
const ALLOWED = new Set(
  "MIT ISC BSD-2-Clause BSD-3-Clause NCSA Apache-2.0 Zlib 0BSD Unlicense CC0-1.0 Unicode-3.0 BlueOak-1.0.0 MPL-2.0 CC-BY-3.0 CC-BY-4.0".split(
    " ",
  ),
);

const require = createRequire(`${root}www/package.json`);
const parse = require("spdx-expression-parse");

/** Whether an expression of licences can be met by those that are allowed. */
function allowed(expression) {
  const met = ({ license, conjunction, left, right }) =>
    license ? ALLOWED.has(license) : conjunction === "or" ? met(left) || met(right) : met(left) && met(right);
  return met(parse(expression.replaceAll("/", " OR ")));
}

/** The workspaces: the product with its tools, and what fuzzes it. */
const WORKSPACES = { "": ["moving-parts", "xtask"], "tests/fuzz/": ["moving-parts", "fuzz"] };

test("crates are from the registry, with checksums, under allowed licences", () => {
  for (const [folder, own] of Object.entries(WORKSPACES)) {
    const lock = readFileSync(`${root}${folder}Cargo.lock`, "utf8").split("[[package]]").slice(1);
    for (const entry of lock) {
      const [, name] = /name = "(.+)"/.exec(entry);
      if (own.includes(name)) continue;
      assert.match(entry, /source = "registry\+/, name);
      assert.match(entry, /checksum = "[0-9a-f]{64}"/, name);
    }
    const asked = ["metadata", "--format-version", "1", "--locked"];
    const { packages } = JSON.parse(
      execFileSync("cargo", asked, {
        cwd: `${root}${folder}`,
        maxBuffer: 1 << 28,
        stdio: "pipe",
      }),
    );
    assert.ok(packages.length > 20, `${packages.length} packages`);
    for (const { name, license } of packages) assert.ok(license && allowed(license), `${name}: ${license}`);
  }
});

test("npm packages have checksums, are under allowed licences, and run nothing when installed", () => {
  const { packages } = JSON.parse(readFileSync(`${root}www/package-lock.json`, "utf8"));
  const silent = [];
  for (const [path, { integrity, license }] of Object.entries(packages)) {
    if (path === "") continue;
    assert.match(integrity, /^sha512-/, path);
    if (license === undefined) silent.push(path);
    else assert.ok(allowed(license), `${path}: ${license}`);
  }
  assert.deepEqual(silent, SILENT);
});

/** Packages that name no licence where it is read from, looked at by hand: this one has the BSD licence in a file. */
const SILENT = ["node_modules/parse-cache-control"];

test("what is shipped is listed with its licences, and is little", () => {
  const shipped = readFileSync(`${packageFolder}/THIRD-PARTY.txt`, "utf8");
  const names = [...new Set(Array.from(shipped.matchAll(/^ {2}(\S+) \d+\.\d+\.\d+/gm), ([, name]) => name))].sort();
  assert.deepEqual(names, JSON.parse(readFileSync(new URL("../shipped.json", import.meta.url), "utf8")));
  for (const words of [
    /Permission is hereby granted/,
    /Redistribution and use/,
    /THE SOFTWARE IS PROVIDED "AS IS"/,
    /UNICODE LICENSE/i,
  ]) {
    assert.match(shipped, words);
  }
});
