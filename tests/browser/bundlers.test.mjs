/** The installed package in projects of their own: bundled by Vite, webpack and esbuild, and run in Chromium. */
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { consumer, load } from "../node/support.mjs";
import { staged } from "./support.mjs";

const tools = createRequire(new URL("../../www/package.json", import.meta.url));
const engine = await load();
await engine.init();
const stage = staged();

/** A project's script: it shows what it computes, and has a calculator. */
const app = (entry) => `import { compare, init } from "${entry}";
import "moving-parts/elements";
await init();
const { best, variants } = compare({ preset: "series-b-b2b" });
document.body.append(best + " " + variants.map(({ totals }) => totals.tcoUsd).join(" "));
document.body.append(Object.assign(document.createElement("moving-parts"), { innerHTML: "words" }));
`;

const { best, variants } = engine.compare({ preset: "series-b-b2b" });
const expected = `${best} ${variants.map(({ totals }) => totals.tcoUsd).join(" ")}`;

function project(name, entry) {
  const folder = `${consumer}/${name}/`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  writeFileSync(`${folder}package.json`, '{ "type": "module" }\n');
  writeFileSync(`${folder}app.js`, app(entry));
  writeFileSync(
    `${folder}index.html`,
    '<!doctype html><html lang="en"><head><title>A project</title></head><body><script type="module" src="./app.js"></script></body></html>',
  );
  return folder;
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

/** Opens what was built, and compares what it shows with the engine in Node. */
async function runs(folder) {
  const server = createServer(({ url }, response) => {
    const path = join(folder, url === "/" ? "index.html" : url.split("?")[0]);
    try {
      const body = readFileSync(path);
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const page = await stage.browser.newPage();
  const troubles = [];
  page.on("pageerror", (error) => troubles.push(error.message));
  try {
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    await page
      .waitForFunction(
        (text) => document.body.textContent.includes(text),
        expected,
        // What it shows instead is of more use than that it took too long.
        { timeout: 20_000 },
      )
      .catch(async () => assert.equal(await page.evaluate(() => document.body.textContent), expected));
    await page.waitForFunction(() => document.querySelector("moving-parts").dataset.state === "ready");
    assert.deepEqual(troubles, []);
  } finally {
    await page.close();
    server.close();
  }
}

test("Vite", async () => {
  const folder = project("with-vite", "moving-parts");
  const { build } = await import(pathToFileURL(tools.resolve("vite")).href);
  await build({ root: folder, base: "./", logLevel: "error", build: { target: "es2022" } });
  await runs(`${folder}dist`);
});

test("webpack", async () => {
  const folder = project("with-webpack", "moving-parts");
  const webpack = tools("webpack");
  const stats = await new Promise((resolve, reject) => {
    webpack(
      {
        mode: "production",
        context: folder,
        entry: "./app.js",
        output: { path: `${folder}dist`, filename: "app.js", publicPath: "auto" },
        performance: { hints: false },
      },
      (error, stats) => (error ? reject(error) : resolve(stats)),
    );
  });
  const { errors, warnings } = stats.toJson({ all: false, errors: true, warnings: true });
  assert.deepEqual(
    [errors, warnings].flat().map(({ message }) => message),
    [],
  );
  writeFileSync(`${folder}dist/index.html`, readFileSync(`${folder}index.html`));
  await runs(`${folder}dist`);
});

test("esbuild", async () => {
  const folder = project("with-esbuild", "moving-parts/inline");
  const { build } = tools("esbuild");
  await build({
    absWorkingDir: folder,
    entryPoints: ["app.js"],
    bundle: true,
    format: "esm",
    target: "es2022",
    logLevel: "error",
    outdir: `${folder}dist`,
  });
  writeFileSync(`${folder}dist/index.html`, readFileSync(`${folder}index.html`));
  await runs(`${folder}dist`);
});

test("a plain script tag", async () => {
  const folder = project("with-nothing", "moving-parts");
  for (const file of ["web.js", "moving-parts.js", "moving_parts.wasm"])
    writeFileSync(`${folder}${file}`, readFileSync(`${consumer}/node_modules/moving-parts/${file}`));
  for (const file of readdirSync(`${consumer}/node_modules/moving-parts`).filter((name) =>
    /-[A-Z0-9]{8}\.js$/.test(name),
  ))
    writeFileSync(`${folder}${file}`, readFileSync(`${consumer}/node_modules/moving-parts/${file}`));
  writeFileSync(`${folder}app.js`, app("./web.js").replace('"moving-parts/elements"', '"./moving-parts.js"'));
  await runs(folder);
});
